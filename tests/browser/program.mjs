// Starts the program in a folder of its own, as the demo world or as an empty installation, waits until it answers, and ends it.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** Seeding four hundred cases with an unoptimised program on a busy machine takes a while. */
const patience = 180_000;

/**
 * The demo world: `base` (address of the pages), `smtp` (`host`, `port`), `folder`, `binary`, and `stop()`.
 * `more` are further arguments of `dragoman demo`.
 */
export function startDemo(binary, more = []) {
  return start(binary, "demo", more);
}

/** An installation that nobody has set up yet, as `dragoman serve` makes it; otherwise like `startDemo`. */
export function startInstallation(binary, more = []) {
  return start(binary, "serve", more);
}

async function start(binary, command, more) {
  const folder = await mkdtemp(join(tmpdir(), "dragoman-flows-"));
  const [pages, mail] = await freePorts(2);
  const flags = ["--data", folder, "--listen", `127.0.0.1:${pages}`, "--smtp", `127.0.0.1:${mail}`];
  const program = spawn(binary, [command, ...flags, ...more], { stdio: ["ignore", "pipe", "pipe"] });
  const said = [];
  for (const stream of [program.stdout, program.stderr]) stream.on("data", (piece) => said.push(piece));
  const ended = new Promise((end) => {
    program.once("exit", (code, signal) => end(signal ?? `exit code ${code}`)).once("error", (error) => end(error.message));
  });
  const stop = () => end(program, ended, folder);
  const world = { base: `http://127.0.0.1:${pages}`, smtp: { host: "127.0.0.1", port: mail }, folder, binary, stop };
  try {
    await Promise.race([answers(world.base), endedTooEarly(ended, binary)]);
  } catch (problem) {
    await stop();
    throw new Error(`${problem.message}\n${said.join("").trimEnd()}`);
  }
  return world;
}

async function end(program, ended, folder) {
  program.kill("SIGTERM");
  const forced = setTimeout(() => program.kill("SIGKILL"), 10_000);
  await ended;
  clearTimeout(forced);
  await rm(folder, { recursive: true, force: true });
}

/** Asks until somebody answers, whatever the answer is. */
async function answers(base) {
  const until = Date.now() + patience;
  while (Date.now() < until) {
    const answer = await fetch(base, { redirect: "manual", signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
    if (answer) return answer.arrayBuffer();
    await pause(50);
  }
  throw new Error(`${base} did not answer within ${patience / 1000} s. It said:`);
}

async function endedTooEarly(ended, binary) {
  throw new Error(`${binary} ended before it answered (${await ended}). It said:`);
}

/** Ports that nobody listens on now. They are held together, so that they differ. */
export async function freePorts(count) {
  const held = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  await Promise.all(held.map((server) => once(server, "listening")));
  const ports = held.map((server) => server.address().port);
  await Promise.all(held.map((server) => once(server.close(), "close")));
  return ports;
}
