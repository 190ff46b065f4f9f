//! `dragoman mail read`: what the desk sees in a mail, or in many.

use crate::{
    commands::given,
    say::{self, Failure},
};
use cases::incoming::Incoming;
use clap::Args;
use serde::Serialize;
use serde_json::Value;
use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Show what the desk sees in a mail.
#[derive(Args)]
pub struct Read {
    /// The mail as a file (RFC 5322, often .eml), or - for standard input. With --batch also a folder or a list.
    path: PathBuf,
    /// Print everything as JSON.
    #[arg(long)]
    json: bool,
    /// Read many mails and print a line of JSON for each, with its `file`: every file below a folder, or those that a list names.
    ///
    /// A list has one JSON value in each line: a path, or an object whose `file` is a path. It may come from standard input.
    /// A path is looked for in the current folder, then beside the list. A file that can't be read becomes a line with `error`; the
    /// others are read all the same.
    #[arg(long)]
    batch: bool,
}

impl Read {
    /// Runs the command.
    pub fn run(self) -> Result<ExitCode, Failure> {
        if self.batch || self.path.is_dir() {
            return self.run_batch();
        }
        let mail = channels::email::read::read(&given::bytes(&self.path)?);
        if self.json {
            say::json(&mail)?;
        } else {
            tell(&mail);
        }
        Ok(ExitCode::SUCCESS)
    }

    fn run_batch(self) -> Result<ExitCode, Failure> {
        let files = if self.path.is_dir() { under(&self.path)? } else { self.listed()? };
        let mut unread = 0;
        for file in &files {
            let line = Line::of(file);
            unread += usize::from(matches!(line, Line::Unread { .. }));
            let text = serde_json::to_string(&line).map_err(|error| Failure::new(error.to_string(), ""))?;
            say::line(text);
        }
        if unread == 0 {
            return Ok(ExitCode::SUCCESS);
        }
        Err(Failure::new(
            format!("{unread} of {} files couldn't be read.", files.len()),
            "Their lines say why, as `error`.",
        ))
    }

    /// The files that a list names; a file that is no list is a mail itself.
    fn listed(&self) -> Result<Vec<Named>, Failure> {
        let content = given::bytes(&self.path)?;
        let text = String::from_utf8_lossy(&content);
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        let named: Option<Vec<String>> = lines.map(named).collect();
        let beside = self.path.parent().unwrap_or(Path::new(""));
        match named {
            Some(named) => Ok(named.into_iter().map(|name| Named::beside(name, beside)).collect()),
            None if self.path.as_os_str() == "-" => Err(Failure::new(
                "Standard input is no list of files.",
                "Write one JSON value in each line: a path, or an object with a `file`. A single mail is read without --batch.",
            )),
            None => Ok(vec![Named::alone(self.path.clone())]),
        }
    }
}

/// A file, as the list calls it and where it is.
struct Named {
    name: String,
    path: PathBuf,
}

impl Named {
    fn alone(path: PathBuf) -> Self {
        Self { name: path.display().to_string(), path }
    }

    fn beside(name: String, list: &Path) -> Self {
        let here = PathBuf::from(&name);
        let there = list.join(&here);
        let path = if !here.exists() && there.exists() { there } else { here };
        Self { name, path }
    }
}

/// What became of a file.
#[derive(Serialize)]
#[serde(untagged)]
enum Line<'a> {
    Read {
        file: &'a str,
        #[serde(flatten)]
        mail: Box<Incoming>,
    },
    Unread {
        file: &'a str,
        error: String,
    },
}

impl<'a> Line<'a> {
    fn of(named: &'a Named) -> Self {
        let file = named.name.as_str();
        let read = std::fs::read(&named.path).map_err(|error| error.to_string()).and_then(|bytes| {
            let read = AssertUnwindSafe(|| Box::new(channels::email::read::read(&bytes)));
            catch_unwind(read).map_err(|_| "reading it failed; please report this mail".to_owned())
        });
        match read {
            Ok(mail) => Self::Read { file, mail },
            Err(error) => Self::Unread { file, error },
        }
    }
}

/// The path that a line of a list names.
fn named(line: &str) -> Option<String> {
    match serde_json::from_str(line).ok()? {
        Value::String(path) => Some(path),
        Value::Object(fields) => fields.get("file")?.as_str().map(str::to_owned),
        _ => None,
    }
}

/// Every file below a folder, by name.
fn under(folder: &Path) -> Result<Vec<Named>, Failure> {
    let unreadable = |error: io::Error| {
        Failure::new(format!("{} can't be read: {error}", folder.display()), "Check the path.")
    };
    let mut entries: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        entries.push(entry.map_err(unreadable)?.path());
    }
    entries.sort();
    let mut files = Vec::new();
    for entry in entries {
        if entry.is_dir() {
            files.extend(under(&entry)?);
        } else {
            files.push(Named::alone(entry));
        }
    }
    Ok(files)
}

fn tell(mail: &Incoming) {
    let from =
        mail.from.as_ref().map_or("nobody".to_owned(), |from| format!("{} <{}>", from.name, from.address));
    say::line(format!("From:     {}", from.trim()));
    say::line(format!("Subject:  {}", mail.subject));
    for file in &mail.attachments {
        say::line(format!("File:     {} ({}, {} bytes)", file.name, file.media_type, file.bytes));
    }
    for problem in &mail.problems {
        say::line(format!("Problem:  {problem}"));
    }
    for because in mail.auto.iter().flat_map(|auto| &auto.because) {
        say::line(format!("Automatic: {}", because.sentence));
    }
    if let Some(bounce) = &mail.bounce {
        let how = if bounce.permanent { "can't be reached" } else { "couldn't be reached yet" };
        say::line(format!("Bounce:   {} {how}: {}", bounce.recipient, bounce.reason));
    }
    say::line(format!("\n{}", mail.new_text));
}
