// A customer writes in a language that the representative doesn't speak: both understand, or say that they don't.

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { letter, sendMail } from "../mail.mjs";
import { startDemo } from "../program.mjs";
import { caseInList, fresh, openCase, openInbox, signInAs } from "../steps.mjs";

export const name = "a Portuguese mail is understood, answered across languages, and the customer says what isn't clear";

const models = fileURLToPath(new URL("../../../target/models-for-tests", import.meta.url));
const address = "http://desk.example";
const customer = "João Pereira <joao.pereira@mail.example>";
const question = "Bom dia,\n\ncomprei a trotinete em 12 de março e já não arranca. Posso devolvê-la até 30 de novembro?";
const own = "You can return the scooter until 30 November. The repair takes 5 days.";

export async function run({ page, context, binary, axeClean, shot, troubles }) {
  const world = await startDemo(binary, ["--models", models, "--public-url", address]);
  try {
    const subject = fresh("A trotinete não arranca");
    const body = letter({ from: customer, to: "hello@pip.example", subject, text: question });
    await sendMail(world.smtp, { from: customer, to: "hello@pip.example", body });
    await signInAs(page, world.base, "Ana Kolar");
    await openInbox(page, world.base, "open");
    await caseInList(page, subject).waitFor();
    await openCase(page, subject);
    await bothTextsStandSideBySide(page);
    await axeClean(page);
    await aReplyIsTranslated(page);
    await axeClean(page);
    await shot(page, "crossing");
    await aChangedNumberIsStopped(page, troubles);
    const link = await theLetterSaysSo(await context.newPage(), world.base, subject);
    await theCustomerSaysThatItIsNotClear(await context.newPage(), link.replace(address, world.base), axeClean);
    await page.getByText("The customer did not understand this").first().waitFor();
    await page.getByText("O que é a reparação?").first().waitFor();
  } finally {
    for (const open of context.pages()) await open.goto("about:blank");
    await world.stop();
  }
}

async function bothTextsStandSideBySide(page) {
  const original = page.getByRole("region", { name: "Portuguese, as it was written" });
  const said = page.getByRole("region", { name: "English, by a machine" });
  await said.getByText("scooter").first().waitFor({ timeout: 30_000 });
  assert.equal(await original.locator("[lang=pt]").count(), 1);
  assert.equal(await said.locator("[lang=en]").count(), 1);
  const shown = (side) => side.locator(".pair__piece--shown").allInnerTexts();
  await original.getByText("12 de março").hover();
  assert.match((await shown(said)).join(), /March/, "the pointer shows what belongs together");
  await said.locator(".pair__text").focus();
  for (let presses = 0; presses < 4; presses += 1) await page.keyboard.press("ArrowRight");
  assert.match((await shown(original)).join(), /30 de novembro/, "so do the arrow keys");
}

const composer = (page) => page.getByRole("region", { name: "Write" });
const customerReads = (page) => composer(page).getByLabel(/^The customer reads/);

async function aReplyIsTranslated(page) {
  await composer(page).getByLabel(/^Reply to/).fill(own);
  await page.getByRole("button", { name: "Translate into Portuguese" }).click();
  await customerReads(page).waitFor({ timeout: 30_000 });
  assert.equal(await composer(page).getByLabel(/^Your words/).inputValue(), own);
  assert.match(await customerReads(page).inputValue(), /30 de novembro/);
  await composer(page).getByText("The customer will read this as").waitFor();
}

async function aChangedNumberIsStopped(page, troubles) {
  const right = await customerReads(page).inputValue();
  await customerReads(page).fill(right.replace("30", "13"));
  await composer(page).getByRole("button", { name: "Send", exact: true }).click();
  await page.getByText("The reply wasn't sent").waitFor();
  await composer(page).getByText("Stop.").first().waitFor();
  await composer(page).getByLabel("I have checked these passages").waitFor();
  const told = troubles.findIndex((trouble) => /status of 409/.test(trouble));
  assert.ok(told >= 0, `no refusal is among ${troubles}`);
  troubles.splice(told, 1);
  await customerReads(page).fill(right);
  await composer(page).getByRole("button", { name: "Send", exact: true }).click();
  const reply = page.getByRole("article", { name: "Reply by Ana Kolar" });
  await reply.getByText("30 de novembro").first().waitFor();
  await reply.getByText("What it was translated from").click();
  await reply.getByText("You can return the scooter").waitFor();
  await reply.getByText(/^\s*Sent/).waitFor({ timeout: 30_000 });
}

/** The address of the page of the letter that the customer got. */
async function theLetterSaysSo(page, base, subject) {
  await page.goto(`${base}/postbox`);
  await page.getByRole("link", { name: new RegExp(`^Received by .*${subject}`) }).click();
  const opened = page.getByRole("article");
  await opened.getByText("Esta resposta foi traduzida por uma máquina").first().waitFor();
  const found = (await opened.innerText()).match(/http:\/\/desk\.example\/replies\/[0-9a-f.]+/);
  return found ? found[0] : opened.locator("a[href*='/replies/']").first().getAttribute("href");
}

async function theCustomerSaysThatItIsNotClear(page, link, axeClean) {
  await page.goto(link);
  await page.getByRole("heading", { name: /O que lhe escrevemos/ }).waitFor();
  await page.getByText("O original, antes da tradução automática").click();
  await page.getByText("You can return the scooter").waitFor();
  await axeClean(page);
  await page.getByLabel(/O que não está claro/).fill("O que é a reparação?");
  await page.getByRole("button", { name: "Não percebi esta resposta" }).click();
  await page.getByText("Vamos rever a resposta").waitFor();
}
