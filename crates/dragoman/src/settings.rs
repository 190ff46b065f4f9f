//! The settings of the process: where the data is, where it listens, and its secrets. Everything else lives in the database.

use crate::say::Failure;
use clap::Args;
use std::{net::SocketAddr, path::PathBuf};
use store::{Blobs, Engine, Store, Vault};

/// Where the data is.
#[derive(Args, Clone, Debug)]
pub struct Place {
    /// The folder that holds the embedded database and the blobs (mails and attachments).
    #[arg(long, value_name = "DIR", env = "DRAGOMAN_DATA", default_value = "dragoman-data")]
    pub data: PathBuf,
    /// A PostgreSQL database instead of the embedded one: postgres://user:password@host/name.
    #[arg(long, value_name = "URL", env = "DRAGOMAN_DATABASE", hide_env_values = true)]
    pub database: Option<String>,
    /// The file with the key that seals passwords and signing keys in the database; made where it is missing. Servers that share a
    /// database share it, and a backup needs it beside it. Usually `secrets-key` in the data folder.
    #[arg(long, value_name = "FILE", env = "DRAGOMAN_SECRETS_KEY")]
    pub secrets_key: Option<PathBuf>,
}

impl Place {
    /// The database engine.
    pub fn engine(&self) -> Engine {
        Engine::from_settings(self.database.as_deref(), &self.data)
    }

    /// Opens the database as it is.
    ///
    /// # Errors
    /// When the folder can't be made or the database can't be reached.
    pub fn open(&self) -> Result<(Store, Blobs, Vault), Failure> {
        std::fs::create_dir_all(&self.data).map_err(|error| {
            Failure::new(
                format!("The data folder {} can't be made: {error}", self.data.display()),
                "Name a folder that you may write to with --data.",
            )
        })?;
        let blobs = Blobs::open(&self.data.join("blobs")).map_err(kernel::Fault::from)?;
        let engine = self.engine();
        let name = engine.name();
        let store = Store::open(engine).map_err(|fault| {
            Failure::new(
                format!("The {name} database can't be opened: {fault}"),
                "Check --database and --data, and that the server runs and lets this user in.",
            )
        })?;
        Ok((store, blobs, self.vault()?))
    }

    fn vault(&self) -> Result<Vault, Failure> {
        let file = self.secrets_key.clone().unwrap_or_else(|| self.data.join("secrets-key"));
        Vault::open(&file).map_err(|fault| {
            let hint = "Name the right file with --secrets-key. Without the old key, passwords have to be typed again.";
            Failure::new(format!("{fault}."), hint)
        })
    }

    /// Opens the database for a command that doesn't change its schema.
    ///
    /// # Errors
    /// When there is no installation yet.
    pub fn open_existing(&self) -> Result<(Store, Blobs, Vault), Failure> {
        if let Engine::Sqlite(path) = self.engine()
            && !path.exists()
        {
            return Err(Failure::new(
                format!("There is no installation in {}.", self.data.display()),
                "Name its folder with --data, or start a new one with `dragoman serve`.",
            ));
        }
        self.open()
    }
}

/// Where the process listens, and its secrets.
#[derive(Args, Clone, Debug)]
pub struct Listen {
    /// Where the pages are.
    #[arg(long, value_name = "ADDR", env = "DRAGOMAN_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Where the SMTP receiver is.
    #[arg(long, value_name = "ADDR", env = "DRAGOMAN_SMTP", default_value = "127.0.0.1:2525")]
    pub smtp: SocketAddr,
    /// The name by which other mail servers know this one.
    #[arg(long, value_name = "NAME", env = "DRAGOMAN_HOSTNAME", default_value = "localhost")]
    pub hostname: String,
    /// A certificate chain in PEM form; with it the receiver offers STARTTLS.
    #[arg(long, value_name = "FILE", env = "DRAGOMAN_SMTP_CERTIFICATE", requires = "smtp_key")]
    pub smtp_certificate: Option<PathBuf>,
    /// The certificate's private key in PEM form.
    #[arg(long, value_name = "FILE", env = "DRAGOMAN_SMTP_KEY", requires = "smtp_certificate")]
    pub smtp_key: Option<PathBuf>,
    /// The password for the outgoing mail server; its other settings are on the page Outgoing mail.
    #[arg(long, value_name = "PASSWORD", env = "DRAGOMAN_RELAY_PASSWORD", hide_env_values = true)]
    pub relay_password: Option<String>,
    /// How many seconds a reply waits before it leaves, so that it can be taken back.
    #[arg(long, value_name = "SECONDS", env = "DRAGOMAN_UNDO_SECONDS", default_value_t = 10)]
    pub undo_seconds: u64,
}
