//! A real S3 server of a test's own: s3rver, which npm's lock file names.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};
use store::{Addressing, BucketSettings};
use tempfile::TempDir;

/// The one key that the server knows, public and secret part.
const KEY: &str = "S3RVER";
/// The bucket that it has.
const BUCKET: &str = "mails";

/// A running S3 server with one empty bucket. Both end with it.
pub struct BucketServer {
    process: Child,
    folder: TempDir,
    endpoint: String,
}

impl BucketServer {
    /// Starts one on a free port.
    ///
    /// # Panics
    /// Where Node or the package isn't there: `bin/test` installs both.
    #[allow(clippy::new_without_default, reason = "it starts a process, which nothing should do by default")]
    pub fn new() -> Self {
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../node_modules/s3rver/bin/s3rver.js");
        assert!(program.exists(), "s3rver isn't installed; run `npm ci` in the project's folder");
        let folder = TempDir::new().expect("a temporary folder can be made");
        let mut command = Command::new("node");
        command.arg(program).args(["--silent", "--port", "0", "--directory"]).arg(folder.path());
        command.args(["--configure-bucket", BUCKET]).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().expect("Node is installed");
        let said = BufReader::new(process.stdout.take().expect("its output is piped"));
        let address = said.lines().map_while(Result::ok).find_map(|line| {
            let (_, address) = line.rsplit_once("listening on ")?;
            Some(address.trim().to_owned())
        });
        let endpoint = format!("http://{}", address.expect("the S3 server starts and says where"));
        Self { process, folder, endpoint }
    }

    /// How to get into its bucket, below a prefix.
    pub fn settings(&self, prefix: &str) -> BucketSettings {
        BucketSettings {
            url: format!("s3://{BUCKET}/{prefix}"),
            endpoint: Some(self.endpoint.clone()),
            region: "us-east-1".to_owned(),
            key_id: KEY.to_owned(),
            secret: KEY.to_owned(),
            addressing: Addressing::Path,
        }
    }

    /// The same, as variables of the program.
    pub fn variables(&self, prefix: &str) -> Vec<(&'static str, String)> {
        vec![
            ("DRAGOMAN_BLOBS", format!("s3://{BUCKET}/{prefix}")),
            ("DRAGOMAN_S3_ENDPOINT", self.endpoint.clone()),
            ("DRAGOMAN_S3_KEY_ID", KEY.to_owned()),
            ("DRAGOMAN_S3_SECRET", KEY.to_owned()),
        ]
    }

    /// The files in which the server keeps the content of its objects, for a test that damages or counts them.
    pub fn objects(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut folders = vec![self.folder.path().join(BUCKET)];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("the server's folder can be read").flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.to_string_lossy().ends_with("_object") {
                    found.push(path);
                }
            }
        }
        found
    }

    /// Ends the server now, as an outage does.
    ///
    /// # Panics
    /// Where the process can't be ended.
    pub fn end(&mut self) {
        self.process.kill().expect("a process of ours can be killed");
        self.process.wait().expect("a killed process ends");
    }
}

impl Drop for BucketServer {
    fn drop(&mut self) {
        // A test may have ended it already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
