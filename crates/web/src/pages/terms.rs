//! The terms of a client: searched, added, changed, removed, brought in and taken along.

use super::{
    Answer,
    client_words::{self, brought, pager},
    files::as_download,
    go, page, refuse, settle,
};
use crate::{
    fields::{Asked, At, Fields},
    frame::{Frame, client_mark},
    said::Said,
    session::{OwnerIn, SignedIn},
    site::Site,
    uploads::OneFile,
    views::{
        client_words::{
            Brought as BroughtView, FormFields, FormLine, Term as TermView, TermForm, TermRow,
            Terms as TermsView,
        },
        marks::Choice,
        shell::Flash,
    },
    words::language,
};
use ::language::terms::{Form, PartOfSpeech, Status, Term, TermKind, to_csv, to_tbx};
use axum::{extract::State, response::Response};
use desk::{
    Stop,
    tables::terms::KeptTerm,
    terms::{self, ON_A_PAGE},
    word_files::{self, Format},
};
use kernel::{ClientId, Kind, LanguageTag, Refused, TermId};

/// Empty lines for further forms, below those that a term has.
const MORE_LINES: usize = 2;
/// Lines of a new term.
const NEW_LINES: usize = 3;

fn url(client: ClientId) -> String {
    format!("/clients/{client}/terms")
}

/// What a page of terms shows beside them.
#[derive(Default)]
struct Beside {
    words: String,
    page: i64,
    typed: Option<Fields>,
    brought: Option<BroughtView>,
    flash: Option<Flash>,
}

/// `GET /clients/{client}/terms`
pub(crate) async fn show(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(client): At<ClientId>,
    Asked(asked): Asked,
) -> Answer {
    let page = asked.text("page").parse().unwrap_or_default();
    let beside = Beside { words: asked.text("words").trim().to_owned(), page, ..Beside::default() };
    Ok(draw(&site, &owner, client, beside).await?)
}

async fn draw(site: &Site, owner: &SignedIn, client: ClientId, beside: Beside) -> Result<Response, Stop> {
    let found = terms::page(&site.desk, owner.reach(), client, &beside.words, beside.page).await?;
    let frame = Frame::of(site, owner).await?.saying(beside.flash);
    let url = url(client);
    let form =
        beside.typed.as_ref().map_or_else(|| filled(&url, &Term::default()), |typed| typed_form(&url, typed));
    page(&TermsView {
        shell: frame.shell(&format!("Terms of {}", found.client.name), client_words::place()),
        mark: client_mark(&found.client),
        rows: found.terms.iter().map(row).collect(),
        all: found.all,
        form,
        is_adding: beside.typed.is_some(),
        brought: beside.brought,
        pager: pager(
            &format!("{url}?words={}", client_words::escaped(&beside.words)),
            beside.page,
            ON_A_PAGE,
            found.found,
        ),
        words: beside.words,
    })
}

fn row(kept: &KeptTerm) -> TermRow {
    let term = &kept.term;
    TermRow {
        id: kept.id.to_string(),
        name: term.id.clone(),
        is_kept: term.kind == TermKind::Keep,
        sense: term.sense.clone(),
        note: term.note.clone(),
        subject: term.subject.clone(),
        forms: term.forms.iter().map(form_line).collect(),
    }
}

fn form_line(form: &Form) -> FormLine {
    FormLine {
        language: language(&form.language),
        text: form.text.clone(),
        status: match form.status {
            Status::Preferred => "",
            Status::Allowed => "may be used",
            Status::Forbidden => "not to be used",
        },
        is_forbidden: form.status == Status::Forbidden,
        note: form.note.clone(),
    }
}

/// `GET /clients/{client}/terms/{term}`
pub(crate) async fn one(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At((client, term)): At<(ClientId, TermId)>,
) -> Answer {
    Ok(draw_one(&site, &owner, (client, term), None, None).await?)
}

async fn draw_one(
    site: &Site,
    owner: &SignedIn,
    (client, id): (ClientId, TermId),
    typed: Option<&Fields>,
    flash: Option<Flash>,
) -> Result<Response, Stop> {
    let (known, kept) = terms::one(&site.desk, owner.reach(), client, id).await?;
    let frame = Frame::of(site, owner).await?.saying(flash);
    let url = format!("{}/{id}", url(client));
    let title = kept.term.forms.first().map_or(&kept.term.id, |form| &form.text).clone();
    page(&TermView {
        shell: frame.shell(&title, client_words::place()),
        mark: client_mark(&known),
        form: typed.map_or_else(|| filled(&url, &kept.term), |typed| typed_form(&url, typed)),
        title,
    })
}

/// The form with a term in it.
fn filled(url: &str, term: &Term) -> TermForm {
    let empty = if term.forms.is_empty() { NEW_LINES } else { MORE_LINES };
    let known = term.forms.iter().map(|form| {
        let part = form.part_of_speech.map_or("", PartOfSpeech::as_str);
        [form.language.as_str(), &form.text, part, form.status.as_str(), &form.note]
    });
    let lines: Vec<[&str; 5]> = known.chain(std::iter::repeat_n(["en", "", "", "", ""], empty)).collect();
    TermForm {
        url: url.to_owned(),
        name: term.id.clone(),
        kinds: kinds(term.kind.as_str()),
        sense: term.sense.clone(),
        note: term.note.clone(),
        subject: term.subject.clone(),
        lines: form_fields(&lines),
    }
}

