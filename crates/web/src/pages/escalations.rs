//! Escalations in the desk: what waits, one of them, and handing a part of a case over.

use super::{
    Answer,
    escalation_parts::{
        no_step, own_field, standing, standing_words, step, taking, typed, typed_fields, typed_or,
    },
    go,
    inbox::shown_subject,
    page, refuse, settle,
};
use crate::{
    fields::{Asked, At, Fields},
    frame::{Frame, client_mark},
    later,
    said::Said,
    session::SignedIn,
    site::Site,
    views::{
        escalations::{
            CaseEscalations, EscalationLine, EscalationPage, Escalations, FileLine, Giving, NewEscalation,
            StepLine, TalkLine,
        },
        marks::{Choice, ChoiceGroup},
        shell::{Flash, Place},
    },
    words::{Words, language, size},
};
use axum::{extract::State, response::Response};
use cases::{
    AttachmentRow, Case, Message, MessageKind,
    escalation::{Act, Escalation, EscalationRefusal, EscalationStep, FormKind, Given, Standing},
    escalation_forms::{fields, shown_value},
};
use desk::{
    Stop,
    escalations::{self, FACTS, HandOver, HandedOver, Held, Taker, Waiting, Whom},
};
use kernel::{CaseId, EscalationId, Instant, MessageId};

/// How many characters of what is asked stand on a line.
const SHOWN: usize = 90;

/// `GET /escalations`
pub(crate) async fn list(State(site): State<Site>, signed_in: SignedIn) -> Answer {
    let all = escalations::escalations(&site.desk, signed_in.reach()).await.map_err(Stop::from)?;
    let frame = Frame::of(&site, &signed_in).await.map_err(Stop::from)?;
    let now = site.desk.clock.now();
    let (mine, others): (Vec<Waiting>, Vec<Waiting>) = all.into_iter().partition(|one| one.is_mine);
    let lines = |all: Vec<Waiting>| {
        let line = |one: Waiting| {
            line(&frame.words, &one.escalation, (&one.case, &one.client), one.holder, one.sees_case, now)
        };
        all.into_iter().map(line).collect()
    };
    Ok(page(&Escalations {
        shell: frame.shell("Escalations", Place::Escalations),
        mine: lines(mine),
        others: lines(others),
    })?)
}

/// An escalation on a line, for whoever sees its case or not.
pub(crate) fn line(
    words: &Words,
    one: &Escalation,
    (case, client): (&Case, &str),
    holder: String,
    sees_case: bool,
    now: Instant,
) -> EscalationLine {
    let asked = one.asked.split_whitespace().collect::<Vec<_>>().join(" ");
    let more = if asked.chars().count() > SHOWN { "…" } else { "" };
    let waits = !matches!(one.standing, Standing::Answered | Standing::Closed);
    EscalationLine {
        url: format!("/escalations/{}", one.id),
        asked: format!("{}{more}", asked.chars().take(SHOWN).collect::<String>()),
        client: client.to_owned(),
        reference: format!("#{}", cases::shown_reference(&case.reference)),
        case_url: sees_case.then(|| format!("/cases/{}", case.id)),
        holder,
        standing: standing(one.standing, standing_words(one.standing)),
        since: words.briefly(one.opened_at),
        needed: one.needed_at.filter(|_| waits).map(|needed| words.exactly(needed)),
        is_late: waits && one.needed_at.is_some_and(|needed| needed <= now),
        bounces: one.bounces,
    }
}

/// The part of a case's page.
pub(crate) fn of_case(words: &Words, found: HandedOver, now: Instant) -> CaseEscalations {
    let HandedOver { case, client, all, .. } = found;
    let shown =
        all.into_iter().map(|one| line(words, &one.escalation, (&case, &client), one.holder, true, now));
    CaseEscalations { all: shown.collect(), is_open: case.state.is_open() && case.merged_into.is_none() }
}

/// `GET /escalations/{escalation}`
pub(crate) async fn one(State(site): State<Site>, signed_in: SignedIn, At(id): At<EscalationId>) -> Answer {
    Ok(draw(&site, &signed_in, id, None, None).await?)
}

