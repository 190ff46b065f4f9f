// A part of a case goes to a vendor and comes back: the link of the letter is opened in a browser without a session, information is asked
// for and given, and the answer stands in the representative's draft.

import assert from "node:assert/strict";
import { sendMail } from "../mail.mjs";
import { assertNothingSticksOut, caseInList, fresh, openCase, openInbox, signInAs } from "../steps.mjs";

export const name = "a vendor asks for information and answers through the link of a letter";

const answer = "Wir tauschen das Gerät aus. Das Etikett für den Versand kommt heute per Mail.";

export async function run({ page, person, base, smtp, axeClean, shot, troubles }) {
  const subject = fresh("Boiler stops");
  await sendMail(smtp, {
    from: "Orla Keane <orla.keane@mail.example>", to: "help@aurora.example", subject,
    text: "Hello, my machine stops heating after a minute. It is two months old. Can you repair it?",
  });
  await signInAs(page, base, "Inês Saraiva");
  await openInbox(page, base);
  await caseInList(page, subject).waitFor();
  await openCase(page, subject);
  await page.getByRole("button", { name: "Assign to me" }).click();
  await page.getByLabel("Assignee").and(page.locator("select")).waitFor();
  const caseUrl = page.url();

  const asked = fresh("Why does it stop");
  await handOver(page, asked, axeClean, shot);
  const link = await theLetter(await (await person()).newPage(), base, asked);
  const vendor = await (await person()).newPage();
  await theVendorAsks(vendor, link, asked, axeClean, shot, troubles);
  await weTell(page);
  await theVendorAnswers(vendor, link, axeClean);
  await itIsBack(page, caseUrl, axeClean, shot);
}

async function handOver(page, asked, axeClean, shot) {
  const part = page.getByRole("region", { name: "Escalations" });
  await part.getByText("Nothing was handed to a specialist or a vendor.").waitFor();
  await part.getByRole("link", { name: "Hardware" }).click();
  await page.getByRole("heading", { level: 1, name: "Hand a part of the case over" }).waitFor();
  await axeClean(page);
  await page.getByLabel(/^To/).selectOption({ label: "Norfab Repairs" });
  await page.getByLabel(/^What is asked/).fill(`${asked}?`);
  await page.getByLabel("What was tried").fill("Descaled twice.");
  await page.getByLabel(/^Serial number/).fill("AB-12");
  await page.getByLabel(/^Entitlement/).selectOption("warranty");
  await shot(page, "escalation-new");
  await page.getByRole("button", { name: "Hand over" }).click();
  await page.getByRole("heading", { level: 1, name: asked }).waitFor();
  await page.getByText("It is handed over.").waitFor();
  await axeClean(page);
}

/** The link in the vendor's letter, which lies in the demo's postbox. */
async function theLetter(postbox, base, asked) {
  await signInAs(postbox, base, "Inês Saraiva");
  const letter = postbox.getByRole("link", { name: new RegExp(`^Received by .*${asked}`) });
  await postbox.goto(`${base}/postbox`);
  while (!(await letter.first().isVisible())) await postbox.reload();
  await letter.first().click();
  const opened = postbox.getByRole("article");
  await opened.getByText("Seriennummer: AB-12").waitFor();
  assert.equal(await opened.getByText("Orla").count(), 0, "the customer's name isn't handed over");
  return opened.getByRole("link", { name: /\/escalated\// }).getAttribute("href");
}

async function theVendorAsks(vendor, link, asked, axeClean, shot, troubles) {
  await vendor.setViewportSize({ width: 390, height: 844 });
  await vendor.goto(link);
  await vendor.getByRole("heading", { level: 1 }).waitFor();
  await vendor.getByText(`${asked}?`).waitFor();
  assert.equal(await vendor.getByText("Orla").count(), 0, "nor is it on the page");
  await assertNothingSticksOut(vendor);
  await axeClean(vendor);
  await shot(vendor, "escalated");
  await vendor.getByRole("button", { name: "Antworten" }).click();
  await vendor.getByText("Bitte schreiben Sie, was wir dem Kunden sagen können.").waitFor();
  // The browser reports the status of the refused form on its console. What it reported before stays a trouble.
  const told = troubles.findIndex((trouble) => /422/.test(trouble));
  assert.ok(told >= 0, `no 422 is among ${troubles}`);
  troubles.splice(told, 1);
  await vendor.getByText("Nachfragen", { exact: true }).first().click();
  await vendor.getByLabel("Was müssen Sie wissen?").fill("Welche Firmware?");
  await vendor.getByRole("button", { name: "Nachfragen" }).click();
  await vendor.getByText("Vielen Dank. Der Helpdesk weiß Bescheid.").waitFor();
}

async function weTell(page) {
  await page.reload();
  await page.getByText("Welche Firmware?").waitFor();
  await page.getByLabel("What they asked for").fill("Firmware 4.2.");
  await page.getByRole("button", { name: "Send it to them" }).click();
  await page.getByText("It is noted, and the other side is told.").waitFor();
}

async function theVendorAnswers(vendor, link, axeClean) {
  await vendor.goto(link);
  await vendor.getByText("Firmware 4.2.").waitFor();
  await vendor.getByLabel("Was wir dem Kunden sagen können").fill(answer);
  await vendor.getByLabel("RMA-Nummer").fill("R-7710");
  await vendor.getByRole("button", { name: "Antworten" }).click();
  await vendor.getByText("Vielen Dank. Der Helpdesk weiß Bescheid.").waitFor();
  await axeClean(vendor);
}

async function itIsBack(page, caseUrl, axeClean, shot) {
  await page.reload();
  await page.getByRole("heading", { name: "It is back" }).waitFor();
  await page.getByText("R-7710").first().waitFor();
  await axeClean(page);
  await shot(page, "escalation-back");
  await page.goto(caseUrl);
  const draft = page.getByRole("region", { name: "Write" }).getByLabel(/^Reply to/);
  assert.equal(await draft.inputValue(), answer, "the answer stands in the draft, and nothing was sent");
  await axeClean(page);
  await shot(page, "escalation-case");
  await page.getByRole("region", { name: "Escalations" }).getByRole("link").first().click();
  await page.getByRole("button", { name: "It helps: end it" }).click();
  await page.getByText("Ended", { exact: true }).first().waitFor();
}
