// Runs the browser flows against the program's demo world, and says how many passed.
//
//   node tests/browser/run.mjs [--binary target/debug/dragoman] [--only WORD] [--self-check]
//
// The last line is always "N passed, N failed" (of the self-check "N right, N wrong", so that nobody adds them up); the exit
// code is 1 if something failed.

import { readdir } from "node:fs/promises";
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { openBrowser, runFlow } from "./browser.mjs";
import { startDemo } from "./program.mjs";
import { selfChecks, startSamplePages } from "./self-check.mjs";

const { values: options } = parseArgs({
  options: {
    binary: { type: "string" },
    only: { type: "string", default: "" },
    "self-check": { type: "boolean", default: false },
  },
});

const root = new URL("../../", import.meta.url).pathname;

function builtBinary() {
  const places = ["target/debug/dragoman", "target/release/dragoman"].map((place) => root + place);
  const found = places.find((place) => existsSync(place));
  if (!found) throw new Error("the program is not built. Next: cargo build -p dragoman");
  return found;
}

async function flowsInFolder() {
  const folder = new URL("./flows/", import.meta.url);
  const names = (await readdir(folder)).filter((name) => name.endsWith(".mjs")).sort();
  return Promise.all(names.map((name) => import(new URL(name, folder))));
}

/** Runs every flow, one after the other, and returns the counts. */
async function runAll(flows, world) {
  const counts = { passed: 0, failed: 0 };
  const browser = await openBrowser();
  try {
    for (const flow of flows) {
      const begun = performance.now();
      const problem = await runFlow(browser, flow, world);
      const seconds = ((performance.now() - begun) / 1000).toFixed(1);
      counts[problem ? "failed" : "passed"] += 1;
      console.log(`${problem ? "FAILED" : "passed"} [${seconds} s] ${flow.name}${problem ? `\n${problem}` : ""}`);
    }
  } finally {
    await browser.close();
  }
  return counts;
}

async function main() {
  const all = options["self-check"] ? selfChecks : await flowsInFolder();
  const flows = all.filter((flow) => flow.name.includes(options.only));
  if (flows.length === 0) return { passed: 0, failed: 0 };
  const world = options["self-check"] ? await startSamplePages() : await startDemo(options.binary ?? builtBinary());
  try {
    return await runAll(flows, world);
  } finally {
    await world.stop();
  }
}

const counts = await main().catch((problem) => {
  console.log(`The flows did not run: ${problem.message}`);
  return { passed: 0, failed: 1 };
});
const [good, bad] = options["self-check"] ? ["right", "wrong"] : ["passed", "failed"];
console.log(`${counts.passed} ${good}, ${counts.failed} ${bad}`);
process.exit(counts.failed === 0 ? 0 : 1);
