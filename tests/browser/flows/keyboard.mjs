// A day's work without a mouse; and without single-key shortcuts for those who have turned them off.

import assert from "node:assert/strict";
import { sendMail } from "../mail.mjs";
import { caseInList, demoPerson, focused, fresh, isLive, openInbox, tabTo } from "../steps.mjs";

export const name = "everything goes by keyboard, and shortcuts can be turned off";

export async function run({ page, base, smtp }) {
  // What other flows still do moves other cases, so the list that is walked is that of this word.
  const word = fresh("").trim();
  const subjects = [`Charger ${word} gets warm`, `Missing manual ${word}`];
  for (const subject of subjects) {
    const text = "Good morning, could you please have a look at this? I would be glad about an answer this week.";
    await sendMail(smtp, { from: "Mina Adair <mina.adair@mail.example>", to: "help@aurora.example", subject, text });
  }
  const keys = page.keyboard;
  await page.goto(`${base}/sign-in?then=${encodeURIComponent(`/inbox?q=${word}`)}`);
  await tabTo(page, demoPerson(page, "Leonie Brandt-Teixeira"));
  await keys.press("Enter");
  await isLive(page);
  for (const subject of subjects) await caseInList(page, subject).waitFor();
  await openByKeys(page, subjects);
  await writeByKeys(page);
  await closeByKeys(page);
  await lookAroundByKeys(page);
  await turnShortcutsOff(page, base);
}

/** j goes down the list and no further than its end, k goes up. */
async function openByKeys(page, subjects) {
  const names = await page.getByRole("main").getByRole("list").getByRole("link").allInnerTexts();
  const [upper, lower] = subjects.toSorted((one, other) => names.indexOf(one) - names.indexOf(other));
  for (const [key, reached] of [["j", upper], ["j", lower], ["j", lower], ["k", upper], ["j", lower]]) {
    await page.keyboard.press(key);
    await focused(page, caseInList(page, reached));
  }
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: lower }).waitFor();
  await isLive(page);
}

async function writeByKeys(page) {
  const keys = page.keyboard;
  await keys.press("r");
  await focused(page, page.getByLabel(/^Reply to/));
  await keys.type("Thank you, jn? we look into it.");
  await keys.press("Control+Enter");
  await page.getByRole("article", { name: /^Reply by Leonie/ }).getByText("Thank you, jn? we look into it.").waitFor();
  await keys.press("Escape");
  await keys.press("n");
  await focused(page, page.getByLabel("Internal note", { exact: true }));
  await keys.type("Ask the workshop about the batch.");
  await keys.press("Control+Enter");
  await page.getByRole("article", { name: /^Internal note by Leonie/ }).getByText("Ask the workshop").waitFor();
  await keys.press("Escape");
}

async function closeByKeys(page) {
  await page.keyboard.press("e");
  await page.getByRole("button", { name: "Reopen" }).waitFor();
}

async function lookAroundByKeys(page) {
  const keys = page.keyboard;
  await keys.press("?");
  await page.getByRole("heading", { name: "Keyboard shortcuts" }).waitFor();
  await keys.press("Escape");
  await page.getByRole("heading", { name: "Keyboard shortcuts" }).waitFor({ state: "hidden" });
  await keys.press("/");
  await focused(page, page.getByRole("searchbox"));
  await keys.type("charger");
  await keys.press("Enter");
  await page.getByRole("heading", { level: 1, name: /Search/ }).waitFor();
  await page.getByRole("searchbox").evaluate((field) => field.blur());
  await keys.press("g");
  await keys.press("i");
  await page.waitForURL(/view=mine/);
}

async function turnShortcutsOff(page, base) {
  await page.goto(`${base}/account`);
  await page.getByLabel("Single-key shortcuts").uncheck();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved.").waitFor();
  await openInbox(page, base);
  for (const key of ["j", "/", "?", "g", "i"]) await page.keyboard.press(key);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "BODY");
  assert.equal(await page.getByRole("heading", { name: "Keyboard shortcuts" }).count(), 0);
  assert.match(page.url(), /view=open$/);
}
