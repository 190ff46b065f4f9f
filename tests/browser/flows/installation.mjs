// A real installation, from nobody to the answered mail: set up in the browser, mail by foreign programs, answers to a real server.

import assert from "node:assert/strict";
import { sendMail, startSink } from "../mail.mjs";
import { startInstallation } from "../program.mjs";
import { sendWithPython, sendWithSwaks, startPostfix } from "../relays.mjs";
import { appearsSoon, caseInList, fresh, openCase, openInbox } from "../steps.mjs";

export const name = "an installation is set up, receives from foreign mail programs, and answers through its relay";

const mailbox = "help@lumen.example";
const customer = "Tove Lindqvist <tove.lindqvist@mail.example>";
const text = "Hello, the lamp that I ordered last week came without its plug. Could you send me one, please?";

export async function run({ page, binary, axeClean }) {
  const sink = await startSink();
  const installation = await startInstallation(binary, ["--undo-seconds", "0", "--hostname", "mail.lumen.example"]);
  try {
    await setUp(page, installation.base, axeClean);
    await configureRelay(page, installation.base, sink);
    await receives(page, installation);
    await answers(page, installation, sink);
  } finally {
    // An open page would report that its live updates have ended.
    await page.close();
    await installation.stop();
    await sink.stop();
  }
}

async function setUp(page, base, axeClean) {
  await page.goto(base);
  await page.getByRole("heading", { level: 1, name: "Set up this installation" }).waitFor();
  await axeClean(page);
  await page.getByLabel("Name", { exact: true }).fill("Ebba Sund");
  await page.getByLabel("E-mail address").fill("ebba.sund@lumen.example");
  await page.getByLabel("Password").fill("a lamp for every window");
  await page.getByLabel("Client’s name").fill("Lumen");
  await page.getByLabel("Address that its customers write to").fill(mailbox);
  await page.getByRole("button", { name: "Make the owner and sign in" }).click();
  await page.getByRole("button", { name: /Ebba Sund.*account/ }).waitFor();
}

async function configureRelay(page, base, sink) {
  await page.goto(`${base}/outgoing-mail`);
  await page.getByLabel("Host", { exact: true }).fill(sink.host);
  await page.getByLabel("Port", { exact: true }).fill(String(sink.port));
  await page.getByRole("combobox", { name: /^Security/ }).selectOption("plain");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("The mail server was saved.").waitFor();
  await page.getByLabel("To", { exact: true }).fill("ebba.sund@lumen.example");
  await page.getByRole("button", { name: "Send it" }).click();
  await page.getByText("The mail server took the test letter.").waitFor();
  const test = await sink.next(({ to }) => to.includes("ebba.sund@lumen.example"));
  assert.match(test.body, /^Auto-Submitted: auto-generated\r$/m);
}

/** Each foreign program delivers while the list is open. */
async function receives(page, { base, smtp }) {
  await openInbox(page, base);
  const deliver = async (what, send) => {
    const subject = fresh(`A plug is missing, says ${what}`);
    await appearsSoon(`a mail by ${what}`, page, caseInList(page, subject), () => send(subject));
  };
  const from = "tove.lindqvist@mail.example";
  await deliver("swaks", (subject) => sendWithSwaks(smtp, { from, to: mailbox, subject, text }));
  await deliver("Python", (subject) => sendWithPython(smtp, { from: customer, to: mailbox, subject, text }));
  const relay = await startPostfix(smtp);
  try {
    await deliver("Postfix", (subject) => sendWithSwaks(relay, { from, to: mailbox, subject, text }));
  } catch (problem) {
    throw new Error(`${problem.message}\n${await relay.log()}`);
  } finally {
    await relay.stop();
  }
}

async function answers(page, { base, smtp }, sink) {
  const subject = fresh("A plug is missing");
  const asked = `<${crypto.randomUUID()}@mail.example>`;
  await openInbox(page, base);
  await sendMail(smtp, { from: customer, to: mailbox, subject, text, headers: { "Message-ID": asked } });
  await openCase(page, subject);
  await page.getByLabel(/^Reply to/).fill("Hello Tove,\n\nwe are **sorry**; the plug is on its way.");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  const arrived = await sink.next(({ to, body }) => to.includes("tove.lindqvist@mail.example") && body.includes(subject));
  await page.getByRole("article", { name: "Reply by Ebba Sund" }).getByText(/^\s*Sent/).waitFor();
  const sent = headersOf(arrived.body);
  theLetterFits(arrived, sent, asked);

  const again = { from: customer, subject: `Re: ${subject}` };
  const joins = async (what, words, because, fields) => {
    const article = page.getByRole("article", { name: "Message from Tove Lindqvist" }).filter({ hasText: words });
    await appearsSoon(what, page, article, () => sendMail(smtp, { ...again, ...fields, text: words }));
    await article.getByText("Why this mail is here").click();
    await article.getByText(because).waitFor();
  };
  const replyTo = sent["reply-to"].match(/<([^>]+)>/)?.[1] ?? sent["reply-to"];
  await joins("an answer to the signed address alone", "The plug has come, thank you.", "signed reply address of this case",
    { to: replyTo, subject: "something else" });
  await joins("an answer by In-Reply-To alone", "One more question: is it waterproof?", "It answers a message that we sent",
    { to: mailbox, subject: "again something else", headers: { "In-Reply-To": sent["message-id"] } });
}

/** The header fields of a mail, unfolded, by their names in lower case. */
function headersOf(body) {
  const head = body.slice(0, body.indexOf("\r\n\r\n")).replaceAll(/\r\n[ \t]+/g, " ");
  const fields = head.split("\r\n").map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]);
  return Object.fromEntries(fields);
}

function theLetterFits(arrived, sent, asked) {
  assert.equal(arrived.from, mailbox);
  assert.match(sent["message-id"], /^<[0-9a-f]{32}@lumen\.example>$/);
  assert.equal(sent["in-reply-to"], asked);
  assert.ok(sent.references.split(/\s+/).includes(asked), `References: ${sent.references}`);
  assert.match(sent["reply-to"], /help\+[^@\s]+@lumen\.example/);
  assert.equal(sent["auto-submitted"], undefined, "a person's letter is no automatic one");
  assert.match(arrived.body, /^Content-Type: text\/plain/m);
  assert.match(arrived.body, /^Content-Type: text\/html/m);
  assert.match(arrived.body, /<strong>sorry<\/strong>/);
}
