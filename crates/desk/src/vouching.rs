//! Vouching: what is known about who sent a mail, and where answers to it go.

use crate::{Desk, changes};
use cases::{
    Case, CaseRefusal,
    incoming::{Correspondent, Incoming},
    tables as case_tables,
    trust::{self, Answers, Ours, Trust, Verdict},
};
use engagements::{Mailbox, tables as engagement_tables};
use kernel::{CaseId, EmailAddress, Fault, MessageId, Reach, Stop};
use people::tables as people_tables;
use store::Tx;

/// What is known about the sender of a mail to this mailbox.
pub(crate) fn trust(
    tx: &mut Tx<'_>,
    mailbox: &Mailbox,
    from: &EmailAddress,
    mail: &Incoming,
) -> Result<Trust, Fault> {
    let named = mail.from.as_ref();
    let written = named.and_then(Correspondent::email);
    let judged = trust::judge(written.as_ref(), &mail.checked);
    let name = named.map_or("", |from| from.name.as_str());
    let marks = trust::lookalikes(name, from, &ours(tx, mailbox)?);
    let asked = mail.answers_to().filter(|asked| asked != from);
    let answers =
        asked.as_ref().map_or(Answers::ToSender, |asked| trust::answers(from, asked, &judged, &mail.checked));
    Ok(Trust {
        verdict: judged.verdict,
        domain: judged.domain,
        because: judged.because,
        marks,
        reply_to: asked.map(String::from).unwrap_or_default(),
        answers,
        chosen: None,
    })
}

fn ours(tx: &mut Tx<'_>, mailbox: &Mailbox) -> Result<Ours, Fault> {
    let (client, mailboxes, persons) = tx.together((
        |tx: &mut Tx<'_>| people_tables::client(tx, mailbox.client),
        |tx: &mut Tx<'_>| engagement_tables::mailboxes_of(tx, mailbox.client),
        |tx: &mut Tx<'_>| people_tables::colleagues(tx, mailbox.engagement),
    ))?;
    let names = mailboxes.iter().map(|mailbox| mailbox.display_name.clone());
    let domains = mailboxes.iter().map(|mailbox| mailbox.address.domain().to_owned());
    Ok(Ours {
        houses: client.map(|client| client.name).into_iter().chain(names).collect(),
        persons: persons.iter().map(|person| person.name.clone()).collect(),
        domains: domains.collect(),
        addresses: mailboxes
            .into_iter()
            .map(|mailbox| mailbox.address)
            .chain(persons.into_iter().map(|person| person.email))
            .collect(),
    })
}

/// The same, with what a person chose before in this case about answers to such mails.
pub(crate) fn remembering(
    tx: &mut Tx<'_>,
    case: &Case,
    from: &EmailAddress,
    trust: Trust,
) -> Result<Trust, Fault> {
    if trust.reply_to.is_empty() || trust.verdict == Verdict::Failed {
        return Ok(trust);
    }
    let chosen = case_tables::answers_chosen(tx, case.id, from.as_str(), &trust.reply_to)?;
    Ok(Trust { chosen, ..trust })
}

/// Where an answer goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answering {
    /// The address.
    pub to: EmailAddress,
    /// The customer's newest mail, which decides.
    pub newest: Option<MessageId>,
}

/// Where an answer to the customer of a case goes; `None` when they have no address. What somebody else wrote in the case, and what
/// looks forged, moves no answers.
///
/// # Errors
/// A fault when the engine refuses it.
pub(crate) fn answering(tx: &mut Tx<'_>, case: &Case) -> Result<Option<Answering>, Fault> {
    let (own, newest) = tx.together((
        |tx: &mut Tx<'_>| people_tables::address_of(tx, case.customer),
        |tx: &mut Tx<'_>| case_tables::newest_by(tx, case.id, case.customer),
    ))?;
    let Some(own) = own else { return Ok(None) };
    let to = trust::recipient(own, newest.as_ref().map(|(_, trust)| trust));
    Ok(Some(Answering { to, newest: newest.map(|(message, _)| message) }))
}

/// Chooses where answers to a mail that asks for another address go in its case, until somebody chooses otherwise.
///
/// # Errors
/// [`CaseRefusal::NotFound`], [`CaseRefusal::Merged`], [`CaseRefusal::NoOtherAddress`], [`CaseRefusal::LooksForged`].
pub async fn choose(
    desk: &Desk,
    reach: &Reach,
    case: CaseId,
    message: MessageId,
    chosen: Answers,
) -> Result<(), Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let case = case_tables::find_unmerged(tx, &reach, case)?;
            let mail = case_tables::message_in(tx, case.id, message)?.ok_or(CaseRefusal::NotFound)?;
            if mail.trust.reply_to.is_empty() {
                return Err(CaseRefusal::NoOtherAddress.into());
            }
            if mail.trust.answers_go() == chosen {
                return Ok(());
            }
            mail.trust.other_choice().ok_or(CaseRefusal::LooksForged)?;
            let (sender, asked) = (&mail.by.address, &mail.trust.reply_to);
            case_tables::choose_answers(tx, case.id, sender, asked, chosen)?;
            let sentence = match chosen {
                Answers::ToReplyTo => format!("Answers go to {asked} from now on, as {sender} asks."),
                Answers::ToSender => format!("Answers go to {sender} from now on, not to {asked}."),
            };
            Ok(changes::happened(tx, &case, "answers.chosen", Some(reach.person()), now, sentence)?)
        })
        .await
}
