//! Who takes part in a case from outside: to whom an answer can go, who is away, and what those who aren't its customer may see.

use crate::{Desk, changes, vouching};
use cases::{
    Case, CaseRefusal, CopyTo, Message,
    absences::Absence,
    participants::{self, Known, Part, Participant},
    sharing::{self, Reader, Sharing},
    tables as case_tables,
};
use engagements::tables as engagement_tables;
use kernel::{CaseId, EmailAddress, Fault, MessageId, Reach, Stop};
use people::{Customer, tables as people_tables};
use store::Tx;

/// How many messages are looked through for people.
const MESSAGES: i64 = 200;
/// How many addresses are looked at: those of a mail to half the town aren't.
const ADDRESSES: usize = 40;

/// The people outside, as a page shows them.
#[derive(Clone, Debug)]
pub struct Outside {
    /// Everybody who takes part, the customer first.
    pub participants: Vec<Participant>,
    /// Those of them from whom mail came back.
    pub unreachable: Vec<EmailAddress>,
    /// Addresses of our own mailboxes that mails of the case name.
    pub ours: Vec<EmailAddress>,
    /// What absence notices say.
    pub absences: Vec<Absence>,
    /// What was chosen for this case about what others see.
    pub chosen: Option<Sharing>,
    /// What its client chose.
    pub usual: Sharing,
}

impl Outside {
    /// What others see of this case.
    pub fn sharing(&self) -> Sharing {
        sharing::holds(self.chosen, self.usual)
    }
}

/// What was said and chosen about a case's people.
pub(crate) struct Told {
    absences: Vec<Absence>,
    chosen: Option<Sharing>,
    usual: Sharing,
}

pub(crate) fn told(tx: &mut Tx<'_>, case: &Case) -> Result<Told, Fault> {
    let (absences, chosen, usual) = tx.together((
        |tx: &mut Tx<'_>| case_tables::absences(tx, case.id),
        |tx: &mut Tx<'_>| case_tables::sharing_of(tx, case.id),
        |tx: &mut Tx<'_>| case_tables::correspondence(tx, case.client),
    ))?;
    Ok(Told { absences, chosen, usual: usual.sharing })
}

/// The people outside, from these messages of the case. Mail to the customer came back, if `bounced` says why.
pub(crate) fn outside(
    tx: &mut Tx<'_>,
    case: &Case,
    (customer, bounced): (&Customer, Option<&str>),
    answers_to: Option<&EmailAddress>,
    messages: &[Message],
    told: Told,
) -> Result<Outside, Fault> {
    let ours = ours(tx, messages)?;
    let participants = from(customer, answers_to, messages, &ours);
    let addresses: Vec<EmailAddress> = participants.iter().map(|one| one.address.clone()).collect();
    let mut unreachable = people_tables::came_back_from(tx, case.client, &addresses)?;
    let customers = participants.iter().find(|one| one.part == Part::Customer && bounced.is_some());
    unreachable.extend(customers.map(|one| one.address.clone()));
    Ok(Outside {
        participants,
        unreachable,
        ours,
        absences: told.absences,
        chosen: told.chosen,
        usual: told.usual,
    })
}

/// Those who take part. The customer is written to where their newest mail asks for it.
fn from(
    customer: &Customer,
    answers_to: Option<&EmailAddress>,
    messages: &[Message],
    ours: &[EmailAddress],
) -> Vec<Participant> {
    let ours: Vec<EmailAddress> = ours.iter().map(|address| address.without_detail().0).collect();
    let addresses: Vec<EmailAddress> = answers_to.into_iter().chain(&customer.addresses).cloned().collect();
    participants::participants(&Known { name: &customer.name, addresses: &addresses, messages, ours: &ours })
}

/// Which of the addresses that these messages name are mailboxes of ours.
fn ours(tx: &mut Tx<'_>, messages: &[Message]) -> Result<Vec<EmailAddress>, Fault> {
    let mut named = participants::all_named(messages, ADDRESSES);
    let plain: Vec<EmailAddress> = named.iter().map(|address| address.without_detail().0).collect();
    let mailboxes = engagement_tables::mailboxes_among(tx, &plain)?;
    named.retain(|address| mailboxes.contains(&address.without_detail().0));
    Ok(named)
}

