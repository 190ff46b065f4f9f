// Checks of the harness itself, against two tiny pages of its own, so that a green flow means something.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { letter, sendMail, startSink } from "./mail.mjs";

const head = (title, style) => `<!doctype html><html lang="en"><head><title>${title}</title>
  <meta name="viewport" content="width=device-width"><style>${style}</style></head>`;

const pages = {
  "/good": `${head("Good", "body { color-scheme: light dark; color: CanvasText; background: Canvas }")}
    <body><main><h1>Cases</h1><button type="button">Close</button></main></body></html>`,
  // Legible in light, not in dark.
  "/dim": `${head("Dim", "@media (prefers-color-scheme: dark) { body { background: #222 } p { color: #333 } }")}
    <body><main><h1 style="color: gray">Cases</h1><p>Nobody can read this at night.</p></main></body></html>`,
  "/broken": `${head("Broken", "")}<body><main><h1>Cases</h1></main><script>throw new Error("it broke")</script></body></html>`,
};

/** As strict about evaluated code as the program's own pages are. */
const strict = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'";

/** A world with the sample pages instead of the program. */
export async function startSamplePages() {
  const server = createServer((request, response) => {
    const headers = { "content-type": "text/html; charset=utf-8", "content-security-policy": strict };
    response.writeHead(request.url === "/favicon.ico" ? 204 : 200, headers).end(pages[request.url]);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const stop = () => {
    server.closeAllConnections();
    return once(server.close(), "close");
  };
  return { base: `http://127.0.0.1:${server.address().port}`, stop };
}

export const selfChecks = [
  {
    name: "a good page is clean in light and dark",
    async run({ page, base, axeClean, shot }) {
      await page.goto(`${base}/good`);
      await page.getByRole("button", { name: "Close" }).click();
      await axeClean(page);
      await shot(page, "good");
    },
  },
  {
    name: "a page that is illegible only in dark is found",
    async run({ page, base, axeClean }) {
      await page.goto(`${base}/dim`);
      await assert.rejects(axeClean(page), /dark: color-contrast at p/);
      await axeClean(page, { exclude: ["p", "h1"] });
    },
  },
  {
    name: "a script error is noticed",
    async run({ page, base, troubles }) {
      await page.goto(`${base}/broken`);
      assert.match(troubles.splice(0).join(), /it broke/);
    },
  },
  {
    name: "two people have their own windows",
    async run({ page, base, person }) {
      await page.goto(`${base}/good`);
      const other = await (await person({ viewport: { width: 390, height: 844 } })).newPage();
      await other.goto(`${base}/good`);
      assert.equal(await other.evaluate(() => window.innerWidth), 390);
      assert.equal(await page.evaluate(() => window.innerWidth), 1280);
    },
  },
  {
    name: "a letter arrives as it was sent",
    async run() {
      const sink = await startSink();
      const fields = { from: "Ana <ana@customer.example>", to: "help@aurora.example", subject: "Grüße" };
      const body = letter({ ...fields, text: "Hello\n.\n..two dots\nžiūrėk" });
      await sendMail(sink, { ...fields, body });
      const arrived = await sink.next(({ from }) => from === "ana@customer.example");
      assert.deepEqual(arrived.to, ["help@aurora.example"]);
      assert.equal(`${arrived.body}\r\n`, body);
      await assert.rejects(sink.next(() => false, 20), /1 others came/);
      await sink.stop();
    },
  },
];
