// A grid whistles: the department is told, reports in, finishes and is rated. The pages in between are looked at, too, for
// no other journey sees a case with a whistle.

import assert from "node:assert/strict";
import { barriers, overflows } from "../browser.mjs";
import { leave, open } from "./place.mjs";
import { fileAndDispatch, press, send, stepForm, tell } from "./steps.mjs";

const department = "供水排水服务站";

export function whistle(place) {
  place.test("a grid whistles, and the department reports in, finishes and is rated", async () => {
    const resident = await place.visitor();
    const { number } = await tell(resident, { words: "井盖不见了，水往外冒" });
    await leave(resident);
    const [worker, water] = [await place.colleague("worker-01"), await place.colleague("department-water")];
    await atWork(place, worker, number);
    assert.equal((await water.goto(`/cases/${number}`)).status(), 404, "not called yet");
    water.trouble.length = 0; // the browser tells of that answer, which was wanted

    const call = await stepForm(worker, `/cases/${number}`, "whistle");
    await call.locator("input[name=urgency][value=urgent]").check();
    await call.getByLabel(department, { exact: true }).check();
    await call.locator("textarea[name=words]").fill("请带抽水泵到小区南门");
    await isFine(worker);
    await send(worker, call);
    await isTold(water, place.said("message-whistled"));

    for (const command of ["acknowledge", "report_in"]) {
      const form = await stepForm(water, `/cases/${number}`, command);
      await isFine(water);
      await send(water, form);
    }
    const finish = await stepForm(water, `/cases/${number}`, "finish");
    await finish.locator("textarea[name=words]").fill("已装新井盖，水已抽干");
    await send(water, finish);

    const rating = await stepForm(worker, `/cases/${number}`, "rate_response");
    await rating.locator("select[name=departments]").selectOption({ label: department });
    await rating.locator("input[name=response][value=satisfied]").check();
    await send(worker, rating);
    await open(worker, `/cases/${number}`);
    await worker.getByText("已装新井盖，水已抽干").first().waitFor();
    await isFine(worker);
    await Promise.all([leave(worker), leave(water)]);
  });
}

/** The desk gives the case to the grid's worker, who takes it. */
async function atWork(place, worker, number) {
  const name = (await worker.locator(".masthead a[href='/work']").textContent()).trim();
  const desk = await place.colleague("desk");
  await fileAndDispatch(desk, number, name);
  await leave(desk);
  await open(worker, "/tasks");
  const task = worker.locator("article", { has: worker.locator(`a[href="/tasks/${number}"]`) });
  await press(worker, task.locator("form button"));
}

/** Messages follow the journal: they are there a moment later. */
async function isTold(page, words) {
  for (let n = 0; n < 100; n += 1) {
    await open(page, "/tasks");
    if ((await page.getByText(words).count()) > 0) return;
    await page.waitForTimeout(200);
  }
  throw new Error(`nobody was told: ${words}`);
}

async function isFine(page) {
  for (const width of [360, 1366]) {
    await page.setViewportSize({ width, height: 768 });
    assert.equal(await overflows(page), false, `${page.url()} sticks out at ${width}`);
    assert.deepEqual(await barriers(page), [], `${page.url()} at ${width}`);
  }
}
