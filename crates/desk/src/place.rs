//! Honest place: a customer asks for somebody in their country, and what becomes of it; and what customers are told of the place where
//! they are answered.

use crate::{Desk, changes, clocks, engagement_terms, roster, understanding};
use cases::{
    Case, CaseRefusal, Message,
    customer_words::customer_words,
    place_requests::{AskedBy, PlaceRequest, PlaceState},
    tables as case_tables,
};
use engagements::terms::Disclosure;
use kernel::{CaseId, Country, Fault, Instant, PersonId, Reach, Stop};
use language::PlaceWish;
use people::{Person, tables as people_tables};
use store::{Tx, fresh};

/// The longest reason that a request is declined with, in characters.
const LONGEST: usize = 2_000;

/// How a wish came to us.
pub(crate) struct Asked<'a> {
    pub(crate) how: AskedBy,
    pub(crate) words: &'a str,
    pub(crate) country: Option<Country>,
}

/// A customer's mail says that they want somebody in their country.
pub(crate) fn heard(tx: &mut Tx<'_>, case: &Case, message: &Message, wish: &PlaceWish) -> Result<(), Fault> {
    let words = message.new_text.get(wish.range.clone()).unwrap_or_default();
    let country = wish.country.and_then(|letters| letters.parse().ok());
    asked(tx, case, Asked { how: AskedBy::Words, words, country }, message.at)
}

/// A customer asks. Asking again while it is open changes nothing, but may say which country.
pub(crate) fn asked(tx: &mut Tx<'_>, case: &Case, asked: Asked<'_>, now: Instant) -> Result<(), Fault> {
    let Asked { how, words, country } = asked;
    if let Some(open) = open(tx, case.id)? {
        return match (open.country, country) {
            (None, Some(country)) => case_tables::set_place_country(tx, open.id, country),
            _ => Ok(()),
        };
    }
    let request = PlaceRequest {
        id: fresh(),
        case: case.id,
        country,
        how,
        words: changes::snippet(words),
        asked_at: now,
        state: PlaceState::Asked,
        person: None,
        decided_at: None,
        because: String::new(),
    };
    case_tables::add_place_request(tx, &request)?;
    clocks::place_asked(tx, case.id, now)?;
    let place = country.map_or("their country", Country::english_name);
    let sentence = format!("The customer asked for somebody in {place}.");
    changes::happened(tx, case, "place.asked", None, now, sentence)
}

/// The open request of a case.
pub(crate) fn open(tx: &mut Tx<'_>, case: CaseId) -> Result<Option<PlaceRequest>, Fault> {
    let all = case_tables::place_requests(tx, case)?;
    Ok(all.into_iter().find(|request| request.state == PlaceState::Asked))
}

/// Somebody has answered: that is what was asked for, if they work there.
pub(crate) fn answered(tx: &mut Tx<'_>, case: &Case, author: &Person, now: Instant) -> Result<(), Fault> {
    let Some(request) = open(tx, case.id)? else { return Ok(()) };
    let country = roster::site(tx, author.id)?.country.parse().ok();
    if !request.is_honoured_from(country) {
        return Ok(());
    }
    case_tables::decide_place_request(tx, request.id, (PlaceState::Honoured, author.id, ""), now)?;
    clocks::place_decided(tx, case.id, now)?;
    let place = country.map_or("", Country::english_name);
    let sentence = format!("{} answers from {place}, as the customer asked.", author.name);
    changes::happened(tx, case, "place.honoured", Some(author.id), now, sentence)
}

/// Says for the customer that they want somebody in their country: by the button on the page of a reply.
///
/// # Errors
/// [`CaseRefusal::NotFound`].
pub async fn pressed(desk: &Desk, token: &str) -> Result<(), Stop> {
    let id = understanding::read(desk, token)?;
    let now = desk.clock.now();
    desk.store
        .write(move |tx| {
            let (case, reply) = understanding::found(tx, id)?;
            let words = customer_words(&reply.language).domestic;
            Ok(asked(tx, &case, Asked { how: AskedBy::Button, words, country: None }, now)?)
        })
        .await
}

