//! A mail house with IMAP: a real Dovecot in a folder of its own, which goes with it.

use super::authority::Authority;
use crate::program::free_address;
use std::{
    fs,
    net::SocketAddr,
    os::unix::fs::{PermissionsExt, chown},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// Whose user mailboxes are: Dovecot refuses to work as root.
const NOBODY: u32 = 65534;
/// The password of everybody.
pub const PASSWORD: &str = "pass word \"ž\"";

/// A running Dovecot. It ends when this goes.
pub struct MailHouse {
    /// Where it listens, with STARTTLS and without any encryption.
    pub imap: SocketAddr,
    /// The port on which it encrypts from the start. The certificate depends on the address: a good one on 127.0.0.1, an expired
    /// one on 127.0.0.2, one that isn't valid yet on 127.0.0.3, one for another name on 127.0.0.4.
    pub encrypted_port: u16,
    /// The certificate of its authority.
    pub root: String,
    folder: TempDir,
    dovecot: Child,
}

impl MailHouse {
    /// Starts it, with a mailbox for each of these.
    pub fn start(people: &[&str]) -> Self {
        let folder = TempDir::new().unwrap();
        open_to_all(folder.path());
        let (imap, encrypted_port) = (free_address(), free_address().port());
        let authority = Authority::new();
        for (name, years, of) in CERTIFICATES {
            authority.sign(folder.path(), name, years, of);
        }
        let account = |person: &&str| {
            let home = own(folder.path(), person);
            format!("{person}:{{PLAIN}}{PASSWORD}:{NOBODY}:{NOBODY}::{}::\n", home.display())
        };
        fs::write(folder.path().join("users"), people.iter().map(account).collect::<String>()).unwrap();
        let settings = folder.path().join("dovecot.conf");
        fs::write(&settings, settings_of(folder.path(), imap.port(), encrypted_port)).unwrap();
        let dovecot =
            Command::new("dovecot").arg("-F").arg("-c").arg(&settings).stderr(Stdio::null()).spawn();
        let dovecot = dovecot.expect("Dovecot starts");
        let house = Self { imap, encrypted_port, root: authority.root, folder, dovecot };
        house.listens();
        house
    }

    fn listens(&self) {
        let until = Instant::now() + Duration::from_secs(30);
        while std::net::TcpStream::connect(self.imap).is_err() {
            assert!(Instant::now() < until, "nobody listens on {}:\n{}", self.imap, self.said());
            std::thread::yield_now();
        }
    }

    /// What it wrote down, for the sentence of a failed test.
    pub fn said(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// Puts a mail into somebody's inbox, as a delivery does.
    pub fn deliver(&self, person: &str, name: &str, mail: &str) {
        let inbox = self.folder.path().join(person).join("Maildir");
        for part in ["", "cur", "new", "tmp"] {
            let part = inbox.join(part);
            if !part.exists() {
                fs::create_dir(&part).unwrap();
                chown(&part, Some(NOBODY), Some(NOBODY)).unwrap();
            }
        }
        let (coming, come) = (inbox.join("tmp").join(name), inbox.join("new").join(name));
        fs::write(&coming, mail).unwrap();
        chown(&coming, Some(NOBODY), Some(NOBODY)).unwrap();
        fs::rename(coming, come).unwrap();
    }

    /// The names of the files of a folder, with their flags behind `:2,`; the inbox is "".
    pub fn files(&self, person: &str, folder: &str) -> Vec<String> {
        let folder = self.folder.path().join(person).join("Maildir").join(folder);
        let names = |part: &str| fs::read_dir(folder.join(part)).into_iter().flatten();
        let mut files: Vec<String> = names("cur")
            .chain(names("new"))
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .collect();
        files.sort();
        files
    }

    /// Runs its own tool for administrators.
    pub fn doveadm(&self, arguments: &[&str]) {
        let mut command = Command::new("doveadm");
        command.arg("-c").arg(self.folder.path().join("dovecot.conf")).args(arguments);
        let ended = command.output().unwrap();
        assert!(ended.status.success(), "{command:?}: {}", String::from_utf8_lossy(&ended.stderr));
    }

    /// A file for its tools.
    pub fn file(&self, name: &str, words: &str) -> PathBuf {
        let file = self.folder.path().join(name);
        fs::write(&file, words).unwrap();
        file
    }
}

impl Drop for MailHouse {
    fn drop(&mut self) {
        // Asked to stop, it ends its own children too.
        let _ = Command::new("doveadm")
            .arg("-c")
            .arg(self.folder.path().join("dovecot.conf"))
            .arg("stop")
            .output();
        let _ = self.dovecot.kill();
        let _ = self.dovecot.wait();
    }
}

/// File, years, name.
const CERTIFICATES: [(&str, (i32, i32), &str); 4] = [
    ("good", (2020, 2099), "127.0.0.1"),
    ("expired", (2020, 2024), "127.0.0.2"),
    ("early", (2090, 2099), "127.0.0.3"),
    ("other", (2020, 2099), "imap.other.example"),
];

fn own(folder: &Path, name: &str) -> PathBuf {
    let own = folder.join(name);
    fs::create_dir(&own).unwrap();
    open_to_all(&own);
    chown(&own, Some(NOBODY), Some(NOBODY)).unwrap();
    own
}

fn open_to_all(folder: &Path) {
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
}

fn settings_of(folder: &Path, imap: u16, encrypted: u16) -> String {
    let folder = folder.display();
    let certificate =
        |name: &str| format!("ssl_cert = <{folder}/{name}.pem\n  ssl_key = <{folder}/{name}.key");
    let (good, expired, early, other) =
        (certificate("good"), certificate("expired"), certificate("early"), certificate("other"));
    format!(
        "protocols = imap
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
ssl = yes
{good}
local 127.0.0.2 {{
  {expired}
}}
local 127.0.0.3 {{
  {early}
}}
local 127.0.0.4 {{
  {other}
}}
mail_location = maildir:~/Maildir
auth_failure_delay = 0
auth_username_format = %n
passdb {{
  driver = passwd-file
  args = {folder}/users
}}
userdb {{
  driver = passwd-file
  args = {folder}/users
}}
service imap-login {{
  inet_listener imap {{
    address = 127.0.0.1
    port = {imap}
  }}
  inet_listener imaps {{
    address = 127.0.0.1, 127.0.0.2, 127.0.0.3, 127.0.0.4
    port = {encrypted}
    ssl = yes
  }}
}}
service stats {{
  unix_listener stats-writer {{
    mode = 0666
  }}
}}
"
    )
}
