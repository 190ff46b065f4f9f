//! The settings of the process: where the data is, where it listens, and its secrets. Everything else lives in the database.

use crate::say::{self, Failure};
use channels::email::{
    dns::{Dns, Memory},
    receiver::Address,
    trust::{Believed, Checker},
};
use clap::Args;
use kernel::LanguageTag;
use language::{DEFAULT_LANGUAGES, Identifier, translation::Models};
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};
use store::{Addressing, Blobs, BucketSettings, Engine, Store, Vault};

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
    /// Where mails and attachments are kept, if not in the data folder: s3://bucket/prefix, on any server that speaks S3.
    #[arg(long, value_name = "PLACE", env = "DRAGOMAN_BLOBS")]
    pub blobs: Option<String>,
    #[command(flatten)]
    bucket: Bucket,
}

/// Where the translation models are.
#[derive(Args, Clone, Debug)]
pub struct ModelsPlace {
    /// The folder that holds the embedded database, the blobs and the models.
    #[arg(long, value_name = "DIR", env = "DRAGOMAN_DATA", default_value = "dragoman-data")]
    data: PathBuf,
    /// The folder of translation models, if it isn't `models` in the data folder.
    #[arg(long, value_name = "DIR", env = "DRAGOMAN_MODELS")]
    models: Option<PathBuf>,
}

impl ModelsPlace {
    /// The folder of models.
    pub fn models(&self) -> Models {
        models(&self.data, self.models.as_deref())
    }
}

/// The folder of models: the one that is named, or that of the data.
pub fn models(data: &Path, named: Option<&Path>) -> Models {
    named.map_or_else(|| Models::of_data(data), |named| Models::at(named.to_owned()))
}

/// How to get into a bucket.
#[derive(Args, Clone, Debug)]
struct Bucket {
    /// The server of the bucket, as `https://s3.example`; Amazon's unless named.
    #[arg(long, value_name = "URL", env = "DRAGOMAN_S3_ENDPOINT")]
    s3_endpoint: Option<String>,
    /// The region of the bucket.
    #[arg(long, value_name = "NAME", env = "DRAGOMAN_S3_REGION", default_value = "us-east-1")]
    s3_region: String,
    /// The public part of the key to the bucket.
    #[arg(long, value_name = "ID", env = "DRAGOMAN_S3_KEY_ID")]
    s3_key_id: Option<String>,
    /// The secret part of the key to the bucket.
    #[arg(long, value_name = "SECRET", env = "DRAGOMAN_S3_SECRET", hide_env_values = true)]
    s3_secret: Option<String>,
    /// How requests name the bucket: `https://server/bucket` (path) or `https://bucket.server` (host).
    #[arg(long, value_name = "STYLE", env = "DRAGOMAN_S3_ADDRESSING", default_value = "path", value_parser = ["path", "host"])]
    s3_addressing: String,
}

impl Place {
    /// A place of which nothing else is named than its folder, and perhaps its database.
    pub fn plain(data: PathBuf, database: Option<String>) -> Self {
        let bucket = Bucket {
            s3_endpoint: None,
            s3_region: String::new(),
            s3_key_id: None,
            s3_secret: None,
            s3_addressing: String::new(),
        };
        Self { data, database, secrets_key: None, blobs: None, bucket }
    }

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
        let blobs = self.blobs_at(self.blobs.as_deref())?;
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

