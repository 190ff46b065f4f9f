//! An engagement as one page, and proposing other terms for it.

use super::{Answer, page, refuse, settle, terms_form};
use crate::{
    fields::{At, Fields},
    frame::{Frame, client_mark},
    said::Said,
    session::SignedIn,
    site::Site,
    views::{
        agreement::{AgreementPage, PastView, SectionView, TermsFormPage, Typed, WaitingView, WeekDay},
        engagements::Standing as StandingView,
        marks::Choice,
        shell::{Administration, Flash, Place},
    },
    words::{Words, day},
};
use axum::{extract::State, response::Response};
use desk::{
    Stop,
    engagement_terms::{self, AgreedPage, Past, Proposal, Waiting},
};
use engagements::{
    Standing,
    terms::{
        Agreement, DAYS, Difference, Disclosure, EngagementKind, RoutingMode, Section, ServiceHours, Side,
        TermsRefusal, Translation, VersionState, WEEKDAYS, Window,
    },
};
use kernel::{Counted, EngagementId, Metric, PersonId, Priority};
use std::collections::HashMap;

fn url(id: EngagementId) -> String {
    format!("/engagements/{id}")
}

fn place() -> Place {
    Place::Administration(Administration::Engagements)
}

/// `GET /engagements/{engagement}`
pub(crate) async fn show(State(site): State<Site>, who: SignedIn, At(id): At<EngagementId>) -> Answer {
    Ok(draw(&site, &who, id, None).await?)
}

async fn draw(site: &Site, who: &SignedIn, id: EngagementId, flash: Option<Flash>) -> Result<Response, Stop> {
    let found = engagement_terms::page(&site.desk, who.reach(), id).await?;
    let frame = Frame::of(site, who).await?.saying(flash);
    let partner = found.partner.as_ref().map_or_else(
        || format!("{}, the client’s own people", found.client.name),
        |partner| format!("{}, {}", partner.name, partner.city),
    );
    page(&AgreementPage {
        shell: frame.shell(&found.engagement.name, place()),
        id: id.to_string(),
        client: client_mark(&found.client),
        name: found.engagement.name.clone(),
        kind: kind(&found),
        partner,
        team: found.team.name.clone(),
        days: days(&found),
        standing: standing(found.standing),
        mailboxes: found.mailboxes.iter().map(|mailbox| mailbox.address.to_string()).collect(),
        version: version(&found),
        zone: desk::placement::city(&found.engagement.zone),
        week: week(&found.terms.hours),
        sections: sections(&found),
        waiting: found.waiting.as_ref().map(|waiting| waits(&found, &frame.words, waiting)),
        past: found.past.iter().map(|past| passed(&found, &frame.words, past)).collect(),
        may_propose: !found.theirs.is_empty() && found.waiting.is_none() && found.standing != Standing::Over,
    })
}

fn kind(found: &AgreedPage) -> String {
    match (found.version, &found.partner) {
        (None, Some(_)) => "A partner’s team".to_owned(),
        _ => found.terms.kind.title().to_owned(),
    }
}

pub(super) fn standing(standing: Standing) -> StandingView {
    match standing {
        Standing::Coming => StandingView::Coming,
        Standing::InForce => StandingView::InForce,
        Standing::Over => StandingView::Ended,
    }
}

fn days(found: &AgreedPage) -> String {
    let period = &found.engagement.period;
    let until =
        period.until().map_or("without an agreed end".to_owned(), |until| format!("until {}", day(until)));
    format!("from {} {until}", day(period.from()))
}

fn version(found: &AgreedPage) -> String {
    let holds = found.past.iter().map(|past| &past.version).find(|one| Some(one.version) == found.version);
    match holds {
        Some(version) => format!("Version {} holds, since {}.", version.version, day(version.from_on)),
        None => "Nobody has agreed on terms yet, so the usual ones hold.".to_owned(),
    }
}

