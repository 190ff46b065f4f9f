//! Asking together: questions that don't wait for each other's answers go to PostgreSQL in one way there and back.

use crate::{
    Tx, Value,
    tx::{Connection, Values},
};
use kernel::Fault;

/// A statement and its parameters.
pub(crate) type Question<'a> = (&'a str, Vec<Value<'a>>);

/// The same, kept for later.
type Noted = (String, Values);

/// What was asked ahead of the closures that want to know.
#[derive(Default)]
pub(crate) enum Ahead {
    /// Every question is asked when it comes.
    #[default]
    Nothing,
    /// The first questions of several closures are noted and not yet answered.
    Noting(Vec<Noted>),
    /// They were asked together; each answer waits for the closure that wants it.
    Answered(Vec<(Noted, Option<Vec<Values>>)>),
}

impl Ahead {
    /// The answers to these questions, if they were asked ahead.
    pub(crate) fn take(&mut self, questions: &[Question<'_>]) -> Option<Vec<Vec<Values>>> {
        let Self::Answered(answered) = self else { return None };
        let mut answer = |(text, params): &Question<'_>| {
            let of_this = |((noted, with), answer): &&mut (Noted, Option<Vec<Values>>)| {
                answer.is_some() && noted == text && with == params
            };
            answered.iter_mut().find(of_this)?.1.take()
        };
        questions.iter().map(&mut answer).collect()
    }

    /// Notes these questions, if that is what is being done.
    pub(crate) fn note(&mut self, questions: &[Question<'_>]) -> bool {
        let Self::Noting(noted) = self else { return false };
        noted.extend(questions.iter().map(|(text, params)| {
            ((*text).to_owned(), params.iter().cloned().map(Value::into_owned).collect())
        }));
        true
    }
}

/// Closures that read, as a tuple.
pub trait Together<E> {
    /// What they answer, as a tuple.
    type Answers;

    /// Runs each for its first question only, which [`Tx`] notes.
    #[doc(hidden)]
    fn note(&self, tx: &mut Tx<'_>);

    /// Runs each to its end.
    #[doc(hidden)]
    fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Answers, E>;
}

/// What a closure gets for its first question while the questions are only noted. Nobody sees it.
pub(crate) fn asked_ahead() -> Fault {
    Fault::new("this question is asked ahead")
}

impl Tx<'_> {
    /// Runs closures that read, one after the other, and asks the first question of each ahead, all together. So a page that needs
    /// ten tables waits for PostgreSQL once, not ten times. The closures may run twice; they must change nothing.
    ///
    /// # Errors
    /// The first that a closure answers.
    pub fn together<E: From<Fault>, C: Together<E>>(&mut self, closures: C) -> Result<C::Answers, E> {
        match (&self.connection, &self.ahead) {
            (Connection::Sqlite(_), _) | (_, Ahead::Answered(_)) => return closures.run(self),
            (_, Ahead::Noting(_)) => {
                closures.note(self);
                return Err(asked_ahead().into());
            }
            (_, Ahead::Nothing) => {}
        }
        self.ahead = Ahead::Noting(Vec::new());
        closures.note(self);
        if let Ahead::Noting(questions) = std::mem::take(&mut self.ahead) {
            let asked = questions.iter().map(|(text, params)| (text.as_str(), params.clone())).collect();
            let answers = self.ask_all(asked)?;
            self.ahead = Ahead::Answered(questions.into_iter().zip(answers.into_iter().map(Some)).collect());
        }
        let ran = closures.run(self);
        self.ahead = Ahead::Nothing;
        ran
    }
}

macro_rules! together {
    ($($closure:ident $answer:ident $at:tt),*) => {
        impl<E, $($closure, $answer),*> Together<E> for ($($closure,)*)
        where
            E: From<Fault>,
            $($closure: Fn(&mut Tx<'_>) -> Result<$answer, E>),*
        {
            type Answers = ($($answer,)*);

            fn note(&self, tx: &mut Tx<'_>) {
                // Each ends at its first question with a fault that means nothing.
                $(let _ = (self.$at)(tx);)*
            }

            fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Answers, E> {
                Ok(($((self.$at)(tx)?,)*))
            }
        }
    };
}

together!(A P 0, B Q 1);
together!(A P 0, B Q 1, C R 2);
together!(A P 0, B Q 1, C R 2, D S 3);
together!(A P 0, B Q 1, C R 2, D S 3, F T 4);
together!(A P 0, B Q 1, C R 2, D S 3, F T 4, G U 5);
together!(A P 0, B Q 1, C R 2, D S 3, F T 4, G U 5, H V 6);
together!(A P 0, B Q 1, C R 2, D S 3, F T 4, G U 5, H V 6, I W 7);
