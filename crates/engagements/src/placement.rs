//! Rule: which of a client's engagements answers a case, and why.
//!
//! In this order: a language queue answers in its languages; a team that names the intent or the product answers that; else the
//! mailbox's own engagement does, or the client's own team. When whoever it is has closed, a team for after hours answers if it is
//! there; when the client's own people have too much to do, the team for overflow helps.

use crate::terms::{EngagementKind, Scope, Side, Terms};
use kernel::{Because, Channel, Country, EngagementId, LanguageTag, Tier};

/// An engagement in force that may answer.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The engagement.
    pub engagement: EngagementId,
    /// Its name.
    pub name: String,
    /// Whose team it lets in.
    pub side: Side,
    /// Its terms; those that hold where nobody has agreed on any leave nothing out.
    pub terms: Terms,
    /// Its hours of service are on.
    pub is_open: bool,
    /// Overflow into it is on, and its cap isn't reached.
    pub is_helping: bool,
}

/// What a case is about, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matter {
    /// The intent; empty while nobody has said so.
    pub intent: String,
    /// The product; empty while nobody has said so.
    pub product: String,
    /// The customer's country.
    pub country: Option<Country>,
    /// How the customer writes.
    pub channel: Channel,
    /// In which language.
    pub language: LanguageTag,
    /// How far up it has come.
    pub tier: Tier,
}

/// Which of the engagements answers; none where there is none. They come in the order in which they were made.
pub fn place(
    candidates: &[Candidate],
    mailboxs: EngagementId,
    place: &str,
    matter: &Matter,
) -> Option<(EngagementId, Because)> {
    let (usual, because) = usual(candidates, mailboxs, matter)?;
    let helping = |candidate: &&Candidate| candidate.is_helping && candidate.fits(matter);
    let is_theirs =
        usual.terms.kind != EngagementKind::LanguageQueue && usual.terms.kind != EngagementKind::Project;
    let nights = |candidate: &&Candidate| {
        candidate.terms.kind == EngagementKind::AfterHours && candidate.is_open && candidate.fits(matter)
    };
    if !usual.is_open
        && let Some(night) =
            candidates.iter().find(nights).filter(|night| night.engagement != usual.engagement)
    {
        let sentence = format!("It is after hours in {place}, and {} answers then.", night.name);
        return Some((night.engagement, Because::new("placement.after_hours", sentence)));
    }
    if is_theirs
        && usual.is_open
        && let Some(helper) =
            candidates.iter().find(helping).filter(|helper| helper.engagement != usual.engagement)
    {
        let sentence = format!("More waits than can be answered in time, and {} helps.", helper.name);
        return Some((helper.engagement, Because::new("placement.overflow", sentence)));
    }
    Some((usual.engagement, because))
}

/// Whoever answers while they are open and have time.
fn usual<'a>(
    candidates: &'a [Candidate],
    mailboxs: EngagementId,
    matter: &Matter,
) -> Option<(&'a Candidate, Because)> {
    if let Some(queue) = candidates.iter().find(|candidate| candidate.is_queue_for(matter)) {
        let language = matter.language.english_name();
        let sentence = format!("{} answers what is written in {language}.", queue.name);
        return Some((queue, Because::new("placement.language", sentence)));
    }
    if let Some((named, what)) =
        candidates.iter().find_map(|candidate| Some((candidate, candidate.names(matter)?)))
    {
        let sentence = format!("{} answers whatever is about {what}.", named.name);
        return Some((named, Because::new("placement.scope", sentence)));
    }
    let own = candidates.iter().find(|candidate| candidate.engagement == mailboxs);
    if let Some(own) = own.filter(|own| own.fits(matter)) {
        let sentence = format!("{} answers this mailbox.", own.name);
        return Some((own, Because::new("placement.mailbox", sentence)));
    }
    let in_house = candidates.iter().find(|candidate| candidate.side == Side::Client);
    match (own, in_house) {
        (Some(own), Some(in_house)) if own.engagement != in_house.engagement => {
            let sentence =
                format!("{} leaves it to the client’s own team: {}.", own.name, own.leaves(matter));
            Some((in_house, Because::new("placement.left_out", sentence)))
        }
        (Some(own), _) => {
            let sentence = format!("Nobody else answers it although {}.", own.leaves(matter));
            Some((own, Because::new("placement.nobody_else", sentence)))
        }
        (None, in_house) => {
            let sentence = "The mailbox’s own engagement isn’t in force, so the client’s own team answers.";
            in_house.map(|in_house| (in_house, Because::new("placement.in_house", sentence)))
        }
    }
}

