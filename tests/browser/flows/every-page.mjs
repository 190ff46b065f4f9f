// Every page, wide and narrow, light and dark: accessible, inside its window, and pictured.

import assert from "node:assert/strict";
import { letter, sendMail } from "../mail.mjs";
import { assertNothingSticksOut, fresh, signInAs } from "../steps.mjs";

export const name = "every page is accessible and fits, wide and narrow, light and dark";

const widths = [{ width: 1280, height: 800 }, { width: 390, height: 844 }];

const work = ["/inbox?view=mine", "/inbox?view=unassigned", "/inbox?view=open", "/inbox?view=closed", "/inbox?q=charger",
  "/inbox?q=nothing-has-this-word", "/account", "/gallery", "/postbox", "/postbox/new"];
// The owner of the demo sees no cases.
const administration = ["/inbox?view=mine", "/clients", "/clients/new", "/people", "/engagements", "/engagements/new", "/outgoing-mail", "/sending-domains", "/sending-domains/aurora.example", "/queue", "/parked", "/jobs"];

export async function run({ base, smtp, person, axeClean, shot, troubles }) {
  const subject = await aCaseWithEverything(smtp);
  for (const viewport of widths) {
    const look = (page) => async (what) => {
      await axeClean(page);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        await assertNothingSticksOut(page);
        await shot(page, `${what} ${viewport.width} ${colorScheme}`);
      }
    };
    const visitor = async () => (await person({ viewport })).newPage();
    await strangers(await visitor(), base, look);
    await owners(await visitor(), base, look);
    await representatives(await visitor(), base, look, subject);
  }
  // The browser reports the statuses of missing and forbidden pages on its console.
  const others = troubles.splice(0).filter((trouble) => !/status of 40[34]/.test(trouble));
  assert.deepEqual(others, []);
}

/** A case with an HTML mail, quoted text, an attachment and a subject in another script. */
async function aCaseWithEverything(smtp) {
  const subject = fresh("Батарея садится слишком быстро");
  const [from, to] = ["Ирина Соколова <irina.sokolova@mail.example>", "help@aurora.example"];
  const html = `<p>Здравствуйте!</p><table style="width:900px;border:1px solid"><tr><td>${"широкая таблица ".repeat(12)}</td></tr></table>
    <p>https://shop.example/${"a-very-long-address-".repeat(8)}</p><img src="https://shop.example/logo.png" alt="Logo">
    <div class="gmail_quote"><div class="gmail_attr">On Mon, 3 Mar 2025, Aurora &lt;help@aurora.example&gt; wrote:<br></div><blockquote>Earlier.</blockquote></div>`;
  const text = ["--seam", "Content-Type: text/html; charset=utf-8", "", html, "--seam",
    'Content-Type: application/pdf; name="invoice.pdf"', 'Content-Disposition: attachment; filename="invoice.pdf"', "", "%PDF-1.4", "--seam--"];
  const headers = { "Content-Type": 'multipart/mixed; boundary="seam"' };
  await sendMail(smtp, { from: "irina.sokolova@mail.example", to, body: letter({ from, to, subject, text: text.join("\n"), headers }) });
  return subject;
}

async function strangers(page, base, look) {
  await page.goto(`${base}/sign-in`);
  await look(page)("sign-in");
  await page.goto(`${base}/no-such-page`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await look(page)("stranger lost");
}

async function owners(page, base, look) {
  await signInAs(page, base, "Noor de Vries");
  for (const path of administration) {
    await page.goto(base + path);
    await look(page)(`owner ${path}`);
  }
  await page.goto(`${base}/clients`);
  await follow(page, page.getByRole("main").getByRole("rowheader").getByRole("link").first(), /\/clients\/./);
  await look(page)("owner client");
  await follow(page, page.getByRole("main").getByRole("link", { name: /@/ }).first(), /\/mailboxes\/./);
  await look(page)("owner mailbox");
  await page.goto(`${base}/people`);
  await follow(page, page.getByRole("link", { name: "Tiago Nogueira" }).first(), /\/people\/./);
  await look(page)("owner person");
  await page.goto(`${base}/postbox`);
  await follow(page, page.getByRole("list", { name: "Letters" }).getByRole("link").first(), /\/postbox\/./);
  await look(page)("owner letter");
}

async function follow(page, link, address) {
  await link.click();
  await page.waitForURL(address);
  await page.getByRole("heading", { level: 1 }).waitFor();
}

async function representatives(page, base, look, subject) {
  await signInAs(page, base, "Inês Saraiva");
  for (const path of work) {
    await page.goto(base + path);
    await look(page)(`representative ${path}`);
  }
  await theCase(page, base, look, subject);
  await page.goto(`${base}/people`);
  await page.getByRole("heading", { level: 1, name: "There is nothing here" }).waitFor();
  await look(page)("representative forbidden");
  await page.goto(`${base}/cases/00000000000000000000000000000000`);
  await page.getByRole("heading", { level: 1, name: "There is nothing here" }).waitFor();
  await look(page)("representative lost");
}

async function theCase(page, base, look, subject) {
  await page.goto(`${base}/inbox?view=open`);
  await page.getByRole("main").getByRole("link", { name: subject, exact: true }).click();
  await page.getByRole("heading", { level: 1, name: subject }).waitFor();
  await page.getByText("Original formatting", { exact: true }).click();
  const mail = page.frameLocator("iframe[title$='in its original formatting']");
  await mail.getByText("Здравствуйте!").waitFor();
  await look(page)("case");
}
