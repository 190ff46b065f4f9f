//! The table of mail accounts.

use crate::fetching::{AfterIntake, FirstFetch, MailAccount, Security, SignIn, Switch};
use kernel::{Fault, Instant, MailboxId};
use store::{Row, Tx, sql};

/// Whether the fetching of an account begins anew when its description changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begin {
    /// It goes on where it was.
    GoOn,
    /// Its mail is another's now.
    Anew,
}

fn account_row(row: &mut Row) -> Result<MailAccount, Fault> {
    let mailbox: MailboxId = row.take()?;
    let unknown = |what: &str| Fault::new(format!("the account of mailbox {mailbox} has an unknown {what}"));
    let (host, port): (String, i64) = (row.take()?, row.take()?);
    let security = Security::named(&row.take::<String>()?).ok_or_else(|| unknown("security"))?;
    let user = row.take()?;
    let sign_in = SignIn::named(&row.take::<String>()?).ok_or_else(|| unknown("sign-in"))?;
    let folder = row.take()?;
    let first_fetch = FirstFetch::named(&row.take::<String>()?).ok_or_else(|| unknown("first fetch"))?;
    let (after, move_to): (String, String) = (row.take()?, row.take()?);
    let is_on: bool = row.take()?;
    Ok(MailAccount {
        mailbox,
        host,
        port: u16::try_from(port).map_err(|_| unknown("port"))?,
        security,
        user,
        sign_in,
        folder,
        first_fetch,
        after_intake: AfterIntake::named(&after, &move_to).ok_or_else(|| unknown("step"))?,
        switch: if is_on { Switch::On } else { Switch::Off },
        edition: row.take()?,
    })
}

/// The account of a mailbox, if it has one.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn account(tx: &mut Tx<'_>, mailbox: MailboxId) -> Result<Option<MailAccount>, Fault> {
    tx.maybe(
        sql!(
            "select mailbox_id, host, port, security, user_name, sign_in, folder, first_fetch, after_intake, move_to,
                    is_on, edition
             from mail_accounts where mailbox_id = $1"
        ),
        &[&mailbox],
        account_row,
    )
}

/// Every account.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn accounts(tx: &mut Tx<'_>) -> Result<Vec<MailAccount>, Fault> {
    tx.list(
        sql!(
            "select mailbox_id, host, port, security, user_name, sign_in, folder, first_fetch, after_intake, move_to,
                    is_on, edition
             from mail_accounts order by mailbox_id"
        ),
        &[],
        account_row,
    )
}

/// What an account signs in with, sealed; empty while it has nothing.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn sealed_secret(tx: &mut Tx<'_>, mailbox: MailboxId) -> Result<Option<String>, Fault> {
    tx.maybe(sql!("select sealed_secret from mail_accounts where mailbox_id = $1"), &[&mailbox], Row::take)
}

/// Puts another sealed secret in place. The edition stays: whoever fetches goes on.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn renew_secret(tx: &mut Tx<'_>, mailbox: MailboxId, sealed: &str) -> Result<(), Fault> {
    tx.run(sql!("update mail_accounts set sealed_secret = $1 where mailbox_id = $2"), &[&sealed, &mailbox])
        .map(drop)
}

/// Names the account of a mailbox, or describes it anew; whoever fetches it begins again with the next edition.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn name_account(
    tx: &mut Tx<'_>,
    account: &MailAccount,
    sealed: &str,
    begin: Begin,
    now: Instant,
) -> Result<(), Fault> {
    let on = account.switch == Switch::On;
    let (after, move_to) = (account.after_intake.as_str(), account.after_intake.folder());
    tx.run(
        sql!(
            "insert into mail_accounts (mailbox_id, host, port, security, user_name, sign_in, sealed_secret, folder,
                                        first_fetch, after_intake, move_to, is_on, edition)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1)
             on conflict (mailbox_id) do update set host = $2, port = $3, security = $4, user_name = $5, sign_in = $6,
               sealed_secret = $7, folder = $8, first_fetch = $9, after_intake = $10, move_to = $11, is_on = $12,
               edition = mail_accounts.edition + 1"
        ),
        &[
            &account.mailbox,
            &account.host,
            &i64::from(account.port),
            &account.security.as_str(),
            &account.user,
            &account.sign_in.as_str(),
            &sealed,
            &account.folder,
            &account.first_fetch.as_str(),
            &after,
            &move_to,
            &on,
        ],
    )?;
    super::fetchings::begin(tx, account.mailbox, begin, now)
}

/// Lets whoever fetches an account begin again at once.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn touch_account(tx: &mut Tx<'_>, mailbox: MailboxId) -> Result<(), Fault> {
    tx.run(sql!("update mail_accounts set edition = edition + 1 where mailbox_id = $1"), &[&mailbox])?;
    super::fetchings::forget_pause(tx, mailbox)
}

/// Forgets the account of a mailbox, with everything that was noted about it.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn drop_account(tx: &mut Tx<'_>, mailbox: MailboxId) -> Result<(), Fault> {
    tx.run(sql!("delete from pending_consents where mailbox_id = $1"), &[&mailbox])?;
    tx.run(sql!("delete from left_mails where mailbox_id = $1"), &[&mailbox])?;
    tx.run(sql!("delete from fetchings where mailbox_id = $1"), &[&mailbox])?;
    tx.run(sql!("delete from mail_accounts where mailbox_id = $1"), &[&mailbox]).map(drop)
}
