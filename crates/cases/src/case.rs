//! Rule: a case, its states and priorities, and how what happens moves it between them.

use crate::CaseRefusal;
use kernel::{
    CaseId, ClientId, CustomerId, EngagementId, Instant, LanguageTag, MailboxId, PersonId, Priority,
};

/// One customer issue, from first contact to outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The case.
    pub id: CaseId,
    /// The client whose customer it is.
    pub client: ClientId,
    /// The engagement whose team works on it.
    pub engagement: EngagementId,
    /// The customer.
    pub customer: CustomerId,
    /// The mailbox that it came in by and that answers come from.
    pub mailbox: MailboxId,
    /// What people quote: eight characters.
    pub reference: String,
    /// What it is about.
    pub subject: String,
    /// Where it stands.
    pub state: State,
    /// How urgent it is.
    pub priority: Priority,
    /// The language that the customer writes in it.
    pub language: LanguageTag,
    /// Who answers it.
    pub assignee: Option<PersonId>,
    /// Who wrote last.
    pub last_word: LastWord,
    /// When it began.
    pub opened_at: Instant,
    /// When something last happened to it.
    pub updated_at: Instant,
    /// When it was closed.
    pub closed_at: Option<Instant>,
    /// The case that it continues: one that had ended long before the customer wrote again.
    pub follows: Option<CaseId>,
    /// The case that holds its messages now.
    pub merged_into: Option<CaseId>,
    /// Since when further mails of a sender who writes too many are filed here.
    pub flooded_at: Option<Instant>,
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
        }

        impl $name {
            /// The word in the store.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::NoSuchWord;
            fn from_str(word: &str) -> Result<Self, $crate::NoSuchWord> {
                match word {
                    $($word => Ok(Self::$variant),)*
                    _ => Err($crate::NoSuchWord),
                }
            }
        }

        store::text_column!($name);
        store::text_param!($name);
    };
}
pub(crate) use words;

words! {
    /// Where a case stands.
    State {
        /// Nobody has taken it yet.
        New = "new",
        /// It is our turn.
        Open = "open",
        /// It is the customer's turn.
        Waiting = "waiting",
        /// It has an outcome.
        Closed = "closed",
    }
}

words! {
    /// Who wrote last.
    LastWord {
        /// The customer: an answer is due.
        Customer = "customer",
        /// We did.
        Us = "us",
    }
}

impl State {
    /// Somebody still works on it.
    pub fn is_open(self) -> bool {
        self != Self::Closed
    }

    /// After the customer wrote: a new case stays new, any other is ours again, a closed one included.
    pub fn after_customer_wrote(self) -> Self {
        if self == Self::New { Self::New } else { Self::Open }
    }

    /// After we answered.
    pub fn after_reply(self) -> Self {
        Self::Waiting
    }

    /// After somebody was made responsible.
    pub fn after_assignment(self) -> Self {
        if self == Self::New { Self::Open } else { self }
    }

    /// Moves a case by hand.
    ///
    /// # Errors
    /// [`CaseRefusal::AlreadySo`] when it stands there already; [`CaseRefusal::NeverNewAgain`].
    pub fn moved_to(self, to: Self) -> Result<Self, CaseRefusal> {
        match to {
            to if to == self => Err(CaseRefusal::AlreadySo),
            Self::New => Err(CaseRefusal::NeverNewAgain),
            to => Ok(to),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::NoSuchWord;

    #[test]
    fn a_customers_word_brings_a_case_back() {
        let check = |from: State, to: State| assert_eq!(from.after_customer_wrote(), to, "{from}");
        check(State::New, State::New);
        check(State::Open, State::Open);
        check(State::Waiting, State::Open);
        check(State::Closed, State::Open);
    }

    #[test]
    fn moving_by_hand_refuses_what_makes_no_sense() {
        assert_eq!(State::Open.moved_to(State::Open), Err(CaseRefusal::AlreadySo));
        assert_eq!(State::Open.moved_to(State::New), Err(CaseRefusal::NeverNewAgain));
        assert_eq!(State::Closed.moved_to(State::Open), Ok(State::Open));
    }

    #[test]
    fn words_survive_the_store() {
        for state in [State::New, State::Open, State::Waiting, State::Closed] {
            assert_eq!(state.as_str().parse(), Ok(state));
        }
        assert_eq!("pending".parse::<State>(), Err(NoSuchWord));
    }
}
