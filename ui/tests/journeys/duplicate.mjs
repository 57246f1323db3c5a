// The same problem told twice: the second reporter joins what runs, the desk merges a third one, and both are told how it goes.

import assert from "node:assert/strict";
import { grid, leave, open } from "./place.mjs";
import { accept, fileAndDispatch, goOn, openProgress, receipt, send } from "./steps.mjs";

const plain = { javaScriptEnabled: false };
let building = 40;

/** Tells of litter at a building, up to the page on which the answers are looked over. */
async function look(page, place_note) {
  await open(page, `/g/${grid}/report`);
  await page.locator("#text").fill("楼下堆满暴露垃圾，没人清理");
  await goOn(page);
  await page.locator("#place_note").fill(place_note);
  await goOn(page);
  await page.locator("#phone").fill("100 1234 5678");
  await goOn(page);
}

export function duplicate(place) {
  place.test("without scripts the second reporter says me too, the desk merges a third telling, and all hear how it goes", async () => {
    building += 1;
    const where = `${building}栋楼下`;
    const [first, second, third] = await Promise.all([1, 2, 3].map(() => place.visitor(plain)));
    await look(first, where);
    await goOn(first);
    const told = await receipt(first);
    const desk = await place.colleague("desk", plain);
    await fileAndDispatch(desk, told.number, "陆宁");

    await look(second, where);
    await second.locator("#same input[value='']").waitFor();
    await second.locator("#same input:not([value=''])").first().check();
    await goOn(second);
    const joined = await receipt(second);
    assert.notEqual(joined.number, told.number, "a receipt of their own");
    await openProgress(second, joined);
    await second.getByText(place.said("similar-joined-waiting")).first().waitFor();

    await look(third, where);
    await goOn(third);
    const other = await receipt(third);
    await open(desk, `/cases/${other.number}`);
    const like = desk.locator("li", { has: desk.locator(`a[href="/cases/${told.number}"]`) });
    await like.locator("summary").click();
    const merge = like.locator("form[action$='/merge']");
    const why = merge.locator("textarea");
    if ((await why.count()) > 0) await why.fill("同一处垃圾");
    await send(desk, merge);
    await openProgress(third, other);
    await third.getByText(place.said("similar-goes-on-waiting")).first().waitFor();

    const steward = await place.colleague("steward-01", plain);
    await accept(steward, told.number);
    for (const [reporter, own] of [[first, told], [second, joined], [third, other]]) {
      await openProgress(reporter, own);
      await reporter.getByText(place.said("case-deed-accepted")).first().waitFor();
    }
    for (const page of [first, second, third, desk, steward]) await leave(page);
  });
}