/// The form as it was typed.
fn typed_form(url: &str, typed: &Fields) -> TermForm {
    TermForm {
        url: url.to_owned(),
        name: typed.text("name").to_owned(),
        kinds: kinds(typed.text("kind")),
        sense: typed.text("sense").to_owned(),
        note: typed.text("note").to_owned(),
        subject: typed.text("subject").to_owned(),
        lines: form_fields(&lines(typed)),
    }
}

/// The lines of forms: language, words, part of speech, use, note.
fn lines(typed: &Fields) -> Vec<[&str; 5]> {
    let column = |name: &'static str| typed.all(name).collect::<Vec<_>>();
    let columns = [column("language"), column("form"), column("part"), column("status"), column("form_note")];
    let cell = |column: usize, row: usize| columns[column].get(row).copied().unwrap_or_default();
    (0..columns[1].len()).map(|row| [0, 1, 2, 3, 4].map(|column| cell(column, row))).collect()
}

fn form_fields(lines: &[[&str; 5]]) -> Vec<FormFields> {
    let one = |(at, [language, text, part, status, note]): (usize, &[&str; 5])| FormFields {
        number: at + 1,
        languages: client_words::languages(language),
        text: (*text).to_owned(),
        parts: chosen(
            &[
                ("", "not said"),
                ("noun", "noun"),
                ("proper noun", "name"),
                ("verb", "verb"),
                ("adjective", "adjective"),
                ("adverb", "adverb"),
                ("other", "other"),
            ],
            part,
        ),
        statuses: chosen(
            &[("preferred", "the word to use"), ("allowed", "may be used"), ("forbidden", "not to be used")],
            status,
        ),
        note: (*note).to_owned(),
    };
    lines.iter().enumerate().map(one).collect()
}

fn kinds(value: &str) -> Vec<Choice> {
    chosen(
        &[("translate", "is said with its form there"), ("keep", "stays as it is, letter by letter")],
        value,
    )
}

fn chosen(choices: &[(&str, &str)], value: &str) -> Vec<Choice> {
    let one = |(key, words): &(&str, &str)| Choice { is_chosen: *key == value, ..Choice::new(*key, *words) };
    choices.iter().map(one).collect()
}

/// What the form says.
fn read(typed: &Fields) -> Result<Term, Stop> {
    let mut forms = Vec::new();
    for [language, text, part, status, note] in lines(typed) {
        if text.trim().is_empty() {
            continue;
        }
        let language: LanguageTag = language.parse().map_err(|_| unreadable(text))?;
        let part = Some(part).filter(|part| !part.is_empty()).map(str::parse).transpose();
        forms.push(Form {
            language,
            text: text.trim().to_owned(),
            part_of_speech: part.map_err(|_| unreadable(text))?,
            status: status.parse().map_err(|_| unreadable(text))?,
            note: note.to_owned(),
        });
    }
    let field = |name: &str| typed.text(name).trim().to_owned();
    Ok(Term {
        id: field("name"),
        kind: typed.one("kind")?,
        sense: field("sense"),
        note: field("note"),
        subject: field("subject"),
        forms,
    })
}

fn unreadable(text: &str) -> Refused {
    let sentence = format!("The line of “{text}” can't be read.");
    Refused::new(Kind::Invalid, "terms.unreadable_form", sentence)
        .hint("Choose its language, its use and its part of speech again.")
}

/// `POST /clients/{client}/terms`
pub(crate) async fn add(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(client): At<ClientId>,
    typed: Fields,
) -> Answer {
    let done = async { terms::keep(&site.desk, owner.reach(), client, None, read(&typed)?).await };
    settle(done.await, &url(client), Said::TermKept, async |flash| {
        draw(&site, &owner, client, Beside { typed: Some(typed.clone()), flash, ..Beside::default() }).await
    })
    .await
}

/// `POST /clients/{client}/terms/{term}`
pub(crate) async fn change(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At((client, id)): At<(ClientId, TermId)>,
    typed: Fields,
) -> Answer {
    terms::one(&site.desk, owner.reach(), client, id).await?;
    let done = async { terms::keep(&site.desk, owner.reach(), client, Some(id), read(&typed)?).await };
    let to = format!("{}/{id}", url(client));
    settle(done.await, &to, Said::TermKept, async |flash| {
        draw_one(&site, &owner, (client, id), Some(&typed), flash).await
    })
    .await
}

/// `POST /clients/{client}/terms/{term}/removals`
pub(crate) async fn remove(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At((client, id)): At<(ClientId, TermId)>,
) -> Answer {
    terms::remove(&site.desk, owner.reach(), client, id).await?;
    Ok(go(&url(client), Said::TermRemoved))
}

/// `POST /clients/{client}/terms/files`
pub(crate) async fn bring(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(client): At<ClientId>,
    file: OneFile,
) -> Answer {
    let format = if file.ends_with(&["tbx", "xml"]) { Format::Tbx } else { Format::Csv };
    match word_files::bring_terms(&site.desk, owner.reach(), client, format, file.bytes).await {
        Ok(done) if done.problems.is_empty() => Ok(go(&url(client), Said::TermsBrought)),
        Ok(done) => {
            let beside = Beside { brought: Some(brought(&done, "terms")), ..Beside::default() };
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

/// `GET /clients/{client}/terms/files/{format}`
pub(crate) async fn take(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At((client, format)): At<(ClientId, String)>,
) -> Answer {
    let (known, all) = terms::whole(&site.desk, owner.reach(), client).await?;
    let (media_type, text) = match format.as_str() {
        "csv" => ("text/csv", to_csv(&all)),
        "tbx" => ("application/x-tbx", to_tbx(&all)),
        _ => return Err(crate::faults::Stopped::absent()),
    };
    Ok(as_download(&format!("terms-{}.{format}", known.slug), media_type, text))
}
