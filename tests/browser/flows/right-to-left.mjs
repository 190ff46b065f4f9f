// Arabic and Hebrew mails, which nobody here reads and the desk can't tell: shown in their direction, and answered by keyboard alone.

import assert from "node:assert/strict";
import { letter, sendMail } from "../mail.mjs";
import { startDemo } from "../program.mjs";
import { caseInList, demoPerson, focused, fresh, isLive, tabTo } from "../steps.mjs";
import { allowTheEngine, describeTheEngine, startTranslator } from "../translator.mjs";

export const name = "Arabic and Hebrew mails run from right to left, and are answered by keyboard alone";

const arabic = {
  from: "Layla Haddad <layla.haddad@barid.example>",
  subject: "الدراجة لا تعمل",
  text: "مرحبا،\n\nدراجتي لا تعمل منذ 12 مارس. هل يمكنني إعادتها؟",
};
const hebrew = {
  from: "Noa Levi <noa.levi@doar.example>",
  subject: "הקורקינט לא נדלק",
  text: "שלום,\n\nהקורקינט שלי לא נדלק מאז יום שלישי. האם אפשר להחזיר אותו?",
};
const own = "Please send the scooter back by 14 April. The repair takes 5 days.";

/** What the server knows. */
const recorded = {
  en: [
    [/^مرحبا،$/, "Hello,"],
    [/^دراجتي لا تعمل منذ 12 مارس\.$/, "My scooter has not worked since 12 March."],
    [/^هل يمكنني إعادتها؟$/, "Can I send it back?"],
    [/^يرجى إرسال الدراجة قبل 14 أبريل\.$/, "Please send the scooter back by 14 April."],
    [/^يستغرق الإصلاح 5 أيام\.$/, "The repair takes 5 days."],
  ],
  ar: [
    [/^Please send the scooter back by 14 April\.$/, "يرجى إرسال الدراجة قبل 14 أبريل."],
    [/^The repair takes 5 days\.$/, "يستغرق الإصلاح 5 أيام."],
  ],
};

export async function run({ page, person, binary, axeClean, shot, troubles }) {
  const translator = await startTranslator(recorded);
  const world = await startDemo(binary);
  try {
    const owner = await (await person()).newPage();
    await describeTheEngine(owner, world.base, translator.url);
    await allowTheEngine(owner, world.base);
    await owner.close();
    const subjects = [];
    for (const mail of [hebrew, arabic]) subjects.push(await arrives(world.smtp, mail));
    await signInByKeys(page, world.base, subjects);
    await axeClean(page);
    await shot(page, "inbox");
    await theHebrewMailRunsFromRightToLeft(page, subjects[0]);
    await axeClean(page);
    await shot(page, "hebrew");
    await backToTheInbox(page);
    await theLanguageIsCorrected(page, subjects[1]);
    await bothSidesRunTheirWay(page);
    await axeClean(page);
    await shot(page, "side-by-side");
    await theReplyIsTranslated(page);
    await axeClean(page);
    await aWrongNumberIsStopped(page, troubles);
    await axeClean(page);
    await shot(page, "stopped");
    await itIsMendedAndSent(page);
    await axeClean(page);
    await shot(page, "sent");
  } finally {
    await page.goto("about:blank");
    await world.stop();
    translator.stop();
  }
}

async function arrives(smtp, { from, subject, text }) {
  const [to, whole] = ["hello@pip.example", fresh(subject)];
  const Subject = `=?utf-8?B?${Buffer.from(whole).toString("base64")}?=`;
  await sendMail(smtp, { from, to, body: letter({ from, to, subject: whole, text, headers: { Subject } }) });
  return whole;
}

const direction = (what) => what.evaluate((element) => getComputedStyle(element).direction);

async function signInByKeys(page, base, subjects) {
  await page.goto(`${base}/sign-in?then=${encodeURIComponent("/inbox?view=open")}`);
  await tabTo(page, demoPerson(page, "Ana Kolar"));
  await page.keyboard.press("Enter");
  await isLive(page);
  for (const subject of subjects) {
    await caseInList(page, subject).waitFor();
    assert.equal(await direction(caseInList(page, subject)), "rtl");
  }
}

/** Down the list to the case, and in. */
async function openByKeys(page, subject) {
  const wanted = caseInList(page, subject);
  await wanted.waitFor();
  const names = await page.getByRole("main").getByRole("list").getByRole("link").allInnerTexts();
  for (let row = 0; row <= names.indexOf(subject); row += 1) await page.keyboard.press("j");
  await focused(page, wanted);
  await page.keyboard.press("Enter");
  const heading = page.getByRole("heading", { level: 1, name: subject, exact: true });
  await heading.waitFor();
  await isLive(page);
  assert.equal(await direction(heading), "rtl");
}

