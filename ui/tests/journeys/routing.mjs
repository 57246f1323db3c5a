// A routing rule: written, tried out on past cases before it is switched on, and shown as the reason of a dispatch.

import assert from "node:assert/strict";
import { leave, open } from "./place.mjs";
import { press } from "./steps.mjs";

let written = 0;

/** Writes a rule for words that nobody uses, another one each time; gives its id. */
export async function writeRule(page) {
  const name = `示例规则 ${++written}`;
  await open(page, "/routing/new");
  await page.locator("#name").fill(name);
  await page.locator("#words").fill(`无人会用的词${written}`);
  const target = page.locator("#to option:not([value=''])").first();
  await page.locator("#to").selectOption(await target.getAttribute("value"));
  await press(page, page.locator("button[name=go][value=keep]"));
  const own = page.locator("main a[href^='/routing/']", { hasText: name }).last();
  return (await own.getAttribute("href")).split("/")[2];
}

export function routing(place) {
  place.test("without scripts the desk writes a rule and tries it out on past cases before it holds", async () => {
    const desk = await place.colleague("desk", { javaScriptEnabled: false });
    const id = await writeRule(desk);
    await open(desk, `/routing/${id}/trial`);
    assert.equal(new URL(desk.url()).pathname, `/routing/${id}/trial`);
    await leave(desk);
  });
}
