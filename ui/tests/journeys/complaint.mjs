// A complaint about somebody who works here: told on a page of its own, found by the supervisor and not by the desk.

import assert from "node:assert/strict";
import { grid, leave, open } from "./place.mjs";
import { press } from "./steps.mjs";

/** Tells a complaint; gives its number, and leaves the page on its receipt. */
export async function complain(page) {
  await open(page, `/g/${grid}/complaint`);
  await page.locator("#text").fill("示例：多次敲门没有人应，答应的事没有办");
  await page.locator("#about").selectOption({ index: 1 });
  await press(page, page.locator("main form button.button--primary"));
  await page.waitForURL(/\/complaint\/[^/]+\/receipt$/);
  return new URL(page.url()).pathname.split("/")[2];
}

export function complaint(place) {
  place.test("without scripts a complaint reaches the supervisor, and the desk does not find it", async () => {
    const plain = { javaScriptEnabled: false };
    const resident = await place.visitor(plain);
    const number = await complain(resident);
    await open(resident, `/complaint/${number}`);
    const supervisor = await place.colleague("supervisor", plain);
    await open(supervisor, "/complaints");
    await press(supervisor, supervisor.locator(`main a[href="/complaints/${number}"]`).first());
    const desk = await place.colleague("desk", plain);
    assert.equal((await desk.goto(`/complaints/${number}`)).status(), 403);
    assert.equal((await desk.goto(`/cases/${number}`)).status(), 404);
    await leave(resident);
    await leave(supervisor);
  });
}