impl Candidate {
    /// A team that answers by the clock or by need answers nothing by its own scope.
    fn stands_by(&self) -> bool {
        matches!(self.terms.kind, EngagementKind::AfterHours | EngagementKind::Overflow)
    }

    fn is_queue_for(&self, matter: &Matter) -> bool {
        self.terms.kind == EngagementKind::LanguageQueue
            && matter.language.is_known()
            && self.terms.asked_in(&matter.language).is_some()
            && self.fits(matter)
    }

    /// What of the matter it names as its own.
    fn names<'a>(&self, matter: &'a Matter) -> Option<&'a str> {
        let named = |list: &[String], word: &'a str| {
            (!word.is_empty() && list.iter().any(|one| one.eq_ignore_ascii_case(word))).then_some(word)
        };
        let is_by_matter = self.side == Side::Partner
            && !self.stands_by()
            && self.terms.kind != EngagementKind::LanguageQueue;
        let scope = &self.terms.scope;
        let what =
            named(&scope.intents_in, &matter.intent).or_else(|| named(&scope.products, &matter.product))?;
        (is_by_matter && self.fits(matter)).then_some(what)
    }

    /// Nothing that is known of the matter is left out.
    fn fits(&self, matter: &Matter) -> bool {
        self.left_out(matter).is_none()
    }

    fn leaves(&self, matter: &Matter) -> String {
        self.left_out(matter).unwrap_or_default()
    }

    /// What of the matter it leaves out, in words.
    fn left_out(&self, matter: &Matter) -> Option<String> {
        let scope = &self.terms.scope;
        if let Some(what) = scope.left_out(matter) {
            return Some(what);
        }
        let is_taken =
            self.terms.tiers.is_empty() || self.terms.tiers.iter().any(|taken| taken.tier == matter.tier);
        if !is_taken {
            return Some(format!("it doesn’t take tier {}", matter.tier));
        }
        let answers = self.terms.answers_in(&matter.language);
        // Whoever may translate answers in other languages, too; a language queue is for its own alone.
        let may_translate = self.terms.kind != EngagementKind::LanguageQueue
            && self.terms.policy.translation == crate::terms::Translation::Allowed;
        (!answers && !may_translate)
            .then(|| format!("it doesn’t answer in {}", matter.language.english_name()))
    }
}

impl Scope {
    fn left_out(&self, matter: &Matter) -> Option<String> {
        let is_named = |list: &[String], word: &str| list.iter().any(|one| one.eq_ignore_ascii_case(word));
        let leaves =
            |list: &[String], word: &str| !list.is_empty() && !word.is_empty() && !is_named(list, word);
        if is_named(&self.intents_out, &matter.intent) || leaves(&self.intents_in, &matter.intent) {
            return Some(format!("it doesn’t answer “{}”", matter.intent));
        }
        if leaves(&self.products, &matter.product) {
            return Some(format!("it doesn’t answer for “{}”", matter.product));
        }
        if !self.channels.is_empty() && !self.channels.contains(&matter.channel) {
            return Some(format!("it doesn’t answer this way: {}", matter.channel.title()));
        }
        let elsewhere =
            matter.country.filter(|country| !self.countries.is_empty() && !self.countries.contains(country));
        elsewhere.map(|country| format!("it doesn’t answer customers in {}", country.english_name()))
    }
}

#[cfg(test)]
mod tests;
