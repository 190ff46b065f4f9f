//! `dragoman route`: why a case is with whom it is.

use crate::{
    say::{self, Failure},
    settings::Place,
};
use clap::{Args, Subcommand};
use desk::{
    Desk,
    routing::{Shown, explain},
};
use kernel::PersonId;
use routing::{Reasons, Told};
use serde_json::{Value, json};
use std::process::ExitCode;
use store::Clock;

/// Look at who takes a case, and why.
#[derive(Subcommand)]
pub enum Route {
    Explain(Explain),
}

impl Route {
    /// Runs the command.
    pub async fn run(self) -> Result<ExitCode, Failure> {
        match self {
            Self::Explain(explain) => explain.run().await,
        }
    }
}

/// Say why a case is with whom it is: what was decided, and what would be decided now.
#[derive(Args)]
pub struct Explain {
    #[command(flatten)]
    place: Place,
    /// A case by its reference, with or without its hyphen (K7QM-3XTP), or by its id.
    case: String,
    /// Print everything as JSON.
    #[arg(long)]
    json: bool,
}

impl Explain {
    async fn run(self) -> Result<ExitCode, Failure> {
        let (store, blobs, vault) = self.place.open_current().await?;
        let desk = Desk::open(store, blobs, vault, Clock::System, desk::UNDO_FOR).await?;
        let found = explain(&desk, &self.case).await?;
        if self.json {
            say::json(&as_json(&found))?;
        } else {
            tell(&found);
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn name(found: &Shown, person: PersonId) -> &str {
    found.names.iter().find(|known| known.id == person).map_or("somebody", |known| known.name.as_str())
}

fn as_json(found: &Shown) -> Value {
    let told = |all: &[Told]| -> Vec<Value> {
        let one = |one: &Told| json!({ "person": one.person, "name": name(found, one.person), "because": one.because });
        all.iter().map(one).collect()
    };
    let reasons = |reasons: &Reasons| {
        json!({
            "why_now": reasons.why_now, "why": reasons.why,
            "who_else": told(&reasons.who_else), "who_not": told(&reasons.who_not),
        })
    };
    let decided = found.decisions.iter().map(|one| {
        json!({
            "at": one.at.to_string(), "how": one.how, "way": one.way, "person": one.person,
            "name": one.person.map(|person| name(found, person)), "reasons": reasons(&one.reasons),
        })
    });
    json!({
        "reference": cases::shown_reference(&found.case.reference),
        "holder": found.case.assignee.map(|person| name(found, person)),
        "now": found.now.as_ref().map(|now| {
            json!({ "person": found.would_be, "name": found.would_be.map(|person| name(found, person)), "reasons": reasons(now) })
        }),
        "decisions": decided.collect::<Vec<_>>(),
    })
}

fn tell(found: &Shown) {
    let holder = found.case.assignee.map_or("nobody", |person| name(found, person));
    say::line(format!("{} is with {holder}.", cases::shown_reference(&found.case.reference)));
    match &found.now {
        Some(now) => {
            let who = found.would_be.map_or("nobody", |person| name(found, person));
            say::line(format!("\nIf it were given now: {who}."));
            tell_reasons(found, now);
        }
        None => say::line(
            "\nNothing is routed here: it is closed, or nobody has agreed on terms for its engagement.",
        ),
    }
    for one in &found.decisions {
        let who = one.person.map_or("nobody", |person| name(found, person));
        say::line(format!("\n{} ({}): {who}.", one.at, one.how));
        tell_reasons(found, &one.reasons);
    }
}

fn tell_reasons(found: &Shown, reasons: &Reasons) {
    for because in std::iter::once(&reasons.why_now).chain(&reasons.why) {
        say::line(format!("  {} [{}]", because.sentence, because.code));
    }
    for (heading, all) in [("who else", &reasons.who_else), ("who not", &reasons.who_not)] {
        for one in all {
            let because = &one.because;
            say::line(format!(
                "  {heading}: {}. {} [{}]",
                name(found, one.person),
                because.sentence,
                because.code
            ));
        }
    }
}
