//! Rule: which mails of a folder are to be fetched, from how far we came and what the server says of the folder.
//!
//! A UID names a mail for as long as the folder's UIDVALIDITY stays (RFC 3501, 2.3.1.1). Dates decide nothing: mail is moved
//! between folders and machines, and clocks are wrong.

use super::FirstFetch;
use kernel::Because;

/// How far a folder was fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The folder's UIDVALIDITY, under which the UIDs are good.
    pub validity: u32,
    /// The UID of the last mail that was taken; mails with greater ones follow.
    pub last: u32,
    /// Mails up to this UID may have been taken under another UIDVALIDITY or another description of the account: they are
    /// compared with what is known before they are fetched.
    pub compared_until: u32,
}

/// What the server says when a folder is opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Folder {
    /// Its UIDVALIDITY. A server that names none is taken to have never changed it.
    pub validity: u32,
    /// The UID that the next mail will have at least, if the server says so.
    pub next: Option<u32>,
    /// How many mails are in it.
    pub exists: u32,
}

/// What is to be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// From where.
    pub cursor: Cursor,
    /// Why it doesn't simply go on; none when it does.
    pub because: Option<Because>,
}

/// What is to be fetched of a folder.
///
/// `last_there` is the greatest UID in it; it is used where the server doesn't foretell the next one.
pub fn course(known: Option<Cursor>, folder: &Folder, last_there: u32, first: FirstFetch) -> Course {
    let end = folder.next.map_or(last_there, |next| next.saturating_sub(1)).max(last_there);
    let from = |last: u32, because: Because| Course {
        cursor: Cursor { validity: folder.validity, last, compared_until: end },
        because: Some(because),
    };
    match known {
        None if first == FirstFetch::FromNow => {
            let sentence = "What was in the folder before stays there; mail is fetched from now on.";
            from(end, Because::new("fetching.from_now", sentence))
        }
        None => {
            let sentence = "Everything in the folder is fetched.";
            from(0, Because::new("fetching.everything", sentence))
        }
        Some(cursor) if cursor.validity != folder.validity => {
            let sentence = "The server has renumbered the folder. Each mail is compared with those that are known, and only \
                            new ones are fetched.";
            from(0, Because::new("fetching.renumbered", sentence))
        }
        // A server that begins again without saying so breaks its promise; believing it would lose mail.
        Some(cursor) if folder.next.is_some_and(|next| next <= cursor.last) => {
            let sentence = "The server counts the folder's mails from an earlier number again, without saying so. Each mail is \
                            compared with those that are known, and only new ones are fetched.";
            from(0, Because::new("fetching.counts_again", sentence))
        }
        Some(cursor) => Course { cursor, because: None },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(
        known: Option<(u32, u32)>,
        folder: (u32, Option<u32>),
        first: FirstFetch,
        expected: (u32, u32, u32, &str),
    ) {
        let known = known.map(|(validity, last)| Cursor { validity, last, compared_until: 3 });
        let (validity, next) = folder;
        let found = course(known, &Folder { validity, next, exists: 1 }, 40, first);
        let code = found.because.map_or(String::new(), |because| because.code);
        let Cursor { validity, last, compared_until } = found.cursor;
        assert_eq!(
            (validity, last, compared_until, code.as_str()),
            expected,
            "{known:?} {folder:?} {first:?}"
        );
    }

    #[test]
    fn a_cursor_goes_on_until_the_folder_is_another() {
        use FirstFetch::{Everything, FromNow};
        check(None, (7, Some(41)), FromNow, (7, 40, 40, "fetching.from_now"));
        check(None, (7, None), FromNow, (7, 40, 40, "fetching.from_now"));
        check(None, (7, Some(101)), FromNow, (7, 100, 100, "fetching.from_now"));
        check(None, (7, Some(41)), Everything, (7, 0, 40, "fetching.everything"));
        check(None, (0, Some(0)), Everything, (0, 0, 40, "fetching.everything"));
        check(Some((7, 40)), (7, Some(41)), FromNow, (7, 40, 3, ""));
        check(Some((7, 12)), (7, Some(41)), FromNow, (7, 12, 3, ""));
        check(Some((7, 99)), (7, None), FromNow, (7, 99, 3, ""));
        check(Some((7, 40)), (8, Some(41)), FromNow, (8, 0, 40, "fetching.renumbered"));
        check(Some((9, 40)), (8, Some(41)), Everything, (8, 0, 40, "fetching.renumbered"));
        check(Some((7, 41)), (7, Some(41)), FromNow, (7, 0, 40, "fetching.counts_again"));
        check(
            Some((7, u32::MAX)),
            (7, Some(u32::MAX)),
            FromNow,
            (7, 0, u32::MAX - 1, "fetching.counts_again"),
        );
    }
}
