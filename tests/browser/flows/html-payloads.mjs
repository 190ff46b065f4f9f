// Hostile HTML, one mail each: nothing of it acts or asks anybody, as served and with the browser's own protection taken away.

import assert from "node:assert/strict";
import { sendMail } from "../mail.mjs";
import { payloads } from "../payloads.mjs";
import { fresh, openCase, openInbox, signInAs } from "../steps.mjs";

export const name = "no payload of a mail acts, and its words are kept";

export async function run({ page, base, smtp, person, troubles }) {
  const all = await payloads();
  await signInAs(page, base, "Inês Saraiva");
  const mails = await arrived(page, base, smtp, all);
  const watch = await watched(await person(), base);
  const served = await watch.signedInAs(page);

  const raw = await eachActs(served, watch, all, ({ html }) => watch.showRaw(html));
  assert.ok(raw.length > all.length / 4, `untreated, only ${raw.length} of ${all.length} payloads act: the watch is blind`);

  const asServed = await eachActs(served, watch, all, (_, at) => watch.showMail(mails[at], "protected"));
  const alone = await eachActs(served, watch, all, (_, at) => watch.showMail(mails[at], "bare"));
  const lost = await wordsLost(served, watch, all, mails);
  const share = ((100 * lost.kept) / lost.all).toFixed(1);
  console.log(`       ${all.length} payloads: untreated ${raw.length} act, as served ${asServed.length}, without policy and sandbox ${alone.length}; ` +
    `${lost.kept} of ${lost.all} words kept (${share} %)${lost.ids.length ? `, fewer in ${lost.ids.join(" ")}` : ""}`);
  assert.deepEqual(asServed, [], "payloads that act as served");
  assert.deepEqual(alone, [], "payloads that only the browser's protection stops");
  assert.deepEqual(lost.ids.filter((id) => id.startsWith("own-")), [], "our own payloads whose words are lost");
  assert.ok(lost.kept >= lost.all * 0.9, `only ${share} % of the words are kept`);
  troubles.length = 0; // Sources that lead nowhere are what this is about.
}

/** Sends every payload as a mail of one conversation, and returns the address of each one's frame. */
async function arrived(page, base, smtp, all) {
  const [subject, thread] = [fresh("Payloads"), crypto.randomUUID()];
  const id = (at) => `<${thread}.${at}@mail.example>`;
  for (const [at, { html }] of all.entries()) {
    const answers = at === 0 ? {} : { "In-Reply-To": id(0), References: id(0) };
    const headers = { "Message-ID": id(at), "Content-Type": "text/html; charset=utf-8", "Content-Transfer-Encoding": "base64", ...answers };
    const text = Buffer.from(`<p>Mail number ${at}.</p>${html}`).toString("base64").replaceAll(/.{76}/g, "$&\n");
    await sendMail(smtp, { from: "Petra <petra@mail.example>", to: "help@aurora.example", subject, text, headers });
    if (at === 0) await openInbox(page, base), await openCase(page, subject);
  }
  const frames = page.locator("iframe[name^='mail-']");
  await page.waitForFunction((count) => document.querySelectorAll("iframe[name^='mail-']").length === count, all.length, { timeout: 120_000 });
  const addresses = await frames.evaluateAll((found) => found.map((frame) => frame.src));
  const ordered = new Map();
  for (const address of addresses) {
    const text = await (await page.request.get(address)).text();
    ordered.set(Number(text.match(/Mail number (\d+)\./)[1]), address);
  }
  return all.map((_, at) => ordered.get(at));
}

/** The ids of payloads that did something, each with what it did. */
async function eachActs(page, watch, all, show) {
  const acting = [];
  for (const [at, payload] of all.entries()) {
    watch.deeds.length = 0;
    await show(payload, at);
    const frame = page.frames().find((each) => each.name() === "mail");
    if (frame) await tease(frame).catch((problem) => watch.deeds.push(`left: ${problem.message.split("\n")[0]}`));
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    if (watch.deeds.length > 0) acting.push(`${payload.id}: ${[...new Set(watch.deeds)].join(", ")}`);
  }
  return acting;
}

