//! What is asked of a mail server: signing in, opening a folder, listing, comparing, waiting.

use super::{
    connection::{self, Trust},
    dialogue::{Dialogue, Turn},
    names,
    patience::Patience,
    trouble::{Step, Trouble},
    wire::Literals,
    words::{Fetched, Heard, Said},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use engagements::fetching::{AfterIntake, Folder, MailAccount, SignIn};
use std::time::Duration;

/// A mail server at which it is signed in.
pub(super) struct Session {
    pub(super) dialogue: Dialogue,
    pub(super) patience: Patience,
}

/// What a folder holds beyond a UID.
#[derive(Debug, Default)]
pub(super) struct Listed {
    /// UIDs and sizes, in order; as many as are planned at once.
    pub mails: Vec<(u32, u64)>,
    /// How many there are in all.
    pub total: usize,
}

impl Session {
    /// Connects and signs in. `secret` is a password, or the access token of a consent.
    pub(super) async fn open(
        account: &MailAccount,
        secret: &str,
        trust: &Trust,
        patience: &Patience,
    ) -> Result<Self, Trouble> {
        let dialogue = connection::connect(account, trust, patience).await?;
        let mut session = Self { dialogue, patience: patience.clone() };
        session.sign_in(account, secret).await?;
        // Some servers can do more for those who have signed in, and don't say so unasked.
        session.dialogue.capabilities().await?;
        Ok(session)
    }

    async fn sign_in(&mut self, account: &MailAccount, secret: &str) -> Result<(), Trouble> {
        let can = self.dialogue.capabilities().await?;
        let (user, at_once) = (account.user.as_str(), can.contains("SASL-IR"));
        let line = match account.sign_in {
            SignIn::Google | SignIn::Microsoft => {
                Sasl::of("XOAUTH2", &format!("user={user}\u{1}auth=Bearer {secret}\u{1}\u{1}"))
            }
            SignIn::Password if can.contains("AUTH=PLAIN") => {
                Sasl::of("PLAIN", &format!("\0{user}\0{secret}"))
            }
            SignIn::Password if can.contains("LOGINDISABLED") => return Err(Trouble::NoSignIn),
            SignIn::Password => return self.log_in(user, secret).await,
        };
        let offered = can.contains(&format!("AUTH={}", line.way));
        if !offered && account.sign_in != SignIn::Password {
            return Err(Trouble::NoSignIn);
        }
        self.authenticate(line, if at_once { When::AtOnce } else { When::Asked }).await
    }

    async fn authenticate(&mut self, sasl: Sasl, when: When) -> Result<(), Trouble> {
        let line = match when {
            When::AtOnce => format!("AUTHENTICATE {} {}", sasl.way, sasl.response),
            When::Asked => format!("AUTHENTICATE {}", sasl.way),
        };
        let mut unsaid = (when == When::Asked).then_some(sasl.response);
        self.dialogue.forget_capabilities();
        let mut command = self.dialogue.begin(&Step::SignIn, &line, self.patience.command_within).await?;
        loop {
            match self.dialogue.turn(&mut command, Literals::Short).await? {
                Turn::Aside(_) => {}
                // The first is for the response; a second one tells an error in a code, and wants an empty line.
                Turn::GoOn => {
                    let response = unsaid.take().unwrap_or_default();
                    self.dialogue.add(&command, &response).await?;
                }
                Turn::Done(_) => return Ok(()),
                Turn::Refused(said) => return Err(refused(said)),
            }
        }
    }

    async fn log_in(&mut self, user: &str, password: &str) -> Result<(), Trouble> {
        if !user.is_ascii() || !password.is_ascii() || password.contains(['\r', '\n']) {
            return Err(Trouble::NoSignIn);
        }
        self.dialogue.forget_capabilities();
        let line = format!("LOGIN {} {}", names::quoted(user), names::quoted(password));
        let mut command = self.dialogue.begin(&Step::SignIn, &line, self.patience.command_within).await?;
        loop {
            match self.dialogue.turn(&mut command, Literals::Short).await? {
                Turn::Aside(_) => {}
                Turn::Done(_) => return Ok(()),
                Turn::Refused(said) => return Err(refused(said)),
                Turn::GoOn => return Err(Trouble::Garbled(Step::SignIn)),
            }
        }
    }

    /// Opens a folder, only to read where nothing is to be changed.
    pub(super) async fn open_folder(&mut self, account: &MailAccount) -> Result<Folder, Trouble> {
        let verb = if account.after_intake == AfterIntake::Leave { "EXAMINE" } else { "SELECT" };
        let line = format!("{verb} {}", names::folder(&account.folder));
        let mut folder = Folder::default();
        let opened = self.dialogue.run(&Step::Opening, &line, |heard| match heard {
            Heard::Exists(number) => folder.exists = number,
            Heard::Status { said, .. } => {
                folder.validity = said.number("UIDVALIDITY").unwrap_or(folder.validity);
                folder.next = said.number("UIDNEXT").or(folder.next);
            }
            _ => {}
        });
        match opened.await {
            Err(Trouble::Refused(_, said)) => Err(Trouble::NoFolder(said)),
            Err(trouble) => Err(trouble),
            Ok(_) => {
                self.dialogue.grew();
                Ok(folder)
            }
        }
    }

    /// The greatest UID in the open folder; 0 when it is empty.
    pub(super) async fn last_there(&mut self) -> Result<u32, Trouble> {
        if self.dialogue.exists() == 0 {
            return Ok(0);
        }
        let mut last = 0;
        self.dialogue
            .run(&Step::Listing, "UID FETCH * (UID)", |heard| {
                if let Heard::Mail(Fetched { uid: Some(uid), .. }) = heard {
                    last = last.max(uid);
                }
            })
            .await?;
        Ok(last)
    }

    /// The mails of the open folder beyond a UID. A server answers the last mail even when its UID is smaller.
    pub(super) async fn list(&mut self, last: u32) -> Result<Listed, Trouble> {
        let mut listed = Listed::default();
        let Some(from) = last.checked_add(1).filter(|_| self.dialogue.exists() > 0) else {
            return Ok(listed);
        };
        let most = self.patience.planned_mails;
        let line = format!("UID FETCH {from}:* (UID RFC822.SIZE)");
        let take = |heard| {
            if let Heard::Mail(Fetched { uid: Some(uid), size, .. }) = heard
                && uid > last
            {
                listed.total += 1;
                listed.mails.push((uid, size.unwrap_or(0)));
                if listed.mails.len() >= 2 * most {
                    first_of(&mut listed.mails, most);
                }
            }
        };
        self.dialogue.run_within(&Step::Listing, &line, self.patience.listing_within, take).await?;
        first_of(&mut listed.mails, most);
        Ok(listed)
    }

    /// The UIDs of these that are in the open folder, with their sizes.
    pub(super) async fn still_there(&mut self, uids: &[u32]) -> Result<Vec<(u32, u64)>, Trouble> {
        let mut there = Vec::new();
        let line = format!("UID FETCH {} (UID RFC822.SIZE)", names::uid_set(uids));
        self.dialogue
            .run(&Step::Listing, &line, |heard| {
                if let Heard::Mail(Fetched { uid: Some(uid), size, .. }) = heard
                    && uids.contains(&uid)
                {
                    there.push((uid, size.unwrap_or(0)));
                }
            })
            .await?;
        first_of(&mut there, uids.len());
        Ok(there)
    }

    /// The heads of these mails, as far as comparing needs them.
    pub(super) async fn heads(&mut self, uids: &[u32]) -> Result<Vec<Fetched>, Trouble> {
        const FIELDS: &str = "MESSAGE-ID FROM SENDER SUBJECT DATE RECEIVED";
        /// More than any honest head has; what lies beyond makes a mail look new, and it is taken.
        const MOST: usize = 16 * 1024;
        let set = names::uid_set(uids);
        let line =
            format!("UID FETCH {set} (UID INTERNALDATE BODY.PEEK[HEADER.FIELDS ({FIELDS})]<0.{MOST}>)");
        let mut heads = Vec::new();
        let take = |heard| {
            if let Heard::Mail(fetched) = heard
                && fetched.uid.is_some_and(|uid| uids.contains(&uid))
                && heads.len() < uids.len()
            {
                heads.push(fetched);
            }
        };
        self.dialogue.run_within(&Step::Comparing, &line, self.patience.listing_within, take).await?;
        Ok(heads)
    }

    /// Waits for mail: with IDLE where it is offered, else for the time until the next look.
    pub(super) async fn wait(&mut self) -> Result<(), Trouble> {
        if self.dialogue.grew() {
            return Ok(());
        }
        if self.dialogue.offers("IDLE") && self.idle().await? {
            return Ok(());
        }
        // A server that says something unasked closes, or has mail; both are seen at the next look.
        self.dialogue.stirs_within(self.patience.look_again_after).await.map(drop)
    }

    /// Waits with IDLE. False when the server doesn't do that after all.
    async fn idle(&mut self) -> Result<bool, Trouble> {
        let within = self.patience.idle_within;
        let mut command =
            self.dialogue.begin(&Step::Waiting, "IDLE", within + self.patience.command_within).await?;
        loop {
            match self.dialogue.turn(&mut command, Literals::Short).await? {
                Turn::GoOn => break,
                Turn::Aside(_) => {}
                Turn::Done(_) | Turn::Refused(..) => {
                    self.dialogue.no_longer_offers("IDLE");
                    return Ok(false);
                }
            }
        }
        let until = tokio::time::Instant::now() + within;
        while !self.dialogue.grew() {
            let left: Duration = until.saturating_duration_since(tokio::time::Instant::now());
            if left.is_zero() || !self.dialogue.stirs_within(left).await? {
                break;
            }
            if let Turn::Done(_) | Turn::Refused(..) =
                self.dialogue.turn(&mut command, Literals::Short).await?
            {
                return Ok(true);
            }
        }
        self.dialogue.add(&command, "DONE").await?;
        loop {
            match self.dialogue.turn(&mut command, Literals::Short).await? {
                Turn::Aside(_) | Turn::GoOn => {}
                Turn::Done(_) | Turn::Refused(..) => return Ok(true),
            }
        }
    }
}

/// Keeps the first of the mails, each once, in the order of their UIDs.
fn first_of(mails: &mut Vec<(u32, u64)>, most: usize) {
    mails.sort_unstable();
    mails.dedup_by_key(|(uid, _)| *uid);
    mails.truncate(most);
}

/// One way of signing in with what it sends.
struct Sasl {
    way: &'static str,
    response: String,
}

impl Sasl {
    fn of(way: &'static str, response: &str) -> Self {
        Self { way, response: STANDARD.encode(response) }
    }
}

/// When the response of a sign-in is sent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    /// With the command.
    AtOnce,
    /// When the server asks for it.
    Asked,
}

/// RFC 5530 has codes for what isn't the user's fault.
fn refused(said: Said) -> Trouble {
    let passing = ["UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG", "THROTTLED", "OVERQUOTA"];
    if passing.contains(&said.code.as_str()) {
        Trouble::SignInLater(said.words)
    } else {
        Trouble::SignInRefused(said.words)
    }
}