    /// The blobs at a place: a bucket, another folder, or where none is named the folder `blobs` of the data folder.
    ///
    /// # Errors
    /// When the folder can't be made, or a bucket has no key.
    pub fn blobs_at(&self, place: Option<&str>) -> Result<Blobs, Failure> {
        let own = self.data.join("blobs");
        let opened = match place {
            None => Blobs::open(&own),
            Some(url) if url.contains("://") => Blobs::in_bucket(&self.bucket.settings(url)?, &own),
            Some(folder) => Blobs::open(folder.as_ref()),
        };
        opened.map_err(|fault| Failure::new(fault.sentence(), fault.hint()))
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

    /// Opens the database for a command that reads what only the schema of this program has.
    ///
    /// # Errors
    /// When there is no installation yet, or an older program's.
    pub async fn open_current(&self) -> Result<(Store, Blobs, Vault), Failure> {
        let opened = self.open_existing()?;
        match opened.0.missing_steps().await?.is_empty() {
            true => Ok(opened),
            false => Err(Failure::new(
                "The database is older than this program.",
                "Run `dragoman migrate`, or start the desk: it does this by itself.",
            )),
        }
    }
}

impl Bucket {
    fn settings(&self, url: &str) -> Result<BucketSettings, Failure> {
        let (Some(key_id), Some(secret)) = (&self.s3_key_id, &self.s3_secret) else {
            return Err(Failure::new(
                format!("There is no key to {url}."),
                "Set DRAGOMAN_S3_KEY_ID and DRAGOMAN_S3_SECRET.",
            ));
        };
        Ok(BucketSettings {
            url: url.to_owned(),
            endpoint: self.s3_endpoint.clone(),
            region: self.s3_region.clone(),
            key_id: key_id.clone(),
            secret: secret.clone(),
            addressing: if self.s3_addressing == "host" { Addressing::Host } else { Addressing::Path },
        })
    }
}

/// Where the process listens, and its secrets.
#[derive(Args, Clone, Debug)]
pub struct Listen {
    /// The folder of translation models, if it isn't `models` in the data folder.
    #[arg(long, value_name = "DIR", env = "DRAGOMAN_MODELS")]
    pub models: Option<PathBuf>,
    /// Where the pages are.
    #[arg(long, value_name = "ADDR", env = "DRAGOMAN_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Where the SMTP receiver is.
    #[arg(long, value_name = "ADDR", env = "DRAGOMAN_SMTP", default_value = "127.0.0.1:2525")]
    pub smtp: SocketAddr,
    /// Where the LMTP receiver is, for a mail server of this house: an address, or `unix:/path` for a socket. Without it there is none.
    #[arg(long, value_name = "ADDR", env = "DRAGOMAN_LMTP", value_parser = lmtp)]
    pub lmtp: Option<Address>,
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
    /// Where customers reach the pages, as `https://desk.example.com`: it stands in links to files that are too large for a letter, in
    /// the way out of automatic letters, and where people come back from signing in at Google or Microsoft.
    #[arg(long, value_name = "URL", env = "DRAGOMAN_PUBLIC_URL", value_parser = public_url)]
    pub public_url: Option<String>,
    #[command(flatten)]
    pub senders: Senders,
    #[command(flatten)]
    pub names: Names,
    /// Whether pictures on other servers are shown when a reader asks for those of a mail: never (off), or fetched by the desk, so that
    /// readers' browsers speak with nobody else (proxy).
    #[arg(long, value_name = "HOW", env = "DRAGOMAN_REMOTE_IMAGES", default_value = "proxy", value_parser = ["off", "proxy"])]
    pub remote_images: String,
    #[command(flatten)]
    pub tongues: Tongues,
    /// How many seconds a reply waits before it leaves, so that it can be taken back.
    #[arg(long, value_name = "SECONDS", env = "DRAGOMAN_UNDO_SECONDS", default_value_t = 10)]
    pub undo_seconds: u64,
}

/// RFC 2033, 5: who connects to port 25 means SMTP.
fn lmtp(text: &str) -> Result<Address, String> {
    let address: Address = text.parse()?;
    match address.port().is_some_and(|address| address.port() == 25) {
        true => Err("port 25 is for SMTP; choose another one, as 127.0.0.1:2424".to_owned()),
        false => Ok(address),
    }
}

/// An address that can stand in a letter, with letters and paths of ours behind it.
fn public_url(text: &str) -> Result<String, String> {
    let text = text.trim().trim_end_matches('/');
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let fits = |host: &str| {
        !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || ".-:[]/_~".contains(c))
    };
    match host.is_some_and(fits) {
        true => Ok(text.to_owned()),
        false => Err("it should look like https://desk.example.com".to_owned()),
    }
}

