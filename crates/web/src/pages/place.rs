//! The wish for somebody in the customer's country, at a case.

use super::{Answer, acting::Acting};
use crate::{
    fields::Fields,
    said::Said,
    views::{
        marks::Choice,
        place::{CasePlace, PlaceLine},
    },
    words::Words,
};
use cases::{
    CaseRefusal,
    place_requests::{PlaceRequest, PlaceState},
};
use desk::{case_page::CasePage, place};
use kernel::Country;

/// What was asked, in the side panel of a case.
pub(super) fn of_case(words: &Words, found: &CasePage) -> CasePlace {
    let asked = &found.place;
    let open = asked.requests.iter().find(|request| request.state == PlaceState::Asked);
    let known = open.and_then(|request| request.country);
    let there = asked.sites.iter().filter(|(_, country)| known.is_some() && *country == known);
    let names = there.filter_map(|(person, _)| found.around.colleagues.iter().find(|one| one.id == *person));
    let names: Vec<&str> = names.map(|person| person.name.as_str()).collect();
    CasePlace {
        lines: asked.requests.iter().map(|request| line(words, request)).collect(),
        is_open: open.is_some(),
        is_known: known.is_some(),
        there: names.join(", "),
        countries: countries(known),
    }
}

fn line(words: &Words, request: &PlaceRequest) -> PlaceLine {
    let place = request.country.map_or("their country", Country::english_name);
    let (icon, sentence) = match request.state {
        PlaceState::Asked => ("alert", format!("The customer asks for somebody in {place}.")),
        PlaceState::Honoured => ("check", format!("The customer was answered from {place}, as they asked.")),
        PlaceState::Declined => ("close", format!("Somebody in {place} isn’t possible: {}", request.because)),
    };
    PlaceLine {
        sentence,
        icon,
        at: words.exactly(request.decided_at.unwrap_or(request.asked_at)),
        words: request.words.clone(),
        is_open: request.state == PlaceState::Asked,
    }
}

fn countries(chosen: Option<Country>) -> Vec<Choice> {
    let choice = |country: Country| Choice {
        value: country.as_str().to_owned(),
        words: country.english_name().to_owned(),
        is_chosen: chosen == Some(country),
    };
    let mut choices: Vec<Choice> = Country::all().map(choice).collect();
    choices.sort_by(|one, other| one.words.cmp(&other.words));
    choices
}

/// `POST /cases/{case}/place-requests`
pub(crate) async fn enter(acting: Acting, form: Fields) -> Answer {
    let done = async {
        let country = form.text("country").parse().map_err(|_| CaseRefusal::NotACountry)?;
        place::enter(acting.desk(), acting.reach(), acting.case, country).await
    };
    acting.ended(done.await, Said::PlaceNoted).await
}

/// `POST /cases/{case}/place-requests/refusals`
pub(crate) async fn decline(acting: Acting, form: Fields) -> Answer {
    let done = place::decline(acting.desk(), acting.reach(), acting.case, form.text("because")).await;
    acting.ended(done, Said::PlaceDeclined).await
}
