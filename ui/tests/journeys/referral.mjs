// A lead on its way: a grid worker refers it on a phone, two officers take it, and the answer stands in the case.

import assert from "node:assert/strict";
import { photo } from "./photo.mjs";
import { leave, open } from "./place.mjs";
import { press, send, stepForm, tell } from "./steps.mjs";

const plain = { javaScriptEnabled: false };
const phone = { ...plain, viewport: { width: 360, height: 740 } };

/** Refers a lead from a case; gives its number. */
export async function refer(page, number) {
  await open(page, `/cases/${number}`);
  await press(page, page.locator(`a[href="/cases/${number}/refer"]`));
  await page.locator("#place").fill("3栋东侧消防通道");
  await page.locator("#finding").fill("示例：摊点每天18时起占用通道");
  await page.locator("#item").fill("占用、堵塞、封闭消防车通道");
  await page.locator("#photo").setInputFiles(photo("通道.png"));
  await press(page, page.locator("main form button.button--primary"));
  await page.waitForURL(/\/referrals\/[\d-]+/);
  return new URL(page.url()).pathname.split("/")[2];
}

export function referral(place) {
  place.test("without scripts a lead goes from a worker's phone to two officers, and its result into the case", async () => {
    const resident = await place.visitor(plain);
    const told = await tell(resident, { words: "有摊点把消防通道占了" });
    const worker = await place.colleague("worker-01", phone);
    const number = await refer(worker, told.number);
    assert.equal(await worker.locator("form[action$='/take'], form[action$='/end']").count(), 0, "a worker only refers");

    const officer = await place.colleague("officer-01", plain);
    await open(officer, "/referrals");
    await press(officer, officer.locator(`main a[href="/referrals/${number}"]`).first());
    const path = `/referrals/${number}`;
    const take = await stepForm(officer, path, "take");
    const second = take.locator("select[name=second] option:not([value=''])").first();
    await take.locator("select[name=second]").selectOption(await second.getAttribute("value"));
    await send(officer, take);
    const start = await stepForm(officer, path, "start");
    await start.locator("input[name=procedure][value=simple]").check();
    await send(officer, start);
    const end = await stepForm(officer, path, "end");
    await end.locator("input[name=result][value=corrected_on_spot]").check();
    await end.locator("textarea[name=words]").fill("摊点已撤离，通道畅通");
    await send(officer, end);

    await open(worker, `/cases/${told.number}`);
    await worker.getByText("摊点已撤离，通道畅通").first().waitFor();
    const english = await place.colleague("worker-01", { ...phone, locale: "en" });
    await open(english, path);
    await english.getByText("Put right on the spot").first().waitFor();
    for (const page of [resident, worker, officer, english]) await leave(page);
  });
}
