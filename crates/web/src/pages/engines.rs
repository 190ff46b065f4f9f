//! Translation: the models of this program, and the engines elsewhere.

use super::{Answer, go, page, settle};
use crate::{
    fields::{At, Fields},
    frame::{Frame, client_mark},
    said::Said,
    session::{OwnerIn, SignedIn},
    site::Site,
    views::{
        engines::{
            Budget, ClientUse, EngineCard, EngineForm, MeasuredLine, ModelLine, Standing, Translation,
        },
        marks::Choice,
        shell::{Administration, Flash, Place},
    },
    words::{Words, language, language_name, size},
};
use ::language::{
    Prior,
    translation::{Direction, Manifest},
};
use axum::{extract::State, response::Response};
use desk::{
    Stop,
    engines::{self, IsAllowed, Measured, Model, ShownEngine},
};
use engagements::engines::{EngineByAddress, EngineKind, IsEnabled, Typed};
use kernel::{EngineId, LanguageTag};

const HERE: &str = "/translation";
/// What a month is proposed to hold.
const USUAL_CHARACTERS: &str = "500,000";

/// `GET /translation`
pub(crate) async fn show(State(site): State<Site>, OwnerIn(owner): OwnerIn) -> Answer {
    Ok(draw(&site, &owner, None, None).await?)
}

/// What was typed, and into which engine's form.
type TypedInto<'a> = Option<(Option<EngineId>, &'a Fields)>;

async fn draw(
    site: &Site,
    owner: &SignedIn,
    typed: TypedInto<'_>,
    flash: Option<Flash>,
) -> Result<Response, Stop> {
    let found = engines::page(&site.desk, owner.reach()).await?;
    let frame = Frame::of(site, owner).await?.saying(flash);
    let through: Vec<&str> = found.through_english.iter().map(|tag| language_name(tag.as_str())).collect();
    let typed_into = |id: Option<EngineId>| typed.filter(|(into, _)| *into == id).map(|(_, form)| form);
    let card = |one: &ShownEngine| card(&frame.words, one, typed_into(Some(one.engine.id)));
    page(&Translation {
        shell: frame.shell("Translation", Place::Administration(Administration::Translation)),
        models: found.models.iter().map(|model| model_line(&frame.words, model)).collect(),
        through_english: through.join(", "),
        engines: found.engines.iter().map(card).collect(),
        fresh: form(None, false, typed_into(None)),
        month: month(&found.month),
    })
}

/// `2026-11` as people say it.
fn month(month: &str) -> String {
    let day = format!("{month}-01").parse::<jiff::civil::Date>();
    day.map_or(month.to_owned(), |day| day.strftime("%B %Y").to_string())
}

fn pair_words(pair: &str) -> String {
    match pair.split_once('-') {
        Some((from, to)) => format!("{} → {}", language_name(from), language_name(to)),
        None => pair.to_owned(),
    }
}

fn model_line(words: &Words, model: &Model) -> ModelLine {
    let about = |manifest: &Manifest| {
        let bytes = size(i64::try_from(manifest.bytes()).unwrap_or(i64::MAX));
        match manifest.version.as_str() {
            "" => format!("{bytes}, version unknown"),
            version => format!("version {version}, {bytes}"),
        }
    };
    let source = |manifest: &Manifest| {
        let known = [manifest.source.as_str(), manifest.licence.as_str()];
        known.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(", ")
    };
    let into = model.pair.rsplit('-').next().and_then(|tag| tag.parse().ok());
    ModelLine {
        pair: model.pair.clone(),
        words: pair_words(&model.pair),
        about: model.manifest.as_ref().map_or_else(|refused| refused.sentence.clone(), about),
        source: model.manifest.as_ref().map(source).unwrap_or_default(),
        is_whole: model.manifest.is_ok(),
        measured: model.measured.as_ref().map(|one| measured_line(words, one, into.as_ref())),
    }
}

fn measured_line(words: &Words, one: &Measured, into: Option<&LanguageTag>) -> MeasuredLine {
    let heard = || ::language::Identifier::default().main(&one.target, &Prior::none()).language;
    let language = into.map_or_else(|| language(&heard()), language);
    MeasuredLine {
        speed: match one.target.as_str() {
            "" => String::new(),
            _ => format!("{} words a second", grouped(one.words_per_second.round() as i64)),
        },
        when: words.exactly(one.at),
        source: one.source.clone(),
        target: one.target.clone(),
        language,
        note: one.note.clone(),
    }
}