/// Enters that the customer of a case asked for somebody in a country, or says which country is theirs.
///
/// # Errors
/// [`CaseRefusal::NotFound`], [`CaseRefusal::Merged`].
pub async fn enter(desk: &Desk, reach: &Reach, case: CaseId, country: Country) -> Result<(), Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let case = case_tables::find_unmerged(tx, &reach, case)?;
            if let Some(request) = open(tx, case.id)? {
                case_tables::set_place_country(tx, request.id, country)?;
                let sentence = format!("noted that the customer’s country is {}.", country.english_name());
                return Ok(changes::did(tx, &case, &reach, "place.named", now, sentence)?);
            }
            Ok(asked(tx, &case, Asked { how: AskedBy::Hand, words: "", country: Some(country) }, now)?)
        })
        .await
}

/// Declines a request with the reason that the customer is told.
///
/// # Errors
/// [`CaseRefusal::NotFound`], [`CaseRefusal::Merged`], [`CaseRefusal::ReasonMissing`], [`CaseRefusal::TooLong`], [`CaseRefusal::AlreadySo`].
pub async fn decline(desk: &Desk, reach: &Reach, case: CaseId, because: &str) -> Result<(), Stop> {
    let (reach, now, because) = (reach.clone(), desk.clock.now(), because.trim().to_owned());
    if because.is_empty() {
        return Err(CaseRefusal::ReasonMissing.into());
    }
    if because.chars().count() > LONGEST {
        return Err(CaseRefusal::TooLong.into());
    }
    desk.store
        .write(move |tx| {
            let case = case_tables::find_unmerged(tx, &reach, case)?;
            let request = open(tx, case.id)?.ok_or(CaseRefusal::AlreadySo)?;
            let decision = (PlaceState::Declined, reach.person(), because.as_str());
            case_tables::decide_place_request(tx, request.id, decision, now)?;
            clocks::place_decided(tx, case.id, now)?;
            let sentence = format!("declined the wish for somebody in the customer’s country: {because}");
            Ok(changes::did(tx, &case, &reach, "place.declined", now, sentence)?)
        })
        .await
}

/// The line that tells the customer where a reply was written, as the engagement's terms want it.
pub(crate) fn disclosed(tx: &mut Tx<'_>, case: &Case, message: &Message) -> Result<Option<String>, Fault> {
    let Some(author) = message.by.person else { return Ok(None) };
    let terms = engagement_terms::of(tx, case.engagement, message.at)?.terms;
    if terms.disclosure == Disclosure::None {
        return Ok(None);
    }
    let site = roster::site(tx, author)?;
    let Ok(country) = site.country.parse::<Country>() else { return Ok(None) };
    let name = country.name(&message.language);
    let clients = people_tables::client(tx, case.client)?.map(|client| client.language);
    let is_clients = clients.is_some_and(|own| own.primary() == message.language.primary());
    if is_clients && !terms.disclosure_sentence.is_empty() {
        let sentence = terms.disclosure_sentence.replace("{country}", name).replace("{city}", &site.city);
        return Ok(Some(sentence));
    }
    let place = match terms.disclosure {
        Disclosure::City if !site.city.is_empty() => format!("{}, {name}", site.city),
        _ => name.to_owned(),
    };
    Ok(Some(format!("{} {place}", customer_words(&message.language).written_in)))
}

/// What was asked at a case, and where those work who could answer it.
#[derive(Clone, Debug, Default)]
pub struct PlaceAsked {
    /// The requests, the oldest first.
    pub requests: Vec<PlaceRequest>,
    /// Who could answer the case, and the country in which they work; empty where nothing was asked.
    pub sites: Vec<(PersonId, Option<Country>)>,
}

pub(crate) fn of_case(tx: &mut Tx<'_>, case: CaseId, colleagues: &[Person]) -> Result<PlaceAsked, Fault> {
    let requests = case_tables::place_requests(tx, case)?;
    if requests.is_empty() {
        return Ok(PlaceAsked::default());
    }
    let ids: Vec<PersonId> = colleagues.iter().map(|person| person.id).collect();
    let countries = roster::sites(tx, &ids)?.into_iter().map(|site| site.country.parse().ok());
    Ok(PlaceAsked { requests, sites: ids.iter().copied().zip(countries).collect() })
}
