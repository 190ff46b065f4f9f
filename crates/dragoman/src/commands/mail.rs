//! `dragoman mail`: reads mails as the desk would, takes one from a pipe, says why one is where it is, and sends a test mail.

mod deliver;
mod read;
mod trace;

use crate::{
    say::{self, Failure},
    settings::Place,
};
use cases::letter::{Addressee, Letter, Written};
use channels::email::outbox::{Destination, Outbox};
use clap::{Args, Subcommand};
use desk::{Desk, dispatch::Ended, dispatch::Outgoing};
use kernel::{EmailAddress, MailboxId};
use std::{process::ExitCode, time::Duration};
use store::Clock;

/// Read mails as the desk would, take one from a pipe, ask why one is where it is, or send a test mail.
#[derive(Subcommand)]
pub enum Mail {
    /// Show what the desk sees in a mail: who wrote, what is new, what is quoted, what came with it, what is wrong with it.
    ///
    /// Nothing is stored and no installation is needed: try it on your own mails before you install anything.
    Read(read::Read),
    /// Take a mail from standard input, as Postfix, Exim and sieve hand one over.
    ///
    /// It is kept as durably as a mail over SMTP, whether the desk runs or not. Ends with 0 when it is kept, with 65 when it is larger than
    /// 50 MiB, with 67 when an address isn't served here, and with 75 when it can't be kept now, so that the mail server tries again.
    Deliver(deliver::Deliver),
    /// Say why the mails of a case are in it, from what is stored: how each came, what was wrong with it, why it is no automatic mail or
    /// is one, why it joined the case, and each step of every reply.
    ///
    /// It only reads, and may run beside the desk. It shows customers' words, and is for whoever may read the data folder.
    Trace(trace::Trace),
    /// Send a test mail through the outgoing server of this installation, and say what became of it.
    SendTest(SendTest),
}

impl Mail {
    /// Runs the command.
    pub async fn run(self) -> Result<ExitCode, Failure> {
        match self {
            Self::Read(read) => read.run(),
            Self::Deliver(deliver) => deliver.run().await,
            Self::Trace(trace) => trace.run().await,
            Self::SendTest(send) => send.run().await,
        }
    }
}

/// Send a test mail through the outgoing server of this installation.
#[derive(Args)]
pub struct SendTest {
    #[command(flatten)]
    place: Place,
    /// Who is to receive it.
    #[arg(long, value_name = "ADDRESS")]
    to: EmailAddress,
    /// Whom it comes from; your outgoing server must accept the address.
    #[arg(long, value_name = "ADDRESS")]
    from: EmailAddress,
    /// The password for the outgoing mail server.
    #[arg(long, value_name = "PASSWORD", env = "DRAGOMAN_RELAY_PASSWORD", hide_env_values = true)]
    relay_password: Option<String>,
    /// Print what became of it as JSON.
    #[arg(long)]
    json: bool,
}

impl SendTest {
    async fn run(self) -> Result<ExitCode, Failure> {
        let (store, blobs, vault) = self.place.open_existing()?;
        let desk = Desk::open(store, blobs, vault, Clock::System, Duration::ZERO).await?;
        let outbox = Outbox::new(
            desk.clone(),
            Destination::Relay,
            self.relay_password.clone(),
            "localhost".to_owned(),
        );
        // A mailbox of ours writes through its own server, if it has one.
        let from = self.from.clone();
        let mailbox = desk.store.read(move |tx| engagements::tables::mailbox_at(tx, &from)).await?;
        let mailbox = mailbox.map(|mailbox| mailbox.id);
        let outgoing = test_letter(mailbox, &self.from, &self.to, desk.clock.now());
        let (outcome, because) = match outbox.send(&outgoing).await? {
            Ended::Sent(_) => ("sent", String::new()),
            Ended::Later { because, .. } => ("later", because),
            Ended::Never { because } => ("never", because),
        };
        if self.json {
            say::json(&serde_json::json!({ "outcome": outcome, "because": because }))?;
        } else if outcome == "sent" {
            say::line(format!("The outgoing server took the test mail for {}.", self.to));
        } else {
            return Err(Failure::new(
                because,
                "The page Outgoing mail holds the settings; its password is DRAGOMAN_RELAY_PASSWORD.",
            ));
        }
        Ok(if outcome == "sent" { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// The test mail.
pub fn test_letter(
    mailbox: Option<MailboxId>,
    from: &EmailAddress,
    to: &EmailAddress,
    now: kernel::Instant,
) -> Outgoing {
    let addressee =
        |name: &str, address: &EmailAddress| Addressee { name: name.to_owned(), address: address.clone() };
    let letter = Letter {
        message_id: store::fresh(),
        domain: from.domain().to_owned(),
        from: addressee("Dragoman", from),
        to: vec![addressee("", to)],
        cc: Vec::new(),
        reply_to: None,
        subject: "A test from Dragoman".to_owned(),
        in_reply_to: None,
        references: Vec::new(),
        markdown: "This is a test: if you can read it, outgoing mail works.".to_owned(),
        signature: String::new(),
        downloads: Vec::new(),
        quoted: None,
        language: "en".parse().unwrap_or_else(|_| kernel::LanguageTag::unknown()),
        page: None,
        written: Written::Automatically,
        written_in: None,
        unsubscribe: None,
        date: now,
        attachments: Vec::new(),
    };
    Outgoing { letter, mailbox, from: from.clone(), to: vec![to.clone()] }
}
