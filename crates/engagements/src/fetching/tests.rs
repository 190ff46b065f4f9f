//! What a form may say of an account.

use super::*;

fn typed() -> TypedAccount<'static> {
    TypedAccount {
        host: " imap.example.com ",
        port: "993",
        security: "tls",
        user: "help",
        sign_in: "password",
        folder: "",
        first_fetch: "everything",
        after_intake: "leave",
        move_to: "",
        switch: "on",
    }
}

fn check(typed: TypedAccount<'_>, expected: Result<(), EngagementRefusal>) {
    let read = typed.read(kernel::Id::from_uuid(uuid::Uuid::nil()));
    assert_eq!(read.map(drop), expected, "{typed:?}");
}

#[test]
fn an_account_is_read_from_a_form() {
    let read = typed().read(kernel::Id::from_uuid(uuid::Uuid::nil())).unwrap();
    assert_eq!((read.host.as_str(), read.port, read.folder.as_str()), ("imap.example.com", 993, "INBOX"));
    assert_eq!((read.first_fetch, read.switch), (FirstFetch::Everything, Switch::On));
}

#[test]
fn what_cannot_work_is_refused() {
    use EngagementRefusal::{AccountInTheClear, AccountIncomplete, MovesNowhere};
    check(typed(), Ok(()));
    check(TypedAccount { host: "", ..typed() }, Err(AccountIncomplete));
    check(TypedAccount { host: "imap://x", ..typed() }, Err(AccountIncomplete));
    check(TypedAccount { port: "99999", ..typed() }, Err(AccountIncomplete));
    check(TypedAccount { port: "0", ..typed() }, Err(AccountIncomplete));
    check(TypedAccount { user: " ", ..typed() }, Err(AccountIncomplete));
    check(TypedAccount { user: "a\r\nA1 LOGOUT", ..typed() }, Err(AccountIncomplete));
    check(TypedAccount { folder: "a\nb", ..typed() }, Err(AccountIncomplete));
    check(TypedAccount { security: "none", ..typed() }, Err(AccountIncomplete));
    check(TypedAccount { sign_in: "", ..typed() }, Err(AccountIncomplete));
    check(TypedAccount { after_intake: "", ..typed() }, Err(AccountIncomplete));
    check(TypedAccount { security: "plain", ..typed() }, Err(AccountInTheClear));
    check(TypedAccount { security: "plain", host: "127.0.0.1", ..typed() }, Ok(()));
    check(TypedAccount { security: "plain", host: "localhost", ..typed() }, Ok(()));
    check(TypedAccount { after_intake: "move", ..typed() }, Err(MovesNowhere));
    check(TypedAccount { after_intake: "move", move_to: "inbox", ..typed() }, Err(MovesNowhere));
    check(TypedAccount { after_intake: "move", move_to: "Done", ..typed() }, Ok(()));
}

#[test]
fn a_cursor_outlives_a_new_password_and_not_another_folder() {
    let read = |typed: TypedAccount<'_>| typed.read(kernel::Id::from_uuid(uuid::Uuid::nil())).unwrap();
    let account = read(typed());
    assert!(account.has_the_mail_of(&read(TypedAccount {
        after_intake: "delete",
        host: "IMAP.example.com",
        ..typed()
    })));
    assert!(!account.has_the_mail_of(&read(TypedAccount { folder: "Help", ..typed() })));
    assert!(!account.has_the_mail_of(&read(TypedAccount { user: "other", ..typed() })));
}
