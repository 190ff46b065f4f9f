// Hostile HTML for the flows: our own, and the collections that lie in the folder of test data, where there is one.

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";

const root = new URL("../../", import.meta.url).pathname;
const folder = resolve(root, process.env.DRAGOMAN_TEST_DATA ?? "../shared/data", "mail");

/** `html` is what a mail holds, `kept` is what of it should remain (HTML, of which the words count; any one of several). */
export async function payloads() {
  const others = await Promise.all([
    collection("html_dompurify.jsonl", ({ id, payload, expected }) => ({ id, html: payload, kept: [expected].flat() })),
    collection("html_zammad.jsonl", ({ id, input, expected }) => ({ id, html: input, kept: [expected].flat() })),
  ]);
  return [...ours.map(([html, kept], at) => ({ id: `own-${at + 1}`, html, kept: [kept] })), ...others.flat()];
}

async function collection(name, read) {
  const path = `${folder}/${name}`;
  if (!existsSync(path)) {
    console.log(`       ${name} is not here: only our own payloads are tried`);
    return [];
  }
  const lines = (await readFile(path, "utf8")).split("\n").filter((line) => line.trim());
  return lines.map((line) => read(JSON.parse(line)));
}

/** One of each kind: the payload, and the words that its reader should still see. */
const ours = [
  ["<p>Plain <b>bold</b> words</p>", "Plain bold words"],
  ["<script>alert(1)</script><p>After the script</p>", "After the script"],
  ["<p onclick=alert(1) onmouseover='alert(2)'>Touch me</p>", "Touch me"],
  ["<img src=x onerror=alert(1)>Broken picture", "Broken picture"],
  ["<svg/onload=alert(1)></svg>Drawing", "Drawing"],
  ["<svg><animate onbegin=alert(1) attributeName=x dur=1s></svg>Animated", "Animated"],
  ["<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></table></math>Formula", "Formula"],
  ["<a href='java&#10;script:alert(1)'>Read more</a>", "Read more"],
  ["<a href=' \u0001javascript:alert(1)'>Read on</a>", "Read on"],
  ["<a href='data:text/html,<script>alert(1)</script>'>Page inside</a>", "Page inside"],
  ["<a href='vbscript:msgbox(1)'>Old script</a>", "Old script"],
  ["<iframe srcdoc='<script>alert(1)</script>'></iframe>Framed", "Framed"],
  ["<object data='https://tracker.example/o'></object><embed src='https://tracker.example/e'>Objects", "Objects"],
  ["<form action='https://tracker.example/f'><input autofocus onfocus=alert(1)></form>Form", "Form"],
  ["<meta http-equiv=refresh content='0;url=https://tracker.example/m'>Refreshed", "Refreshed"],
  ["<link rel=stylesheet href='https://tracker.example/s.css'>Styled", "Styled"],
  ["<style>@import 'https://tracker.example/i.css'; p{background:url(https://tracker.example/b)}</style><p>Imported</p>", "Imported"],
  ["<p style='background-image:url(https://tracker.example/p.png)'>Background</p>", "Background"],
  ["<p style='background-color:red;width:expression(alert(1))'>Expression</p>", "Expression"],
  ["<table background='https://tracker.example/t.png'><tr><td>Cell</td></tr></table>", "Cell"],
  ["<img srcset='https://tracker.example/1.png 1x' src='cid:none'>Set of pictures", "Set of pictures"],
  ["<video poster='https://tracker.example/v.png'><source src='https://tracker.example/v' onerror=alert(1)></video>Film", "Film"],
  ["<base href='https://tracker.example/'><img src='relative.png'>Relative", "Relative"],
  ["<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>No script", "No script"],
  ["<!--><img src=x onerror=alert(1)>-->Comment", "Comment"],
  ["<b title='\"><img src=x onerror=alert(1)>'>Title</b>", "Title"],
  ["<details open ontoggle=alert(1)><summary>Fold</summary>Inside</details>", "Fold Inside"],
  ["<a ping='https://tracker.example/ping' href='https://shop.example/'>Pinged</a>", "Pinged"],
  ["<div style='position:fixed;inset:0;z-index:9999;background:#fff'>Over everything</div>", "Over everything"],
];
