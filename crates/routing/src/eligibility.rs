//! Rule: whether somebody may take a case, and in which way they would understand the customer.

use crate::{Ask, Person, Presence, facts::Translation};
use kernel::Instant;

/// How somebody understands a customer. Speakers come first, translation last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// They are native speakers.
    Native,
    /// They are certified bilingual.
    Certified,
    /// They write the language, but nobody has certified it.
    Written,
    /// By translation.
    Translated,
}

/// Why somebody can't take a case; the first reason that holds, in the order in which they stand here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WhyNot {
    /// They have no permit to answer this client's customers.
    NoPermit,
    /// The client doesn't let cases be opened in their country.
    Country,
    /// They lack a skill.
    Skill,
    /// They neither speak the language nor can or may be translated.
    Language,
    /// They aren't on shift.
    OffShift,
    /// Their shift ends before the case would be done.
    ShiftEnds,
    /// They have asked for nothing new.
    Paused,
    /// They have no room.
    Full,
}

/// How they would answer it, or why they can't take it.
///
/// # Errors
/// The first reason why they can't.
#[inline]
pub fn eligible(person: &Person, presence: &Presence, ask: &Ask, now: Instant) -> Result<Way, WhyNot> {
    if !person.clients.has(ask.client) {
        return Err(WhyNot::NoPermit);
    }
    if !ask.policy.countries.has(person.country) {
        return Err(WhyNot::Country);
    }
    if !person.skills.has_all(&ask.skills) {
        return Err(WhyNot::Skill);
    }
    let way = way(person, ask).ok_or(WhyNot::Language)?;
    let until = presence.until.filter(|until| *until > now).ok_or(WhyNot::OffShift)?;
    if now.plus(ask.handling) > until {
        return Err(WhyNot::ShiftEnds);
    }
    if presence.is_paused {
        return Err(WhyNot::Paused);
    }
    if presence.load.saturating_add(ask.effort) > person.capacity {
        return Err(WhyNot::Full);
    }
    Ok(way)
}

/// How they would understand the customer, if at all.
#[inline]
fn way(person: &Person, ask: &Ask) -> Option<Way> {
    if person.native.has(ask.language) {
        return Some(Way::Native);
    }
    if person.certified.has(ask.language) {
        return Some(Way::Certified);
    }
    if person.written.has(ask.language) {
        return Some(Way::Written);
    }
    let may = ask.policy.translation == Translation::Allowed && person.translated.has(ask.language);
    may.then_some(Way::Translated)
}
