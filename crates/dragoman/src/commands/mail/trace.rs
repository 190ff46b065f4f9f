//! `dragoman mail trace`: why a mail is where it is.

use crate::{
    say::{self, Failure},
    settings::Place,
};
use cases::{Delivery, MessageKind, RawMail, shown_reference};
use clap::Args;
use desk::trace::{AsideMail, Found, Trace as Traced, TracedMail, trace};
use jobs::JobRow;
use kernel::Because;
use serde_json::{Value, json};
use std::process::ExitCode;

/// Say why the mails of a case are in it.
#[derive(Args)]
pub struct Trace {
    #[command(flatten)]
    place: Place,
    /// A case by its reference, with or without its hyphen (K7QM-3XTP), or one mail by its Message-ID.
    case: String,
    /// Print everything as JSON.
    #[arg(long)]
    json: bool,
}

impl Trace {
    /// Runs the command.
    pub async fn run(self) -> Result<ExitCode, Failure> {
        let (store, blobs, _) = self.place.open_existing()?;
        if !store.missing_steps().await?.is_empty() {
            return Err(Failure::new(
                "The database is older than this program.",
                "Run `dragoman migrate`, or start the desk: it does this by itself.",
            ));
        }
        let found = trace(&store, &blobs, &self.case).await?;
        if self.json {
            let cases: Vec<Value> = found.cases.iter().map(case_json).collect();
            let aside: Vec<Value> = found.aside.iter().map(aside_json).collect();
            say::json(&json!({ "cases": cases, "aside": aside }))?;
        } else {
            tell(&found);
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// How a mail came, in words.
fn way(came: &RawMail) -> String {
    match came.peer.strip_prefix("imap ") {
        Some(server) => format!("fetched from {server} over IMAP"),
        None if came.peer == "pipe" => {
            "handed over by a mail server on this machine, through a pipe".to_owned()
        }
        None if came.peer.starts_with("lmtp ") => {
            format!("from the mail server at {} over LMTP", came.peer.trim_start_matches("lmtp "))
        }
        None if came.peer.parse::<std::net::IpAddr>().is_ok() => format!("from {} over SMTP", came.peer),
        None => format!("from {}", came.peer),
    }
}

/// The reasons of threading, and those of sifting.
fn reasons(mail: &TracedMail) -> (Vec<&Because>, Vec<&Because>) {
    mail.message.because.iter().partition(|because| because.code.starts_with("threading."))
}

/// Our own letters' Message-ID isn't stored: it follows from the message.
fn message_id(case: &Traced, mail: &TracedMail) -> Option<String> {
    let ours = || {
        let mailbox = case.mailbox.as_ref()?;
        Some(cases::letter::message_id_text(mail.message.id, mailbox.address.domain()))
    };
    mail.message.email_id.clone().or_else(|| if mail.came.is_none() { ours() } else { None })
}

fn case_json(case: &Traced) -> Value {
    let events = case.events.iter().map(|(event, who)| {
        json!({ "at": event.at.to_string(), "kind": event.kind, "who": who, "sentence": event.sentence })
    });
    json!({
        "reference": shown_reference(&case.case.reference),
        "subject": case.case.subject,
        "client": case.client,
        "mailbox": case.mailbox.as_ref().map(|mailbox| mailbox.address.to_string()),
        "state": case.case.state.to_string(),
        "opened_at": case.case.opened_at.to_string(),
        "closed_at": case.case.closed_at.map(|at| at.to_string()),
        "held_back": case.held_back,
        "mails": case.mails.iter().map(|mail| mail_json(case, mail)).collect::<Vec<_>>(),
        "events": events.collect::<Vec<_>>(),
    })
}

fn mail_json(case: &Traced, mail: &TracedMail) -> Value {
    let (threading, sifting) = reasons(mail);
    let message = &mail.message;
    let is_ours = message.kind == MessageKind::Reply;
    json!({
        "message": message.id.to_string(),
        "way": if is_ours { "out" } else { "in" },
        "at": message.at.to_string(),
        "from": { "name": message.by.name, "address": message.by.address },
        "to": message.recipients,
        "subject": message.subject,
        "message_id": message_id(case, mail),
        "answers": message.answers_email_id,
        "references": message.references,
        "came": mail.came.as_ref().map(came_json),
        "leads_to": mail.leads_to.as_ref().map(|mailbox| mailbox.address.to_string()),
        "problems": message.problems,
        "automatic": message.automatic,
        "sifting": sifting,
        "threading": threading,
        "delivery": is_ours.then(|| delivery_json(mail)),
    })
}

fn came_json(came: &RawMail) -> Value {
    let kept = match &came.kept {
        cases::Kept::InRow(_) => "row".to_owned(),
        cases::Kept::InBlob(hash) => hash.to_string(),
    };
    json!({
        "mail": came.id.to_string(),
        "received_at": came.received_at.to_string(),
        "peer": came.peer,
        "way": way(came),
        "trace": came.trace,
        "sender": came.sender,
        "recipient": came.recipient.to_string(),
        "bytes": came.size,
        "kept": kept,
    })
}

fn delivery_json(mail: &TracedMail) -> Value {
    let message = &mail.message;
    let steps = mail.steps.iter().map(|step| {
        json!({
            "at": step.at.to_string(), "kind": step.kind.to_string(), "recipient": step.recipient,
            "sentence": step.sentence, "words": step.words,
        })
    });
    json!({
        "state": message.delivery.to_string(),
        "note": message.delivery_note,
        "send_at": message.send_at.map(|at| at.to_string()),
        "sent_at": message.sent_at.map(|at| at.to_string()),
        "steps": steps.collect::<Vec<_>>(),
        "job": mail.job.as_ref().map(job_json),
    })
}

fn job_json(job: &JobRow) -> Value {
    json!({ "state": job.state, "attempts": job.attempts, "run_at": job.run_at.to_string(), "because": job.because })
}

fn aside_json(mail: &AsideMail) -> Value {
    json!({
        "came": came_json(&mail.came),
        "state": mail.state,
        "because": mail.because,
        "job": mail.job.as_ref().map(job_json),
    })
}

fn tell(found: &Found) {
    for case in &found.cases {
        let shown = shown_reference(&case.case.reference);
        say::line(format!("Case {shown} of {}: {}", case.client, case.case.subject));
        let through =
            case.mailbox.as_ref().map_or("a mailbox that is gone".to_owned(), |m| m.address.to_string());
        row("State", format!("{}, opened {}, through {through}", case.case.state, case.case.opened_at));
        if let Some(because) = &case.held_back {
            row("Held back", format!("nothing is sent to the customer's address: {because}"));
        }
        case.mails.iter().for_each(|mail| tell_mail(case, mail));
        if !case.events.is_empty() {
            say::line("\nWhat happened");
        }
        for (event, who) in &case.events {
            let who = who.as_deref().unwrap_or("the desk");
            say::line(format!("  {}  {} ({who}, {})", event.at, event.sentence, event.kind));
        }
        say::line("");
    }
    found.aside.iter().for_each(tell_aside);
}

fn row(name: &str, words: impl AsRef<str>) {
    let name = if name.is_empty() { String::new() } else { format!("{name}:") };
    say::line(format!("  {name:<12} {}", words.as_ref().trim()));
}

/// A row whose name stands before the first of its lines only.
fn rows(name: &str, lines: impl IntoIterator<Item = String>) {
    for (nth, line) in lines.into_iter().enumerate() {
        row(if nth == 0 { name } else { "" }, line);
    }
}

fn tell_mail(case: &Traced, mail: &TracedMail) {
    let message = &mail.message;
    let title = match (&mail.came, message.kind) {
        (_, MessageKind::Reply) => format!("Reply by {}", message.by.name),
        _ => format!("Mail from {} <{}>", message.by.name, message.by.address),
    };
    say::line(format!("\n{}, {}", title.replace("from  <", "from <"), message.at));
    row("Subject", &message.subject);
    rows("Message-ID", message_id(case, mail));
    rows("Answers", message.answers_email_id.clone());
    if let Some(came) = &mail.came {
        tell_coming(came);
        let leads =
            mail.leads_to.as_ref().map_or("no mailbox any more".to_owned(), |m| m.address.to_string());
        row("Leads to", leads);
        match message.problems.is_empty() {
            true => row("Read", "nothing was wrong with it"),
            false => rows("Read", message.problems.iter().cloned()),
        }
        tell_reasons(mail);
    }
    if message.delivery != Delivery::None {
        tell_delivery(mail);
    }
}

fn tell_coming(came: &RawMail) {
    row("Came", format!("{}, {}", way(came), came.received_at));
    let sender = if came.sender.is_empty() { "nobody (as bounces do)" } else { &came.sender };
    row("Envelope", format!("from {sender} to {}", came.recipient));
    if !came.trace.is_empty() {
        row("", came.trace.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    let kept = match &came.kept {
        cases::Kept::InRow(_) => "in its row".to_owned(),
        cases::Kept::InBlob(hash) => format!("as blob {hash}"),
    };
    row("Kept", format!("{} bytes, {kept}", came.size));
}

fn tell_reasons(mail: &TracedMail) {
    let (threading, sifting) = reasons(mail);
    let with_code = |because: &&Because| format!("{} ({})", because.sentence, because.code);
    match &mail.message.automatic {
        None => row("Sifted", "a person wrote it"),
        Some(kind) => {
            rows("Sifted", std::iter::once(format!("automatic: {kind}")).chain(sifting.iter().map(with_code)))
        }
    }
    rows("Here because", threading.iter().take(1).map(with_code));
    rows("Passed over", threading.iter().skip(1).map(with_code));
}

fn tell_delivery(mail: &TracedMail) {
    let message = &mail.message;
    row("Delivery", format!("{}  {}", message.delivery, message.delivery_note));
    rows("Goes", message.send_at.filter(|_| message.sent_at.is_none()).map(|at| at.to_string()));
    let steps = mail.steps.iter().map(|step| {
        let whom = if step.recipient.is_empty() { String::new() } else { format!(" [{}]", step.recipient) };
        let words = if step.words.is_empty() { String::new() } else { format!(" – {}", step.words) };
        format!("{}  {}{whom}{words}", step.at, step.sentence)
    });
    rows("Steps", steps);
    mail.job.iter().for_each(tell_job);
}

fn tell_job(job: &JobRow) {
    let tries = format!("{}, tried {} times, next at {}", job.state, job.attempts, job.run_at);
    row("Job", if job.because.is_empty() { tries } else { format!("{tries}: {}", job.because) });
}

fn tell_aside(mail: &AsideMail) {
    let (title, because) = match mail.state.as_str() {
        "received" => ("A mail that waits to be read", mail.because.as_str()),
        "parked" => {
            ("A mail that is parked until an owner decides, on the page Parked", mail.because.as_str())
        }
        _ => ("A mail that an owner discarded", mail.because.as_str()),
    };
    say::line(title);
    if !because.is_empty() {
        row("Because", because);
    }
    tell_coming(&mail.came);
    mail.job.iter().for_each(tell_job);
    say::line("");
}
