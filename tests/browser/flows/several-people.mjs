// Several people in one case: to whom an answer goes, who is away, and two cases that are one.

import assert from "node:assert/strict";
import { letter, sendMail } from "../mail.mjs";
import { assertNothingSticksOut, caseInList, fresh, openCase, openInbox, signInAs } from "../steps.mjs";

export const name = "somebody else in a case is answered, and two cases are merged and taken apart";

const [to, zofia, ivo] = ["help@aurora.example", "Zofia Lis <zofia.lis@mail.example>", "Ivo Lis <ivo.lis@mail.example>"];

export async function run({ base, smtp, page, person, axeClean, shot }) {
  const [subject, other] = [fresh("The kettle leaks"), fresh("The iron smokes")];
  await signInAs(page, base, "Inês Saraiva");
  await openInbox(page, base);
  await mails(smtp, page, subject, other);
  await openCase(page, subject);
  await answersIvo(page);
  const address = page.url();
  for (const viewport of [{ width: 1280, height: 800 }, { width: 390, height: 844 }]) {
    const narrow = await (await person({ viewport })).newPage();
    await signInAs(narrow, base, "Inês Saraiva");
    await narrow.goto(address);
    await narrow.getByText("Merge into another case").click();
    await pictured(narrow, { axeClean, shot }, `case ${viewport.width}`);
    await signInAs(narrow, base, "Noor de Vries");
    await narrow.goto(`${base}/clients`);
    await narrow.getByRole("main").getByRole("rowheader").getByRole("link").first().click();
    await narrow.getByRole("heading", { name: "How conversations go on" }).waitFor();
    await pictured(narrow, { axeClean, shot }, `client ${viewport.width}`);
  }
  await merges(page, base, subject, other);
  await pictured(page, { axeClean, shot }, "merged");
  await page.getByRole("button", { name: "Undo the merge" }).click();
  await page.getByText("The cases are two again.").waitFor();
  await page.goto(`${base}/inbox?view=open`);
  await caseInList(page, other).waitFor();
}

/** Zofia asks with Una in copy, Ivo answers in her place, her absence notice comes, and she asks something else. */
async function mails(smtp, page, subject, other) {
  const first = `${crypto.randomUUID()}@mail.example`;
  const send = (from, about, text, headers) => sendMail(smtp, { from, to, body: letter({ from, to, subject: about, text, headers }) });
  await send(zofia, subject, "Since today.", { "Message-ID": `<${first}>`, Cc: "una@mail.example" });
  await caseInList(page, subject).waitFor();
  const answering = { "In-Reply-To": `<${first}>`, References: `<${first}>` };
  await send(ivo, `Re: ${subject}`, "I unplugged it. What now?", answering);
  const day = new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10);
  const away = `I am out of the office until ${day}. For urgent matters please write to una@mail.example.`;
  await send(zofia, `Out of office: ${subject}`, away, { ...answering, "Auto-Submitted": "auto-replied; vacation" });
  await send(zofia, other, "It is a different one.");
  await caseInList(page, other).waitFor();
}

async function answersIvo(page) {
  await page.getByText("which isn't an address of the case's customer").waitFor();
  await page.getByText(/Zofia Lis is away until .*For urgent matters it names una@mail.example/).first().waitFor();
  const [chosen, copies] = [page.getByRole("combobox", { name: "To", exact: true }), page.getByRole("textbox", { name: /^Cc/ })];
  assert.equal(await copies.inputValue(), "una@mail.example");
  await chosen.selectOption({ label: "Ivo Lis <ivo.lis@mail.example> (wrote here)" });
  assert.equal(await copies.inputValue(), "", "those in copy were the customer's choice");
  await page.getByRole("textbox", { name: /^Reply to/ }).fill("Thank you, Ivo.");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.getByText("to ivo.lis@mail.example").first().waitFor();
}

async function merges(page, base, subject, other) {
  await page.goto(`${base}/inbox?view=open`);
  await openCase(page, other);
  const merged = page.url().split("?")[0];
  await page.getByText("Merge into another case").click();
  const remains = page.locator("#merge-into option").filter({ hasText: subject });
  await page.getByLabel("Reference of the case that remains").fill(await remains.getAttribute("value"));
  await page.getByRole("button", { name: "Merge", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: subject, exact: true }).waitFor();
  await page.getByText("It is a different one.").waitFor();
  await page.goto(merged);
  await page.getByRole("heading", { level: 1, name: subject, exact: true }).waitFor();
}

async function pictured(page, { axeClean, shot }, what) {
  await axeClean(page);
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    await assertNothingSticksOut(page);
    await shot(page, `${what} ${colorScheme}`);
  }
}
