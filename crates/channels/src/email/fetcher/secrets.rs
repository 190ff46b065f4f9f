//! What an account signs in with: the password, or the token of a consent.

use super::{Fetching, trouble::Trouble};
use desk::fetching::Opened;
use engagements::fetching::SignIn;

/// What this account signs in with now.
pub(super) async fn secret(_: &Fetching, opened: &Opened) -> Result<String, Trouble> {
    match (&opened.secret, opened.account.sign_in) {
        (Ok(secret), _) => Ok(secret.clone()),
        (Err(why), SignIn::Password) if why.is_empty() => {
            Err(Trouble::NoSecret("There is no password for this account. Enter it.".to_owned()))
        }
        (Err(why), SignIn::Google | SignIn::Microsoft) if why.is_empty() => Err(Trouble::NoSecret(
            "This account has no consent yet, and giving one isn't possible here so far. Use a password."
                .to_owned(),
        )),
        (Err(why), _) => Err(Trouble::NoSecret(why.clone())),
    }
}
