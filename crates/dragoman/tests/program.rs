//! The program as a process of its own.

use std::{
    io::{BufRead, BufReader},
    net::{SocketAddr, TcpListener},
    process::{Child, Command, Stdio},
    sync::{LazyLock, mpsc},
};

/// The binary under test.
pub fn dragoman() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dragoman"));
    command.env("DRAGOMAN_LOG", "error").env_remove("DRAGOMAN_DATABASE");
    command.env("DRAGOMAN_DNS", NAMES.to_string());
    command
}

/// A DNS that knows nobody and says so at once: no test asks the world's.
static NAMES: LazyLock<SocketAddr> = LazyLock::new(|| {
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime can be built").block_on(async {
            let names = testkit::Names::serve().await;
            tell.send(names.address).expect("the test waits for it");
            std::future::pending::<()>().await;
        });
    });
    told.recv().expect("the DNS listens")
});

/// An address on which nobody listens yet.
pub fn free_address() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("the loopback has a free port");
    listener.local_addr().expect("a bound listener has an address")
}

/// A running desk. It is killed, not asked to stop, when this goes.
pub struct Running(Child);

impl Running {
    /// Starts `dragoman serve` and waits until it listens.
    pub fn start(place: &[String], pages: SocketAddr, smtp: SocketAddr) -> Self {
        let mut command = dragoman();
        command.args(["serve", "--listen", &pages.to_string(), "--smtp", &smtp.to_string()]).args(place);
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the program starts");
        let output = child.stdout.take().expect("its output is piped");
        let ready = BufReader::new(output).lines().map_while(Result::ok).any(|line| line.contains("smtp://"));
        assert!(ready, "the desk didn't start");
        Self(child)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().expect("the process can be killed");
        self.0.wait().expect("a killed process ends");
    }
}

impl Running {
    /// The most memory that the process has held so far, in bytes.
    pub fn most_memory(&self) -> u64 {
        self.memory("VmHWM:")
    }

    /// The memory that the process holds now, in bytes.
    pub fn memory_now(&self) -> u64 {
        self.memory("VmRSS:")
    }

    fn memory(&self, field: &str) -> u64 {
        let status =
            std::fs::read_to_string(format!("/proc/{}/status", self.0.id())).expect("the process lives");
        let line =
            status.lines().find_map(|line| line.strip_prefix(field)).expect("the kernel counts memory");
        let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse().expect("the count is a number");
        kilobytes * 1024
    }
}
