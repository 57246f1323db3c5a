// Figures: a number says what it is, opens its rows, comes as a file, and nobody is ranked.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { lastMonth } from "./day.mjs";
import { leave, open } from "./place.mjs";
import { press } from "./steps.mjs";
import { rowsOf } from "./xlsx.mjs";

export function figures(place) {
  place.test("the figures of the last full month are the published ones, open their rows, and come as a file", async () => {
    const lead = await place.colleague("desk");
    const { from, to } = lastMonth();
    await open(lead, `/figures?from=${from}&to=${to}&by=grid`);
    const closing = lead.locator("article.stat", { hasText: place.said("figure-closing-name") }).first();
    assert.match(await closing.locator(".stat__value").textContent(), /81\.8/);
    await closing.locator("summary").click();
    await closing.getByText(place.said("figure-closing-definition")).waitFor();
    const codes = await lead.locator("#split-title ~ .table-wrap th .code").allTextContents();
    assert.ok(codes.length > 1);
    assert.deepEqual(codes, [...codes].sort(), "in the order of codes, not of a rate");
    assert.equal(await lead.locator("a[href*='sort=']").count(), 0, "nothing sorts by a rate");
    const [file] = await Promise.all([lead.waitForEvent("download"), lead.locator("a[download]").first().click()]);
    assert.ok(rowsOf(await readFile(await file.path())).length > 5);
    await press(lead, closing.locator("a", { hasText: place.said("figures-numerator") }).first());
    await lead.locator("main a[href^='/cases/']").first().waitFor();
    await leave(lead);
  });
}
