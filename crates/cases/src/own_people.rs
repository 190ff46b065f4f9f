//! Mail of our own people: what becomes of a mail that names one of ours as its sender and belongs to a case.
//! It never goes to a customer by itself, because a sender's address can be forged, and because nothing leaves around the reply form.

use kernel::Because;

/// Whether it is proven that the mail comes from the address that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// The sender's domain vouches for it.
    Proven,
    /// Nothing proves it.
    Unproven,
    /// The sender's domain says that the mail isn't its own.
    Forged,
}

/// Who wrote the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// A person.
    Person,
    /// A mail program, as an absence notice.
    Machine,
}

/// What the person whom the mail names may do in the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// They answer customers in it.
    Answers,
    /// They only help those who answer.
    Advises,
    /// They don't see it.
    Outside,
}

/// What becomes of the mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filed {
    /// A note of theirs, and their draft of a reply, which waits until they send it.
    Draft(Because),
    /// A note of theirs.
    Note(Because),
    /// A note of nobody's, which says whose it claims to be.
    Claim(Because),
}

/// Decides what becomes of it. `name` is the person's.
pub fn file(name: &str, proof: Proof, standing: Standing, hand: Hand) -> Filed {
    match (proof, standing) {
        (Proof::Forged, _) => Filed::Claim(Because::new(
            "own_people.forged",
            format!(
                "This mail claims to be from {name} and looks forged. It was filed as a note and went to nobody. Don't use it before {name} has told you that it is theirs."
            ),
        )),
        (Proof::Unproven, _) => Filed::Claim(Because::new(
            "own_people.unproven",
            format!(
                "This mail claims to be from {name}; nothing proves it. It was filed as a note and went to nobody. Check with {name} before you use it."
            ),
        )),
        (Proof::Proven, Standing::Outside) => Filed::Claim(Because::new(
            "own_people.outside",
            format!("{name} wrote this by mail but has no access to the case, so it was filed as a note."),
        )),
        (Proof::Proven, _) if hand == Hand::Machine => Filed::Note(Because::new(
            "own_people.automatic",
            format!("{name}'s mail program wrote this by itself, so it is only a note."),
        )),
        (Proof::Proven, Standing::Advises) => Filed::Note(Because::new(
            "own_people.note",
            format!("{name} wrote this by mail. It is a note, because {name} doesn't answer customers here."),
        )),
        (Proof::Proven, Standing::Answers) => Filed::Draft(Because::new(
            "own_people.draft",
            format!(
                "{name} wrote this by mail. It waits as {name}'s draft and goes out only when {name} sends it here."
            ),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_proven_becomes_a_draft_of_somebody_who_answers() {
        for (proof, standing, expected) in [
            (Proof::Proven, Standing::Answers, "own_people.draft"),
            (Proof::Proven, Standing::Advises, "own_people.note"),
            (Proof::Proven, Standing::Outside, "own_people.outside"),
            (Proof::Unproven, Standing::Answers, "own_people.unproven"),
            (Proof::Unproven, Standing::Advises, "own_people.unproven"),
            (Proof::Unproven, Standing::Outside, "own_people.unproven"),
            (Proof::Forged, Standing::Answers, "own_people.forged"),
            (Proof::Forged, Standing::Outside, "own_people.forged"),
        ] {
            let filed = file("Ana", proof, standing, Hand::Person);
            let (Filed::Draft(because) | Filed::Note(because) | Filed::Claim(because)) = &filed;
            assert_eq!(because.code, expected);
            assert_eq!(matches!(filed, Filed::Draft(_)), expected == "own_people.draft");
        }
    }

    #[test]
    fn what_a_mail_program_wrote_is_never_a_draft() {
        for (proof, standing, expected) in [
            (Proof::Proven, Standing::Answers, "own_people.automatic"),
            (Proof::Proven, Standing::Advises, "own_people.automatic"),
            (Proof::Proven, Standing::Outside, "own_people.outside"),
            (Proof::Unproven, Standing::Answers, "own_people.unproven"),
        ] {
            let filed = file("Ana", proof, standing, Hand::Machine);
            let (Filed::Draft(because) | Filed::Note(because) | Filed::Claim(because)) = &filed;
            assert_eq!(because.code, expected);
        }
    }
}
