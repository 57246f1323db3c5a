// Debian's Chromium for the tests: WebGL drawn by software, and a page that remembers everything that went wrong on it.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const args = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-dev-shm-usage"];
// The sandbox refuses to run as root, which is how containers run.
if (process.getuid?.() === 0) args.push("--no-sandbox");

export function openBrowser() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args });
}

/**
 * A fresh page. `page.trouble` collects errors, broken policies and requests to other origins; a test that ends with
 * an empty list proves that nothing of the kind happened.
 */
export async function openPage(browser, { origin, viewport = { width: 1366, height: 768 }, ...context } = {}) {
  const page = await (await browser.newContext({ viewport, locale: "zh-CN", ...context })).newPage();
  page.trouble = [];
  page.on("pageerror", (error) => page.trouble.push(`error: ${error.message}`));
  page.on("console", (said) => said.type() === "error" && page.trouble.push(`console: ${said.text()}`));
  page.on("request", (request) => {
    const url = request.url();
    if (origin && /^https?:/.test(url) && !url.startsWith(origin)) page.trouble.push(`other origin: ${url}`);
  });
  return page;
}

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds serious or critical, one line each. Runs beside the page's policy, which would refuse the script. */
export async function barriers(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }),
  );
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target} ${node.failureSummary}`));
}

/** Whether anything sticks out to the right of the screen. */
export function overflows(page) {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1);
}
