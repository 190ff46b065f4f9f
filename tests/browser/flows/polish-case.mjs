// A Polish customer and a representative who reads no Polish, with a translating server elsewhere that says what was recorded for it.

import assert from "node:assert/strict";
import { letter, sendMail } from "../mail.mjs";
import { startDemo } from "../program.mjs";
import { caseInList, fresh, openCase, openInbox, signInAs, tabTo } from "../steps.mjs";
import { allowTheEngine, describeTheEngine, startTranslator } from "../translator.mjs";

export const name = "a Polish mail is understood and answered across languages, with the client's words, and comes back when it isn't clear";

const address = "http://desk.example";
const customer = "Zofia Nowak <zofia.nowak@poczta.example>";
const question = "Dzień dobry,\n\nmój sterownik nie działa od 12 marca. Czy mogę go odesłać?";
const own = "Please send the control unit back by 14 April. The repair takes 5 days.";

/** What the server knows: a pattern for each sentence, because terms come masked. */
const recorded = {
  en: [
    [/^Dzień dobry,$/, "Good morning,"],
    [/^mój (.+) nie działa od 12 marca\.$/i, "my $1 has not worked since 12 March."],
    [/^Czy mogę go odesłać\?$/, "Can I send it back?"],
    [/^Proszę odesłać (.+) do 14 kwietnia\.$/, "Please send back $1 by 14 April."],
    [/^Naprawa trwa 5 dni\.$/, "The repair takes 5 days."],
    [/^Co to jest ten sterownik\?$/, "What is this control unit?"],
  ],
  pl: [
    [/^Please send the (.+) back by 14 April\.$/, "Proszę odesłać $1 do 14 kwietnia."],
    [/^The repair takes 5 days\.$/, "Naprawa trwa 5 dni."],
  ],
};

export async function run({ page, context, person, binary, axeClean, shot, troubles }) {
  const translator = await startTranslator(recorded);
  const world = await startDemo(binary, ["--public-url", address]);
  try {
    const owner = await (await person()).newPage();
    await describeTheEngine(owner, world.base, translator.url);
    await allowTheEngine(owner, world.base);
    await theClientHasAWord(owner);
    await owner.close();
    await signInAs(page, world.base, "Ana Kolar");
    const subject = fresh("Sterownik nie działa");
    await sendMail(world.smtp, { from: customer, to: "hello@pip.example", body: letter({ from: customer, to: "hello@pip.example", subject, text: question }) });
    await openInbox(page, world.base, "open");
    await caseInList(page, subject).waitFor();
    await openCase(page, subject);
    await bothTextsStandSideBySide(page);
    await theClientsWordIsMarked(page);
    await theArrowKeysShowWhatBelongsTogether(page);
    await axeClean(page);
    await aWrongNumberIsStopped(page, troubles);
    await shot(page, "stopped");
    await axeClean(page);
    await itIsPutRightAndSent(page);
    const link = await theLettersLink(await context.newPage(), world.base, subject);
    await theCustomerSaysThatItIsNotClear(await context.newPage(), link.replace(address, world.base));
    await page.getByText("The customer did not understand this").first().waitFor();
    await page.getByText("Co to jest ten sterownik?").first().waitFor();
    await theBarrierIsNoted(page);
    await axeClean(page);
    await shot(page, "back");
  } finally {
    for (const open of context.pages()) await open.goto("about:blank");
    await world.stop();
    translator.stop();
  }
}

async function theClientHasAWord(page) {
  await page.goto(page.url().replace(/engines.*$/, "terms"));
  await page.getByText("Add a term", { exact: true }).click();
  for (const [number, language, words] of [[1, "pl", "sterownik"], [2, "en", "control unit"]]) {
    await page.getByLabel(`Form ${number}: Language`).selectOption(language);
    await page.getByLabel(`Form ${number}: Words`).fill(words);
  }
  await page.getByLabel(/^Note/).fill("The box below the seat.");
  await page.getByRole("button", { name: "Add the term" }).click();
  await page.getByRole("cell", { name: /control unit/ }).waitFor();
}

async function bothTextsStandSideBySide(page) {
  const original = page.getByRole("region", { name: "Polish, as it was written" });
  const english = page.getByRole("region", { name: "English, by a machine" });
  await english.getByText("control unit").first().waitFor({ timeout: 30_000 });
  assert.match(await english.innerText(), /has not worked since 12 March/);
  assert.equal(await original.locator("[lang=pl]").count(), 1);
}

