// Menu labels and the steps of a case on a phone with large letters: every word stands whole, in its own box and on the screen.

import assert from "node:assert/strict";
import { grid, leave, open } from "./place.mjs";
import { goOn, openProgress, press, tell } from "./steps.mjs";

/** What sticks out of its own box or of the screen. */
const cramped = (page, selector) =>
  page.locator(selector).evaluateAll((all) =>
    all
      .filter((one) => {
        const words = document.createRange();
        words.selectNodeContents(one);
        const [text, box] = [words.getBoundingClientRect(), one.getBoundingClientRect()];
        const inside = text.left >= box.left - 1 && text.right <= box.right + 1 && text.left >= -1 && text.right <= innerWidth + 1;
        return !inside || one.scrollWidth > one.clientWidth + 1;
      })
      .map((one) => one.textContent.trim()),
  );

const isLarge = async (page, selector) => {
  const sizes = await page.locator(selector).evaluateAll((all) => all.map((one) => parseFloat(getComputedStyle(one).fontSize)));
  assert.ok(Math.min(...sizes) >= 22, `${selector}: ${sizes}`);
};

/** There are as many as there have to be, large, and none is cramped. */
async function areReadable(page, selector, least) {
  assert.ok((await page.locator(selector).count()) >= least, `${selector} is there`);
  await isLarge(page, selector);
  assert.deepEqual(await cramped(page, selector), [], `${selector} at ${page.url()}`);
}

export function labels(place) {
  for (const locale of ["zh-CN", "en"]) {
    place.test(`with large letters on a phone the steps of a report stay readable (${locale})`, async () => {
      const resident = await place.visitor({ locale });
      const told = await tell(resident, { words: "楼道灯坏了" });
      await openProgress(resident, told);
      await press(resident, resident.locator("button[name=elder]"));
      await areReadable(resident, ".five > li", 5);
      await open(resident, `/g/${grid}/report`);
      await areReadable(resident, ".steps > span", 1);
      await resident.locator("#text").fill("楼道灯坏了");
      await goOn(resident);
      await areReadable(resident, ".steps > span", 1);
      await leave(resident);
    });

    place.test(`with large letters on a phone every label of the menu stays readable (${locale})`, async () => {
      const desk = await place.colleague("desk", { locale, viewport: { width: 360, height: 740 } });
      await open(desk, "/work");
      await press(desk, desk.locator("button[name=elder]"));
      await areReadable(desk, "button.sidenav__open", 1);
      await desk.locator("button.sidenav__open").click();
      await areReadable(desk, "#office-menu a", 8);
      await areReadable(desk, "#office-menu .sidenav__close", 1);
      await leave(desk);
    });
  }
}