/** Does to every element what a reader might, and names what could run later. */
async function tease(frame) {
  const dangers = await frame.evaluate(() => {
    const found = [];
    for (const element of document.querySelectorAll("*")) {
      for (const { name, value } of element.attributes) {
        const address = value.replaceAll(/[\u0000-\u0020]/g, "");
        if (/^on/i.test(name)) found.push(`has ${name}`);
        if (/href|src|action|data/i.test(name) && /^(javascript|vbscript|data:(?!image\/(png|jpeg|gif|webp)))/i.test(address)) found.push(`leads to ${address.slice(0, 30)}`);
      }
      if (["SCRIPT", "IFRAME", "OBJECT", "EMBED", "FORM", "BASE", "LINK"].includes(element.tagName)) found.push(`is a ${element.tagName}`);
      if (["fixed", "absolute", "sticky"].includes(getComputedStyle(element).position)) found.push("lies over others");
      for (const kind of ["mouseover", "mouseout", "mousedown", "focus", "blur", "scroll", "error", "load"]) element.dispatchEvent(new Event(kind));
      if (element.tagName !== "A") element.dispatchEvent(new Event("click"));
    }
    return found;
  });
  for (const danger of dangers) await frame.page().evaluate((deed) => window.deed(deed), danger);
}

/** A context in which whatever runs, asks or moves is written down in `deeds`. */
async function watched(context, base) {
  const deeds = [];
  let [mode, raw, own, page] = ["protected", "", new Set(), undefined];
  await context.exposeFunction("deed", (deed) => void deeds.push(deed));
  await context.addInitScript(() => {
    for (const hook of ["alert", "confirm", "prompt", "print", "open"]) window[hook] = () => top.deed(`calls ${hook}`);
  });
  await context.route("**", async (route) => {
    const address = route.request().url();
    if (address === `${base}/raw`) return route.fulfill({ contentType: "text/html", body: `<!doctype html>${raw}` });
    if (address === `${base}/outer`) return route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Outer</title>" });
    if (!own.has(address)) return deeds.push(`asks ${address.slice(0, 60)}`), route.abort();
    if (mode === "protected") return route.continue();
    const answer = await route.fetch();
    const { "content-security-policy": _, ...headers } = answer.headers();
    return route.fulfill({ response: answer, headers });
  });
  const show = async (address, sandbox) => {
    own = new Set([address]);
    await page.evaluate(([src, rules]) => new Promise((done) => {
      const frame = Object.assign(document.createElement("iframe"), { name: "mail", onload: done });
      if (rules) frame.setAttribute("sandbox", rules);
      frame.src = src;
      document.body.replaceChildren(frame);
      setTimeout(done, 3_000);
    }), [address, sandbox]);
  };
  return {
    deeds,
    signedInAs: async (other) => {
      await context.addCookies(await other.context().cookies());
      page = await context.newPage();
      page.on("dialog", (dialog) => (deeds.push(`opens ${dialog.type()}`), dialog.dismiss()));
      context.on("page", (popup) => (deeds.push("opens a window"), popup.close()));
      await page.goto(`${base}/outer`);
      return page;
    },
    showRaw: (html) => ((raw = html), show(`${base}/raw`, "")),
    showMail: (address, how) => ((mode = how), show(address, how === "bare" ? "" : "allow-same-origin allow-popups allow-popups-to-escape-sandbox")),
  };
}

/** Counts the words that should remain, and those that do. */
async function wordsLost(page, watch, all, mails) {
  const sum = { all: 0, kept: 0, ids: [] };
  for (const [at, { id, kept }] of all.entries()) {
    await watch.showMail(mails[at], "protected");
    const shown = await page.frames().find((each) => each.name() === "mail").evaluate(() => document.body.textContent);
    const wanted = await page.evaluate((texts) => texts.map((html) => {
      const text = new DOMParser().parseFromString(html, "text/html");
      for (const hidden of text.querySelectorAll("script, style, template, svg, math")) hidden.remove();
      return text.body.textContent.match(/[\p{L}\p{N}]+/gu) ?? [];
    }), kept);
    const found = (words) => words.filter((word) => shown.includes(word)).length;
    const best = wanted.toSorted((a, b) => found(b) - b.length - (found(a) - a.length))[0];
    sum.all += best.length;
    sum.kept += found(best);
    if (found(best) < best.length) sum.ids.push(id);
  }
  return sum;
}
