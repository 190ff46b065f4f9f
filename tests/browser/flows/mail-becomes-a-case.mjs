// The main job: a customer's mail becomes a case on the open page, is answered, and the answer to the answer joins it.

import assert from "node:assert/strict";
import { letter, sendMail } from "../mail.mjs";
import { appearsSoon, caseInList, fresh, openCase, openInbox, signInAs } from "../steps.mjs";

export const name = "a mail becomes a case, is answered, and the customer's answer joins it";

const customer = "Friederike Vogt <friederike.vogt@post.example>";
const question = `Guten Tag,

mein Kopfhörer verbindet sich seit dem letzten Update nicht mehr mit dem Telefon.
Ich habe beide Geräte schon neu gestartet. Was kann ich noch versuchen?

Viele Grüße
Friederike Vogt`;
const reply = "Guten Tag Frau Vogt,\n\nbitte setzen Sie den Kopfhörer **zurück**:\n\n1. Taste zehn Sekunden halten\n2. neu koppeln";

export async function run({ page, context, base, smtp, axeClean, shot }) {
  const subject = fresh("Kopfhörer verbindet sich nicht");
  await signInAs(page, base, "Inês Saraiva");
  await openInbox(page, base, "unassigned");
  const body = letter({ from: customer, to: "help@aurora.example", subject, text: question });
  await appearsSoon("a mail in German", page, caseInList(page, subject), () =>
    sendMail(smtp, { from: customer, to: "help@aurora.example", body }));
  await openCase(page, subject);
  await theCaseIsReadable(page);
  await axeClean(page);
  await shot(page, "case");

  await aDraftIsKept(page);
  await sendAndUndo(page);
  await sendForGood(page);
  await axeClean(page);

  const postbox = await context.newPage();
  const sent = await readInPostbox(postbox, base, subject);
  theHeadersFit(sent, body);
  await answerAsCustomer(postbox, page);
}

async function theCaseIsReadable(page) {
  await page.getByText("verbindet sich seit dem letzten Update").waitFor();
  await page.getByRole("article", { name: "Message from Friederike Vogt" }).getByTitle("German").waitFor();
  await page.getByText("Why this mail is here").click();
  await page.getByText("It opens a case, because it answers nothing that we know.").waitFor();
}

const composer = (page) => page.getByRole("region", { name: "Write" }).getByLabel(/^Reply to/);

async function aDraftIsKept(page) {
  await composer(page).fill(reply);
  await page.getByText("Draft saved").first().waitFor();
  await page.reload();
  assert.equal(await composer(page).inputValue(), reply, "the draft is there after a reload");
}

const ourReply = (page) => page.getByRole("article", { name: "Reply by Inês Saraiva" });

async function sendAndUndo(page) {
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await ourReply(page).getByText(/Goes in \d+ s/).waitFor();
  assert.equal(await composer(page).inputValue(), "", "the composer is empty after sending");
  await ourReply(page).getByRole("button", { name: "Undo" }).click();
  await page.getByText("The reply was taken back.").first().waitFor();
  await ourReply(page).waitFor({ state: "detached" });
  assert.equal(await composer(page).inputValue(), reply, "undoing brings the text back");
}

async function sendForGood(page) {
  const file = { name: "Anleitung Zurücksetzen.txt", mimeType: "text/plain", buffer: Buffer.from("Zehn Sekunden halten.\n") };
  await page.getByLabel("Attach files").setInputFiles(file);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await ourReply(page).getByText("zurück").and(page.locator("strong")).waitFor();
  await ourReply(page).getByRole("link", { name: /Anleitung Zurücksetzen/ }).waitFor();
  assert.equal(await page.getByLabel("Attach files").inputValue(), "", "the next reply begins without files");
  await ourReply(page).getByText(/^\s*Sent/).waitFor({ timeout: 30_000 });
}

/** The headers of the letter with this subject, as the customer's mail program shows them. */
async function readInPostbox(page, base, subject) {
  await page.goto(`${base}/postbox`);
  await page.getByRole("link", { name: new RegExp(`^Received by .*${subject}`) }).click();
  const opened = page.getByRole("article");
  await opened.getByText("Taste zehn Sekunden halten").waitFor();
  await opened.getByText("Anleitung Zurücksetzen.txt").waitFor();
  await opened.getByText("Headers").click();
  const names = await opened.locator("dl.headers dt").allInnerTexts();
  const values = await opened.locator("dl.headers dd").allInnerTexts();
  return Object.fromEntries(names.map((name, at) => [name, values[at]]));
}

function theHeadersFit(sent, question) {
  const asked = question.match(/^Message-ID: <(.+)>$/m)[1];
  assert.match(sent["Message-ID"], /^<?[0-9a-f]{32}@aurora\.example>?$/);
  assert.ok(sent["In-Reply-To"].includes(asked), `In-Reply-To is ${sent["In-Reply-To"]}`);
  assert.ok(sent.References.includes(asked), `References is ${sent.References}`);
  assert.match(sent["Reply-To"], /help\+[^@\s]+@aurora\.example/);
}

async function answerAsCustomer(postbox, page) {
  await postbox.getByRole("link", { name: "Answer as the customer" }).click();
  await postbox.getByLabel("Text, in any language").fill("Danke, das Zurücksetzen hat geholfen!");
  const answer = page.getByText("Danke, das Zurücksetzen hat geholfen!").first();
  await appearsSoon("the customer's answer", page, answer, async () => {
    await postbox.getByRole("button", { name: "Send" }).click();
    await postbox.getByText("The letter is on its way to the desk.").waitFor();
  });
  const article = page.getByRole("article", { name: "Message from Friederike Vogt" }).nth(1);
  await article.getByText("Why this mail is here").click();
  await article.getByText("It answers a message that we sent in this case.").waitFor();
}