/// `POST /escalations/{escalation}/steps`
pub(crate) async fn take_step(
    State(site): State<Site>,
    signed_in: SignedIn,
    At(id): At<EscalationId>,
    form: Fields,
) -> Answer {
    let held = escalations::one(&site.desk, signed_in.reach(), id).await?;
    let words = form.text("words").to_owned();
    let given = match form.text("step") {
        "supply" => Some(Given::Supply(words)),
        "send_again" => Some(Given::SendAgain(words)),
        "remind" => Some(Given::Remind(words)),
        "close" => Some(Given::Close(words)),
        _ => None,
    };
    let done = match (given, step(&form, held.escalated.escalation.kind)) {
        (Some(given), _) => escalations::give(&site.desk, signed_in.reach(), id, given).await.map(drop),
        (None, Some(taken)) => escalations::take_own(&site.desk, signed_in.reach(), id, taken).await,
        (None, None) => Err(no_step()),
    };
    let again = async |flash| draw(&site, &signed_in, id, Some(&form), flash).await;
    settle(done, &format!("/escalations/{id}"), Said::EscalationMoved, again).await
}

/// `POST /escalations/{escalation}/fields`
pub(crate) async fn fill_in(
    State(site): State<Site>,
    signed_in: SignedIn,
    At(id): At<EscalationId>,
    form: Fields,
) -> Answer {
    let held = escalations::one(&site.desk, signed_in.reach(), id).await?;
    let fields = typed_fields(&form, held.escalated.escalation.kind);
    let done = match held.sees_case {
        true => escalations::fill_in(&site.desk, signed_in.reach(), id, fields).await.map(drop),
        false => escalations::fill_in_own(&site.desk, signed_in.reach(), id, fields).await,
    };
    let again = async |flash| draw(&site, &signed_in, id, Some(&form), flash).await;
    settle(done, &format!("/escalations/{id}"), Said::Saved, again).await
}

async fn draw(
    site: &Site,
    signed_in: &SignedIn,
    id: EscalationId,
    form: Option<&Fields>,
    flash: Option<Flash>,
) -> Result<Response, Stop> {
    let held = escalations::one(&site.desk, signed_in.reach(), id).await?;
    let frame = Frame::of(site, signed_in).await?.saying(flash);
    let Held { escalated, case, client, .. } = &held;
    let (one, words) = (&escalated.escalation, &frame.words);
    let shared = one.shared.iter().map(|fact| (fact_label(&fact.name).to_owned(), fact.value.clone()));
    let filled = one
        .form
        .shown(one.kind)
        .into_iter()
        .map(|(field, value)| (field.label.to_owned(), shown_value(field, value).to_owned()));
    let now = site.desk.clock.now();
    let line = line(words, one, (case, &client.name), escalated.holder.clone(), held.sees_case, now);
    page(&EscalationPage {
        shell: frame.shell(&line.asked, Place::Escalations),
        id: id.to_string(),
        client: client_mark(client),
        subject: shown_subject(&case.subject).to_owned(),
        asked: one.asked.clone(),
        tried: one.tried.clone(),
        answer: one.answer.clone(),
        details: shared.chain(filled).collect(),
        steps: escalated.steps.iter().map(|step| step_line(words, step, &escalated.holder)).collect(),
        files: escalated.files.iter().map(|file| file_line(case.id, file)).collect(),
        trouble: escalated.letter_trouble.clone(),
        taking: taking(one, form, own_field).filter(|_| held.is_mine),
        giving: giving(one, form).filter(|_| held.sees_case),
        talk: if held.sees_case { Vec::new() } else { talk(words, &held) },
        typed: typed(form),
        line,
    })
}

fn step_line(words: &Words, step: &EscalationStep, holder: &str) -> StepLine {
    let name = &step.name;
    let (icon, what) = match step.act {
        Act::Opened => ("outbound", format!("{name} handed it to {holder}.")),
        Act::AskedBack => ("notice", format!("{name} asked for information.")),
        Act::Supplied => ("send", format!("{name} told {holder} more.")),
        Act::Accepted => ("check", format!("{name} works on it.")),
        Act::Rejected => ("cross", format!("{name} declined.")),
        Act::Answered => ("reply", format!("{name} answered.")),
        Act::SentAgain => ("retry", format!("{name} asked {holder} again.")),
        Act::Reminded => ("clock", format!("{name} reminded {holder}.")),
        Act::Noted => ("mail", format!("{name} wrote; it is a note in the case.")),
        Act::Overdue => ("alert", "It wasn’t answered in time.".to_owned()),
        Act::Closed => ("state-closed", format!("{name} ended it.")),
    };
    // What is asked stands above already.
    let said = if step.act == Act::Opened { String::new() } else { step.words.clone() };
    StepLine { at: words.exactly(step.at), what, icon, words: said }
}

