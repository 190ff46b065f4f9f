// Foreign mail programs that deliver to the program under test: swaks, Python's smtplib, and a Postfix of its own.

import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { freePorts } from "./program.mjs";

const run = promisify(execFile);
const hasRoot = process.getuid?.() === 0;
const postfix = "/usr/sbin/postfix";

/** Delivers with swaks. Returns its transcript; fails with it if the server says no. */
export async function sendWithSwaks({ host, port }, { from, to, subject, text, headers = {}, flags = [] }) {
  const fields = Object.entries({ Subject: subject, ...headers }).flatMap(([name, value]) => ["--header", `${name}: ${value}`]);
  const words = ["--server", `${host}:${port}`, "--from", from, "--to", to, "--ehlo", "swaks.example", "--body", text];
  const { stdout } = await run("swaks", [...words, ...fields, ...flags]);
  return stdout;
}

/** Delivers with Python's smtplib and email packages, as a shop's script would. */
export async function sendWithPython({ host, port }, { from, to, subject, text }) {
  const script = `
import smtplib, sys
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
host, port, sender, recipient, subject, text = sys.argv[1:]
mail = EmailMessage()
mail["From"], mail["To"], mail["Subject"] = sender, recipient, subject
mail["Date"], mail["Message-ID"] = formatdate(), make_msgid(domain="python.example")
mail.set_content(text)
with smtplib.SMTP(host, int(port), "python.example") as server:
    server.send_message(mail)
`;
  await run("python3", ["-c", script, host, String(port), from, to, subject, text]);
}

/**
 * A Postfix of its own that relays everything to `target`: `host`, `port`, `log()` and `stop()`. Its settings, queue and log are in
 * a temporary folder, so that the machine's own Postfix, if there is one, is left alone.
 */
export async function startPostfix(target) {
  if (!hasRoot) throw new Error("Postfix drops root's rights, so it must have them. Next: run the flows as root, or with sudo");
  const folder = await mkdtemp(join(tmpdir(), "dragoman-postfix-"));
  const [port] = await freePorts(1);
  const log = () => readFile(join(folder, "log"), "utf8").catch(() => "");
  const stop = async () => {
    await run(postfix, ["-c", folder, "stop"]).catch(() => {});
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await settle(folder, port, target);
    await run(postfix, ["-c", folder, "start"]);
  } catch (problem) {
    const said = await log();
    await stop();
    throw new Error(`Postfix did not start: ${problem.message}\n${said}`);
  }
  return { host: "127.0.0.1", port, log, stop };
}

async function settle(folder, port, target) {
  await chmod(folder, 0o755);
  await mkdir(join(folder, "queue"));
  await mkdir(join(folder, "state"));
  await run("chown", ["postfix", join(folder, "state")]);
  await writeFile(join(folder, "main.cf"), mainSettings(folder, target));
  await writeFile(join(folder, "master.cf"), services(port));
}

const mainSettings = (folder, target) => `compatibility_level = 3.6
queue_directory = ${folder}/queue
data_directory = ${folder}/state
maillog_file = ${folder}/log
maillog_file_prefixes = ${folder}
myhostname = relay.example
inet_interfaces = loopback-only
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
mydestination =
local_recipient_maps =
alias_maps =
smtpd_relay_restrictions = permit_mynetworks, reject
default_transport = smtp:[${target.host}]:${target.port}
smtp_dns_support_level = disabled
smtp_host_lookup = native
`;

const services = (port) => `127.0.0.1:${port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
local unix - n n - - local
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`;
