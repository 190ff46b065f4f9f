// The doorstep: one click into the demo, out again, and what a stranger with a wrong password is told.

import assert from "node:assert/strict";
import { demoPerson, signInAs } from "../steps.mjs";

export const name = "the doorstep lets in, lets out and explains itself";

export async function run({ page, base, axeClean, troubles }) {
  await page.goto(base);
  await page.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
  await axeClean(page);

  await signInAs(page, base, "Beatriz Carvalho");
  assert.match(page.url(), /\/inbox\?view=mine$/);
  await signOut(page);

  await aWrongPasswordIsExplained(page, base, axeClean, troubles);
  await aDeepLinkIsKept(page, base);
}

async function signOut(page) {
  await page.getByRole("button", { name: /account and sign-out/ }).click();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.getByText("You are signed out.").waitFor();
  await page.goBack();
  await page.reload();
  await page.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
}

async function aWrongPasswordIsExplained(page, base, axeClean, troubles) {
  await page.goto(`${base}/sign-in`);
  await page.getByLabel("E-mail address").fill("beatriz.carvalho@lisbon.example");
  await page.getByLabel("Password").fill("a guess that is long enough");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  const refusal = page.getByRole("alert");
  await refusal.waitFor();
  assert.match(await refusal.innerText(), /password/i);
  assert.equal(await page.getByLabel("E-mail address").inputValue(), "beatriz.carvalho@lisbon.example");
  await axeClean(page);
  // The browser reports the refusal's status on its console.
  const told = troubles.findIndex((trouble) => /status of 4\d\d/.test(trouble));
  assert.ok(told >= 0, `no refusal is among ${troubles}`);
  troubles.splice(told, 1);
}

async function aDeepLinkIsKept(page, base) {
  await page.goto(`${base}/inbox?view=closed`);
  await demoPerson(page, "Beatriz Carvalho").click();
  await page.waitForURL(`${base}/inbox?view=closed`);
}