/// The week as it is drawn: what goes on after midnight stands on the next day.
fn week(hours: &ServiceHours) -> Vec<WeekDay> {
    let minutes = |time: &str| -> Option<u32> {
        let (hours, minutes) = time.split_once(':')?;
        Some(hours.parse::<u32>().ok()? * 60 + minutes.parse::<u32>().ok()?)
    };
    let mut bars: [Vec<(u32, u32)>; 7] = Default::default();
    for (place, name) in WEEKDAYS.iter().enumerate() {
        for [from, until] in hours.week.get(*name).into_iter().flatten().filter(|_| !hours.is_round_the_clock)
        {
            let (Some(from), Some(until)) = (minutes(from), minutes(until)) else { continue };
            if until > from {
                bars[place].push((from, until - from));
            } else {
                bars[place].push((from, 1_440 - from));
                bars[(place + 1) % 7].push((0, until));
            }
        }
    }
    let one = |(place, name): (usize, &str)| match hours.is_round_the_clock {
        true => WeekDay {
            name: name.to_owned(),
            words: "all day and all night".to_owned(),
            bars: vec![(0, 1_440)],
        },
        false => WeekDay {
            name: name.to_owned(),
            words: hours.week.get(WEEKDAYS[place]).map_or("closed".to_owned(), engagements::terms::stretches),
            bars: bars[place].clone(),
        },
    };
    DAYS.into_iter().enumerate().map(one).collect()
}

fn sections(found: &AgreedPage) -> Vec<SectionView> {
    let of = |section: Section| SectionView {
        key: section.as_str(),
        heading: section.title(),
        rows: found
            .lines
            .iter()
            .filter(|line| line.section == section && line.what != "Kind")
            // The week is drawn above.
            .filter(|line| !DAYS.iter().any(|day| line.what == format!("Service hours on {day}")))
            .map(|line| (line.what.clone(), line.says.clone()))
            .collect(),
    };
    Section::ALL.into_iter().map(of).collect()
}

fn name(found: &AgreedPage, person: Option<PersonId>) -> String {
    let known = person.and_then(|person| found.names.get(&person));
    known.map_or("Dragoman".to_owned(), |name| {
        if name.is_empty() { "Somebody who left".to_owned() } else { name.clone() }
    })
}

fn differing(differences: &[Difference]) -> Vec<(String, String, String)> {
    differences.iter().map(|one| (one.what.clone(), one.before.clone(), one.after.clone())).collect()
}

fn waits(found: &AgreedPage, words: &Words, waiting: &Waiting) -> WaitingView {
    let version = &waiting.version;
    let past = found.past.iter().find(|past| past.version.version == version.version);
    let sides: Vec<&str> = waiting.for_sides.iter().map(|side| side.title()).collect();
    let mine = waiting.for_sides.iter().filter(|side| found.theirs.contains(side));
    WaitingView {
        version: version.version,
        from: day(version.from_on),
        by: format!("{}, {}", name(found, version.proposed.by), words.exactly(version.proposed.at).words),
        why: version.why.clone(),
        differences: past.map(|past| differing(&past.differences)).unwrap_or_default(),
        effect: waiting.effect.clone(),
        waits_for: sides.join(" and "),
        sides: mine.map(|side| Choice::new(side.as_str(), side.title())).collect(),
        may_withdraw: !found.theirs.is_empty(),
    }
}

fn passed(found: &AgreedPage, words: &Words, past: &Past) -> PastView {
    let version = &past.version;
    let said = |what: &str, agreement: Option<Agreement>| {
        let agreement = agreement?;
        let at = words.exactly(agreement.at).words;
        Some(match agreement.by {
            Some(_) => format!("{} {what}, {at}", name(found, agreement.by)),
            None => format!("It was entered as {what}, {at}"),
        })
    };
    let who = [
        said("proposed it", Some(version.proposed).filter(|proposed| proposed.by.is_some())),
        said("agreed for the client", version.client),
        said("agreed for the partner", version.partner.filter(|_| found.sides.contains(&Side::Partner))),
        said("took it back", version.withdrawn),
    ];
    let state = match version.state {
        _ if Some(version.version) == found.version => ("in-force", "In force"),
        VersionState::Agreed if version.from_on > engagement_terms::today(&found.engagement, found.now) => {
            ("coming", "Coming")
        }
        VersionState::Agreed => ("ended", "Over"),
        VersionState::Proposed => ("coming", "Proposed"),
        VersionState::Withdrawn => ("ended", "Taken back"),
    };
    PastView {
        version: version.version,
        from: day(version.from_on),
        state,
        why: version.why.clone(),
        who: who.into_iter().flatten().collect(),
        differences: differing(&past.differences),
    }
}

/// `GET /engagements/{engagement}/terms/new`
pub(crate) async fn new(State(site): State<Site>, who: SignedIn, At(id): At<EngagementId>) -> Answer {
    Ok(draw_form(&site, &who, id, None, None, None).await?)
}

