//! Secrets that the installation must be able to read again (passwords of mail servers, signing keys): sealed before they are
//! written to the database, so that a copy of the database alone opens nothing.

use base64::{Engine, engine::general_purpose::STANDARD};
use kernel::Fault;
use ring::{
    aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    rand::{SecureRandom, SystemRandom},
};
use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
    sync::Arc,
};

/// A secret can't be sealed or opened.
#[derive(Debug, thiserror::Error)]
pub enum VaultFault {
    /// The key file can't be read or made.
    #[error("the key file {0}: {1}")]
    File(String, io::Error),
    /// The key file holds something else.
    #[error("the key file {0} doesn't hold a key: 32 bytes in base64 are expected")]
    NoKey(String),
    /// The sealed text was made with another key, for something else, or was changed.
    #[error("a secret can't be opened: it was sealed with another key than the one in the key file")]
    OtherKey,
    /// The system has no randomness.
    #[error("the system gives no random numbers")]
    NoRandomness,
}

impl From<VaultFault> for Fault {
    fn from(fault: VaultFault) -> Self {
        Self::new(fault)
    }
}

/// Seals and opens secrets with one key, which stands in a file beside the database and never in it. Clones share it.
#[derive(Clone)]
pub struct Vault {
    key: Arc<LessSafeKey>,
}

impl Vault {
    /// The vault whose key is in this file; where there is none, a key is drawn and written there, readable by its owner only.
    ///
    /// # Errors
    /// [`VaultFault`].
    pub fn open(file: &Path) -> Result<Self, VaultFault> {
        let named = || file.display().to_string();
        let text = match fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                draw(file).map_err(|error| VaultFault::File(named(), error))?
            }
            Err(error) => return Err(VaultFault::File(named(), error)),
        };
        let bytes = STANDARD.decode(text.trim()).map_err(|_| VaultFault::NoKey(named()))?;
        let key = UnboundKey::new(&CHACHA20_POLY1305, &bytes).map_err(|_| VaultFault::NoKey(named()))?;
        Ok(Self { key: Arc::new(LessSafeKey::new(key)) })
    }

    /// Seals a secret. `of` says whose it is, as `mailbox 0199…`: only under the same words can it be opened again.
    ///
    /// # Errors
    /// [`VaultFault::NoRandomness`].
    pub fn seal(&self, of: &str, secret: &str) -> Result<String, VaultFault> {
        let mut nonce = [0; NONCE_LEN];
        SystemRandom::new().fill(&mut nonce).map_err(|_| VaultFault::NoRandomness)?;
        let mut bytes = secret.as_bytes().to_vec();
        let unique = Nonce::assume_unique_for_key(nonce);
        let sealed = self.key.seal_in_place_append_tag(unique, Aad::from(of), &mut bytes);
        sealed.map_err(|_| VaultFault::NoRandomness)?;
        Ok(STANDARD.encode([nonce.as_slice(), &bytes].concat()))
    }

    /// Opens what was sealed under the same words.
    ///
    /// # Errors
    /// [`VaultFault::OtherKey`].
    pub fn unseal(&self, of: &str, sealed: &str) -> Result<String, VaultFault> {
        let bytes = STANDARD.decode(sealed).map_err(|_| VaultFault::OtherKey)?;
        let (nonce, bytes) = bytes.split_at_checked(NONCE_LEN).ok_or(VaultFault::OtherKey)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| VaultFault::OtherKey)?;
        let mut bytes = bytes.to_vec();
        let opened = self.key.open_in_place(nonce, Aad::from(of), &mut bytes);
        let opened = opened.map_err(|_| VaultFault::OtherKey)?;
        String::from_utf8(opened.to_vec()).map_err(|_| VaultFault::OtherKey)
    }
}

/// Draws a key and writes it. Who comes second takes the first one's.
fn draw(file: &Path) -> io::Result<String> {
    let mut bytes = [0; 32];
    SystemRandom::new().fill(&mut bytes).map_err(|_| io::Error::other("no random numbers"))?;
    let text = STANDARD.encode(bytes);
    let fresh = tempfile::NamedTempFile::new_in(file.parent().unwrap_or(Path::new(".")))?;
    let mut open = OpenOptions::new().write(true).mode(0o600).open(fresh.path())?;
    writeln!(open, "{text}")?;
    open.sync_all()?;
    match fresh.persist_noclobber(file) {
        Ok(_) => Ok(text),
        Err(lost) if lost.error.kind() == io::ErrorKind::AlreadyExists => fs::read_to_string(file),
        Err(lost) => Err(lost.error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_secret_opens_under_its_own_words_and_key_only() {
        let folder = tempfile::tempdir().unwrap();
        let vault = Vault::open(&folder.path().join("secrets-key")).unwrap();
        let sealed = vault.seal("mailbox 1", "s3cret ž").unwrap();
        assert!(!sealed.contains("s3cret"));
        assert_eq!(vault.unseal("mailbox 1", &sealed).unwrap(), "s3cret ž");
        assert!(vault.unseal("mailbox 2", &sealed).is_err());
        assert!(vault.unseal("mailbox 1", &sealed[4..]).is_err());
        assert!(vault.unseal("mailbox 1", "").is_err());
        let other = Vault::open(&folder.path().join("other.key")).unwrap();
        assert!(other.unseal("mailbox 1", &sealed).is_err());
    }

    #[test]
    fn the_key_is_made_once_and_is_its_owners_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secrets-key");
        let sealed = Vault::open(&file).unwrap().seal("x", "y").unwrap();
        assert_eq!(Vault::open(&file).unwrap().unseal("x", &sealed).unwrap(), "y");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        fs::write(&file, "not a key").unwrap();
        assert!(matches!(Vault::open(&file), Err(VaultFault::NoKey(_))));
    }
}
