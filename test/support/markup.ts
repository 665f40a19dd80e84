import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import type { AxeResults } from "axe-core";
import { type ConfigData, HtmlValidate } from "html-validate";
import type { Page } from "playwright-core";

const config: ConfigData = {
  root: true,
  extends: ["html-validate:recommended", "html-validate:a11y"],
  rules: {
    // HTML does not care; lower case is how the rest of our markup is written.
    "doctype-style": ["error", { style: "lowercase" }],
    // Templates leave white space behind where a part renders to nothing; nobody sees it.
    "no-trailing-whitespace": "off",
    // A title names the person and the day of a meeting; its length is for search engines, which never come here.
    "long-title": "off",
    // Boxes of one name are how several of one kind are chosen.
    "form-dup-name": ["error", { shared: ["radio", "button", "reset", "submit", "checkbox"] }],
  },
};

const validator = new HtmlValidate(config);

/** Fails with one line for each mistake in a page's markup: place, rule, what is wrong. */
export async function checkMarkup(htmlText: string, pageName: string): Promise<void> {
  const report = await validator.validateString(htmlText, pageName);
  const lines = htmlText.split("\n");
  const mistakes = report.results.flatMap((result) =>
    result.messages.map(
      (one) =>
        `${pageName}:${one.line}:${one.column} ${one.message} (${one.ruleId})\n    ${lines[one.line - 1]?.trim().slice(0, 160) ?? ""}`,
    ),
  );
  assert.equal(mistakes.length, 0, `The markup of ${pageName} has ${mistakes.length} mistakes:\n${mistakes.join("\n")}`);
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** The rules whose answer depends on colours: all that can differ between light and dark. */
const colourRules = ["color-contrast", "link-in-text-block"];

const AXE_LIMIT_MS = 60_000;

/**
 * Fails with the rule, the element and what to do for each WCAG 2.2 A or AA violation on the page as it is shown now. Needs a page
 * with scripts on. "colours" asks only what can differ in the other colour scheme, in a third of the time.
 */
export async function checkAccessibility(page: Page, aspect: "everything" | "colours" = "everything"): Promise<void> {
  // Through the debugger, so that the page's security policy does not stand in the way.
  await page.evaluate(axeSource);
  const runOnly = aspect === "everything" ? tags : { type: "rule", values: colourRules };
  const run = page.evaluate(`axe.run(document, { runOnly: ${JSON.stringify(runOnly)}, resultTypes: ["violations"] })`);
  const late = setTimeout(AXE_LIMIT_MS, undefined, { ref: false });
  const results = (await Promise.race([run, late])) as AxeResults | undefined;
  assert.ok(
    results,
    `axe gave no answer about ${page.url()}. With scripts switched off it cannot; open the page with them on for this check.`,
  );
  const findings = results.violations.flatMap((rule) =>
    rule.nodes.map(
      (node) =>
        `${rule.id} (${rule.impact}): ${rule.help}\n    ${node.target.join(" ")}\n    ${node.failureSummary?.replaceAll("\n", "\n    ") ?? ""}`,
    ),
  );
  assert.equal(findings.length, 0, `${page.url()} has ${findings.length} accessibility findings:\n${findings.join("\n")}`);
}
