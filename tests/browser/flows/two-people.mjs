// Two people at one case: each sees what the other does, and a neighbour on another engagement sees nothing.

import assert from "node:assert/strict";
import { sendMail } from "../mail.mjs";
import { appearsSoon, caseInList, fresh, openCase, openInbox, signInAs } from "../steps.mjs";

export const name = "two people see each other's work, and a neighbour sees none of it";

export async function run({ page, person, base, smtp, axeClean, troubles }) {
  const subject = fresh("Speaker hums");
  await sendMail(smtp, {
    from: "Orla Keane <orla.keane@mail.example>", to: "help@aurora.example", subject,
    text: "Hello, my speaker hums even when nothing plays. It began yesterday. Can you help?",
  });
  await signInAs(page, base, "Inês Saraiva");
  await openInbox(page, base);
  await openCase(page, subject);
  const colleague = await (await person()).newPage();
  await signInAs(colleague, base, "Beatriz Carvalho");
  await openInbox(colleague, base);
  await openCase(colleague, subject);

  await theColleagueSees(page, colleague);
  await aSlowReplyIsNotBrokenOff(page, colleague);
  await axeClean(colleague);
  const listed = await (await person()).newPage();
  await theListFollows(listed, base, page, subject);
  await aNeighbourSeesNothing(await (await person()).newPage(), base, page.url(), subject, troubles);
}

async function theColleagueSees(page, colleague) {
  const sees = (what, words, act) => appearsSoon(what, colleague, colleague.getByRole("main").getByText(words).first(), act);
  await sees("an assignment", /Inês Saraiva took|assigned|Inês Saraiva.*case/, () =>
    page.getByRole("button", { name: "Assign to me" }).click());
  assert.equal(await colleague.getByLabel("Assignee").evaluate((list) => list.selectedOptions[0].text), "Inês Saraiva");
  await colleague.getByLabel(/^Reply to/).fill("What the colleague is writing");
  await sees("a note", "Sounds like the power adapter.", async () => {
    await page.getByText("Note", { exact: true }).click();
    await page.getByLabel("Internal note", { exact: true }).fill("Sounds like the power adapter.");
    await page.getByRole("button", { name: "Add note" }).click();
  });
  assert.equal(await colleague.getByLabel(/^Reply to/).inputValue(), "What the colleague is writing");
  await appearsSoon("a closing", colleague, colleague.getByRole("button", { name: "Reopen" }), () =>
    page.getByRole("button", { name: "Close case" }).click());
}

/** The colleague's reply is on its way to the server for a while; what happens meanwhile mustn't break it off. */
async function aSlowReplyIsNotBrokenOff(page, colleague) {
  let letGo;
  const held = new Promise((resolve) => { letGo = resolve; });
  await colleague.route(/\/replies$/, async (route) => {
    await held;
    await route.continue();
  });
  const sent = colleague.waitForRequest(/\/replies$/);
  await colleague.getByRole("button", { name: /^Send/ }).first().click();
  await sent;
  await page.getByRole("button", { name: "Reopen" }).click();
  await page.getByRole("button", { name: "Close case" }).waitFor();
  // Longer than a page waits before it takes over what others did.
  await colleague.waitForTimeout(1000);
  letGo();
  await colleague.getByRole("article", { name: /^Reply by Beatriz/ }).waitFor();
  assert.equal(await colleague.getByLabel(/^Reply to/).inputValue(), "", "what was sent doesn't stand in the form any more");
  await colleague.unroute(/\/replies$/);
  // A fetch that is broken off because its reader goes on is no error of the page; the run fails if it is reported as one.
  await colleague.evaluate(() => setTimeout(() => {
    const reading = new AbortController();
    fetch("/account", { signal: reading.signal });
    reading.abort();
  }));
  await page.getByRole("button", { name: "Close case" }).click();
  await colleague.getByRole("button", { name: "Reopen" }).waitFor();
  await colleague.locator("html:not([aria-busy])").waitFor();
}

async function theListFollows(listed, base, page, subject) {
  await signInAs(listed, base, "Leonie Brandt-Teixeira");
  await openInbox(listed, base);
  await caseInList(listed, subject).waitFor({ state: "detached" });
  await appearsSoon("a reopened case in a list", listed, caseInList(listed, subject), () =>
    page.getByRole("button", { name: "Reopen" }).click());
}

async function aNeighbourSeesNothing(neighbour, base, url, subject, troubles) {
  await signInAs(neighbour, base, "Rui Valadares");
  await neighbour.goto(url);
  await neighbour.getByRole("heading", { level: 1, name: "There is nothing here" }).waitFor();
  // The browser reports the status of the page on its console. What it reported before stays a trouble.
  const told = troubles.findIndex((trouble) => /404/.test(trouble));
  assert.ok(told >= 0, `no 404 is among ${troubles}`);
  troubles.splice(told, 1);
  await neighbour.getByRole("searchbox", { name: "Search all cases" }).fill(subject.split(" ").at(-1));
  await neighbour.keyboard.press("Enter");
  await neighbour.getByText("No case matches.").waitFor();
}
