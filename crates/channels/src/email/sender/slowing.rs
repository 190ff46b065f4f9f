//! Rule: whether a server's "not now" asks for a pause of everything that goes the same way, or speaks of one mail only.

use super::sentences::Step;
use cases::pace::Slows;

/// Words by which servers say that too much comes at once.
const TOO_MUCH: [&str; 12] = [
    "too many",
    "too much",
    "too fast",
    "rate limit",
    "ratelimit",
    "rate-limit",
    "rate exceeded",
    "throttl",
    "slow down",
    "unusual rate",
    "exceeded the limit",
    "temporarily deferred",
];

/// What had better be left alone for a while after this answer, which begins with its code. Greylisting, which every new pair of
/// sender and recipient meets once, is no such wish.
pub(super) fn asked_for(step: Step<'_>, said: &str) -> Option<Slows> {
    let words = said.to_lowercase();
    let (code, rest) = words.split_once([' ', '-']).unwrap_or((&words, ""));
    let greylists = words.contains("greylist") || words.contains("graylist");
    let of_policy = rest.trim_start().starts_with("4.7.");
    let asks = code == "421" || of_policy || TOO_MUCH.iter().any(|phrase| words.contains(phrase));
    (asks && !greylists).then_some(match step {
        Step::Sender => Slows::Server,
        Step::Recipient(_) | Step::Mail => Slows::Domain,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_for_a_pause_is_told_from_one_about_a_single_mail() {
        let ana = "ana@x.example".parse().unwrap();
        let check = |step, said: &str, expected| assert_eq!(asked_for(step, said), expected, "{said}");
        let (sender, recipient) = (Step::Sender, Step::Recipient(&ana));
        check(recipient, "421 4.7.28 Our system has detected an unusual rate of mail", Some(Slows::Domain));
        check(recipient, "421 Service closing", Some(Slows::Domain));
        check(Step::Mail, "451 4.7.500 Server busy", Some(Slows::Domain));
        check(Step::Mail, "450 Too many messages from you", Some(Slows::Domain));
        check(sender, "451 4.7.1 Sign-in limit", Some(Slows::Server));
        check(sender, "452 Throttling failure", Some(Slows::Server));
        check(recipient, "450 4.2.0 Recipient address rejected: Greylisted", None);
        check(recipient, "451 4.7.1 Greylisting in action, please come back later", None);
        check(recipient, "452 4.2.2 Mailbox full", None);
        check(Step::Mail, "451 4.3.0 Local error", None);
    }
}
