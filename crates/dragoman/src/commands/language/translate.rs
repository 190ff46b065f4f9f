//! `dragoman language translate`: a text in another language, by the models that are here, and for a client with its words.

use super::of_client;
use crate::{
    commands::given,
    say::{self, Failure},
    settings::{self, Place},
};
use clap::Args;
use desk::saying::{Far, Said};
use kernel::LanguageTag;
use language::translation::{
    Engines, How, Priority, Protected, Request, Say, Segment, Translation, Translator as _, Way,
};
use serde_json::{Value, json};
use std::{path::PathBuf, process::ExitCode, time::Duration};

/// Say a text in another language, with the models that are here.
///
/// Structure, links, addresses, codes, numbers, placeholders and emoji survive. Where there is no direct model it goes through English.
/// With --client it is said as the desk says that client's texts: with its terms and its translation memory.
#[derive(Args)]
pub struct Translate {
    /// The language of the text, as en.
    #[arg(long)]
    from: LanguageTag,
    /// The language wanted, as pt.
    #[arg(long)]
    to: LanguageTag,
    /// The text as a file in UTF-8, or - for standard input.
    #[arg(default_value = "-")]
    file: PathBuf,
    /// A term and what it is in the other language, as `toner=tóner`; without `=` it stays as it is. May be repeated.
    #[arg(long, value_name = "TERM", conflicts_with = "client")]
    term: Vec<String>,
    /// Say it with the terms and the translation memory of this client, by its name or its name in addresses of pages.
    #[arg(long, value_name = "NAME")]
    client: Option<String>,
    /// Engines elsewhere may be asked too, as far as the client allows them. Without it no word leaves this machine.
    #[arg(long, requires = "client")]
    elsewhere: bool,
    /// How many seconds it may take.
    #[arg(long, default_value_t = 600)]
    seconds: u64,
    #[command(flatten)]
    place: Place,
    /// The folder of translation models, if it isn't `models` in the data folder.
    #[arg(long, value_name = "DIR", env = "DRAGOMAN_MODELS")]
    models: Option<PathBuf>,
    /// Print everything as JSON. Places count Unicode code points.
    #[arg(long)]
    json: bool,
}

impl Translate {
    /// Runs the command.
    pub async fn run(self) -> Result<ExitCode, Failure> {
        let text = given::text(&self.file)?;
        let request = Request::new(text.clone(), self.from.clone(), self.to.clone())
            .within(Priority::Looking, Duration::from_secs(self.seconds));
        let said = match &self.client {
            Some(client) => {
                let far = if self.elsewhere { Far::AsAllowed } else { Far::Here };
                of_client::say(&self.place, self.engines(), client, request, far).await?
            }
            None => {
                let translation = self.engines().translate(request.protecting(self.protected(&text))).await;
                let translation = translation.map_err(|error| error.refused())?;
                Said { translation, notes: Vec::new() }
            }
        };
        if self.json {
            say::json(&described(&text, &said))?;
        } else {
            say::line(&said.translation.text);
            said.notes.iter().for_each(say::note);
        }
        Ok(ExitCode::SUCCESS)
    }

    fn engines(&self) -> Engines {
        let engines = Engines::none();
        settings::models(&self.place.data, self.models.as_deref()).refresh(&engines);
        engines
    }

    fn protected(&self, text: &str) -> Vec<Protected> {
        let one = |term: &String| {
            let (form, say) = match term.split_once('=') {
                Some((form, target)) => (form, Say::This(target.to_owned())),
                None => (term.as_str(), Say::AsIs),
            };
            Protected::everywhere(text, form, &say)
        };
        self.term.iter().flat_map(one).collect()
    }
}

fn described(text: &str, said: &Said) -> Value {
    let translation: &Translation = &said.translation;
    let (mut source, mut target) = (Points::of(text), Points::of(&translation.text));
    let segment = |segment: &Segment| {
        let how = match &segment.how {
            How::Memory(_) => "memory".to_owned(),
            How::Engine(name) => name.to_string(),
            How::Kept => "kept".to_owned(),
            How::Nobody => "nobody".to_owned(),
        };
        json!({
            "source_span": [source.at(segment.source.start), source.at(segment.source.end)],
            "target_span": [target.at(segment.target.start), target.at(segment.target.end)],
            "target": segment.text(translation), "how": how, "because": because(&segment.how),
            "confidence": (segment.confidence * 100.0).round() / 100.0,
        })
    };
    let segments: Vec<Value> = translation.segments.iter().map(segment).collect();
    let through = match &translation.way {
        Way::Direct { .. } | Way::Memory => None,
        Way::Through { between, .. } => Some(between.as_str()),
    };
    json!({
        "text": translation.text, "engine": &*translation.way.engine(), "through": through,
        "confidence": (translation.confidence() * 100.0).round() / 100.0, "segments": segments,
        "notes": said.notes,
    })
}

/// Who approved what the memory said.
fn because(how: &How) -> Option<&str> {
    match how {
        How::Memory(who) => Some(who),
        How::Engine(_) | How::Kept | How::Nobody => None,
    }
}

/// Counts code points up to places that come in order.
struct Points<'a> {
    text: &'a str,
    bytes: usize,
    points: usize,
}

impl<'a> Points<'a> {
    fn of(text: &'a str) -> Self {
        Self { text, bytes: 0, points: 0 }
    }

    fn at(&mut self, byte: usize) -> usize {
        self.points += self.text.get(self.bytes..byte).map_or(0, |piece| piece.chars().count());
        self.bytes = byte;
        self.points
    }
}
