// Maps inside server pages, in a real browser, on invented ground.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Fixture } from "../dev/fixture.mjs";
import { barriers, openBrowser, openPage } from "./browser.mjs";
import { untilDrawn } from "./canvas.mjs";

let browser, fixture, origin;
before(async () => {
  fixture = new Fixture();
  [browser, origin] = [await openBrowser(), await fixture.listen()];
});
after(async () => {
  await browser.close();
  await fixture.close();
});

async function open(path, settings = {}) {
  const page = await openPage(browser, { origin, ...settings });
  await page.goto(origin + path);
  return page;
}

const ready = (page) => page.locator("[data-map-ready]").waitFor();

test("the map draws its grids and cases under the page's policy", async () => {
  const page = await open("/map");
  await ready(page);
  await page.getByText(/图上显示 \d+ 件/).waitFor();
  await untilDrawn(page, ".map__canvas", 8);
  assert.deepEqual(page.trouble, []);
  assert.deepEqual(await barriers(page), []);
  await page.close();
});

test("on a phone the line of numbers, the legend and the buttons stand below the map and cover nothing of it", async () => {
  const page = await open("/map", { viewport: { width: 360, height: 740 } });
  await ready(page);
  await page.getByText(/图上显示 \d+ 件/).waitFor();
  const box = (selector) => page.locator(selector).boundingBox();
  const [frame, canvas] = [await box(".map"), await box(".map__canvas")];
  for (const part of [".map__said", ".map__legend > summary", ".map__zoom"]) {
    const { x, y, width, height } = await box(part);
    assert.ok(y >= canvas.y + canvas.height, `${part} lies over the map`);
    assert.ok(x >= frame.x && x + width <= frame.x + frame.width && y + height <= frame.y + frame.height, part);
  }
  assert.deepEqual(await barriers(page), []);
  await page.close();
});

test("the place a page is about has a pin with a word and a name of its own", async () => {
  const page = await open("/map?at=103.66,30.64");
  await ready(page);
  const pin = page.getByRole("img", { name: "本件的位置" });
  await pin.waitFor();
  assert.match(await pin.innerText(), /本件/);
  assert.ok(await page.locator(".map__legend").getByText("本件").isVisible());
  assert.deepEqual(await barriers(page), []);
  await page.close();
});

test("without scripts the server's list stays in the frame", async () => {
  const page = await open("/map", { javaScriptEnabled: false });
  assert.ok(await page.locator(".map__fallback").isVisible());
  await page.close();
});

test("a click on a grid names it, counts it and leads to its page", async () => {
  const page = await open("/map");
  await ready(page);
  await page.route("**/api/v1/cases*", (route) => route.fulfill({ json: { total: 0, items: [], next: null } }));
  await page.getByRole("button", { name: "放大" }).click();
  await page.getByText("图上显示 0 件").waitFor();
  await page.locator(".map__canvas canvas").click();
  const panel = page.locator(".map__panel");
  await panel.waitFor();
  assert.match(await panel.innerText(), /网格[\s\S]*在办 \d+ 件/);
  assert.match(await panel.locator("a").getAttribute("href"), /^\/g\/SL-\d+/);
  await page.close();
});

test("a tap picks a place into the form and says which grid it lies in", async () => {
  const page = await open("/pick");
  await ready(page);
  await page.locator(".map__canvas canvas").click({ position: { x: 150, y: 150 } });
  await page.getByText("已选地点：第2网格3组").waitFor();
  assert.match(await page.locator("#lon").inputValue(), /^103\.\d{6}$/);
  assert.match(await page.locator("#lat").inputValue(), /^30\.\d{6}$/);
  assert.deepEqual(page.trouble, []);
  await page.close();
});

test("a place can be picked and cleared by keyboard alone", async () => {
  const page = await open("/pick");
  await ready(page);
  assert.ok(await page.locator(".map__cross").isVisible(), "where Enter picks is marked");
  await page.locator(".map__canvas canvas").focus();
  await page.keyboard.press("Enter");
  assert.notEqual(await page.locator("#lon").inputValue(), "");
  await page.getByRole("button", { name: "清除选点" }).press("Enter");
  assert.equal(await page.locator("#lon").inputValue(), "");
  await page.close();
});
