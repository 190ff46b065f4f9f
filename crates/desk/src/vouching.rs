//! Vouching: what is known about who sent a mail, and where answers to it go.

use cases::{
    incoming::{Correspondent, Incoming},
    tables as case_tables,
    trust::{self, Answers, Ours, Trust},
};
use engagements::{Mailbox, tables as engagement_tables};
use kernel::{CaseId, CustomerId, EmailAddress, Fault};
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

/// The address that an answer in this case goes to: the one that the customer's newest mail asks for, where it is believed, else the
/// customer's own; `None` when there is none. What somebody else wrote in the case moves no answers.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn address_for(
    tx: &mut Tx<'_>,
    case: CaseId,
    customer: CustomerId,
) -> Result<Option<EmailAddress>, Fault> {
    let Some(own) = people_tables::address_of(tx, customer)? else { return Ok(None) };
    let newest = case_tables::newest_from_customer(tx, case)?;
    let newest = newest.filter(|message| message.by.address == own.as_str() && message.automatic.is_none());
    let asked = newest.map(|message| message.trust).filter(|trust| trust.answers == Answers::ToReplyTo);
    Ok(Some(asked.and_then(|trust| trust.reply_to.parse().ok()).unwrap_or(own)))
}