async function theArrowKeysShowWhatBelongsTogether(page) {
  const original = page.getByRole("region", { name: "Polish, as it was written" });
  await page.getByRole("region", { name: "English, by a machine" }).locator("[tabindex]").first().focus();
  for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press("ArrowRight");
  const shown = await original.locator(".pair__piece--shown").allInnerTexts();
  assert.equal(shown.length, 1, "the arrow keys show which pieces belong together");
}

/** In both texts, and whoever comes to it by keyboard reads its note and sees its twin. */
async function theClientsWordIsMarked(page) {
  const term = (side) => page.getByRole("region", { name: side }).locator("dfn.term").first();
  const [polish, english] = [term("Polish, as it was written"), term("English, by a machine")];
  assert.equal(await polish.innerText(), "sterownik");
  assert.equal(await english.innerText(), "control unit");
  const isShown = (one) => one.evaluate((element) => element.classList.contains("pair__piece--shown"));
  const note = (one) => one.evaluate((element) => getComputedStyle(element, "::after").content);
  assert.deepEqual([await isShown(english), await note(english)], [false, "none"]);
  await tabTo(page, polish);
  assert.deepEqual([await isShown(polish), await isShown(english)], [true, true], "its twin is shown");
  assert.match(await note(polish), /The box below the seat\./);
  assert.match(await polish.getAttribute("aria-description"), /The box below the seat\./);
}

/** The signal comes to the open page by itself, a moment after the customer's word. */
async function theBarrierIsNoted(page) {
  const message = page.getByRole("article").filter({ hasText: "Co to jest ten sterownik?" }).first();
  await message.getByRole("list", { name: "May not have understood" }).getByText(/asks back/i).waitFor({ timeout: 30_000 });
}

const composer = (page) => page.getByRole("region", { name: "Write" });
const customerReads = (page) => composer(page).getByLabel(/^The customer reads/);

async function aWrongNumberIsStopped(page, troubles) {
  await composer(page).getByLabel(/^Reply to/).fill(own);
  await page.getByRole("button", { name: "Translate into Polish" }).click();
  await customerReads(page).waitFor({ timeout: 30_000 });
  const right = await customerReads(page).inputValue();
  assert.match(right, /sterownik do 14 kwietnia\. Naprawa trwa 5 dni/);
  await composer(page).getByText("The customer will read this as").waitFor();
  await composer(page).getByText("The repair takes 5 days.").last().waitFor();
  await customerReads(page).fill(right.replace("5 dni", "15 dni"));
  await composer(page).getByRole("button", { name: "Send", exact: true }).click();
  await page.getByText("The reply wasn't sent").waitFor();
  await composer(page).getByText("Stop.").first().waitFor();
  const told = troubles.findIndex((trouble) => /status of 409/.test(trouble));
  assert.ok(told >= 0, `no refusal is among ${troubles}`);
  troubles.splice(told, 1);
}

async function itIsPutRightAndSent(page) {
  const wrong = await customerReads(page).inputValue();
  await customerReads(page).fill(wrong.replace("15 dni", "5 dni"));
  await composer(page).getByRole("button", { name: "Send", exact: true }).click();
  const reply = page.getByRole("article", { name: "Reply by Ana Kolar" });
  await reply.getByText("Naprawa trwa 5 dni").first().waitFor();
  await reply.getByText(/^\s*Sent/).waitFor({ timeout: 30_000 });
}

/** The address of the page of the letter that the customer got. */
async function theLettersLink(page, base, subject) {
  await page.goto(`${base}/postbox`);
  await page.getByRole("link", { name: new RegExp(`^Received by .*${subject}`) }).click();
  const opened = page.getByRole("article");
  await opened.getByText("Naprawa trwa 5 dni").first().waitFor();
  const found = (await opened.innerText()).match(/http:\/\/desk\.example\/replies\/[0-9a-f.]+/);
  return found ? found[0] : opened.locator("a[href*='/replies/']").first().getAttribute("href");
}

async function theCustomerSaysThatItIsNotClear(page, link) {
  await page.goto(link);
  await page.getByText("Naprawa trwa 5 dni").first().waitFor();
  await page.getByRole("textbox").fill("Co to jest ten sterownik?");
  await page.locator("form[action$='/misunderstandings'] button").click();
  await page.waitForLoadState();
}
