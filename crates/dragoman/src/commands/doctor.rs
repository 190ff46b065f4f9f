//! `dragoman doctor`: what is wrong with an installation, and what to do.

mod domains;

use crate::{
    say::{self, Failure},
    settings::{Names, Place},
};
use channels::email::outbox::{Destination, Outbox};
use clap::Args;
use desk::{Desk, outgoing};
use kernel::Fault;
use serde::Serialize;
use std::{process::ExitCode, time::Duration};
use store::{Blobs, Clock};

/// Say what is wrong with this installation and what to do about it.
///
/// It changes nothing and may run beside the desk. It ends with 1 if something is wrong.
#[derive(Args)]
pub struct Doctor {
    #[command(flatten)]
    place: Place,
    /// The password for the outgoing mail server.
    #[arg(long, value_name = "PASSWORD", env = "DRAGOMAN_RELAY_PASSWORD", hide_env_values = true)]
    relay_password: Option<String>,
    #[command(flatten)]
    names: Names,
    /// Print the findings as JSON.
    #[arg(long)]
    json: bool,
}

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Verdict {
    Good,
    Look,
    Wrong,
}

/// What a check found.
#[derive(Serialize)]
struct Finding {
    check: &'static str,
    verdict: Verdict,
    sentence: String,
    hint: String,
}

fn good(check: &'static str, sentence: impl Into<String>) -> Finding {
    Finding { check, verdict: Verdict::Good, sentence: sentence.into(), hint: String::new() }
}

fn look(check: &'static str, sentence: impl Into<String>, hint: &str) -> Finding {
    Finding { check, verdict: Verdict::Look, sentence: sentence.into(), hint: hint.to_owned() }
}

fn wrong(check: &'static str, sentence: impl Into<String>, hint: &str) -> Finding {
    Finding { check, verdict: Verdict::Wrong, sentence: sentence.into(), hint: hint.to_owned() }
}

impl Doctor {
    /// Runs every check.
    pub async fn run(self) -> Result<ExitCode, Failure> {
        let findings = self.findings().await?;
        if self.json {
            say::json(&findings)?;
        } else {
            for finding in &findings {
                let mark = match finding.verdict {
                    Verdict::Good => "ok   ",
                    Verdict::Look => "look ",
                    Verdict::Wrong => "WRONG",
                };
                say::line(format!("{mark} {:10} {}", finding.check, finding.sentence));
                if !finding.hint.is_empty() {
                    say::line(format!("      {:10} → {}", "", finding.hint));
                }
            }
        }
        let broken = findings.iter().any(|finding| finding.verdict == Verdict::Wrong);
        Ok(if broken { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }

    async fn findings(&self) -> Result<Vec<Finding>, Failure> {
        let (store, blobs, vault) = self.place.open_existing()?;
        let mut findings = vec![good("database", format!("The {} database answers.", store.engine().name()))];
        let missing = match store.missing_steps().await {
            Ok(missing) => missing,
            Err(fault) => {
                findings.push(wrong(
                    "schema",
                    fault.to_string(),
                    "Install the version that this database was made with.",
                ));
                return Ok(findings);
            }
        };
        if !missing.is_empty() {
            let hint = "Run `dragoman migrate`, or start the desk: it does this by itself.";
            findings.push(wrong("schema", format!("Steps are missing: {}.", missing.join(", ")), hint));
            return Ok(findings);
        }
        findings.push(good("schema", "The schema is current."));
        findings.push(kept(&blobs));
        let desk = Desk::open(store, blobs, vault, Clock::System, Duration::ZERO).await?;
        findings.push(owner(&desk).await?);
        findings.push(mailboxes(&desk).await?);
        findings.push(self.relay(&desk).await?);
        findings.extend(domains::look(&desk, self.names.dns).await?);
        findings.push(stuck(&desk).await?);
        findings.push(parked(&desk).await?);
        Ok(findings)
    }

    async fn relay(&self, desk: &Desk) -> Result<Finding, Fault> {
        let Some(settings) = outgoing::relay(desk).await? else {
            let hint = "Replies wait until an owner names a server on the page Outgoing mail.";
            return Ok(look("outgoing", "No server for outgoing mail is set up.", hint));
        };
        let name = format!("{}:{}", settings.host, settings.port);
        let outbox = Outbox::new(
            desk.clone(),
            Destination::Relay,
            self.relay_password.clone(),
            "localhost".to_owned(),
        );
        let checked = match outbox.sender(None).await? {
            Ok(sender) => sender.check().await,
            Err(because) => Err(because),
        };
        Ok(match checked {
            Ok(()) => good("outgoing", format!("The outgoing server {name} takes mail from us.")),
            Err(because) => {
                let hint = "Check the page Outgoing mail, and DRAGOMAN_RELAY_PASSWORD; then `dragoman mail send-test`.";
                wrong("outgoing", format!("{name}: {because}"), hint)
            }
        })
    }
}

fn kept(blobs: &Blobs) -> Finding {
    match blobs.probe() {
        Ok(()) => good("blobs", format!("Mails and attachments can be kept in {}.", blobs.place())),
        Err(fault) => wrong("blobs", fault.sentence(), fault.hint()),
    }
}

async fn owner(desk: &Desk) -> Result<Finding, Fault> {
    Ok(if desk::set_up::is_first_run(desk).await? {
        look("owner", "Nobody owns this installation yet.", "Open its page: the first visitor sets it up.")
    } else {
        good("owner", "The installation has an owner.")
    })
}

async fn mailboxes(desk: &Desk) -> Result<Finding, Fault> {
    let mailboxes = desk.store.read(engagements::tables::mailboxes).await?;
    Ok(if mailboxes.is_empty() {
        let hint = "Add a client and its address on the page Clients; until then all mail is refused.";
        look("mailboxes", "There is no mailbox.", hint)
    } else {
        good("mailboxes", format!("Mail is taken for {} addresses.", mailboxes.len()))
    })
}

async fn stuck(desk: &Desk) -> Result<Finding, Fault> {
    let (waiting, stuck) = desk.store.read(jobs::waiting_count).await?;
    Ok(if stuck > 0 {
        let hint = "The page Jobs says why each is stuck and lets you retry it.";
        wrong("jobs", format!("{stuck} jobs are stuck and {waiting} wait."), hint)
    } else {
        good("jobs", format!("No job is stuck; {waiting} wait."))
    })
}

async fn parked(desk: &Desk) -> Result<Finding, Fault> {
    let parked = desk.store.read(cases::tables::parked_count).await?;
    Ok(if parked > 0 {
        look(
            "parked",
            format!("{parked} mails wait for a person's decision."),
            "The page Parked mail lists them.",
        )
    } else {
        good("parked", "No mail waits for a person's decision.")
    })
}
