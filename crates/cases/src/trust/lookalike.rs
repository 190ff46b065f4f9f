//! Rule: whether the name or address of a sender passes itself off as one of ours, or the name hides the true address.

use super::domains::{organisational_domain, same_organisation};
use super::names::{is_one_slip, look, shown_domain, words};
use kernel::{Because, EmailAddress};

/// What is ours, and what nobody else may look like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ours {
    /// The names of the client and of its mailboxes.
    pub houses: Vec<String>,
    /// The names of those who answer for the client.
    pub persons: Vec<String>,
    /// The mailboxes and the persons' addresses.
    pub addresses: Vec<EmailAddress>,
    /// The domains of the client's mailboxes.
    pub domains: Vec<String>,
}

/// Words that name a desk and no person, in small letters.
const DESK: [&str; 40] = [
    "abuse",
    "account",
    "accounts",
    "admin",
    "administrator",
    "asistencia",
    "assistance",
    "atencion",
    "biuro",
    "billing",
    "care",
    "center",
    "centre",
    "client",
    "clientes",
    "customer",
    "desk",
    "finance",
    "help",
    "helpdesk",
    "info",
    "kundendienst",
    "kundenservice",
    "noreply",
    "obsluga",
    "office",
    "official",
    "pagalba",
    "podpora",
    "pomoc",
    "rechnung",
    "security",
    "service",
    "servicio",
    "soporte",
    "suporte",
    "support",
    "supporto",
    "team",
    "verification",
];

/// Domains whose addresses anybody can have; a slip beside one of them is another such provider.
const SHORTEST_LABEL: usize = 6;

/// What about a sender may deceive: at most one sentence for the name, one for the address in it, one for the domain.
pub fn lookalikes(name: &str, from: &EmailAddress, ours: &Ours) -> Vec<Because> {
    if is_ours(from, ours) {
        return Vec::new();
    }
    let (bare, _) = without_addresses(name);
    let of_name = like_a_house(&bare, from, ours).or_else(|| like_a_person(&bare, ours));
    [other_address(name, from, ours), of_name, like_our_domain(from, ours)].into_iter().flatten().collect()
}

fn is_ours(from: &EmailAddress, ours: &Ours) -> bool {
    let plain = from.without_detail().0;
    ours.addresses.contains(from) || ours.addresses.contains(&plain)
}

/// The name without the addresses in it, and these.
fn without_addresses(name: &str) -> (String, Vec<EmailAddress>) {
    let edges: &[char] = &['<', '>', '(', ')', '[', ']', '"', '\'', ',', ';', ':', '`', '’'];
    let is_address = |word: &&str| word.contains('@') || word.contains('＠');
    let (addresses, rest): (Vec<&str>, Vec<&str>) =
        name.split(|c: char| c.is_whitespace() || c == '<' || c == '>').partition(is_address);
    let plain =
        |word: &&str| word.replace('＠', "@").trim_matches(edges).trim_start_matches("mailto:").parse().ok();
    (rest.join(" "), addresses.iter().filter_map(plain).collect())
}

fn other_address(name: &str, from: &EmailAddress, ours: &Ours) -> Option<Because> {
    let (_, addresses) = without_addresses(name);
    let differs = |other: &&EmailAddress| {
        other.domain().contains('.') && !same_organisation(other.domain(), from.domain())
    };
    let shown = addresses.iter().find(differs)?;
    let whose = if ours.domains.iter().any(|domain| same_organisation(domain, shown.domain())) {
        "our address "
    } else {
        ""
    };
    let sentence = format!("Its name shows {whose}{shown}, but it comes from {from}.");
    Some(Because::new("trust.name_hides_address", sentence))
}

fn like_a_house(name: &str, from: &EmailAddress, ours: &Ours) -> Option<Because> {
    let shown = words(name);
    let house = ours.houses.iter().find(|house| is_like(name, &shown, house, from, ours))?;
    let sentence = format!("Its name looks like ours ({house}), but {from} isn't one of our addresses.");
    Some(Because::new("trust.name_like_ours", sentence))
}

