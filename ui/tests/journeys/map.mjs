// The map where no script draws it, and on paper: the server's drawing says what its colours and marks mean, and its words
// keep out of each other.

import assert from "node:assert/strict";
import { overflows } from "../browser.mjs";
import { leave, open } from "./place.mjs";
import { words } from "./words.mjs";

const phone = { width: 360, height: 740 };
const desk = { width: 1366, height: 768 };

/** Pairs of words of a drawing that lie over each other. */
const covered = (page) =>
  page.locator(".map__fallback svg text").evaluateAll((all) => {
    const shown = all.map((one) => ({ text: one.textContent, box: one.getBoundingClientRect() })).filter(({ box }) => box.width > 0);
    const over = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    return shown.flatMap((a, n) => shown.slice(n + 1).filter((b) => over(a.box, b.box)).map((b) => `${a.text} / ${b.text}`));
  });

export function map(place) {
  for (const locale of ["zh-CN", "en"]) {
    for (const viewport of [phone, desk]) {
      place.test(`without scripts the map has a legend, marks what is overdue, and covers no word (${locale}, ${viewport.width})`, async () => {
        const page = await place.visitor({ javaScriptEnabled: false, locale, viewport });
        for (const level of ["general", "micro"]) {
          await open(page, `/map?level=${level}`);
          for (const key of ["none", "few", "some", "many", "overdue", "number"]) {
            // before the last one stands a number as it is written on the map
            await page.locator(".map__key li").filter({ hasText: words(locale, `map-legend-${key}`) }).waitFor();
          }
          assert.ok((await page.locator(".map__late").count()) > 0, "the demo has overdue cases");
          assert.ok((await page.locator(".map__fallback svg text:visible").count()) >= 10, level);
          assert.deepEqual(await covered(page), [], level);
          assert.equal(await overflows(page), false, level);
        }
        await leave(page);
      });
    }
  }

  place.test("on paper the map is the server's drawing with its legend, also where a map runs", async () => {
    const page = await place.visitor({ viewport: desk });
    await open(page, "/map");
    await page.locator("[data-map-ready]").waitFor();
    assert.ok(await page.locator(".map__fallback").isHidden());
    await page.emulateMedia({ media: "print" });
    for (const shown of [".map__fallback svg", ".map__key"]) assert.ok(await page.locator(shown).isVisible(), shown);
    for (const hidden of [".map__canvas", ".map__zoom", ".map__legend"]) assert.ok(await page.locator(hidden).isHidden(), hidden);
    await leave(page);
  });
}
