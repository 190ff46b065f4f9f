// A mail that tries everything a hostile mail can: it is text to read, and nothing of it acts.

import assert from "node:assert/strict";
import { letter, sendMail } from "../mail.mjs";
import { fresh, openCase, openInbox, signInAs } from "../steps.mjs";

export const name = "hostile HTML is only read, and remote images come through the desk when asked for";

const hostile = `<html><head><meta http-equiv="refresh" content="0;url=https://tracker.example/refresh">
<link rel="stylesheet" href="https://tracker.example/style.css">
<style>@import url(https://tracker.example/import.css); body { background: url(https://tracker.example/back.png) }</style></head>
<body onload="parent.hacked = 1"><script>window.hacked = parent.hacked = 1; fetch("https://tracker.example/script")</script>
<p>Hello, the invoice shows the wrong address.</p>
<img src="x" onerror="window.hacked = parent.hacked = 1"><svg onload="parent.hacked = 1"><script>parent.hacked = 1</script></svg>
<img src="https://tracker.example/pixel.png" alt="Our shop" width="20" height="20">
<div style="position:fixed;inset:0;z-index:99999;background:red">Session expired</div>
<form action="https://tracker.example/steal"><input name="password" autofocus onfocus="parent.hacked = 1"><button>Sign in</button></form>
<iframe src="https://tracker.example/frame"></iframe><object data="https://tracker.example/object"></object>
<a href="javascript:parent.hacked=1">click me</a> <a href="https://shop.example/order">my order</a>
<video src="https://tracker.example/film" autoplay></video><base href="https://tracker.example/">
<div class="gmail_quote"><div class="gmail_attr">On Mon, 3 Mar 2025 at 10:12, Aurora &lt;help@aurora.example&gt; wrote:<br></div>
<blockquote class="gmail_quote">What we wrote before.</blockquote></div></body></html>`;

export async function run({ page, context, base, smtp, axeClean, shot, troubles }) {
  const subject = fresh("Wrong address on the invoice");
  const asked = await remoteRequests(context);
  const [from, to] = ["Petra Nowicka <petra.nowicka@mail.example>", "help@aurora.example"];
  const headers = { "Content-Type": "text/html; charset=utf-8" };
  await sendMail(smtp, { from, to, body: letter({ from, to, subject, text: hostile, headers }) });
  await signInAs(page, base, "Inês Saraiva");
  await openInbox(page, base);
  await openCase(page, subject);
  await theTextIsThere(page);
  await theQuoteIsFolded(page);

  const mail = await theOriginalIsShown(page);
  await nothingActs(page, mail);
  assert.deepEqual(asked, [], "nothing was asked of other servers before the reader wanted it");
  await axeClean(page);
  await shot(page, "original");

  const fetched = page.waitForResponse((answer) => /remote-pictures\/0$/.test(answer.url()));
  await page.getByRole("link", { name: "Show remote images" }).click();
  // That server doesn't exist, so its picture stays a description.
  assert.equal((await fetched).status(), 502);
  await mail.getByRole("img", { name: "Our shop" }).waitFor();
  assert.deepEqual(asked, [], "pictures are asked of the desk, and of nobody else");
  troubles.splice(0, troubles.length, ...troubles.filter((trouble) => !/status of 502/.test(trouble)));
  await nothingActs(page, mail);
}

/** Whatever would leave for another server. */
async function remoteRequests(context) {
  const asked = [];
  await context.route((url) => url.hostname !== "127.0.0.1", (route) => {
    asked.push(route.request().url());
    return route.abort();
  });
  return asked;
}

async function theTextIsThere(page) {
  const message = page.getByRole("article", { name: "Message from Petra Nowicka" });
  await message.getByText("the invoice shows the wrong address").first().waitFor();
  assert.equal(await message.getByText("window.hacked").count(), 0, "a script's text is no text of the mail");
}

async function theQuoteIsFolded(page) {
  const quoted = page.getByText("What we wrote before.").first();
  assert.equal(await quoted.isVisible(), false);
  await page.getByText("Quoted text", { exact: true }).click();
  await quoted.waitFor();
}

/** Opens the original, and returns its frame. */
async function theOriginalIsShown(page) {
  await page.getByText("Original formatting", { exact: true }).click();
  await page.getByText("Remote images are not loaded").waitFor();
  const mail = page.frameLocator("iframe[title='Message from Petra Nowicka in its original formatting']");
  await mail.getByText("the invoice shows the wrong address").waitFor();
  return mail;
}

async function nothingActs(page, mail) {
  const hacked = await page.evaluate(() => [window.hacked, document.querySelector("iframe").contentWindow.hacked]);
  assert.deepEqual(hacked, [undefined, undefined]);
  for (const forbidden of ["script", "iframe", "form", "object", "input", "video", "base", "link", "meta[http-equiv=refresh]"]) {
    assert.equal(await mail.locator(forbidden).count(), 0, `a ${forbidden} of the mail is in the frame`);
  }
  assert.equal(await mail.locator("[onload], [onerror], [onfocus], [href^='javascript']").count(), 0);
  const fixed = () => [...document.querySelectorAll("*")].filter((element) => getComputedStyle(element).position === "fixed").length;
  assert.equal(await mail.locator("html").evaluate(fixed), 0, "something of the mail lies over the page");
}