fn file_line(case: CaseId, file: &AttachmentRow) -> FileLine {
    FileLine {
        url: format!("/cases/{case}/messages/{}/files/{}", file.message, file.position),
        name: file.name.clone(),
        size: size(file.size),
    }
}

fn giving(one: &Escalation, form: Option<&Fields>) -> Option<Giving> {
    let can = |step: Given| one.given(step).is_ok();
    let word = || "?".to_owned();
    let value = |key: &str| typed_or(form, key, one.form.text(key));
    Some(Giving {
        is_asked: one.standing == Standing::NeedsInformation,
        can_supply: can(Given::Supply(word())),
        can_send_again: can(Given::SendAgain(word())),
        can_remind: can(Given::Remind(String::new())),
        can_close: can(Given::Close(word())),
        is_answered: one.standing == Standing::Answered,
        fields: fields(one.kind).iter().map(|field| own_field(field, &value(field.key))).collect(),
    })
}

/// What the customer and we wrote to each other.
fn talk(words: &Words, held: &Held) -> Vec<TalkLine> {
    let said = held.messages.iter().filter(|message| message.kind != MessageKind::Note);
    let one = |message: &Message| TalkLine {
        who: match (message.kind, message.by.name.as_str()) {
            (MessageKind::Customer, "") => message.by.address.clone(),
            (_, name) => name.to_owned(),
        },
        at: words.exactly(message.at),
        text: message.new_text.clone(),
        language: language(&message.language),
        files: held
            .files
            .iter()
            .filter(|file| file.message == message.id && !file.inline)
            .map(|file| file_line(held.case.id, file))
            .collect(),
    };
    said.map(one).collect()
}

/// `GET /cases/{case}/escalations/new`
pub(crate) async fn new(
    State(site): State<Site>,
    signed_in: SignedIn,
    At(case): At<CaseId>,
    Asked(asked): Asked,
) -> Answer {
    Ok(draw_new(&site, &signed_in, case, &asked, None).await?)
}

/// `POST /cases/{case}/escalations`
pub(crate) async fn open(
    State(site): State<Site>,
    signed_in: SignedIn,
    At(case): At<CaseId>,
    form: Fields,
) -> Answer {
    let done = match handed(&form, &signed_in, &site).await {
        Ok(what) => escalations::hand_over(&site.desk, signed_in.reach(), case, what).await,
        Err(stop) => Err(stop),
    };
    match done {
        Ok(id) => Ok(go(&format!("/escalations/{id}"), Said::EscalationOpened)),
        Err(stop) => refuse(stop, async |flash| draw_new(&site, &signed_in, case, &form, flash).await).await,
    }
}

async fn handed(form: &Fields, signed_in: &SignedIn, site: &Site) -> Result<HandOver, Stop> {
    let frame = Frame::of(site, signed_in).await?;
    let nobody = || Stop::from(EscalationRefusal::NobodyToTakeIt);
    let to = match form.text("to").split_once(':') {
        Some(("person", id)) => Whom::Person(id.parse().map_err(|_| nobody())?),
        Some(("vendor", id)) => Whom::Vendor(id.parse().map_err(|_| nobody())?),
        _ => Whom::Address(form.text("address").to_owned()),
    };
    let kind = form.text("kind").parse().unwrap_or(FormKind::Other);
    let needed_at = match form.text("needed_at").trim() {
        "" => None,
        typed => Some(later::typed(typed, frame.words.zone()).ok_or(EscalationRefusal::NotATime)?),
    };
    Ok(HandOver {
        to,
        kind,
        asked: form.text("asked").to_owned(),
        tried: form.text("tried").to_owned(),
        shared: form.all("share").map(str::to_owned).collect(),
        fields: typed_fields(form, kind),
        files: form.all("file").filter_map(chosen_file).collect(),
        needed_at,
    })
}

