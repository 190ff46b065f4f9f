//! Expecting: which languages a mail is likely in, from what its sender wrote before and from the thread that it answers. Short words
//! say their language only with that.

use crate::{
    Desk,
    receive::{author, mailbox_for},
};
use cases::{MessageKind, RawMail, incoming::Incoming, tables as case_tables, threading};
use kernel::{ClientId, CustomerId, Fault, LanguageTag};
use language::{Earlier, Prior};
use people::tables as people_tables;
use store::Tx;

/// How many earlier texts count, the newest first.
const MOST: i64 = 12;
/// How many of the Message-IDs that a mail answers are looked up.
const MOST_IDS: usize = 5;

/// What is expected of a mail before it is read.
pub(crate) async fn languages(desk: &Desk, raw: &RawMail, mail: &Incoming) -> Result<Prior, Fault> {
    let (recipient, sender) = (raw.recipient.clone(), author(raw, mail));
    let answered = threading::candidates(mail).our_ids;
    desk.store
        .read(move |tx| {
            let Some(mailbox) = mailbox_for(tx, &recipient)? else { return Ok(Prior::none()) };
            let mut earlier = Vec::new();
            if let Some(customer) = people_tables::customer_at(tx, mailbox.client, &sender)? {
                earlier.extend(of_customer(tx, customer)?);
            }
            for id in answered.iter().take(MOST_IDS) {
                let found = of_thread(tx, mailbox.client, *id)?;
                if !found.is_empty() {
                    earlier.extend(found);
                    break;
                }
            }
            Ok::<_, Fault>(Prior::after(earlier))
        })
        .await
}

fn of_customer(tx: &mut Tx<'_>, id: CustomerId) -> Result<Vec<(LanguageTag, Earlier)>, Fault> {
    let customer = people_tables::customer(tx, id)?;
    let noted = customer.map(|customer| (customer.language, Earlier::Known));
    let written = case_tables::earlier_languages(tx, id, MOST)?;
    Ok(written
        .into_iter()
        .map(|(language, corrected)| (language, written_as(corrected)))
        .chain(noted)
        .collect())
}

/// The thread of the message of ours that a mail answers, as long as it is this client's.
fn of_thread(
    tx: &mut Tx<'_>,
    client: ClientId,
    answered: kernel::MessageId,
) -> Result<Vec<(LanguageTag, Earlier)>, Fault> {
    let case = case_tables::found_by_message(tx, answered)?.filter(|case| case.client == client);
    let Some(case) = case else { return Ok(Vec::new()) };
    let said = case_tables::thread_languages(tx, case.id, MOST)?.into_iter();
    Ok(said
        .map(|(language, kind, corrected)| match kind {
            MessageKind::Customer => (language, written_as(corrected)),
            _ => (language, Earlier::Known),
        })
        .collect())
}

fn written_as(corrected: bool) -> Earlier {
    if corrected { Earlier::Corrected } else { Earlier::Written }
}
