// On paper: a list of many columns lies on its side, runs over no edge, and begins below its heading, not on the next sheet.

import assert from "node:assert/strict";
import { leave, open } from "./place.mjs";

/** The printable width of A4 upright within margins of a centimetre, in pixels. */
const upright = 718;
const margin = { top: "10mm", bottom: "10mm", left: "10mm", right: "10mm" };

/** How many sheets a page takes, and whether they lie on their side. */
async function printed(page) {
  const pdf = (await page.pdf({ format: "A4", margin, preferCSSPageSize: true })).toString("latin1");
  const [, width, height] = /\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/.exec(pdf);
  return { sheets: pdf.match(/\/Type\s*\/Page\b/g).length, lies: Number(width) > Number(height) };
}

export function paper(place) {
  place.test("a printed list takes a few sheets, and no column is cut off or stands letter by letter", async () => {
    const desk = await place.colleague("desk");
    for (const path of ["/cases?state=accepted", "/figures?by=category"]) {
      await open(desk, path);
      const { sheets, lies } = await printed(desk);
      assert.ok(sheets <= 8 && lies, `${path}: ${sheets} sheets`);
      // upright all the same, as on a printer that turns nothing
      await desk.emulateMedia({ media: "print" });
      await desk.setViewportSize({ width: upright, height: 1047 });
      const cells = desk.locator("table:has(thead th:nth-child(6)) tbody tr:first-child > *");
      const seen = await cells.evaluateAll((all) =>
        all.map((one) => ({ width: one.clientWidth, right: one.getBoundingClientRect().right, size: parseFloat(getComputedStyle(one).fontSize) })),
      );
      assert.ok(seen.length >= 6, path);
      assert.ok(seen.every(({ right }) => right <= upright + 1), `${path}: ${JSON.stringify(seen)}`);
      assert.ok(seen.every(({ width, size }) => width >= 3 * size), `${path}: ${JSON.stringify(seen)}`);
      await desk.emulateMedia({ media: null });
      await desk.setViewportSize({ width: 1366, height: 768 });
    }
    await leave(desk);
  });
}
