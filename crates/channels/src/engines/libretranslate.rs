//! LibreTranslate: `/translate` with a list of sentences, `/languages` for where it goes.

use super::{
    quiet,
    wire::{Wire, answer},
    written,
};
use desk::saying::{Called, Standing};
use engagements::engines::{Reaches, Spoken};
use kernel::LanguageTag;
use language::translation::Trouble;
use serde_json::{Value, json};

pub(super) async fn say(
    wire: &Wire,
    called: &Called,
    from: &LanguageTag,
    to: &LanguageTag,
    sentences: &[String],
) -> Result<Vec<String>, Trouble> {
    let mut asked =
        json!({ "q": sentences, "source": written(from), "target": written(to), "format": "text" });
    if !called.key.is_empty() {
        asked["api_key"] = json!(called.key);
    }
    let said = answer(called, wire.post(called, "translate", &asked)?).await?;
    texts(&said["translatedText"])
}

/// A list of texts; an older server that was given a list of one may answer with the text alone.
fn texts(said: &Value) -> Result<Vec<String>, Trouble> {
    let strange = || Trouble::Garbled("it holds no sentences".to_owned());
    match said {
        Value::String(one) => Ok(vec![one.clone()]),
        Value::Array(all) => {
            all.iter().map(|one| one.as_str().map(str::to_owned)).collect::<Option<_>>().ok_or_else(strange)
        }
        _ => Err(strange()),
    }
}

pub(super) async fn standing(wire: &Wire, called: &Called) -> Result<Standing, Trouble> {
    let said = answer(called, wire.get(called, "languages")?).await?;
    let listed = said.as_array().ok_or_else(|| Trouble::Garbled("it names no languages".to_owned()))?;
    let codes: Vec<LanguageTag> = listed.iter().filter_map(|one| tag(&one["code"])).collect();
    let one = |named: &Value| {
        let from = tag(&named["code"])?;
        let targets = named["targets"].as_array();
        let to = targets.map_or_else(|| codes.clone(), |targets| targets.iter().filter_map(tag).collect());
        let to = to.into_iter().filter(|to: &LanguageTag| *to != from).collect();
        Some(Spoken { from, to })
    };
    let reaches = Reaches(listed.iter().filter_map(one).collect());
    if reaches.count() == 0 {
        return Err(Trouble::Garbled("it names no languages".to_owned()));
    }
    Ok(quiet(reaches))
}

fn tag(said: &Value) -> Option<LanguageTag> {
    said.as_str()?.parse().ok()
}
