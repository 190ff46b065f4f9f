//! The translation memory of a client: searched, shortened, brought in and taken along.

use super::{
    Answer,
    client_words::{self, brought, pager},
    files::as_download,
    go, page, refuse,
};
use crate::{
    fields::{Asked, At},
    frame::{Frame, client_mark},
    said::Said,
    session::{OwnerIn, SignedIn},
    site::Site,
    uploads::OneFile,
    views::{
        client_words::{Brought as BroughtView, EntryLine, Memory as MemoryView},
        marks::Choice,
        shell::Flash,
    },
    words::{Words, language, language_name},
};
use ::language::memory::{Approval, to_tmx};
use axum::{extract::State, response::Response};
use desk::{
    Stop,
    memory::{self, ON_A_PAGE},
    tables::remembered::{Held, KeptPair},
    word_files,
};
use kernel::{ClientId, LanguageTag, RememberedId};

fn url(client: ClientId) -> String {
    format!("/clients/{client}/memory")
}

/// What is sought, and what is said above it.
#[derive(Default)]
struct Beside {
    words: String,
    pair: String,
    page: i64,
    brought: Option<BroughtView>,
    flash: Option<Flash>,
}

/// `GET /clients/{client}/memory`
pub(crate) async fn show(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(client): At<ClientId>,
    Asked(asked): Asked,
) -> Answer {
    let beside = Beside {
        words: asked.text("words").trim().to_owned(),
        pair: asked.text("pair").to_owned(),
        page: asked.text("page").parse().unwrap_or_default(),
        ..Beside::default()
    };
    Ok(draw(&site, &owner, client, beside).await?)
}

async fn draw(site: &Site, owner: &SignedIn, client: ClientId, beside: Beside) -> Result<Response, Stop> {
    let direction = direction(&beside.pair);
    let found =
        memory::page(&site.desk, owner.reach(), client, &beside.words, direction, beside.page).await?;
    let frame = Frame::of(site, owner).await?.saying(beside.flash);
    let mut entries: Vec<EntryLine> = found.entries.iter().map(|entry| line(&frame.words, entry)).collect();
    let most = usize::try_from(ON_A_PAGE).unwrap_or(usize::MAX);
    // The page has one more than it shows, which says that there is another page.
    let end = beside.page * ON_A_PAGE + i64::try_from(entries.len()).unwrap_or(i64::MAX);
    entries.truncate(most);
    let here = format!(
        "{}?words={}&pair={}",
        url(client),
        client_words::escaped(&beside.words),
        client_words::escaped(&beside.pair)
    );
    page(&MemoryView {
        shell: frame.shell(&format!("Translation memory of {}", found.client.name), client_words::place()),
        mark: client_mark(&found.client),
        pairs: pairs(&found.held, &beside.pair),
        summary: summary(&found.held),
        entries,
        brought: beside.brought,
        pager: crate::views::marks::Pager {
            words: String::new(),
            ..pager(&here, beside.page, ON_A_PAGE, end)
        },
        words: beside.words,
    })
}

/// `de-en` as its two languages; a tag may have a hyphen of its own, so they are parted by two dots.
fn direction(pair: &str) -> Option<(LanguageTag, LanguageTag)> {
    let (from, to) = pair.split_once("..")?;
    Some((from.parse().ok()?, to.parse().ok()?))
}

fn pairs(held: &[Held], chosen: &str) -> Vec<Choice> {
    let one = |held: &Held| {
        let value = format!("{}..{}", held.from, held.to);
        let (from, to) = (language_name(held.from.as_str()), language_name(held.to.as_str()));
        Choice {
            is_chosen: value == chosen,
            ..Choice::new(value, format!("{from} → {to} ({})", held.entries))
        }
    };
    if held.is_empty() {
        return Vec::new();
    }
    [Choice::new("", "All directions")].into_iter().chain(held.iter().map(one)).collect()
}

fn summary(held: &[Held]) -> String {
    let entries: i64 = held.iter().map(|held| held.entries).sum();
    match (entries, held.len()) {
        (0, _) => String::new(),
        (1, _) => "There is one entry.".to_owned(),
        (entries, 1) => format!("There are {entries} entries."),
        (entries, directions) => format!("There are {entries} entries in {directions} directions."),
    }
}

fn line(words: &Words, kept: &KeptPair) -> EntryLine {
    let pair = &kept.pair;
    EntryLine {
        id: kept.id.to_string(),
        from: language(&pair.from),
        source: pair.source.clone(),
        to: language(&pair.to),
        target: pair.target.clone(),
        who: format!("{}, {}", pair.approved_by, words.briefly(pair.approved_at).words),
        read: match pair.approval {
            Approval::Read => "reads both languages",
            Approval::Unread => "doesn’t read both languages",
        },
        is_read: pair.approval == Approval::Read,
    }
}

/// `POST /clients/{client}/memory/{entry}/removals`
pub(crate) async fn forget(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At((client, id)): At<(ClientId, RememberedId)>,
) -> Answer {
    memory::forget(&site.desk, owner.reach(), client, id).await?;
    Ok(go(&url(client), Said::EntryForgotten))
}

/// `POST /clients/{client}/memory/files`
pub(crate) async fn bring(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(client): At<ClientId>,
    file: OneFile,
) -> Answer {
    match word_files::bring_memory(&site.desk, owner.reach(), client, file.bytes).await {
        Ok(done) if done.problems.is_empty() => Ok(go(&url(client), Said::MemoryBrought)),
        Ok(done) => {
            let beside = Beside { brought: Some(brought(&done, "entries")), ..Beside::default() };
            Ok(draw(&site, &owner, client, beside).await?)
        }
        Err(stop) => {
            refuse(stop, async |flash| {
                draw(&site, &owner, client, Beside { flash, ..Beside::default() }).await
            })
            .await
        }
    }
}

/// `GET /clients/{client}/memory/files/tmx`
pub(crate) async fn take(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(client): At<ClientId>,
) -> Answer {
    let (known, pairs) = memory::whole(&site.desk, owner.reach(), client).await?;
    Ok(as_download(&format!("memory-{}.tmx", known.slug), "application/x-tmx+xml", to_tmx(&pairs)))
}
