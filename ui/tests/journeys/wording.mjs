// A community writes what reporters are told when their case is taken, and a resident reads it.

import assert from "node:assert/strict";
import { open } from "./place.mjs";
import { fileAndDispatch, openProgress, press, tell } from "./steps.mjs";

/** Writes a wording for the step of suspending, which the other journeys do not read; gives its key. */
export async function writeWording(desk, step = "suspended", zh = "{网格}的事件{编号}暂缓办理", en = "Case {number} in {grid} waits") {
  await open(desk, "/wordings/new");
  await desk.locator("#step").selectOption(step);
  await desk.locator("#zh").fill(zh);
  await desk.locator("#en").fill(en);
  await press(desk, desk.locator("button[value=look]"));
  await desk.locator("#looks").waitFor();
  await press(desk, desk.locator("button[value=keep]"));
  await desk.waitForURL(/\/wordings\?done=kept$/);
  const link = desk.locator("tbody tr", { hasText: zh }).locator("a");
  return (await link.getAttribute("href")).split("/").at(-1);
}

export function wording(place) {
  place.test("a community's own words reach the reporter, in both languages", async () => {
    const desk = await place.colleague("desk");
    await writeWording(desk, "accepted", "{类别}（{编号}）已有人去办", "{category} ({number}) is being seen to");
    const resident = await place.visitor({ locale: "zh-CN" });
    const told = await tell(resident, { words: "小广场旁有暴露垃圾" });
    await fileAndDispatch(desk, told.number, "陆宁");
    const steward = await place.colleague("steward-01");
    await open(steward, "/tasks");
    const card = steward.locator("article", { hasText: told.number });
    await press(steward, card.locator("form button.button--primary"));
    await openProgress(resident, told);
    await resident.getByText(`（${told.number}）已有人去办`).waitFor();
    const english = await place.visitor({ locale: "en" });
    await openProgress(english, told);
    await english.getByText(`(${told.number}) is being seen to`).waitFor();
    for (const page of [desk, resident, steward, english]) {
      assert.deepEqual(page.trouble, []);
      await page.context().close();
    }
  });
}