async function theHebrewMailRunsFromRightToLeft(page, subject) {
  await openByKeys(page, subject);
  const message = page.getByRole("article", { name: /^Message from Noa/ });
  await message.getByTitle("Unknown language").waitFor();
  assert.equal(await direction(message.getByText("האם אפשר")), "rtl");
  assert.equal(await direction(message), "ltr", "the page around it stays as it is");
}

async function backToTheInbox(page) {
  await page.keyboard.press("g");
  await page.keyboard.press("i");
  await page.waitForURL(/view=mine/);
  await tabTo(page, page.getByRole("link", { name: /^All open/ }).first());
  await page.keyboard.press("Enter");
  await page.waitForURL(/view=open/);
  await isLive(page);
}

async function theLanguageIsCorrected(page, subject) {
  await openByKeys(page, subject);
  const message = page.getByRole("article", { name: /^Message from Layla/ });
  assert.equal(await direction(message.getByText("دراجتي")), "rtl");
  await tabTo(page, message.locator("summary", { hasText: "Correct the language" }));
  await page.keyboard.press("Enter");
  await tabTo(page, message.getByLabel("This is in"));
  await page.keyboard.type("Arabic");
  await page.keyboard.press("Enter");
  await message.getByTitle("Arabic").waitFor();
}

async function bothSidesRunTheirWay(page) {
  const original = page.getByRole("region", { name: "Arabic, as it was written" });
  const english = page.getByRole("region", { name: "English, by a machine" });
  await english.getByText("Can I send it back?").waitFor({ timeout: 30_000 });
  for (const [side, tag, way] of [[original, "ar", "rtl"], [english, "en", "ltr"]]) {
    const text = side.locator(`[lang=${tag}][dir=${way}]`);
    assert.equal(await text.count(), 1);
    assert.equal(await direction(text), way);
  }
  const [first, second] = [await original.boundingBox(), await english.boundingBox()];
  assert.ok(first.x + first.width <= second.x, "the original comes first, as the page is read");
  await tabTo(page, original.locator("[tabindex]").first());
  const shown = () => english.locator(".pair__piece--shown").allInnerTexts();
  for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press("ArrowLeft");
  assert.deepEqual(await shown(), ["Can I send it back?"], "in Arabic the next sentence is on the left");
  await page.keyboard.press("ArrowRight");
  assert.deepEqual(await shown(), ["My scooter has not worked since 12 March."]);
}

const composer = (page) => page.getByRole("region", { name: "Write" });
const customerReads = (page) => composer(page).getByLabel(/^The customer reads/);

async function theReplyIsTranslated(page) {
  await page.keyboard.press("r");
  await focused(page, page.getByLabel(/^Reply to/));
  await page.keyboard.type(own);
  await tabTo(page, page.getByRole("button", { name: "Translate into Arabic" }));
  await page.keyboard.press("Enter");
  await customerReads(page).waitFor({ timeout: 30_000 });
  assert.equal(await direction(customerReads(page)), "rtl");
  assert.equal(await direction(composer(page).getByLabel(/^Your words/)), "ltr");
  await composer(page).getByText("The customer will read this as").waitFor();
}

/** Writes the last words of what the customer reads anew. */
async function endWith(page, words) {
  await customerReads(page).waitFor();
  await tabTo(page, customerReads(page));
  await page.keyboard.press("Control+End");
  while (!/الإصلاح $/.test(await customerReads(page).inputValue())) await page.keyboard.press("Backspace");
  await page.keyboard.type(words);
}

async function aWrongNumberIsStopped(page, troubles) {
  await endWith(page, "15 أيام.");
  await page.keyboard.press("Control+Enter");
  await page.getByText("The reply wasn't sent").waitFor();
  const stop = composer(page).getByRole("listitem").filter({ hasText: "Stop." }).first();
  await stop.waitFor();
  await composer(page).getByText("“15” is not in the original").waitFor();
  assert.equal(await direction(stop.locator("q[lang=ar]").first()), "rtl");
  const told = troubles.findIndex((trouble) => /status of 409/.test(trouble));
  assert.ok(told >= 0, `no refusal is among ${troubles}`);
  troubles.splice(told, 1);
}

/** The days are mended. The guard doesn't know Arabic months, so that it is April is for the representative to say. */
async function itIsMendedAndSent(page) {
  await endWith(page, "5 أيام.");
  await tabTo(page, page.getByLabel("I have checked these passages"));
  await page.keyboard.press("Space");
  await tabTo(page, composer(page).getByRole("button", { name: "Send", exact: true }));
  await page.keyboard.press("Enter");
  const reply = page.getByRole("article", { name: "Reply by Ana Kolar" });
  await reply.getByText("يستغرق الإصلاح 5 أيام").first().waitFor();
  assert.equal(await direction(reply.locator("[lang=ar]").first()), "rtl");
  await reply.getByText(/^\s*Sent/).waitFor({ timeout: 30_000 });
}
