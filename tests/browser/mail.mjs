// Mail for the flows: a customer's program that sends, and a sink that receives what we send.

import { once } from "node:events";
import { connect, createServer } from "node:net";
import { createInterface } from "node:readline";

/** A plain letter. `headers` are added to From, To, Subject, Date and Message-ID, or replace them. */
export function letter({ from, to, subject, text, headers = {} }) {
  const all = {
    From: from,
    To: to,
    Subject: subject,
    Date: new Date().toUTCString().replace("GMT", "+0000"),
    "Message-ID": `<${crypto.randomUUID()}@${from.split("@").pop().replace(">", "")}>`,
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    ...headers,
  };
  return `${Object.entries(all).map(([name, value]) => `${name}: ${value}`).join("\r\n")}\r\n\r\n${text.replaceAll(/\r?\n/g, "\r\n")}\r\n`;
}

/** The address between < and >, or the whole text. */
const bare = (address) => address.match(/<([^>]+)>/)?.[1] ?? address.trim();

/**
 * Sends a letter over SMTP and returns the server's last answer to it. Fails with the answer if the server says no.
 * `to` may be one address or several; `body` is the whole letter, or is made by `letter` from the other fields.
 */
export async function sendMail({ host, port }, { body, ...fields }) {
  const socket = connect(port, host);
  const lines = createInterface({ input: socket, crlfDelay: Infinity })[Symbol.asyncIterator]();
  const say = async (line, wanted) => {
    if (line !== undefined) socket.write(`${line}\r\n`);
    for (;;) {
      const { value: answer = "(the connection ended)" } = await lines.next();
      if (answer[3] === "-") continue;
      if (!answer.startsWith(wanted)) throw new Error(`to ${line ?? "the greeting"} the server said: ${answer}`);
      return answer;
    }
  };
  try {
    await once(socket, "connect");
    await say(undefined, "220");
    await say("EHLO flows.example", "250");
    await say(`MAIL FROM:<${bare(fields.from)}>`, "250");
    for (const recipient of [fields.to].flat()) await say(`RCPT TO:<${bare(recipient)}>`, "250");
    await say("DATA", "354");
    const whole = body ?? letter({ ...fields, to: [fields.to].flat().join(", ") });
    const answer = await say(`${whole.replaceAll(/^\./gm, "..").replace(/\r?\n$/, "")}\r\n.`, "250");
    await say("QUIT", "221");
    return answer;
  } finally {
    socket.destroy();
  }
}

/** A server that accepts every mail. `letters` holds `{ from, to, body }`; `next(fits)` waits for one that fits. */
export async function startSink() {
  const letters = [];
  const waiting = [];
  const deliver = (arrived) => {
    letters.push(arrived);
    for (const wait of waiting.filter(({ fits }) => fits(arrived))) wait.found(arrived);
  };
  const sockets = new Set();
  const server = createServer((socket) => {
    sockets.add(socket.on("close", () => sockets.delete(socket)).on("error", () => {}));
    receive(socket, deliver);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const next = (fits = () => true, patience = 10_000) => {
    const here = letters.find(fits);
    if (here) return Promise.resolve(here);
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`no such letter within ${patience} ms; ${letters.length} others came`)), patience);
      waiting.push({ fits, found: (arrived) => (clearTimeout(late), resolve(arrived)) });
    });
  };
  const stop = () => {
    for (const socket of sockets) socket.destroy();
    return once(server.close(), "close");
  };
  return { host: "127.0.0.1", port: server.address().port, letters, next, stop };
}

function receive(socket, deliver) {
  let envelope = { to: [] };
  let body;
  const say = (line) => socket.write(`${line}\r\n`);
  say("220 sink.example ready");
  createInterface({ input: socket, crlfDelay: Infinity }).on("line", (line) => {
    if (body) {
      if (line !== ".") return void body.push(line.replace(/^\./, ""));
      deliver({ ...envelope, body: body.join("\r\n") });
      [envelope, body] = [{ to: [] }, undefined];
      return say("250 taken");
    }
    switch (line.slice(0, 4).toUpperCase()) {
      case "EHLO": return say("250-sink.example\r\n250-8BITMIME\r\n250 SMTPUTF8");
      case "MAIL": envelope = { from: bare(line), to: [] }; return say("250 ok");
      case "RCPT": envelope.to.push(bare(line)); return say("250 ok");
      case "DATA": body = []; return say("354 go on");
      case "QUIT": say("221 bye"); return socket.end();
      default: return say("250 ok");
    }
  });
}
