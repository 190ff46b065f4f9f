//! What checking the senders of the demo's mails would have found: most are proven, some aren't, and one conversation is forged.

use cases::trust::{
    Alignment, Checked, Covers, Outcome, Reached, Server, Signature, Trust, Wish, Worth, answers, judge,
};
use kernel::EmailAddress;

/// Somebody who isn't the customer asks for their account.
const FORGED: &str = "account-new-email";
/// A customer whose mail program asks for answers at another address.
const ASKS_FOR_OTHERS: &str = "invoice-company";
/// One customer in so many has a provider that doesn't sign.
const UNSIGNED: usize = 9;

/// What is known of the sender of a customer's mail in a conversation.
pub(super) fn trust(conversation: &str, from: &EmailAddress) -> Trust {
    let checked = found(conversation, from);
    let judged = judge(Some(from), &checked);
    let asked = asked(conversation, from);
    let answers = asked.as_ref().map(|asked| answers(from, asked, &judged, &checked));
    let known = Trust {
        verdict: judged.verdict,
        domain: judged.domain,
        because: judged.because,
        reply_to: asked.map(String::from).unwrap_or_default(),
        ..Trust::default()
    };
    Trust { answers: answers.unwrap_or(known.answers), ..known }
}

fn found(conversation: &str, from: &EmailAddress) -> Checked {
    let domain = from.domain().to_owned();
    let checked =
        Checked { reached: Reached::Everything, froms: vec![from.to_string()], ..Checked::default() };
    let is_unsigned = from.as_str().bytes().map(usize::from).sum::<usize>() % UNSIGNED == 0;
    match conversation {
        FORGED => Checked {
            server: Some(Server { domain, outcome: Outcome::Fail, told_by: String::new() }),
            wish: Wish::Refuse(Alignment::Loose),
            ..checked
        },
        ASKS_FOR_OTHERS => checked,
        _ if is_unsigned => checked,
        _ => {
            let signature = Signature { domain, worth: Worth::Right, covers_reply_to: Covers::Yes };
            Checked { signatures: vec![signature], ..checked }
        }
    }
}

fn asked(conversation: &str, from: &EmailAddress) -> Option<EmailAddress> {
    let (local, _) = from.as_str().split_once('@')?;
    match conversation {
        FORGED => format!("{local}@elsewhere.example").parse().ok(),
        ASKS_FOR_OTHERS => "accounts@company.example".parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::trust;
    use cases::trust::{Answers, Verdict};

    #[test]
    fn the_demo_shows_every_kind_of_sender() {
        let check = |conversation: &str, from: &str, verdict: Verdict, asks: bool| {
            let trust = trust(conversation, &from.parse().unwrap());
            assert_eq!(trust.verdict, verdict, "{conversation} {from}");
            assert_eq!((!trust.reply_to.is_empty(), trust.answers), (asks, Answers::ToSender));
        };
        check("account-new-email", "eva@mail.example", Verdict::Failed, true);
        check("invoice-company", "eva@mail.example", Verdict::Unproven, true);
        let names = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];
        let verdicts =
            names.map(|name| trust("coffee-leaks", &format!("{name}@mail.example").parse().unwrap()).verdict);
        assert_eq!(verdicts.iter().filter(|verdict| **verdict == Verdict::Unproven).count(), 1);
        assert_eq!(verdicts.iter().filter(|verdict| **verdict == Verdict::Proven).count(), 8);
    }
}
