//! Passwords: argon2id with the library's recommended cost, in the PHC string form.

use crate::PeopleRefusal;
use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use kernel::Fault;

/// A password that somebody typed. It is never printed.
pub struct Password(String);

impl Password {
    /// What somebody typed to sign in.
    pub fn typed(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// A password that somebody chose.
    ///
    /// # Errors
    /// [`PeopleRefusal::WeakPassword`] when it has fewer than 12 or more than 200 characters.
    pub fn chosen(text: &str) -> Result<Self, PeopleRefusal> {
        let fits = (12..=200).contains(&text.chars().count());
        if fits { Ok(Self(text.to_owned())) } else { Err(PeopleRefusal::WeakPassword) }
    }

    /// The hash to keep. Takes some 20 ms and 19 MiB of memory on purpose.
    ///
    /// # Errors
    /// A fault when the machine has no randomness to give.
    pub fn hash(&self) -> Result<String, Fault> {
        let hash: PasswordHash = Argon2::default()
            .hash_password(self.0.as_bytes())
            .map_err(|error| Fault::new(format!("the password can't be hashed: {error}")))?;
        Ok(hash.to_string())
    }

    /// The password belongs to the hash. Without a hash the same work is done and the answer is no, so that the time taken
    /// doesn't tell whether an address is known.
    pub fn belongs_to(&self, hash: Option<&str>) -> bool {
        let Some(hash) = hash.and_then(|hash| PasswordHash::new(hash).ok()) else {
            return self.hash().is_err();
        };
        Argon2::default().verify_password(self.0.as_bytes(), &hash).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_belongs_to_its_own_hash_only() {
        let hash = Password::typed("four words of mine").hash().unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(Password::typed("four words of mine").belongs_to(Some(&hash)));
        assert!(!Password::typed("four words of mime").belongs_to(Some(&hash)));
        assert!(!Password::typed("four words of mine").belongs_to(None));
        assert!(!Password::typed("four words of mine").belongs_to(Some("not a hash")));
    }

    #[test]
    fn short_and_endless_passwords_are_refused() {
        assert!(Password::chosen("eleven char").is_err());
        assert!(Password::chosen("twelve chars").is_ok());
        assert!(Password::chosen(&"x".repeat(201)).is_err());
    }
}
