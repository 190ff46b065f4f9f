// The receiver with a certificate: a client turns to TLS before it says who writes to whom.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { startDemo } from "../program.mjs";
import { sendWithSwaks } from "../relays.mjs";
import { appearsSoon, caseInList, fresh, openInbox, signInAs } from "../steps.mjs";

export const name = "mail comes over STARTTLS when there is a certificate";

export async function run({ page, binary }) {
  const folder = await mkdtemp(join(tmpdir(), "dragoman-certificate-"));
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  const wanted = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-days", "2", "-subj", "/CN=mail.aurora.example"];
  await promisify(execFile)("openssl", ["req", "-x509", "-nodes", ...wanted, "-keyout", key, "-out", certificate]);
  const demo = await startDemo(binary, ["--smtp-certificate", certificate, "--smtp-key", key]);
  try {
    await arrivesEncrypted(page, demo);
  } finally {
    // An open page would report that its live updates have ended.
    await page.close();
    await demo.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function arrivesEncrypted(page, { base, smtp }) {
  const subject = fresh("Written under seal");
  await signInAs(page, base, "Inês Saraiva");
  await openInbox(page, base);
  const fields = { from: "seal@mail.example", to: "help@aurora.example", subject, text: "Hello, can you read this?" };
  const said = await appearsSoon("a mail over TLS", page, caseInList(page, subject), () =>
    sendWithSwaks(smtp, { ...fields, flags: ["--tls"] }));
  assert.match(said, /TLS started with cipher TLSv1\.[23]/);
  assert.match(said, /~> MAIL FROM/, "the sender was named under TLS");
}