async fn draw_form(
    site: &Site,
    who: &SignedIn,
    id: EngagementId,
    typed: Option<&Fields>,
    effect: Option<Vec<String>>,
    flash: Option<Flash>,
) -> Result<Response, Stop> {
    let found = engagement_terms::page(&site.desk, who.reach(), id).await?;
    if found.theirs.is_empty() {
        return Err(TermsRefusal::NotTheirs.into());
    }
    let frame = Frame::of(site, who).await?.saying(flash);
    let form = typed.cloned().unwrap_or_else(|| {
        let mut form = terms_form::filled(&found.terms);
        form.add("from_on".to_owned(), engagement_terms::today(&found.engagement, found.now).to_string());
        form
    });
    let list = |list: &engagements::tables::holidays::HolidayList| {
        Choice::new(
            &list.name,
            format!("{} ({} days, {} to {})", list.name, list.days, list.first, list.last),
        )
    };
    let rows = |kind| (0..terms_form::rows(&form, kind)).collect();
    page(&TermsFormPage {
        shell: frame.shell("Other terms", place()),
        id: id.to_string(),
        client: client_mark(&found.client),
        name: found.engagement.name.clone(),
        lists: found.lists.iter().map(list).collect(),
        days: WEEKDAYS.into_iter().zip(DAYS).collect(),
        clauses: rows("clause"),
        escalations: rows("escalation"),
        whom: found.escalated_to.iter().map(|(to, name)| Choice::new(terms_form::whom(*to), name)).collect(),
        words: fixed_words(),
        form: Typed(form.pairs().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()),
        effect,
    })
}

/// The words of fixed lists, by the name under which the form asks for them.
fn fixed_words() -> HashMap<&'static str, Vec<Choice>> {
    macro_rules! of {
        ($words:ident) => {
            $words::ALL.iter().map(|word| Choice::new(word.as_str(), word.title())).collect()
        };
    }
    let mut priorities = vec![Choice::new("", "all cases")];
    priorities.extend(
        Priority::ALL.iter().map(|word| Choice::new(word.as_str(), format!("{} cases", word.as_str()))),
    );
    HashMap::from([
        ("kind", of!(EngagementKind)),
        ("metric", of!(Metric)),
        ("priority", priorities),
        ("counted", of!(Counted)),
        ("window", of!(Window)),
        ("translation", of!(Translation)),
        ("disclosure", of!(Disclosure)),
        ("routing", of!(RoutingMode)),
    ])
}

/// `POST /engagements/{engagement}/terms`
pub(crate) async fn propose(
    State(site): State<Site>,
    who: SignedIn,
    At(id): At<EngagementId>,
    form: Fields,
) -> Answer {
    let done = async {
        let found = engagement_terms::page(&site.desk, who.reach(), id).await?;
        if found.theirs.is_empty() {
            return Err(Stop::from(TermsRefusal::NotTheirs));
        }
        let terms = terms_form::read(&form)?;
        if !form.text("try").is_empty() {
            return engagement_terms::effect_of(&site.desk, who.reach(), id, terms).await.map(Some);
        }
        let proposal =
            Proposal { from_on: form.text("from_on").to_owned(), why: form.text("why").to_owned(), terms };
        engagement_terms::propose(&site.desk, who.reach(), id, proposal).await?;
        Ok(None)
    };
    match done.await {
        Ok(None) => Ok(super::go(&url(id), Said::TermsProposed)),
        Ok(Some(effect)) => Ok(draw_form(&site, &who, id, Some(&form), Some(effect), None).await?),
        Err(stop) => {
            refuse(stop, async |flash| draw_form(&site, &who, id, Some(&form), None, flash).await).await
        }
    }
}

/// `POST /engagements/{engagement}/terms/{version}/agreements`
pub(crate) async fn agree(
    State(site): State<Site>,
    who: SignedIn,
    At((id, version)): At<(EngagementId, i64)>,
    form: Fields,
) -> Answer {
    let done = async {
        // Whether they may agree at all comes before how the form reads.
        let found = engagement_terms::page(&site.desk, who.reach(), id).await?;
        if found.theirs.is_empty() {
            return Err(Stop::from(TermsRefusal::NotTheirs));
        }
        engagement_terms::agree(&site.desk, who.reach(), id, version, form.one("side")?).await
    };
    settle(done.await, &url(id), Said::TermsAgreed, async |flash| draw(&site, &who, id, flash).await).await
}

/// `POST /engagements/{engagement}/terms/{version}/withdrawals`
pub(crate) async fn withdraw(
    State(site): State<Site>,
    who: SignedIn,
    At((id, version)): At<(EngagementId, i64)>,
) -> Answer {
    let done = engagement_terms::withdraw(&site.desk, who.reach(), id, version).await;
    settle(done, &url(id), Said::TermsWithdrawn, async |flash| draw(&site, &who, id, flash).await).await
}
