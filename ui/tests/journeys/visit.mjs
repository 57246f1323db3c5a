// A return visit: the volunteer of the micro-grid is asked, calls, hears that it is not solved, and the work goes back; on the
// second round it is solved. The pages in between are looked at, too, for no other journey sees a visit.

import assert from "node:assert/strict";
import { barriers, overflows } from "../browser.mjs";
import { leave, open } from "./place.mjs";
import { acceptAndHandle, check, fileAndDispatch, openProgress, press, reopen, rate, send, stepForm, tell } from "./steps.mjs";

const words = "商铺门口音响喇叭叫卖太响";
const phone = { viewport: { width: 360, height: 740 } };

export function visit(place) {
  place.test("a volunteer asks the reporter, and what is not solved goes back until it is", async () => {
    const resident = await place.visitor();
    const told = await checked(place, resident);
    const volunteer = await place.colleague("volunteer-01", { ...phone, javaScriptEnabled: false });
    assert.equal(new URL(volunteer.url()).pathname, "/visits", "the day of a volunteer begins here");
    await record(volunteer, told.number, { yes: "no", satisfaction: "dissatisfied", words: "晚上还是很响" });
    assert.equal(await volunteer.locator(`a[href="/visits/${told.number}"]`).count(), 0, "it is made");
    await leave(volunteer);

    const steward = await place.colleague("steward-01", phone);
    await open(steward, `/tasks/${told.number}`);
    await press(steward, steward.locator(`a[href="/tasks/${told.number}/handle"]`));
    const handled = steward.locator(`form[action="/cases/${told.number}/handle"]`);
    await handled.locator("textarea[name=words]").fill("店主把音响搬进了店里，晚上八点后关掉");
    await send(steward, handled);
    await leave(steward);
    const lead = await place.colleague("lead-01");
    await check(lead, told.number, "店主把音响搬进了店里。");

    const again = await place.colleague("volunteer-01", phone);
    await open(again, `/visits/${told.number}`);
    await isFine(again);
    await press(again, again.locator(`form[action="/visits/${told.number}/contact"] button`));
    await again.locator("main .notice a[href^='tel:100']").waitFor();
    await isFine(again);
    await record(again, told.number, { yes: "yes", satisfaction: "satisfied", words: "安静多了" });
    await isFine(again);
    await leave(again);

    const close = await stepForm(lead, `/cases/${told.number}`, "close");
    await close.locator("textarea[name=answer]").fill("店主把音响搬进了店里，您也说安静多了。");
    await send(lead, close);
    await lead.getByText(place.said("case-rating-satisfied")).first().waitFor();
    await leave(lead);
    await openProgress(resident, told);
    await resident.getByText(place.said("case-deed-visited")).first().waitFor();
    await rate(resident, "dissatisfied", "no");
    await reopen(resident, "过了两天又响了");
    await resident.getByText("过了两天又响了").first().waitFor();
    await leave(resident);
  });
}

/** Tells something whose reporter has to be visited, and brings it to the visit. */
export async function checked(place, resident) {
  const told = await tell(resident, { words });
  const desk = await place.colleague("desk");
  await fileAndDispatch(desk, told.number, "陆宁");
  await leave(desk);
  const steward = await place.colleague("steward-01", phone);
  await acceptAndHandle(steward, told.number, "劝店主把音响关小了");
  await leave(steward);
  const lead = await place.colleague("lead-01");
  await check(lead, told.number, "店主把音响关小了。");
  await leave(lead);
  return told;
}

/** Opens the visit from one's list and notes the answer. */
async function record(page, number, { yes, satisfaction, words: said }) {
  await open(page, "/visits");
  await press(page, page.locator(`a.button[href="/visits/${number}"]`));
  const form = page.locator(`form[action="/visits/${number}/record"]`);
  await form.locator("input[name=method][value=phone]").check();
  await form.locator(`input[name=yes][value=${yes}]`).check();
  await form.locator(`input[name=satisfaction][value=${satisfaction}]`).check();
  await form.locator("textarea[name=words]").fill(said);
  await send(page, form);
  await page.waitForURL("**/visits?done=visit");
}

async function isFine(page) {
  for (const width of [360, 1366]) {
    await page.setViewportSize({ width, height: 768 });
    assert.equal(await overflows(page), false, `${page.url()} sticks out at ${width}`);
    assert.deepEqual(await barriers(page), [], `${page.url()} at ${width}`);
  }
}
