// Accessibility of a page, as axe-core sees it, in light and in dark.

import axe from "axe-core";

/**
 * Fails with every finding on the page. `options` go to axe; `{ exclude: [".selector"] }` leaves out parts that aren't ours,
 * such as a customer's original mail.
 */
export async function axeClean(page, { exclude = [], ...options } = {}) {
  const findings = [];
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    findings.push(...(await findingsOf(page, exclude, options)).map((finding) => `${colorScheme}: ${finding}`));
  }
  await page.emulateMedia({ colorScheme: null });
  if (findings.length > 0) throw new Error(`axe on ${page.url()}:\n  ${findings.join("\n  ")}`);
}

async function findingsOf(page, exclude, options) {
  // Evaluated from outside of the page, so a strict content security policy stays in force.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    ([left, set]) => window.axe.run({ include: [document], exclude: left }, set),
    [exclude.map((selector) => [selector]), options],
  );
  return violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id} at ${node.target.join(" ")}: ${reason(node)}`));
}

function reason(node) {
  return node.failureSummary.split("\n").slice(1).join("; ").trim();
}
