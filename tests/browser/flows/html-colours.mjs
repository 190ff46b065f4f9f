// Mails with and without colours of their own, in light and in dark: their words can be read, on the page and on a sheet.

import assert from "node:assert/strict";
import { sendMail } from "../mail.mjs";
import { fresh, openCase, openInbox, signInAs } from "../steps.mjs";

export const name = "the words of a mail can be read in light and in dark";

const link = '<a href="https://shop.example/order/4711">your order</a>';
const deceiving = '<a href="https://evil.example/login">https://bank.example/login</a>';

/** `sheet`: whether the mail keeps a white ground of its own; `least`: how far its words must stand out, if not as usual. */
const mails = {
  plain: {
    sheet: false,
    html: `<p>Hello,</p><p>please look at ${link} and at ${deceiving}.</p><blockquote>What you wrote</blockquote>
      <p><img alt="Logo" src="https://shop.example/logo.png" width="120" height="40"></p>`,
  },
  office: {
    sheet: false,
    html: `<div style="color:rgb(0,0,0);background-color:#ffffff;font-family:Aptos">Hello,<br>as Outlook writes it, with ${link}.
      <font color="#212121">Regards</font></div>
      <table border="1" style="border-color:#000"><tr><td>Cell</td><td>${link}</td></tr></table>`,
  },
  coloured: {
    sheet: true,
    least: 4.5,
    html: `<p style="color:#1f497d">My answer is in blue.</p><p>The rest isn't. ${link}</p><p><font color="#c00000">Red</font>
      <span style="color:#999999">pale</span> <span style="color:#ffff00">yellow</span>
      <span style="color:white">white, whose ground was lost</span></p>`,
  },
  newsletter: {
    sheet: true,
    html: `<table width="600" bgcolor="#f4f4f4" align="center">
      <tr><td style="background-color:#0b3d5c;color:#ffffff;padding:24px"><h1>Winter sale</h1></td></tr>
      <tr><td style="background:#fff;padding:24px"><p style="color:#444">Everything must go.</p>
      <p><a href="https://shop.example/sale" style="background:#c2410c;color:#fff;padding:12px 20px">Shop now</a></p></td></tr>
      <tr><td style="font-size:11px;color:#6b6b6b">Unsubscribe: <a href="https://shop.example/out">here</a></td></tr></table>`,
  },
  tables: {
    sheet: false,
    html: `<table bgcolor="#ffffff" cellpadding="8"><tr><td bgcolor="white"><p>White tables. ${link}</p></td></tr></table>`,
  },
  dark: {
    sheet: true,
    html: `<html><head><meta name="color-scheme" content="light dark">
      <style>@media (prefers-color-scheme: dark) { .x { color: #fff } }</style></head>
      <body bgcolor="#101820" style="color:#e8e8e8"><p class="x">A mail that is dark by itself, with ${link}.</p>
      <table bgcolor="#202830"><tr><td>A cell without an ink of its own</td></tr></table></body></html>`,
  },
};

export async function run({ page, base, smtp, axeClean, shot }) {
  const subjects = {};
  for (const [kind, { html }] of Object.entries(mails)) {
    subjects[kind] = fresh(`A ${kind} mail`);
    const headers = { "Content-Type": "text/html; charset=utf-8" };
    await sendMail(smtp, { from: `Petra <petra.${kind}@mail.example>`, to: "help@aurora.example", subject: subjects[kind], text: html, headers });
  }
  await signInAs(page, base, "Inês Saraiva");
  for (const [kind, { sheet, least = sheet ? 3 : 4.5 }] of Object.entries(mails)) {
    await openInbox(page, base);
    await openCase(page, subjects[kind]);
    const folded = page.getByText("Original formatting", { exact: true });
    if (await folded.count()) await folded.click();
    const frame = page.frameLocator("iframe[name^='mail-']");
    await frame.locator("body > div").waitFor();
    assert.equal(await frame.locator("body.sheet").count(), sheet ? 1 : 0, `${kind}: on a sheet of its own?`);
    for (const [colorScheme, width] of [["light", 1280], ["dark", 1280], ["light", 390], ["dark", 390]]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      const poor = await frame.locator("html").evaluate(unreadable, least);
      assert.deepEqual(poor, [], `${kind}, ${colorScheme}, ${width} px wide`);
      const ground = await frame.locator("body > div").evaluate(groundBehind);
      assert.equal(ground > 0.5, sheet || colorScheme === "light", `${kind} in ${colorScheme} lies on ${ground}`);
      await shot(page, `${kind}-${colorScheme}-${width}`);
    }
    await page.emulateMedia({ colorScheme: null });
    await page.setViewportSize({ width: 1280, height: 800 });
    if (kind === "plain") await linksTellWhereTheyLead(page, frame, shot);
    if (!sheet) await axeClean(page);
  }
}

async function linksTellWhereTheyLead(page, frame, shot) {
  await frame.getByText("(true host: evil.example)").waitFor();
  const order = frame.getByRole("link", { name: "your order" });
  assert.equal(await order.getAttribute("rel"), "noopener noreferrer");
  assert.equal(await order.getAttribute("target"), "_blank");
  await order.focus();
  const shown = await order.evaluate((link) => getComputedStyle(link, "::after").content);
  assert.equal(shown, '"Leads to shop.example"');
  await shot(page, "where-a-link-leads");
}

/** The texts of a document that stand out from what lies behind them by less than `least`. Runs in the page. */
function unreadable(root, least) {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d");
  const parts = (colour, over) => {
    canvas.clearRect(0, 0, 1, 1);
    if (over) (canvas.fillStyle = `rgb(${over})`), canvas.fillRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const behind = (element) => {
    const above = [];
    for (let each = element; each; each = each.parentElement) above.unshift(getComputedStyle(each).backgroundColor);
    return above.reduce((under, colour) => parts(colour, under), [255, 255, 255]);
  };
  const light = (colour) => colour.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const poor = [];
  const texts = document.createTreeWalker(root.querySelector("body"), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { parentElement: element, textContent: words } = texts.currentNode;
    if (!words.trim()) continue;
    const ground = behind(element);
    const [one, two] = [light(parts(getComputedStyle(element).color, ground)), light(ground)];
    const apart = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    // The canvas rounds to whole bytes.
    if (apart < least - 0.02) poor.push(`${words.trim()}: ${apart.toFixed(2)}`);
  }
  return poor;
}

/** How light the ground of an element is, 0 to 1. Runs in the page. */
function groundBehind(element) {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d");
  canvas.fillStyle = "#fff";
  canvas.fillRect(0, 0, 1, 1);
  const above = [];
  for (let each = element; each; each = each.parentElement) above.unshift(getComputedStyle(each).backgroundColor);
  for (const colour of above) (canvas.fillStyle = colour), canvas.fillRect(0, 0, 1, 1);
  return canvas.getImageData(0, 0, 1, 1).data[1] / 255;
}
