//! DeepL, version 2: `/v2/translate`, `/v2/languages` for where it goes, `/v2/usage` for what is left.

use super::wire::{Wire, answer};
use desk::saying::{Called, Standing};
use engagements::engines::{FormOfAddress, Reaches, Spoken};
use kernel::LanguageTag;
use language::translation::Trouble;
use reqwest::RequestBuilder;
use serde_json::{Value, json};

fn signed(called: &Called, asked: RequestBuilder) -> RequestBuilder {
    asked.header("authorization", format!("DeepL-Auth-Key {}", called.key))
}

pub(super) async fn say(
    wire: &Wire,
    called: &Called,
    from: &LanguageTag,
    to: &LanguageTag,
    sentences: &[String],
) -> Result<Vec<String>, Trouble> {
    let mut asked = json!({
        "text": sentences,
        "source_lang": from.primary().to_uppercase(),
        "target_lang": to.as_str().to_uppercase(),
        "split_sentences": "0",
        "preserve_formatting": true,
    });
    // Languages that don't know the difference are said without it.
    match called.form {
        FormOfAddress::Unsaid => {}
        FormOfAddress::Formal => asked["formality"] = json!("prefer_more"),
        FormOfAddress::Informal => asked["formality"] = json!("prefer_less"),
    }
    let said = answer(called, signed(called, wire.post(called, "v2/translate", &asked)?)).await?;
    let texts = said["translations"]
        .as_array()
        .map(|all| all.iter().map(|one| one["text"].as_str().map(str::to_owned)).collect::<Option<Vec<_>>>());
    texts.flatten().ok_or_else(|| Trouble::Garbled("it holds no sentences".to_owned()))
}

pub(super) async fn standing(wire: &Wire, called: &Called) -> Result<Standing, Trouble> {
    let from = languages(wire, called, "source").await?;
    let to = languages(wire, called, "target").await?;
    let usage = answer(called, signed(called, wire.get(called, "v2/usage")?)).await?;
    let one = |from: &LanguageTag| Spoken {
        from: from.clone(),
        to: to.iter().filter(|to| !to.is_same_language(from)).cloned().collect(),
    };
    let reaches = Reaches(from.iter().map(one).collect());
    let counted = usage["character_count"].as_u64().zip(usage["character_limit"].as_u64());
    let note = counted.map(|(used, of)| format!("It counts {used} of {of} characters as used."));
    Ok(Standing { reaches, note: note.unwrap_or_default() })
}

async fn languages(wire: &Wire, called: &Called, side: &str) -> Result<Vec<LanguageTag>, Trouble> {
    let asked = wire.get(called, &format!("v2/languages?type={side}"))?;
    let said = answer(called, signed(called, asked)).await?;
    let tags: Vec<LanguageTag> = said
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|one: &Value| one["language"].as_str()?.parse().ok())
        .collect();
    if tags.is_empty() { Err(Trouble::Garbled("it names no languages".to_owned())) } else { Ok(tags) }
}