/// `1,234,567`.
pub(super) fn grouped(number: i64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// What was used of what was agreed.
pub(super) fn budget(used: i64, agreed: i64) -> Budget {
    let percent = (used.max(0).saturating_mul(100) / agreed.max(1)).min(100);
    Budget {
        words: format!("{} of {} characters, {percent} %", grouped(used.max(0)), grouped(agreed)),
        percent,
        is_near: percent >= 80,
    }
}

fn card(words: &Words, one: &ShownEngine, typed: Option<&Fields>) -> EngineCard {
    let engine = &one.engine;
    let client =
        |(client, allowed, used): &(people::Client, IsAllowed, engagements::engines::Use)| ClientUse {
            mark: client_mark(client),
            url: format!("/clients/{}/engines", client.id),
            allowed: match allowed {
                IsAllowed::Yes => "allows it",
                IsAllowed::NoLonger => "allowed it for another machine or country",
                IsAllowed::No => "doesn’t allow it any more",
            }
            .to_owned(),
            used: format!(
                "{} characters, asked {} times, failed {} times",
                grouped(used.characters),
                grouped(used.calls),
                grouped(used.failures)
            ),
        };
    EngineCard {
        id: engine.id.to_string(),
        about: format!("{}, {}, {}", engine.kind.title(), engine.host(), engine.country),
        standing: standing(engine),
        trouble: match engine.trouble.as_str() {
            "" => String::new(),
            trouble => format!("It {}.", trouble.trim_end_matches('.')),
        },
        troubled: engine.troubled_at.map(|at| words.exactly(at)),
        reaches: match engine.reaches.count() {
            0 => "not tested yet, so it isn’t asked".to_owned(),
            count => format!("says texts in {count} languages"),
        },
        budget: budget(one.characters(), engine.monthly_characters),
        clients: one.clients.iter().map(client).collect(),
        tested: one.tested.as_ref().map(|tested| measured_line(words, tested, None)),
        form: form(Some(engine), one.has_key, typed),
    }
}

fn standing(engine: &EngineByAddress) -> Standing {
    let (key, icon, words) = match () {
        () if engine.is_enabled == IsEnabled::No => ("closed", "dot", "Switched off"),
        () if !engine.trouble.is_empty() => ("high", "alert", "In trouble"),
        () if engine.reaches.count() == 0 => ("waiting", "clock", "Not tested"),
        () => ("in-force", "check", "Works"),
    };
    Standing { key, icon, words }
}

/// All that can be chosen, with their words.
pub(super) fn choices<T: Copy + PartialEq>(
    all: &[T],
    chosen: T,
    words: impl Fn(T) -> (&'static str, &'static str),
) -> Vec<Choice> {
    let one = |one: &T| {
        let (value, shown) = words(*one);
        Choice { value: value.to_owned(), words: shown.to_owned(), is_chosen: *one == chosen }
    };
    all.iter().map(one).collect()
}

fn form(engine: Option<&EngineByAddress>, has_key: bool, typed: Option<&Fields>) -> EngineForm {
    let shown = |name: &str, kept: Option<String>, usual: &str| match typed {
        Some(form) => form.text(name).to_owned(),
        None => kept.unwrap_or_else(|| usual.to_owned()),
    };
    let kept = |of: fn(&EngineByAddress) -> String| engine.map(of);
    let kind = typed.and_then(|form| form.text("kind").parse().ok()).or(engine.map(|engine| engine.kind));
    let kind = kind.unwrap_or(EngineKind::LibreTranslate);
    EngineForm {
        url: engine.map_or(format!("{HERE}/engines"), |engine| format!("{HERE}/engines/{}", engine.id)),
        kinds: choices(&EngineKind::ALL, kind, |kind| (kind.as_str(), kind.title())),
        name: shown("name", kept(|engine| engine.name.clone()), ""),
        address: shown("address", kept(|engine| engine.address.clone()), ""),
        model: shown("model", kept(|engine| engine.model.clone()), ""),
        country: shown("country", kept(|engine| engine.country.clone()), ""),
        within: shown("within", kept(|engine| engine.within.as_secs().to_string()), "10"),
        monthly_characters: shown(
            "monthly_characters",
            kept(|engine| grouped(engine.monthly_characters)),
            USUAL_CHARACTERS,
        ),
        has_key,
        is_enabled: match typed {
            Some(form) => form.text("is_enabled") == "yes",
            None => engine.is_none_or(|engine| engine.is_enabled == IsEnabled::Yes),
        },
        is_open: typed.is_some(),
    }
}

async fn put(site: &Site, owner: &SignedIn, id: Option<EngineId>, form: &Fields) -> Answer {
    let typed = Typed {
        name: form.text("name"),
        kind: form.text("kind"),
        address: form.text("address"),
        model: form.text("model"),
        country: form.text("country"),
        within: form.text("within"),
        monthly_characters: form.text("monthly_characters"),
    };
    let is_enabled = if form.text("is_enabled") == "yes" { IsEnabled::Yes } else { IsEnabled::No };
    let done = engines::put(&site.desk, owner.reach(), id, &typed, form.text("key"), is_enabled).await;
    settle(done, HERE, Said::EngineDescribed, async |flash| draw(site, owner, Some((id, form)), flash).await)
        .await
}

/// `POST /translation/engines`
pub(crate) async fn add(State(site): State<Site>, OwnerIn(owner): OwnerIn, form: Fields) -> Answer {
    put(&site, &owner, None, &form).await
}

/// `POST /translation/engines/{engine}`
pub(crate) async fn change(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(id): At<EngineId>,
    form: Fields,
) -> Answer {
    put(&site, &owner, Some(id), &form).await
}

/// `POST /translation/engines/{engine}/trials`
pub(crate) async fn test(State(site): State<Site>, OwnerIn(owner): OwnerIn, At(id): At<EngineId>) -> Answer {
    let tested = engines::test(&site.desk, owner.reach(), id).await?;
    Ok(go(HERE, if tested.target.is_empty() { Said::EngineFailed } else { Said::EngineWorks }))
}

/// `POST /translation/engines/{engine}/removals`
pub(crate) async fn remove(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(id): At<EngineId>,
) -> Answer {
    let done = engines::remove(&site.desk, owner.reach(), id).await;
    settle(done, HERE, Said::EngineRemoved, async |flash| draw(&site, &owner, None, flash).await).await
}

/// `POST /translation/models/{pair}/measures`
pub(crate) async fn measure(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(pair): At<String>,
) -> Answer {
    let direction = pair
        .split_once('-')
        .and_then(|(from, to)| Some(Direction { from: from.parse().ok()?, to: to.parse().ok()? }));
    let direction = direction.ok_or_else(crate::faults::Stopped::absent)?;
    let done = engines::measure(&site.desk, owner.reach(), direction).await;
    settle(done, HERE, Said::ModelMeasured, async |flash| draw(&site, &owner, None, flash).await).await
}
