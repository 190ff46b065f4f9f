// Steps that many flows take: signing in, finding a case in a list, waiting for what others did, counting milliseconds.

import assert from "node:assert/strict";

/** Signs somebody into the demo with one click, and waits for their inbox. */
export async function signInAs(page, base, name) {
  await page.goto(`${base}/sign-in`);
  await demoPerson(page, name).click();
  await page.getByRole("button", { name: /account and sign-out/ }).waitFor();
}

/** A person on the demo's sign-in page. Whoever has two teams is there twice. */
export function demoPerson(page, name) {
  return page.getByRole("button", { name }).first();
}

/** Opens a list, and waits until it is told of changes: "open", "unassigned", "mine" or "closed". */
export async function openInbox(page, base, view = "open") {
  await page.goto(`${base}/inbox?view=${view}`);
  await isLive(page);
}

/** Waits until the page hears of other people's changes. */
export async function isLive(page) {
  await page.getByText("Live", { exact: true }).waitFor();
}

/** A case in a list, by its subject. */
export function caseInList(page, subject) {
  return page.getByRole("main").getByRole("link", { name: subject, exact: true });
}

/** Opens the case with this subject from the list, and waits for it. */
export async function openCase(page, subject) {
  await caseInList(page, subject).click();
  await page.getByRole("heading", { level: 1, name: subject, exact: true }).waitFor();
  await isLive(page);
}

/** Marks the page, so that `wasNotReloaded` can tell whether it is still the same one. */
export async function mark(page) {
  await page.evaluate(() => { window.markedByFlow = true; });
}

/** Fails if the page was loaded anew since `mark`: what appeared then is no live update. */
export async function wasNotReloaded(page) {
  assert.equal(await page.evaluate(() => window.markedByFlow), true, `${page.url()} was reloaded`);
}

/** How soon something should appear on an open page after the server took it, in milliseconds. Machines are noisy, so a slower
 * one is said and doesn't fail. */
const soon = 2_000;
/** When it counts as never having appeared. */
const never = 30_000;

/**
 * Does something, then waits until `shown` appears on the page by itself. Returns the milliseconds between the two, prints them,
 * and fails if it never appears.
 */
export async function appearsSoon(what, page, shown, act) {
  await mark(page);
  const result = await act();
  const began = performance.now();
  // `waitFor` looks only every half second after a while, which is too seldom to measure with.
  while (!(await shown.isVisible())) {
    if (performance.now() - began > never) throw new Error(`${what}: not on the open page after ${never} ms: ${shown}`);
  }
  const took = Math.round(performance.now() - began);
  await wasNotReloaded(page);
  console.log(`       ${what}: on the open page after ${took} ms${took > soon ? `, later than the ${soon} ms that we aim at` : ""}`);
  return result;
}

/** Presses Tab until this has the focus. */
export async function tabTo(page, wanted) {
  await wanted.waitFor();
  for (let pressed = 0; pressed < 120; pressed += 1) {
    await page.keyboard.press("Tab");
    if (await hasFocus(wanted)) return;
  }
  throw new Error(`Tab never came to it: ${wanted}`);
}

const hasFocus = (what) => what.evaluate((element) => element === document.activeElement);

/** Waits until this has the focus: a shortcut may have to wait for the page it works on. */
export async function focused(page, what) {
  const element = await what.elementHandle();
  await page.waitForFunction((wanted) => wanted === document.activeElement, element);
}

/** A subject that no other case has. */
export function fresh(subject) {
  return `${subject} ${crypto.randomUUID().slice(0, 8)}`;
}

/** Fails if the page is wider than its window. */
export async function assertNothingSticksOut(page) {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(wider <= 0, `${page.url()} is ${wider} px wider than its window of ${await page.evaluate(() => innerWidth)} px`);
}
