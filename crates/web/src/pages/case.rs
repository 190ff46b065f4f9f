//! The page of one case.

use super::{
    Answer, case_clocks, escalations, hand_overs,
    inbox::{case_priority, case_state, shown_subject},
    inbox_address::Shown,
    kinship, page,
    participants::{self, named},
    place, risk, speakers, thread, wording,
};
use crate::{
    fields::{Asked, At},
    frame::{Frame, client_mark, person_mark},
    later, markdown,
    session::SignedIn,
    site::Site,
    views::{
        case::{
            Case as CaseView, Composer, Customer, EarlierCase, EngagementLine, KeptFile, Later, Link,
            Properties, Writing,
        },
        marks::{Choice, ChoiceGroup},
        plain::Plain,
        shell::{Flash, Place},
        translations::Across,
    },
    words::{self, Words, language},
};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use cases::{Case, Cursor, Draft, DraftKind};
use desk::{
    Stop,
    case_page::{self, CasePage},
    files, neighbours,
    neighbours::Neighbours,
    stuck_jobs,
};
use kernel::{CaseId, EmailAddress, Fault, Instant, MessageId, Reach};

/// What a refused form had in it.
#[derive(Clone, Debug)]
pub(crate) struct Typed {
    /// Which form.
    pub(crate) kind: DraftKind,
    /// Its text.
    pub(crate) text: String,
    /// To whom it was to go.
    pub(crate) to: String,
    /// Who was to get a copy, where that was asked.
    pub(crate) copies: Option<String>,
    /// When it was to go.
    pub(crate) later_at: String,
    /// The words of which the text is the translation.
    pub(crate) own: Option<String>,
}

/// `GET /cases/{case}`
pub(crate) async fn show(
    State(site): State<Site>,
    signed_in: SignedIn,
    At(id): At<CaseId>,
    Asked(asked): Asked,
) -> Answer {
    let before = match asked.text("earlier_than") {
        "" => None,
        id => Some(id.parse().map_err(|_| cases::CaseRefusal::NotFound)?),
    };
    let drawn = Drawn { list: Shown::from_fields(&asked), before, ..Drawn::default() };
    Ok(draw(&site, &signed_in, id, drawn).await?)
}

/// How the page is drawn.
#[derive(Default)]
pub(crate) struct Drawn {
    /// The list that it was opened from.
    pub(crate) list: Shown,
    /// The message before which the thread ends; `None` for the newest.
    pub(crate) before: Option<MessageId>,
    /// What is said at the top.
    pub(crate) flash: Option<Flash>,
    /// What was typed into a form that was refused.
    pub(crate) typed: Option<Typed>,
    /// What could be plainer in it.
    pub(crate) plain: Plain,
    /// What was typed into the form of merging, if that was refused.
    pub(crate) into: String,
}

/// The page, perhaps with a refusal and what was typed. That of a merged case leads to the case that holds its messages, unless it
/// has to say why something was refused.
pub(crate) async fn draw(
    site: &Site,
    signed_in: &SignedIn,
    id: CaseId,
    drawn: Drawn,
) -> Result<Response, Stop> {
    let Drawn { list, before, flash, typed, plain, into } = drawn;
    let list = &list;
    let reach = signed_in.reach();
    let found = case_page::case_page(&site.desk, reach, id, before).await?;
    if flash.is_none()
        && let Some(holder) = &found.kin.merged_into
    {
        return Ok(Redirect::to(&list.case_url(holder.id)).into_response());
    }
    let beside = beside(site, &found).await?;
    let advice = desk::approvals::advice(&site.desk, reach, id).await?;
    let steps = steps(site, reach, &found.case, list).await?;
    let handed_over = desk::escalations::of_case(&site.desk, reach, id).await?;
    let frame = Frame::of(site, signed_in).await?.saying(flash);
    let case = &found.case;
    let reference = cases::shown_reference(&case.reference);
    let step = |id: CaseId| list.case_url(id);
    let view = CaseView {
        shell: frame.shell(&format!("{reference} {}", shown_subject(&case.subject)), Place::Elsewhere),
        plain,
        id: id.to_string(),
        reference,
        subject: shown_subject(&case.subject).to_owned(),
        client: client_mark(&found.around.client),
        state: case_state(case.state),
        priority: case_priority(case.priority),
        language: language(&case.language),
        assignee: assignee(&found),
        opened: frame.words.exactly(case.opened_at),
        back: back(&frame, list),
        newer_url: steps.newer.map(step),
        older_url: steps.older.map(step),
        entries: thread::entries(&frame.words, &found, &beside),
        earlier_url: earlier_url(&found, list),
        newest_url: before.map(|_| list.case_url(id)),
        composer: Composer {
            across: wording::across(site, &found, &typed).await?,
            ..composer(&frame.words, &found, site.desk.clock.now(), typed)
        },
        speakers: speakers::section(&found, reach),
        clocks: case_clocks::clocks(&frame.words, &found, site.desk.clock.now()),
        risk: risk::of_case(&frame.words, &found),
        place: place::of_case(&frame.words, &found),
        properties: properties(&found, reach),
        advice,
        customer: customer(&frame.words, &found, list),
        kinship: kinship::kinship(&frame.words, &found, list, &into),
        escalations: escalations::of_case(&frame.words, handed_over, site.desk.clock.now()),
        seams: hand_overs::of_case(&frame.words, &found, reach, site.desk.clock.now()),
        engagement: engagement(&found),
    };
    page(&view)
}

