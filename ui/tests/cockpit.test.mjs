// The wall in a real browser, on invented data.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Fixture } from "../dev/fixture.mjs";
import { barriers, openBrowser, openPage, overflows } from "./browser.mjs";
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

async function wall(settings = {}, query = "") {
  const page = await openPage(browser, { origin, viewport: { width: 1920, height: 1080 }, ...settings });
  await page.goto(`${origin}/cockpit${query}`);
  await page.locator("[data-figure=open] .figure__value").waitFor();
  return page;
}

const drawn = (page) => page.locator(".gridmap__room canvas").waitFor();

test("the wall keeps the page's policy and asks no other origin", async () => {
  const page = await wall();
  await drawn(page);
  await page.waitForLoadState("networkidle").catch(() => {});
  assert.deepEqual(page.trouble, []);
  await page.close();
});

test("the map of the wall is not blank", async () => {
  const page = await wall();
  await drawn(page);
  await untilDrawn(page, ".gridmap__room", 6);
  await page.close();
});

test("an event changes the numbers without reloading", async () => {
  const page = await wall();
  const received = page.locator("[data-figure=received_today] .figure__value");
  await page.locator(".head__connection--connected").waitFor();
  const was = Number(await received.textContent());
  fixture.happen();
  await page.locator(".latest__category", { hasText: "新报事件" }).first().waitFor();
  assert.equal(Number(await received.textContent()), was + 1);
  await page.close();
});

test("numbers that are behind the journal are read again", async () => {
  const page = await wall();
  await page.locator(".head__connection--connected").waitFor();
  let asked = 0;
  let seen;
  const behind = new Promise((resolve) => (seen = resolve));
  await page.route("**/cockpit/data", async (route) => {
    asked += 1;
    const nth = asked;
    const answer = await route.fetch();
    const data = await answer.json();
    // what is behind stands until somebody has looked at it, however quick the wall is
    if (nth === 3) await behind;
    await route.fulfill({ json: nth < 3 ? { ...data, seq: data.seq - 1, latest: [] } : data });
  });
  fixture.happen();
  await page.locator(".tile__empty").waitFor();
  seen();
  await page.locator(".latest__category", { hasText: "新报事件" }).first().waitFor();
  assert.equal(asked, 3);
  await page.close();
});

test("a paused wall keeps its numbers until it goes on", async () => {
  const page = await wall();
  const received = page.locator("[data-figure=received_today] .figure__value");
  await page.locator(".head__connection--connected").waitFor();
  const was = Number(await received.textContent());
  await page.locator(".head__pause").click();
  fixture.happen();
  await page.waitForTimeout(600);
  assert.equal(Number(await received.textContent()), was);
  await page.locator(".head__pause").click();
  await page.waitForFunction(
    (before) => Number(document.querySelector("[data-figure=received_today] .figure__value").textContent) > before,
    was,
  );
  await page.close();
});

test("a minute without the server shows a warning, and the server's return takes it away", async () => {
  const page = await openPage(browser, { viewport: { width: 1920, height: 1080 } });
  await page.clock.install();
  await page.goto(`${origin}/cockpit`);
  await page.locator("[data-figure=open]").waitFor();
  await page.route("**/cockpit/data", (route) => route.abort());
  await page.clock.fastForward(55_000);
  assert.equal(await page.locator(".wall__stale").count(), 0);
  await page.clock.fastForward(10_000);
  await page.locator(".wall__stale").waitFor();
  await page.unroute("**/cockpit/data");
  await page.clock.fastForward(20_000);
  await page.locator(".wall__stale").waitFor({ state: "detached" });
  await page.close();
});

test("every figure opens its definition, and a share shows what it is a share of", async () => {
  const page = await wall();
  const card = page.locator("[data-figure=closing_rate]");
  assert.match(await card.innerText(), /81\.8%\s*450 \/ 550/);
  for (const figure of await page.locator(".figure").all()) {
    await figure.getByRole("button").click();
    assert.ok((await figure.locator("dialog p").first().textContent()).length > 10);
    await page.keyboard.press("Escape");
  }
  await page.close();
});

test("the list holds the grids in the order of their codes", async () => {
  const page = await wall();
  await page.getByRole("button", { name: "列表" }).click();
  const names = await page.locator(".gridtable tbody th").allTextContents();
  assert.equal(names[0].trim(), "示例第1网格");
  assert.equal(names.length, 16);
  await page.getByRole("button", { name: "微网格", exact: true }).click();
  await page.waitForFunction(() => document.querySelectorAll(".gridtable tbody tr").length === 80);
  await page.close();
});

test("a grid leads to its cases only where the visitor may list all of them", async () => {
  const page = await wall();
  await page.getByRole("button", { name: "列表" }).click();
  const rows = page.locator(".gridtable tbody th");
  assert.equal(await rows.first().locator("a[href^='/cases?grid=']").count(), 1);
  assert.equal(await rows.last().locator("a").count(), 0);
  await page.close();
});

test("without WebGL the list stands where the map would be", async () => {
  const page = await openPage(browser, { origin });
  await page.addInitScript(() => {
    HTMLCanvasElement.prototype.getContext = new Proxy(HTMLCanvasElement.prototype.getContext, {
      apply: (real, canvas, [kind, ...rest]) => (kind === "webgl2" ? null : Reflect.apply(real, canvas, [kind, ...rest])),
    });
  });
  await page.goto(`${origin}/cockpit`);
  await page.locator(".gridtable tbody tr").first().waitFor();
  await page.close();
});

for (const [width, height] of [[360, 740], [768, 1024], [1366, 768], [1920, 1080], [3840, 1080]]) {
  test(`at ${width} × ${height} nothing sticks out and axe finds no barrier`, async () => {
    const page = await wall({ viewport: { width, height } }, "?lang=en");
    assert.equal(await overflows(page), false);
    assert.deepEqual(await barriers(page), []);
    await page.close();
  });
}
