//! What a page says about the action before it. Only a known sentence's key travels, in a cookie that is good for a few
//! seconds and for the one page that it was meant for: a live update in between doesn't take the sentence away.

use crate::views::shell::{Flash, FlashKind};
use axum::http::{HeaderMap, HeaderValue, header};
use axum_extra::extract::CookieJar;
use kernel::Refused;

const COOKIE: &str = "dragoman_said";
const SECONDS: u8 = 8;

macro_rules! said {
    ($($name:ident = $kind:ident $key:literal $sentence:literal $hint:literal,)*) => {
        /// The sentences.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Said { $($name,)* }

        impl Said {
            fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }

            fn known(key: &str) -> Option<Self> {
                match key { $($key => Some(Self::$name),)* _ => None }
            }

            fn words(self) -> (FlashKind, &'static str, &'static str) {
                match self { $(Self::$name => (FlashKind::$kind, $sentence, $hint),)* }
            }
        }
    };
}

said! {
    ReplyGoes = Notice "reply-goes" "Your reply goes in a moment." "Until then it can be undone.",
    ReplyGoesAndCloses = Notice "reply-closes" "Your reply goes in a moment, and the case is closed." "Until it goes, it can be undone.",
    Noted = Done "noted" "The note is kept. Only colleagues see it." "",
    Withdrawn = Done "withdrawn" "The reply was taken back. Its text is your draft again." "Its files stand below the text.",
    Scheduled = Done "scheduled" "Your reply is scheduled." "It can be sent at once or taken back until it goes.",
    Rescheduled = Notice "rescheduled" "The reply goes at the new time." "",
    SentNow = Notice "sent-now" "The reply is on its way." "",
    DownloadEnded = Done "download-ended" "The link to the file doesn’t work any more." "",
    TriedAgain = Notice "tried-again" "The reply is being tried again." "",
    AddressCleared = Done "address-cleared" "Mail goes to this address again." "",
    Shared = Done "shared" "What others see of this case was changed." "",
    Corresponds = Done "corresponds" "How conversations go on was saved." "It holds for every mail from now on.",
    AnswersChosen = Done "answers-chosen" "Answers go to the other address." "It can be undone below the sender’s name.",
    TranslationAsked = Notice "translation-asked" "The message is being translated." "",
    LanguageCorrected = Done "language-corrected" "The language of the message was corrected." "It is translated again, and what this customer writes next is expected in it.",
    ReplyTranslated = Notice "reply-translated" "Your reply stands there in both languages." "Read what the customer will read, said back to you, before you send it.",
    SignalDismissed = Done "signal-dismissed" "It counts no more." "It is kept as an example of what was taken for a misunderstanding.",
    TopicsChanged = Done "topics-changed" "What the case touches was changed." "",
    ReaderAsked = Notice "reader-asked" "Your colleagues who read the language see that a reply waits for them." "It leaves once somebody has read it and you send it.",
    PermitGranted = Done "permit-granted" "The permit was granted." "It holds from now on, and what waits is looked at again.",
    PermitChanged = Done "permit-changed" "The stage was changed." "The permit before it stays in the history.",
    PermitEnded = Done "permit-ended" "The permit was ended." "What they had goes to somebody else.",
    SkillEntered = Done "skill-entered" "The skill was entered." "",
    SkillDropped = Done "skill-dropped" "The skill was taken away." "",
    ReplyApproved = Done "reply-approved" "The reply goes in a moment." "Until then it can be taken back at its case.",
    ReplyReturned = Done "reply-returned" "The reply went back to whoever wrote it." "It is their draft again, with your advice above it.",
    ReplyWaits = Notice "reply-waits" "Your reply waits for a lead." "It leaves once it is approved; you can take it back until then.",
    NextCase = Notice "next-case" "This is your next case: of those that you may take it presses most." "",
    NothingWaits = Notice "nothing-waits" "Nothing waits now that you could take." "Look again in a while, or finish what you have.",
    ReplyRead = Done "reply-read" "Its author sees what you said." "",
    PlaceNoted = Done "place-noted" "The wish for somebody in the customer’s country is noted." "Somebody who works there answers it, as soon as they can.",
    PlaceDeclined = Done "place-declined" "The wish was declined." "Tell the customer why in your reply.",
    EnglishOffered = Notice "english-offered" "The question whether English will do stands in your draft, in the customer’s language." "Send it, or add to it first.",
    ReplyUntranslated = Done "reply-untranslated" "The translation was given up. Your own words are still there." "",
    SecondReaderAsked = Done "second-reader-asked" "Your colleagues see that you need a second reader." "Write a note to say what isn’t clear.",
    Explained = Done "explained" "It is noted that the message was explained." "",
    EngineDescribed = Notice "engine-described" "The engine is kept." "Test it: it is asked only once it has said where it goes, and for the clients that allow it.",
    EngineWorks = Done "engine-works" "The engine answers." "What it said stands below its name.",
    EngineFailed = Notice "engine-failed" "The engine couldn’t do it." "Why stands below its name, with what to do.",
    EngineRemoved = Done "engine-removed" "The engine was removed, and its key with it." "",
    EngineAllowed = Done "engine-allowed" "This client’s texts may be sent there." "It holds from now on, and can be taken back here.",
    EngineWithdrawn = Done "engine-withdrawn" "No text of this client is sent there any more." "",
    ModelMeasured = Done "model-measured" "The model was measured on this machine." "",
    EscalationOpened = Done "escalation-opened" "It is handed over." "The letter goes in a moment; the case stays with you.",
    EscalationMoved = Done "escalation-moved" "It is noted, and the other side is told." "",
    VendorSaved = Done "vendor-saved" "The vendor was saved." "Parts of cases can be handed to them from now on.",
    VendorRemoved = Done "vendor-removed" "The vendor was removed." "What they have can still be answered.",
    Merged = Done "merged" "The other case was merged into this one." "It can be undone below, under “Belongs together”.",
    Parted = Done "parted" "The cases are two again." "What arrived since the merge stays here.",
    Taken = Done "assigned" "The case has a new assignee." "",
    GivenBack = Done "given-back" "The case is back in the queue." "",
    Offered = Notice "offered" "The case is offered." "It stays where it is until somebody accepts it by name.",
    Accepted = Done "accepted" "The case is yours." "Its note stands beside it.",
    Kept = Done "kept" "The case stays where it was." "",
    NoteAdded = Done "note-added" "It stands in the note." "",
    Dated = Done "dated" "It is looked at again then." "",
    Moved = Done "moved" "The case was moved." "",
    Closed = Done "closed" "The case is closed." "",
    Reopened = Done "reopened" "The case is open again." "",
    Prioritised = Done "prioritised" "The priority was changed." "",
    Saved = Done "saved" "Saved." "",
    LanguageSaved = Done "language-saved" "The language was saved." "What was said before stays below.",
    PasswordChanged = Done "password-changed" "The password was changed." "Your other sessions are signed out.",
    SessionEnded = Done "session-ended" "The session was ended." "",
    SignedOut = Done "signed-out" "You are signed out." "",
    SignedOutEverywhere = Done "signed-out-everywhere" "You are signed out on every device." "",
    OthersSignedOut = Done "others-signed-out" "The person is signed out everywhere." "",
    ClientAdded = Done "client-added" "The client was added." "Its own team can be invited under Partners & people.",
    MailboxAdded = Done "mailbox-added" "Mail to this address becomes a case now." "",
    MailboxRemoved = Done "mailbox-removed" "Mail to this address is refused from now on." "",
    SignatureSaved = Done "signature-saved" "The signature was saved." "It stands below every letter in its language from now on.",
    SmarthostSaved = Done "smarthost-saved" "The mail server was saved." "Send a test letter to see whether it takes mail.",
    SmarthostRemoved = Done "smarthost-removed" "This mailbox sends through the installation’s server again." "",
    AccountSaved = Done "account-saved" "The account was saved." "It is being tried now; this page says how that went when it is loaded again.",
    AccountRemoved = Done "account-removed" "Mail isn’t fetched for this mailbox any more." "Its cases stay, and the password is forgotten.",
    AccountTried = Notice "account-tried" "The account is being tried now." "This page says how that went when it is loaded again.",
    ConsentGiven = Done "consent-given" "You are signed in there." "The account is being tried now; this page says how that went when it is loaded again.",
    Registered = Done "registered" "The registration was saved." "Now sign in for each account on its mailbox’s page.",
    Unregistered = Done "unregistered" "The registration was forgotten." "",
    LeftTried = Notice "left-tried" "The mails are being fetched now." "What can’t be taken still stands here.",
    PartnerAdded = Done "partner-added" "The partner was added." "Make an engagement so that its team sees cases.",
    TeamAdded = Done "team-added" "The team was added." "",
    Invited = Done "invited" "The invitation link is ready." "Hand it on; it works once.",
    InvitationWithdrawn = Done "invitation-withdrawn" "The invitation can't be used any more." "",
    RoleGiven = Done "role-given" "The role was added." "",
    RoleTaken = Done "role-taken" "The role was removed." "It works at once.",
    Disabled = Done "disabled" "The person can't sign in any more." "",
    Enabled = Done "enabled" "The person can sign in again." "",
    Engaged = Done "engaged" "The engagement was made." "",
    TermsProposed = Done "terms-proposed" "The terms were proposed." "They count once both sides have agreed.",
    TermsAgreed = Done "terms-agreed" "You have agreed." "",
    HolidaysBrought = Done "holidays-brought" "The holidays were brought in." "What is promised was measured anew.",
    HolidaysRemoved = Done "holidays-removed" "The holidays were changed." "What is promised was measured anew.",
    TermsWithdrawn = Done "terms-withdrawn" "The proposal was taken back." "",
    EngagementEnded = Done "engagement-ended" "The engagement has ended." "No data was moved; its mail falls back to the client's own team.",
    RelaySaved = Done "relay-saved" "The mail server was saved." "Send a test letter to see whether it takes mail.",
    KeyMade = Done "key-made" "The key was made." "Put its record into the DNS, then check.",
    KeySigns = Done "key-signs" "The key signs letters from now on." "Put its record into the DNS soon.",
    KeyForgotten = Done "key-forgotten" "The key was forgotten." "Its record may be removed from the DNS.",
    DomainChecked = Notice "domain-checked" "The records were looked up." "What was found stands beside each.",
    TestSent = Done "test-sent" "The mail server took the test letter." "",
    QueueTried = Done "queue-tried" "The letters are being tried now." "What can’t leave still stands here.",
    Opened = Done "opened" "The mail is being read into a case." "",
    Discarded = Done "discarded" "The mail was left aside." "",
    JobRuns = Done "job-runs" "The job runs now." "",
    TermKept = Done "term-kept" "The term was saved." "It counts from now on.",
    TermRemoved = Done "term-removed" "The term was removed." "",
    CallTaken = Done "call-taken" "You have taken it. The next level isn’t called." "Tell the customer how it stands, every 30 to 60 minutes.",
    DutySaved = Done "duty-saved" "The rota was changed." "",
    DutyRemoved = Done "duty-removed" "The duty was taken out of the rota." "",
    AddressAdded = Done "address-added" "You are called there, too." "",
    AddressRemoved = Done "address-removed" "You aren’t called there any more." "",
    ShiftDrawn = Done "shift-drawn" "The shift was drawn." "",
    ShiftRemoved = Done "shift-removed" "The shift was removed." "",
    WeekCopied = Done "week-copied" "The shifts of the week before were copied." "Those that lie over others were left out.",
    RosterBrought = Done "roster-brought" "The shifts were brought in." "",
    Absent = Done "absent" "The absence was entered." "",
    Back = Done "back" "The absence has ended." "",
    Present = Done "present" "Colleagues see it, and new cases come accordingly." "",
    TermsBrought = Done "terms-brought" "The terms were brought in." "",
    EntryForgotten = Done "entry-forgotten" "The sentence isn’t remembered any more." "",
    MemoryBrought = Done "memory-brought" "The translation memory was brought in." "",
    JobForgotten = Done "job-forgotten" "The job was given up." "",
    TimePassed = Done "time-passed" "It is later now." "What falls due in between happens within seconds.",
    LetterSent = Done "letter-sent" "The letter is on its way to the desk." "It arrives like any other mail.",
}

