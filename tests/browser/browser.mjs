// Chromium for the flows: one browser, a fresh context for each flow, and a picture of what went wrong.

import { existsSync } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import { chromium } from "playwright-core";
import { axeClean } from "./axe.mjs";

const output = new URL("./output/", import.meta.url).pathname;

/** Longest wait for anything on a page, in milliseconds. */
const patience = 10_000;

export async function openBrowser() {
  const places = [process.env.DRAGOMAN_CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  const executablePath = places.find((place) => place && existsSync(place));
  if (!executablePath) throw new Error("Chromium is not here. Next: install Debian's chromium, or set DRAGOMAN_CHROMIUM");
  await clearOldFailures();
  return chromium.launch({ executablePath, args: flags() });
}

/** A picture of a failure that was mended meanwhile would mislead. */
async function clearOldFailures() {
  await mkdir(output, { recursive: true });
  const old = (await readdir(output)).filter((name) => name.includes("-failed-"));
  await Promise.all(old.map((name) => rm(output + name)));
}

/** No sandbox only as root, where Chromium refuses to start with one; the rest keeps it from calling anybody. */
function flags() {
  const quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"];
  return process.getuid?.() === 0 ? ["--no-sandbox", ...quiet] : quiet;
}

/** A context as a person has it: their own cookies, a desk-sized window, no moving parts. */
export async function newPerson(browser, settings = {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    timezoneId: "Europe/Lisbon",
    reducedMotion: "reduce",
    ...settings,
  });
  context.setDefaultTimeout(patience);
  context.setDefaultNavigationTimeout(patience);
  return context;
}

/**
 * Runs a flow, and returns nothing or what went wrong.
 *
 * The flow gets `page`, `context`, `browser`, everything in `world` (`base`, `smtp`, `binary`, …) and
 * - `person(settings)`: another context, for a second person or another window size; closed after the flow;
 * - `axeClean(page)`: no accessibility finding in light and in dark;
 * - `shot(page, name)`: a picture in tests/browser/output;
 * - `troubles`: what the pages said on their console; the flow fails if something is left in it.
 */
export async function runFlow(browser, flow, world) {
  const contexts = [];
  const troubles = [];
  const person = async (settings) => {
    const context = await newPerson(browser, settings);
    contexts.push(context);
    context.on("weberror", (error) => troubles.push(`script error: ${error.error().stack}`));
    context.on("console", (line) => line.type() === "error" && troubles.push(`console: ${line.text()}`));
    return context;
  };
  const context = await person();
  const page = await context.newPage();
  const shot = (which, name) => which.screenshot({ path: `${output}${fileName(flow.name)}-${fileName(name)}.png`, fullPage: true });
  try {
    await flow.run({ page, context, browser, person, axeClean, shot, troubles, ...world });
    return troubles.length === 0 ? undefined : `the pages reported:\n  ${troubles.join("\n  ")}`;
  } catch (problem) {
    await picturesOf(contexts, shot);
    return [problem.stack ?? problem, ...troubles].join("\n  ");
  } finally {
    await Promise.all(contexts.map((each) => each.close()));
  }
}

async function picturesOf(contexts, shot) {
  const pages = contexts.flatMap((context) => context.pages());
  for (const [at, page] of pages.entries()) {
    await shot(page, `failed-${at + 1}`).catch(() => console.log(`(no picture of ${page.url()})`));
  }
}

function fileName(text) {
  return text.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
}