/// Our name, with nothing beside it but words for a desk. A single word may be somebody's first name, so there the rest has to speak
/// for a desk: such a word in the name or before the @, or letters that were exchanged for others.
fn is_like(name: &str, shown: &[String], house: &str, from: &EmailAddress, ours: &Ours) -> bool {
    let wanted = words(house);
    if wanted.is_empty() || !wanted.iter().all(|word| shown.contains(word)) {
        return false;
    }
    let desk: Vec<String> = DESK.iter().map(|word| look(word)).collect();
    let of_ours: Vec<String> = ours.houses.iter().flat_map(|house| words(house)).collect();
    let rest: Vec<&String> = shown.iter().filter(|word| !wanted.contains(word)).collect();
    if !rest.iter().all(|word| desk.contains(word) || of_ours.contains(word)) {
        return false;
    }
    let speaks_for_a_desk = shown.iter().chain(&words(from.local())).any(|word| desk.contains(word));
    wanted.iter().any(|word| !desk.contains(word))
        && (wanted.len() > 1 || speaks_for_a_desk || has_exchanged_letters(name, house))
}

/// The look is ours and the letters aren't.
fn has_exchanged_letters(name: &str, house: &str) -> bool {
    let letters = |text: &str| {
        let small = text.to_lowercase();
        small.split(|c: char| !c.is_alphanumeric()).map(ToOwned::to_owned).collect::<Vec<String>>()
    };
    let shown = letters(name);
    letters(house).iter().any(|word| !shown.contains(word))
}

/// The whole name of one of us: a first name alone is everybody's.
fn like_a_person(name: &str, ours: &Ours) -> Option<Because> {
    let shown = words(name);
    let houses: Vec<String> = ours.houses.iter().flat_map(|house| words(house)).collect();
    let is_like = |person: &&String| {
        let wanted = words(person);
        let rest = shown.iter().filter(|word| !wanted.contains(word));
        let mut rest =
            rest.filter(|word| !houses.contains(word) && !DESK.iter().any(|desk| look(desk) == **word));
        wanted.len() > 1 && wanted.iter().all(|word| shown.contains(word)) && rest.next().is_none()
    };
    let person = ours.persons.iter().find(is_like)?;
    let sentence =
        format!("Its name is that of {person}, who answers here, but it comes from another address.");
    Some(Because::new("trust.name_like_person", sentence))
}

fn like_our_domain(from: &EmailAddress, ours: &Ours) -> Option<Because> {
    let theirs = organisational_domain(from.domain());
    let is_like = |domain: &&String| {
        let known = organisational_domain(domain);
        known != theirs && (looks_same(&theirs, &known) || is_beside(&theirs, &known))
    };
    if ours.domains.iter().any(|domain| organisational_domain(domain) == theirs) {
        return None;
    }
    let like = ours.domains.iter().find(is_like)?;
    let shown = shown_domain(&theirs);
    let written = if shown == theirs { theirs } else { format!("{shown} ({theirs})") };
    let sentence = format!("Its domain {written} looks like ours, {like}, and is another.");
    Some(Because::new("trust.domain_like_ours", sentence))
}

fn looks_same(theirs: &str, ours: &str) -> bool {
    look(&shown_domain(theirs)) == look(&shown_domain(ours))
}

/// One slip away under the same suffix, or our name with a word for a desk joined to it.
fn is_beside(theirs: &str, ours: &str) -> bool {
    let (Some((their_label, their_suffix)), Some((label, suffix))) =
        (theirs.split_once('.'), ours.split_once('.'))
    else {
        return false;
    };
    let (their_label, label) = (look(&shown_domain(their_label)), look(&shown_domain(label)));
    if label.chars().count() < SHORTEST_LABEL {
        return false;
    }
    let slip = their_suffix == suffix && is_one_slip(&their_label, &label);
    let mut joined = their_label.split('-').filter(|piece| *piece != label);
    let is_joined = their_label.split('-').any(|piece| piece == label)
        && joined.clone().next().is_some()
        && joined.all(|piece| DESK.iter().any(|desk| look(desk) == piece));
    slip || is_joined
}

#[cfg(test)]
mod tests;