/// To whom an answer in the case goes: to the customer, or to the one who takes part and was chosen.
///
/// # Errors
/// [`CaseRefusal::NoAddress`], [`CaseRefusal::NotAParticipant`], [`CaseRefusal::AddressBounced`].
pub(crate) fn addressee(tx: &mut Tx<'_>, case: &Case, chosen: &str) -> Result<EmailAddress, Stop> {
    let customer = people_tables::customer(tx, case.customer)?.ok_or(CaseRefusal::NoAddress)?;
    let messages = match chosen.trim() {
        "" => Vec::new(),
        _ => case_tables::messages(tx, case.id, MESSAGES)?,
    };
    let ours = ours(tx, &messages)?;
    let answers_to = vouching::answering(tx, case)?.map(|answering| answering.to);
    let all = from(&customer, answers_to.as_ref(), &messages, &ours);
    let addressee = participants::addressee(&all, chosen)?;
    if came_back(tx, case, addressee)? {
        return Err(CaseRefusal::AddressBounced.into());
    }
    Ok(addressee.address.clone())
}

/// Mail to somebody came back. Where the customer's answers go elsewhere, their own address counts all the same.
fn came_back(tx: &mut Tx<'_>, case: &Case, one: &Participant) -> Result<bool, Fault> {
    let is_customers = one.part == Part::Customer;
    Ok(people_tables::came_back(tx, case.client, &one.address)?
        || (is_customers && people_tables::bounced_because(tx, case.customer)?.is_some()))
}

/// Refuses an address from which mail came back.
///
/// # Errors
/// [`CaseRefusal::AddressBounced`].
pub(crate) fn can_be_reached(tx: &mut Tx<'_>, case: &Case, address: &EmailAddress) -> Result<(), Stop> {
    match people_tables::came_back(tx, case.client, address)? {
        true => Err(CaseRefusal::AddressBounced.into()),
        false => Ok(()),
    }
}

/// What somebody at this address may see of a case.
pub(crate) struct Sight<'a> {
    sharing: Sharing,
    reader: Reader<'a>,
    copies: Vec<(MessageId, CopyTo)>,
}

pub(crate) fn sight<'a>(tx: &mut Tx<'_>, case: &Case, address: &'a EmailAddress) -> Result<Sight<'a>, Fault> {
    let is_customer = is_customers(tx, case, address)?;
    let usual = case_tables::correspondence(tx, case.client)?.sharing;
    Ok(Sight {
        sharing: sharing::holds(case_tables::sharing_of(tx, case.id)?, usual),
        reader: if is_customer { Reader::Customer } else { Reader::Other(address) },
        copies: case_tables::copies(tx, case.id)?,
    })
}

/// The address is one of the customer's, or where they asked to be answered.
pub(crate) fn is_customers(tx: &mut Tx<'_>, case: &Case, address: &EmailAddress) -> Result<bool, Fault> {
    let customer = people_tables::customer(tx, case.customer)?;
    Ok(customer.is_some_and(|customer| customer.addresses.contains(address))
        || vouching::answering(tx, case)?.is_some_and(|answering| answering.to == *address))
}

impl Sight<'_> {
    /// They see the whole conversation.
    pub(crate) fn is_whole(&self) -> bool {
        self.reader == Reader::Customer || self.sharing == Sharing::Whole
    }

    /// They may be told of this message.
    pub(crate) fn shows(&self, message: &Message) -> bool {
        let of_it = self.copies.iter().filter(|(reply, _)| *reply == message.id);
        let of_it: Vec<EmailAddress> = of_it.map(|(_, copy)| copy.address.clone()).collect();
        sharing::is_shown(self.sharing, message, &of_it, self.reader)
    }
}

/// Chooses what those who aren't the customer see of a case; `None` lets the client's choice hold.
///
/// # Errors
/// [`CaseRefusal::NotFound`], [`CaseRefusal::Merged`].
pub async fn share(desk: &Desk, reach: &Reach, case: CaseId, chosen: Option<Sharing>) -> Result<(), Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let case = case_tables::find_unmerged(tx, &reach, case)?;
            if case_tables::sharing_of(tx, case.id)? == chosen {
                return Ok(());
            }
            case_tables::set_sharing(tx, case.id, chosen)?;
            let sentence = match chosen {
                Some(Sharing::OwnWords) => {
                    "Whoever isn’t the customer sees only what they wrote and what was sent to them."
                }
                Some(Sharing::Whole) => "Everybody who takes part may see the whole conversation.",
                None => "What others see of this case is again as for all cases of the client.",
            };
            Ok(changes::happened(tx, &case, "case.shared", Some(reach.person()), now, sentence)?)
        })
        .await
}