/// A file as a form names it: `{message}:{position}`.
fn chosen_file(word: &str) -> Option<(MessageId, i64)> {
    let (message, position) = word.split_once(':')?;
    Some((message.parse().ok()?, position.parse().ok()?))
}

async fn draw_new(
    site: &Site,
    signed_in: &SignedIn,
    id: CaseId,
    form: &Fields,
    flash: Option<Flash>,
) -> Result<Response, Stop> {
    let found = escalations::of_case(&site.desk, signed_in.reach(), id).await?;
    let frame = Frame::of(site, signed_in).await?.saying(flash);
    let kind = form.text("kind").parse().unwrap_or(FormKind::Hardware);
    let kinds = [
        (FormKind::Hardware, "Hardware"),
        (FormKind::Software, "Software"),
        (FormKind::Other, "Something else"),
    ];
    let choice = |(one, words): (FormKind, &str)| Choice {
        value: one.as_str().to_owned(),
        words: words.to_owned(),
        is_chosen: one == kind,
    };
    let fact = |name: &&str| Choice {
        value: (*name).to_owned(),
        words: fact_label(name).to_owned(),
        is_chosen: form.all("share").any(|shared| shared == *name),
    };
    let drawn = fields(kind).iter().filter(|field| is_for_opening(field.key));
    page(&NewEscalation {
        shell: frame.shell("Hand a part of the case over", Place::Escalations),
        case_id: id.to_string(),
        reference: format!("#{}", cases::shown_reference(&found.case.reference)),
        subject: shown_subject(&found.case.subject).to_owned(),
        client: found.client.clone(),
        kinds: kinds.into_iter().map(choice).collect(),
        kind: kind.as_str(),
        takers: takers(&found, form.text("to")),
        address: form.text("address").to_owned(),
        asked: form.text("asked").to_owned(),
        tried: form.text("tried").to_owned(),
        facts: FACTS.iter().map(fact).collect(),
        files: files_to_choose(&found, form),
        fields: drawn.map(|field| own_field(field, form.text(field.key))).collect(),
        needed_at: form.text("needed_at").to_owned(),
        zone: frame.words.zone().to_owned(),
    })
}

/// The files of the case, each once.
fn files_to_choose(found: &HandedOver, form: &Fields) -> Vec<Choice> {
    let mut seen = Vec::new();
    let mut choices = Vec::new();
    for file in &found.files {
        if seen.contains(&(&file.name, &file.blob)) {
            continue;
        }
        seen.push((&file.name, &file.blob));
        let value = format!("{}:{}", file.message, file.position);
        let is_chosen = form.all("file").any(|chosen| chosen == value);
        choices.push(Choice { words: format!("{} ({})", file.name, size(file.size)), value, is_chosen });
    }
    choices
}

/// What comes later, as a shipment back, isn't asked at the beginning.
fn is_for_opening(key: &str) -> bool {
    !matches!(
        key,
        "rma_number"
            | "remedy"
            | "back_carrier"
            | "back_number"
            | "back_day"
            | "replacement_serial"
            | "loan_back_on"
            | "closing_scan"
            | "vendor_number"
            | "workaround"
            | "fix_version"
    )
}

fn takers(found: &HandedOver, chosen: &str) -> Vec<ChoiceGroup> {
    let choice =
        |value: String, words: &str| Choice { is_chosen: value == chosen, value, words: words.to_owned() };
    let mut vendors = Vec::new();
    let mut specialists = Vec::new();
    for taker in &found.takers {
        match taker {
            Taker::Vendor(vendor) => vendors.push(choice(format!("vendor:{}", vendor.id), &vendor.name)),
            Taker::Specialist(person) => {
                specialists.push(choice(format!("person:{}", person.id), &person.name));
            }
        }
    }
    specialists.push(choice("address".to_owned(), "Somebody at an address"));
    let group = |heading: &str, choices: Vec<Choice>| ChoiceGroup { heading: heading.to_owned(), choices };
    let groups = [group("Vendors", vendors), group(&format!("{}’s specialists", found.client), specialists)];
    groups.into_iter().filter(|group| !group.choices.is_empty()).collect()
}

fn fact_label(name: &str) -> &'static str {
    match name {
        "reference" => "The number of the case",
        "customer_name" => "The customer’s name",
        "customer_address" => "The customer’s e-mail address",
        _ => "",
    }
}