fn earlier_url(found: &CasePage, list: &Shown) -> Option<String> {
    let first = found.talk.messages.first().filter(|_| found.talk.has_earlier)?;
    Some(format!("{}&earlier_than={}", list.case_url(found.case.id), first.id))
}

async fn beside(site: &Site, found: &CasePage) -> Result<thread::Beside, Fault> {
    let htmls = found.talk.messages.iter().filter_map(|message| Some((message.id, message.html.clone()?)));
    let retried = found.talk.messages.iter().filter(|message| message.delivery == cases::Delivery::Retrying);
    let retried = retried.map(|message| message.id).collect();
    Ok(thread::Beside {
        remote: files::naming_remote_images(&site.desk, htmls.collect()).await?,
        remote_images: site.mailroom.remote_images(),
        sending: stuck_jobs::sending(&site.desk, retried).await?,
        now: site.desk.clock.now(),
    })
}

/// The cases above and below in the list; a search has no such order.
async fn steps(site: &Site, reach: &Reach, case: &Case, list: &Shown) -> Result<Neighbours, Fault> {
    if !list.query.is_empty() {
        return Ok(Neighbours::default());
    }
    let here = Cursor { updated_at: case.updated_at, id: case.id };
    neighbours::neighbours(&site.desk, reach, list.view(), list.filter.clone(), here).await
}

fn assignee(found: &CasePage) -> Option<crate::views::marks::PersonMark> {
    let person = found.case.assignee?;
    let known = found.around.colleagues.iter().find(|colleague| colleague.id == person);
    // Somebody who has left the team may still hold the case; only their name is missing then.
    Some(person_mark(person, known.map_or("Somebody who left", |known| known.name.as_str())))
}

fn back(frame: &Frame, list: &Shown) -> Link {
    let client = frame.clients().find(|client| Some(client.id) == list.filter.client);
    let words = match client {
        _ if !list.query.is_empty() => "Search".to_owned(),
        Some(client) => client.name.clone(),
        None => list.view_words().to_owned(),
    };
    Link { url: list.url(), words }
}

fn composer(words: &Words, found: &CasePage, now: Instant, typed: Option<Typed>) -> Composer {
    let draft = |kind: DraftKind| found.writing.drafts.iter().find(move |draft: &&Draft| draft.kind == kind);
    let saved = found.writing.drafts.iter().map(|draft| draft.updated_at).max();
    let text = |kind: DraftKind| {
        let again = typed.as_ref().filter(|typed| typed.kind == kind).map(|typed| typed.text.clone());
        again.or_else(|| draft(kind).map(|draft| draft.text.clone())).unwrap_or_default()
    };
    let wrote_note = typed.as_ref().is_some_and(|typed| typed.kind == DraftKind::Note);
    let only_note = draft(DraftKind::Note).is_some() && draft(DraftKind::Reply).is_none();
    let address = found.answering.as_ref().map(|answering| &answering.to);
    Composer {
        across: Across::Needless,
        opens_with: if wrote_note || (typed.is_none() && only_note) { Writing::Note } else { Writing::Reply },
        recipients: participants::recipients(found, typed.as_ref().map_or("", |typed| typed.to.as_str())),
        away: participants::away_now(found),
        to: address.map_or(String::new(), |address| named(&found.around.customer.name, address.as_str())),
        from: named(&found.around.mailbox.display_name, found.around.mailbox.address.as_str()),
        reply: text(DraftKind::Reply),
        note: text(DraftKind::Note),
        saved: saved.map(|at| words.exactly(at)),
        obstacle: match (&found.around.bounced, address) {
            (_, None) => Some(
                "This customer has no e-mail address that a reply could go to. Write a note for your colleagues instead."
                    .to_owned(),
            ),
            (Some(because), _) => {
                Some(format!("{because} Nothing more is sent to this address until somebody clears it."))
            }
            (None, _) => None,
        },
        can_be_cleared: found.around.bounced.is_some(),
        copies: typed.as_ref().and_then(|typed| typed.copies.clone()).unwrap_or_else(|| copies(found)),
        kept_files: found.writing.files.iter().map(kept_file).collect(),
        later: Later {
            choices: later::quick_choices(now, &found.around.client.zone),
            their_zone: found.around.client.zone.clone(),
            own_zone: words.zone().to_owned(),
            typed: typed.map(|typed| typed.later_at).unwrap_or_default(),
        },
        signature_html: match found.signature.as_str() {
            "" => String::new(),
            signature => markdown::html(signature),
        },
    }
}

