// A pile of paper notes: typed as rows, checked as a whole, sent on their way with one key, receipts to hand out.

import assert from "node:assert/strict";
import { grid, leave, open } from "./place.mjs";
import { press } from "./steps.mjs";

/** Begins a sheet with one row that is good and one whose place nobody knows; gives its id. */
export async function typeSheet(page) {
  await open(page, "/sheets");
  await page.locator("#title").fill("周三纸条");
  await press(page, page.locator("form[action='/sheets'] button.button--primary"));
  await page.waitForURL(/\/sheets\/[^/]+$/);
  const id = new URL(page.url()).pathname.split("/")[2];
  const cell = (name, n) => page.locator(`input[name=${name}]`).nth(n);
  await cell("place", 0).fill(grid);
  await cell("words", 0).fill("楼道灯坏了");
  await cell("place", 1).fill("10.5,10.5");
  await cell("words", 1).fill("井盖响");
  await press(page, page.locator(`form[action="/sheets/${id}/rows"] button.button--primary`).first());
  return id;
}

/** Presses the one key. */
export const sendSheet = (page, id) => press(page, page.locator(`form[action="/sheets/${id}/send"] button`));

export function sheet(place) {
  place.test("without scripts a sheet of notes is checked, and what is good goes with one key", async () => {
    const desk = await place.colleague("desk", { javaScriptEnabled: false });
    const id = await typeSheet(desk);
    assert.equal(await desk.locator("#row-2 .tag--danger").count(), 1, "the place is in no grid");
    await sendSheet(desk, id);
    const number = (await desk.locator("#row-1 a.number").textContent()).trim();
    assert.equal(await desk.locator("#row-2 a.number").count(), 0, "a faulty row stays");
    await open(desk, `/sheets/${id}/receipts`);
    assert.match(await desk.locator("main").textContent(), new RegExp(number));
    await open(desk, `/cases/${number}`);
    await leave(desk);
  });
}
