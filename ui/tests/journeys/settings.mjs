// A community changes one of its own rules and takes that back, without scripts, with the keyboard, on a phone and in English.

import assert from "node:assert/strict";
import { barriers, overflows } from "../browser.mjs";
import { leave, open } from "./place.mjs";
import { press } from "./steps.mjs";

const days = '[id="supervision.silent_days"]';
const words = {
  "zh-CN": { fault: "请填 1 到 60 之间的数", kept: "已保存", was: "原为 3 天，改为 5 天", back: "已改回" },
  en: { fault: "Give a number from 1 to 60", kept: "Saved", was: "was 3 days, is 5 days", back: "It is as it was" },
};

export function settings(place) {
  for (const locale of Object.keys(words)) {
    place.test(`a community changes its own rules and takes a change back, without scripts (${locale})`, async () => {
      const said = words[locale];
      const desk = await place.colleague("desk", { locale, javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
      await open(desk, "/work");
      await desk.locator("button.sidenav__open").click();
      await press(desk, desk.locator("nav a[href='/settings']"));
      await press(desk, desk.locator("main a[href='/settings/supervision']"));
      await desk.locator(days).fill("0");
      await press(desk, desk.locator("main form button.button--primary"));
      assert.equal(await desk.locator(days).inputValue(), "0", "what was typed is still there");
      await desk.locator(`[id="supervision.silent_days-fault"]`, { hasText: said.fault }).waitFor();
      desk.trouble.length = 0; // the browser tells of that answer, which was wanted
      await desk.locator(days).fill("5");
      await Promise.all([desk.waitForNavigation(), desk.locator(days).press("Enter")]);
      await desk.getByText(said.kept).waitFor();
      await open(desk, "/settings");
      await desk.getByText(said.was).first().waitFor();
      await press(desk, desk.locator("form[action='/settings/undo'] button").first());
      await desk.getByText(said.back).waitFor();
      await open(desk, "/settings/supervision");
      assert.equal(await desk.locator(days).inputValue(), "3");
      await leave(desk);
    });
  }

  place.test("every subject of the settings is for everybody, in elder mode too", async () => {
    const desk = await place.colleague("desk");
    await open(desk, "/settings");
    await press(desk, desk.locator("button[name=elder]"));
    const subjects = await desk.locator("main .cards a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    assert.ok(subjects.length > 10, `${subjects}`);
    for (const subject of ["/settings", ...subjects]) {
      await open(desk, subject);
      for (const width of [360, 1366]) {
        await desk.setViewportSize({ width, height: 768 });
        assert.equal(await overflows(desk), false, `${subject} sticks out at ${width}`);
        assert.deepEqual(await barriers(desk), [], `${subject} at ${width}`);
      }
    }
    await leave(desk);
  });
}
