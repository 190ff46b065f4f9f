// A translating server elsewhere that says what was recorded for it, and the steps by which a client comes to use it.

import { once } from "node:events";
import { createServer } from "node:http";
import { signInAs } from "./steps.mjs";

/**
 * A server that speaks as LibreTranslate does: `url`, and `stop()`. `recorded` has for each target language its sentences, as pairs of
 * a pattern (terms come masked) and what it becomes. A sentence that isn't recorded comes back as it is.
 */
export async function startTranslator(recorded) {
  const server = createServer(async (request, response) => {
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    response.setHeader("content-type", "application/json");
    if (request.url.endsWith("/languages")) return response.end(JSON.stringify(languagesOf(recorded)));
    const asked = JSON.parse(Buffer.concat(pieces).toString());
    const all = [asked.q].flat().map((sentence) => said(recorded[asked.target] ?? [], sentence));
    return response.end(JSON.stringify({ translatedText: Array.isArray(asked.q) ? all : all[0] }));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${server.address().port}/`, stop: () => server.close() };
}

/** Every language into every other. */
function languagesOf(recorded) {
  const names = new Intl.DisplayNames("en", { type: "language" });
  const codes = Object.keys(recorded);
  return codes.map((code) => ({ code, name: names.of(code), targets: codes.filter((other) => other !== code) }));
}

function said(sentences, sentence) {
  const found = sentences.find(([pattern]) => pattern.test(sentence));
  return found ? sentence.replace(found[0], found[1]) : sentence;
}

/** An owner describes the engine at this address, and tests it. */
export async function describeTheEngine(page, base, url) {
  await signInAs(page, base, "Noor de Vries");
  await page.goto(`${base}/translation`);
  await page.getByLabel("Kind").last().selectOption("libretranslate");
  await page.getByLabel("Name", { exact: true }).last().fill("House translator");
  await page.getByLabel("Address").last().fill(url);
  await page.getByLabel("Country in which it stands").last().fill("Portugal");
  await page.getByLabel("It is asked").last().check();
  await page.getByRole("button", { name: "Save" }).last().click();
  await page.getByRole("heading", { name: "House translator" }).waitFor();
  await page.getByRole("button", { name: "Test it" }).click();
  await page.locator(".engine__measured").first().waitFor();
}

/** The same owner allows it for the client pip. */
export async function allowTheEngine(page, base) {
  await page.goto(`${base}/clients`);
  await page.getByRole("main").getByRole("link", { name: /pip/ }).first().click();
  await page.getByRole("link", { name: "What this client allows" }).click();
  const engine = page.getByRole("region", { name: "House translator" });
  await engine.getByRole("button", { name: /^Allow/ }).click();
  await engine.getByText("This month").waitFor();
}
