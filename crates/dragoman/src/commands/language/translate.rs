//! `dragoman language translate`: a text in another language, by the models that are here.

use crate::{
    commands::given,
    say::{self, Failure},
    settings::ModelsPlace,
};
use clap::Args;
use kernel::LanguageTag;
use language::translation::{
    Engines, How, Priority, Protected, Request, Say, Segment, Translation, Translator as _, Way,
};
use serde_json::{Value, json};
use std::{path::PathBuf, process::ExitCode, time::Duration};

/// Say a text in another language, with the models that are here.
///
/// Structure, links, addresses, codes, numbers, placeholders and emoji survive. Where there is no direct model it goes through English.
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
    #[arg(long, value_name = "TERM")]
    term: Vec<String>,
    /// How many seconds it may take.
    #[arg(long, default_value_t = 600)]
    seconds: u64,
    #[command(flatten)]
    place: ModelsPlace,
    /// Print everything as JSON. Places count Unicode code points.
    #[arg(long)]
    json: bool,
}

impl Translate {
    /// Runs the command.
    pub async fn run(self) -> Result<ExitCode, Failure> {
        let text = given::text(&self.file)?;
        let protected = self.term.iter().flat_map(|term| {
            let (form, say) = match term.split_once('=') {
                Some((form, target)) => (form, Say::This(target.to_owned())),
                None => (term.as_str(), Say::AsIs),
            };
            Protected::everywhere(&text, form, &say)
        });
        let request = Request::new(text.clone(), self.from, self.to)
            .protecting(protected.collect())
            .within(Priority::Looking, Duration::from_secs(self.seconds));
        let engines = Engines::none();
        self.place.models().refresh(&engines);
        let translation = engines.translate(request).await.map_err(|error| error.refused())?;
        if self.json {
            say::json(&described(&text, &translation))?;
        } else {
            say::line(&translation.text);
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn described(text: &str, translation: &Translation) -> Value {
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
            "target": segment.text(translation), "how": how, "confidence": (segment.confidence * 100.0).round() / 100.0,
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
    })
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
