//! Rule: the IMAP account from which a mailbox's mail is fetched, as its owner describes it.

mod comparison;
mod cursor;
mod pauses;
mod progress;

pub use comparison::{Compared, KnownMail, MailHead, compared, compared_later};
pub use cursor::{Course, Cursor, Folder, course};
pub use pauses::{Hurdle, STUMBLES, pause};
pub use progress::{Fetching, LeftMail, Standing};

use crate::{EngagementRefusal, consent::Provider};
use kernel::MailboxId;

/// An IMAP account. What it signs in with is sealed and stands beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailAccount {
    /// The mailbox to which its mail belongs.
    pub mailbox: MailboxId,
    /// The server's name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// Who signs in.
    pub user: String,
    /// With what.
    pub sign_in: SignIn,
    /// The folder that is fetched.
    pub folder: String,
    /// What the first fetch takes.
    pub first_fetch: FirstFetch,
    /// What becomes of a mail on the server once it is kept here.
    pub after_intake: AfterIntake,
    /// It is fetched, or rests.
    pub switch: Switch,
    /// Grows whenever the description changes.
    pub edition: i64,
}

macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$doc])* $variant,)* }

        impl $name {
            /// All of them, in the order of a form.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word in the store and in forms.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// The one with this word.
            pub fn named(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == word)
            }
        }
    };
}
pub(crate) use words;

words! {
    /// How the connection to the server is protected.
    Security {
        /// It is encrypted from the start (port 993).
        Tls = "tls",
        /// It is encrypted after a plain greeting (port 143), and never a password before that.
        StartTls = "starttls",
        /// Not at all: only for a server on this machine.
        Plain = "plain",
    }
}

words! {
    /// What an account signs in with.
    SignIn {
        /// A password.
        Password = "password",
        /// A consent given at Google.
        Google = "google",
        /// A consent given at Microsoft.
        Microsoft = "microsoft",
    }
}

words! {
    /// What the first fetch takes.
    FirstFetch {
        /// Only what comes from then on.
        FromNow = "from_now",
        /// Everything that is there.
        Everything = "everything",
    }
}

words! {
    /// Whether an account is fetched.
    Switch {
        /// It is.
        On = "on",
        /// It rests.
        Off = "off",
    }
}

/// What becomes of a mail on the server once it is kept here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AfterIntake {
    /// Nothing.
    Leave,
    /// It is marked as read.
    MarkRead,
    /// It goes to another folder.
    Move(String),
    /// It goes for good.
    Delete,
}

impl AfterIntake {
    /// The words of the store and of forms.
    pub const WORDS: [&'static str; 4] = ["leave", "mark_read", "move", "delete"];

    /// The word in the store and in forms.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Leave => "leave",
            Self::MarkRead => "mark_read",
            Self::Move(_) => "move",
            Self::Delete => "delete",
        }
    }

    /// The folder that mails go to; empty when they go to none.
    pub fn folder(&self) -> &str {
        match self {
            Self::Move(folder) => folder,
            _ => "",
        }
    }

    /// From its word and the folder.
    pub fn named(word: &str, folder: &str) -> Option<Self> {
        match word {
            "leave" => Some(Self::Leave),
            "mark_read" => Some(Self::MarkRead),
            "move" => Some(Self::Move(folder.to_owned())),
            "delete" => Some(Self::Delete),
            _ => None,
        }
    }
}

/// What a form says of an account, as it was typed.
#[derive(Clone, Copy, Debug, Default)]
pub struct TypedAccount<'a> {
    /// The server's name; empty means the provider's usual one.
    pub host: &'a str,
    /// Its port.
    pub port: &'a str,
    /// One of [`Security`].
    pub security: &'a str,
    /// Who signs in.
    pub user: &'a str,
    /// One of [`SignIn`].
    pub sign_in: &'a str,
    /// The folder; empty means INBOX.
    pub folder: &'a str,
    /// One of [`FirstFetch`].
    pub first_fetch: &'a str,
    /// One of [`AfterIntake::WORDS`].
    pub after_intake: &'a str,
    /// The folder that mails are moved to.
    pub move_to: &'a str,
    /// One of [`Switch`]; empty means off, as an unticked box sends nothing.
    pub switch: &'a str,
}

impl TypedAccount<'_> {
    /// The account of this mailbox as it was typed.
    ///
    /// # Errors
    /// [`EngagementRefusal::AccountIncomplete`], [`EngagementRefusal::AccountInTheClear`],
    /// [`EngagementRefusal::MovesNowhere`].
    pub fn read(self, mailbox: MailboxId) -> Result<MailAccount, EngagementRefusal> {
        let sign_in = SignIn::named(self.sign_in).ok_or(EngagementRefusal::AccountIncomplete)?;
        let usual = sign_in.provider().map_or("", Provider::imap_host);
        let host = Some(self.host.trim()).filter(|typed| !typed.is_empty()).unwrap_or(usual);
        let is_host = !host.is_empty()
            && !host.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '/' | '@'));
        let security = Security::named(self.security).ok_or(EngagementRefusal::AccountIncomplete)?;
        let port: u16 = self.port.trim().parse().unwrap_or(0);
        let user = self.user.trim();
        if !is_host || port == 0 || user.is_empty() || has_controls(&[user, self.folder, self.move_to]) {
            return Err(EngagementRefusal::AccountIncomplete);
        }
        if security == Security::Plain && !is_this_machine(host) {
            return Err(EngagementRefusal::AccountInTheClear);
        }
        let folder = Some(self.folder.trim()).filter(|named| !named.is_empty()).unwrap_or("INBOX");
        let after_intake = AfterIntake::named(self.after_intake, self.move_to.trim());
        let after_intake = after_intake.ok_or(EngagementRefusal::AccountIncomplete)?;
        if matches!(&after_intake, AfterIntake::Move(to) if to.is_empty() || same_folder(to, folder)) {
            return Err(EngagementRefusal::MovesNowhere);
        }
        Ok(MailAccount {
            mailbox,
            host: host.to_owned(),
            port,
            security,
            user: user.to_owned(),
            sign_in,
            folder: folder.to_owned(),
            first_fetch: FirstFetch::named(self.first_fetch).unwrap_or(FirstFetch::FromNow),
            after_intake,
            switch: if self.switch == Switch::On.as_str() { Switch::On } else { Switch::Off },
            edition: 0,
        })
    }
}

/// A line end in a name would end the command in which it is sent.
fn has_controls(texts: &[&str]) -> bool {
    texts.iter().any(|text| text.contains(char::is_control))
}

fn same_folder(one: &str, other: &str) -> bool {
    one == other || (one.eq_ignore_ascii_case("inbox") && other.eq_ignore_ascii_case("inbox"))
}

/// A name or an address of this very machine, to which a password may go in the clear.
fn is_this_machine(host: &str) -> bool {
    let is_number = |part: &str| part.parse::<u8>().is_ok();
    let numbers: Vec<&str> = host.split('.').collect();
    host == "localhost"
        || host == "::1"
        || (numbers.len() == 4 && numbers[0] == "127" && numbers.iter().all(|part| is_number(part)))
}

impl MailAccount {
    /// Its mail is the same as before when only the rest of the description changed: the cursor stays good.
    pub fn has_the_mail_of(&self, other: &Self) -> bool {
        let place = |one: &Self| (one.host.to_lowercase(), one.port, one.user.clone(), one.folder.clone());
        place(self) == place(other)
    }
}

#[cfg(test)]
mod tests;