impl Said {
    /// What the request's cookie says.
    pub(crate) fn of(headers: &HeaderMap) -> Option<Self> {
        let jar = CookieJar::from_headers(headers);
        Self::known(jar.get(COOKIE)?.value())
    }

    /// The sentence as a page shows it.
    pub(crate) fn flash(self) -> Flash {
        let (kind, sentence, hint) = self.words();
        Flash { kind, sentence: sentence.to_owned(), hint: (!hint.is_empty()).then(|| hint.to_owned()) }
    }

    /// Says it on the page with this path.
    pub(crate) fn on(self, path: &str, headers: &mut HeaderMap) {
        let path = path.split(['?', '#']).next().unwrap_or("/");
        let cookie =
            format!("{COOKIE}={}; Path={path}; Max-Age={SECONDS}; HttpOnly; SameSite=Lax", self.key());
        headers.extend(HeaderValue::try_from(cookie).map(|cookie| (header::SET_COOKIE, cookie)));
    }
}

/// A refusal as a page shows it above its form.
pub(crate) fn refused(refused: &Refused) -> Flash {
    Flash {
        kind: FlashKind::Refused,
        sentence: refused.sentence.clone(),
        hint: (!refused.hint.is_empty()).then(|| refused.hint.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::{COOKIE, Said};
    use axum::http::{HeaderMap, header};

    #[test]
    fn only_known_sentences_are_said() {
        let heard = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, format!("{COOKIE}={value}").parse().unwrap());
            Said::of(&headers)
        };
        assert_eq!(heard("closed"), Some(Said::Closed));
        assert_eq!(heard("<b>you won</b>"), None);
    }

    #[test]
    fn a_sentence_is_meant_for_one_page() {
        let mut headers = HeaderMap::new();
        Said::Closed.on("/cases/1?view=mine", &mut headers);
        let cookie = headers[header::SET_COOKIE].to_str().unwrap();
        assert_eq!(cookie, "dragoman_said=closed; Path=/cases/1; Max-Age=8; HttpOnly; SameSite=Lax");
    }
}