/// Which languages are told apart.
#[derive(Args, Clone, Debug, Default)]
pub struct Tongues {
    /// Tell only these languages apart, as en,de,pl, instead of the 25 that are told apart by default. Fewer are told apart more
    /// surely; each needs a model that is built in.
    #[arg(long, value_name = "TAGS", env = "DRAGOMAN_LANGUAGES", value_delimiter = ',')]
    pub languages: Vec<LanguageTag>,
    /// Tell these languages apart, too, as tr,ar: Albanian, Arabic, Belarusian, Catalan, Hebrew, Icelandic, Irish, Macedonian, Persian,
    /// Serbian, Turkish and Vietnamese are built in beside the 25.
    #[arg(long, value_name = "TAGS", env = "DRAGOMAN_MORE_LANGUAGES", value_delimiter = ',')]
    pub more_languages: Vec<LanguageTag>,
}

impl Tongues {
    fn wanted(&self) -> Vec<LanguageTag> {
        let by_default = DEFAULT_LANGUAGES.iter().filter_map(|tag| tag.parse().ok());
        let chosen = self.languages.iter().cloned();
        let base: Vec<LanguageTag> = if chosen.len() == 0 { by_default.collect() } else { chosen.collect() };
        base.into_iter().chain(self.more_languages.iter().cloned()).collect()
    }

    /// What tells them apart.
    ///
    /// # Errors
    /// When one of them has no model, or is named twice.
    pub fn identifier(&self) -> Result<Identifier, Failure> {
        let wanted = self.wanted();
        let identifier = Identifier::new(&wanted);
        let known = identifier.languages();
        let missing = wanted.iter().find(|wanted| !known.contains(wanted));
        let several = wanted.len() == known.len();
        match missing {
            None if several => Ok(identifier),
            None => Err(Failure::new("A language is named twice.", "Name each language once.")),
            Some(tag) => Err(Failure::new(
                format!("The program has no model for the language `{tag}`, or it is named twice."),
                format!("It knows {}.", Identifier::built_in().join(", ")),
            )),
        }
    }
}

/// How the senders of mails are checked.
#[derive(Args, Clone, Debug)]
pub struct Senders {
    /// The name of a mail server in front of this one whose Authentication-Results and Received fields are believed; several are
    /// separated by commas. Only for servers that put their own field on top of every mail or remove others' with their name.
    #[arg(long, value_name = "NAME", env = "DRAGOMAN_BELIEVED_SERVERS", value_delimiter = ',')]
    pub believed_server: Vec<String>,
    /// A domain whose ARC seals are believed: it forwards mail and says honestly who had vouched for it; several are separated by commas.
    #[arg(long, value_name = "DOMAIN", env = "DRAGOMAN_BELIEVED_SEALS", value_delimiter = ',')]
    pub believed_seal: Vec<String>,
}

impl Senders {
    /// What checks senders. Without a DNS, mail is filed unchecked.
    pub fn checker(&self, names: &Names) -> Option<Checker> {
        let believed = Believed { servers: self.believed_server.clone(), seals: self.believed_seal.clone() };
        match Dns::open(names.dns, Memory::Kept) {
            Ok(dns) => Some(Checker::new(dns, believed)),
            Err(error) => {
                say::line(format!("Senders aren’t checked: {error} Name a DNS server with --dns."));
                None
            }
        }
    }
}

/// Who is asked about names.
#[derive(Args, Clone, Debug, Default)]
pub struct Names {
    /// The DNS server that is asked about senders and our own domains, instead of those that this machine asks: 192.0.2.53:53.
    #[arg(long, value_name = "ADDR", env = "DRAGOMAN_DNS")]
    pub dns: Option<SocketAddr>,
}