/// To whom else the customer's newest mail was written: neither our mailboxes nor the customer. A forger's names are never taken over.
fn copies(found: &CasePage) -> String {
    let named = found
        .talk
        .newest_from_customer(found.case.customer)
        .map(|message| message.recipients.as_str())
        .unwrap_or_default();
    let others = named.split(", ").filter_map(|address| address.parse::<EmailAddress>().ok());
    let others = others.filter(|one| {
        !found.outside.ours.contains(one)
            && found.answering.as_ref().is_none_or(|answering| answering.to != *one)
            && !found.around.customer.addresses.contains(one)
    });
    others.take(cases::plan::MOST_COPIES).map(|one| one.to_string()).collect::<Vec<_>>().join(", ")
}

fn kept_file(file: &cases::DraftFile) -> KeptFile {
    KeptFile { position: file.position, name: file.name.clone(), size: words::size(file.size) }
}

fn properties(found: &CasePage, reach: &Reach) -> Properties {
    let case = &found.case;
    let leads = reach.leads(case.engagement);
    let offered = found
        .around
        .colleagues
        .iter()
        .filter(|person| leads || person.id == reach.person() || Some(person.id) == case.assignee);
    let choices = offered.map(|person| Choice {
        value: person.id.to_string(),
        words: person.name.clone(),
        is_chosen: Some(person.id) == case.assignee,
    });
    let states = [cases::State::New, cases::State::Open, cases::State::Waiting, cases::State::Closed];
    let states = states.into_iter().filter(|state| *state != cases::State::New || case.state == *state);
    let priorities =
        [cases::Priority::Low, cases::Priority::Normal, cases::Priority::High, cases::Priority::Urgent];
    Properties {
        assignees: vec![ChoiceGroup { heading: String::new(), choices: choices.collect() }],
        states: states
            .map(|state| chosen(state.as_str(), case_state(state).word(), case.state == state))
            .collect(),
        priorities: priorities
            .iter()
            .map(|one| chosen(one.as_str(), case_priority(*one).word(), case.priority == *one))
            .collect(),
        is_mine: case.assignee == Some(reach.person()),
    }
}

fn chosen(value: &str, words: &str, is_chosen: bool) -> Choice {
    Choice { value: value.to_owned(), words: words.to_owned(), is_chosen }
}

fn customer(words: &Words, found: &CasePage, list: &Shown) -> Customer {
    let opened = found.earlier.iter().map(|case| case.opened_at);
    let since = opened.chain([found.case.opened_at]).min().unwrap_or(found.case.opened_at);
    let earlier = found.earlier.iter().map(|case| EarlierCase {
        url: list.case_url(case.id),
        reference: cases::shown_reference(&case.reference),
        subject: shown_subject(&case.subject).to_owned(),
        state: case_state(case.state),
        active: words.briefly(case.updated_at),
    });
    Customer {
        name: found.around.customer.shown(),
        addresses: found.around.customer.addresses.iter().map(ToString::to_string).collect(),
        language: language(&found.around.customer.language),
        since: words.briefly(since),
        earlier: earlier.collect(),
        others: participants::others(found),
        sharing: participants::sharing(found),
        away: participants::away_now(found),
    }
}

fn engagement(found: &CasePage) -> Option<EngagementLine> {
    let partner = found.around.partner.as_ref()?;
    Some(EngagementLine {
        client: found.around.client.name.clone(),
        partner: partner.name.clone(),
        team: found.around.team.name.clone(),
        until: found.around.engagement.period.until().map(words::day),
    })
}
