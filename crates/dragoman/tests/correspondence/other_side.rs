//! The other side of a correspondence: a mail house of customers, made of a real Postfix, and a real Dovecot whose Sieve answers
//! every single mail that it is absent.
//!
//! Both run in a folder of their own, which goes with them, and leave the machine's own mail servers alone.

use crate::program::free_address;
use std::{
    fs,
    net::SocketAddr,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// The domain of the customers.
pub const DOMAIN: &str = "customers.example";

/// The running servers. They end when this goes.
pub struct OtherSide {
    /// Where Postfix takes mail, for its own people and for ours.
    pub smtp: SocketAddr,
    folder: TempDir,
    dovecot: Child,
}

impl OtherSide {
    /// Starts both servers. `ours` are the desk's addresses and by which transport Postfix reaches them; `people` have
    /// mailboxes, and an absence notice each.
    pub fn start(ours: &str, people: &[String]) -> Self {
        let folder = TempDir::new().unwrap();
        open_to_all(folder.path());
        let (smtp, lmtp) = (free_address(), free_address());
        let dovecot = start_dovecot(&own(folder.path(), "dovecot"), lmtp, smtp, people);
        start_postfix(&own(folder.path(), "postfix"), smtp, lmtp, ours);
        Self { smtp, folder, dovecot }
    }

    /// The mails in the mailbox of one of its people.
    pub fn mails_of(&self, person: &str) -> Vec<String> {
        let mailbox = self.folder.path().join("dovecot/mail").join(person).join("Maildir/new");
        let Ok(files) = fs::read_dir(mailbox) else { return Vec::new() };
        files
            .map(|file| String::from_utf8_lossy(&fs::read(file.unwrap().path()).unwrap()).into_owned())
            .collect()
    }

    /// Postfix has nothing left to deliver.
    pub fn is_done(&self) -> bool {
        let queue =
            Command::new("postqueue").arg("-c").arg(self.folder.path().join("postfix")).arg("-j").output();
        queue.is_ok_and(|queue| queue.status.success() && queue.stdout.is_empty())
    }

    /// What both servers wrote down, for the sentence of a failed test.
    pub fn said(&self) -> String {
        ["postfix/log", "dovecot/log"]
            .map(|log| fs::read_to_string(self.folder.path().join(log)).unwrap_or_default())
            .concat()
    }
}

impl Drop for OtherSide {
    fn drop(&mut self) {
        let _ =
            Command::new("postfix").arg("-c").arg(self.folder.path().join("postfix")).arg("stop").output();
        let _ = self.dovecot.kill();
        let _ = self.dovecot.wait();
    }
}

fn own(folder: &Path, name: &str) -> PathBuf {
    let own = folder.join(name);
    fs::create_dir(&own).unwrap();
    open_to_all(&own);
    own
}

fn open_to_all(folder: &Path) {
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
}

fn run(command: &mut Command) {
    let ended = command.output().unwrap_or_else(|error| panic!("{command:?} can't be run: {error}"));
    assert!(ended.status.success(), "{command:?}: {}", String::from_utf8_lossy(&ended.stderr));
}

/// Answers everything, each time: the worst that an absence notice can do.
const ABSENT: &str = r#"require ["vacation", "vacation-seconds"];
vacation :seconds 0 :subject "Away" "I am away until 3 December and read my mail then.";
"#;

fn start_dovecot(folder: &Path, lmtp: SocketAddr, smtp: SocketAddr, people: &[String]) -> Child {
    let mail = own(folder, "mail");
    run(Command::new("chown").arg("nobody").arg(&mail));
    let account = |person: &String| {
        format!("{person}:{{PLAIN}}secret:65534:65534::{}::\n", mail.join(person).display())
    };
    fs::write(folder.join("users"), people.iter().map(account).collect::<String>()).unwrap();
    fs::write(folder.join("absent.sieve"), ABSENT).unwrap();
    let settings = folder.join("dovecot.conf");
    fs::write(&settings, dovecot_settings(folder, lmtp, smtp)).unwrap();
    run(Command::new("sievec").arg("-c").arg(&settings).arg(folder.join("absent.sieve")));
    let started = Command::new("dovecot").arg("-F").arg("-c").arg(&settings).stderr(Stdio::null()).spawn();
    let started = started.expect("Dovecot starts");
    listens(lmtp, || fs::read_to_string(folder.join("log")).unwrap_or_default());
    started
}

fn dovecot_settings(folder: &Path, lmtp: SocketAddr, smtp: SocketAddr) -> String {
    let (folder, port) = (folder.display(), lmtp.port());
    format!(
        "protocols = lmtp
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
ssl = no
mail_location = maildir:~/Maildir
passdb {{
  driver = passwd-file
  args = username_format=%n {folder}/users
}}
userdb {{
  driver = passwd-file
  args = username_format=%n {folder}/users
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {port}
  }}
  unix_listener lmtp {{
    mode = 0
  }}
}}
service stats {{
  unix_listener stats-writer {{
    mode = 0666
  }}
}}
protocol lmtp {{
  mail_plugins = sieve
}}
postmaster_address = postmaster@{DOMAIN}
hostname = mail.{DOMAIN}
submission_host = {smtp}
plugin {{
  sieve = {folder}/absent.sieve
  sieve_extensions = +vacation-seconds
  sieve_vacation_min_period = 0
  sieve_vacation_dont_check_recipient = yes
}}
"
    )
}

fn start_postfix(folder: &Path, smtp: SocketAddr, lmtp: SocketAddr, ours: &str) {
    own(folder, "queue");
    let state = own(folder, "state");
    run(Command::new("chown").arg("postfix").arg(state));
    fs::write(folder.join("main.cf"), postfix_settings(folder, lmtp, ours)).unwrap();
    fs::write(folder.join("master.cf"), format!("{smtp} inet n - n - - smtpd\n{POSTFIX_SERVICES}")).unwrap();
    run(Command::new("postfix").arg("-c").arg(folder).arg("start"));
    listens(smtp, || fs::read_to_string(folder.join("log")).unwrap_or_default());
}

/// Tries again each second, so that a desk that was dead is found soon after it lives again.
fn postfix_settings(folder: &Path, lmtp: SocketAddr, ours: &str) -> String {
    let (folder, ip, port) = (folder.display(), lmtp.ip(), lmtp.port());
    format!(
        "compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/state
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
myhostname = mx.{DOMAIN}
inet_interfaces = loopback-only
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
mydestination =
local_recipient_maps =
alias_maps =
smtpd_relay_restrictions = permit_mynetworks, reject
virtual_mailbox_domains = {DOMAIN}
virtual_mailbox_maps =
virtual_transport = lmtp:inet:{ip}:{port}
transport_maps = inline:{{ {ours} }}
smtp_dns_support_level = disabled
smtp_host_lookup = native
lmtp_host_lookup = native
queue_run_delay = 1s
minimal_backoff_time = 1s
maximal_backoff_time = 1s
smtp_destination_concurrency_failed_cohort_limit = 0
lmtp_destination_concurrency_failed_cohort_limit = 0
smtp_connect_timeout = 5s
"
    )
}

const POSTFIX_SERVICES: &str = "pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
lmtp unix - - n - - lmtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
";

fn listens(address: SocketAddr, said: impl Fn() -> String) {
    let until = Instant::now() + Duration::from_secs(30);
    while std::net::TcpStream::connect(address).is_err() {
        assert!(Instant::now() < until, "nobody listens on {address}:\n{}", said());
        std::thread::yield_now();
    }
}
