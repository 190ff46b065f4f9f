//! `dragoman mail deliver`: another mail server hands a mail over through a pipe.

use crate::{say::Failure, settings::Place};
use channels::email::receiver::{Limits, handed_over};
use clap::Args;
use desk::{Desk, intake};
use kernel::EmailAddress;
use std::{
    io::{Read, Write},
    process::ExitCode,
    time::Duration,
};
use store::Clock;

/// What a mail server understands by the exit code of a pipe (sysexits.h).
const TOO_LARGE: u8 = 65;
const NO_SUCH_USER: u8 = 67;
const TRY_AGAIN: u8 = 75;

/// Take a mail from standard input, as Postfix, Exim and sieve hand one over.
#[derive(Args)]
pub struct Deliver {
    #[command(flatten)]
    place: Place,
    /// The sender of the envelope; left out or empty for a bounce.
    #[arg(long, value_name = "ADDRESS", default_value = "")]
    from: String,
    /// Whom it is for: an address of this installation. May be given several times.
    #[arg(long, value_name = "ADDRESS", required = true, num_args = 1..)]
    to: Vec<EmailAddress>,
}

impl Deliver {
    /// Runs the command. A mail that can't be kept now is left to the mail server, which tries again.
    pub async fn run(self) -> Result<ExitCode, Failure> {
        let most = Limits::default().message_bytes;
        let mut bytes = Vec::new();
        // A byte more shows that there is more, and no mail of any size fills the memory.
        std::io::stdin().take(most + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > most {
            return Ok(ended(TOO_LARGE, &format!("This mail is too large: at most {most} bytes are taken.")));
        }
        match self.keep(bytes).await {
            Ok(code) => Ok(code),
            Err(failure) => Ok(ended(TRY_AGAIN, &failure.to_string())),
        }
    }

    async fn keep(&self, bytes: Vec<u8>) -> Result<ExitCode, Failure> {
        let (store, blobs, vault) = self.place.open_existing()?;
        let desk = Desk::open(store, blobs, vault, Clock::System, Duration::ZERO).await?;
        for to in &self.to {
            if !intake::serves(&desk, to).await? {
                return Ok(ended(NO_SUCH_USER, &format!("{to} is no address of this installation.")));
            }
        }
        let delivery = intake::Delivery {
            sender: self.from.clone(),
            recipients: self.to.clone(),
            peer: "pipe".to_owned(),
            trace: handed_over(&self.to, desk.clock.now()),
            body: intake::Body::Bytes(bytes),
        };
        intake::keep(&desk, delivery).await?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Mail servers put what a pipe says on its error stream into their logs and their bounces.
fn ended(code: u8, sentence: &str) -> ExitCode {
    // Whoever doesn't listen sees the code.
    let _ = writeln!(std::io::stderr(), "{sentence}");
    ExitCode::from(code)
}
