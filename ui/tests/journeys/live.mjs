// The same door with scripts: the wall shows a new case by itself, and the place is pointed out on the map.

import assert from "node:assert/strict";
import { grid, leave, open } from "./place.mjs";
import { goOn, tell } from "./steps.mjs";

export function live(place) {
  place.test("the wall counts a new case at its event, without reloading", async () => {
    const wall = await place.visitor({ viewport: { width: 1920, height: 1080 } });
    await wall.goto("/cockpit");
    await wall.locator(".head__connection--connected").waitFor();
    const received = wall.locator("[data-figure=received_today] .figure__value");
    const before = Number(await received.textContent());
    await wall.evaluate(() => (globalThis.stayed = true));
    const resident = await place.visitor();
    await tell(resident, { words: "路口红绿灯旁有暴露垃圾", kind: 1, withPhoto: true });
    await wall.waitForFunction(
      (before) => Number(document.querySelector("[data-figure=received_today] .figure__value").textContent) > before,
      before,
    );
    assert.equal(await wall.evaluate(() => globalThis.stayed), true, "the page was loaded once");
    await Promise.all([leave(resident), leave(wall)]);
  });

  place.test("a tap on the map chooses the grid and comes along to the desk", async () => {
    const resident = await place.visitor();
    await open(resident, `/g/${grid}/report`);
    await resident.locator("#text").fill("人行道的砖松了");
    await goOn(resident);
    await resident.locator("details[data-map-fold] > summary").click();
    const map = resident.locator(".map[data-map-ready]");
    await map.waitFor();
    await map.locator("canvas").click();
    await resident.locator("#said", { hasText: "已选地点：" }).waitFor();
    assert.notEqual(await resident.locator("#lon").inputValue(), "");
    assert.equal(await resident.locator("#grid").inputValue(), grid);
    await goOn(resident);
    await goOn(resident);
    await resident.getByText("已在地图上标出位置").waitFor();
    await goOn(resident);
    const number = await resident.locator(".receipt__number").textContent();
    const desk = await place.colleague("desk");
    await open(desk, `/cases/${number}`);
    await desk.locator(".map[data-map-ready]").waitFor();
    await Promise.all([leave(resident), leave(desk)]);
  });

  place.test("choosing another grid from the list takes the point on the map back", async () => {
    const resident = await place.visitor();
    await open(resident, `/g/${grid}/report`);
    await resident.locator("#text").fill("人行道的砖松了");
    await goOn(resident);
    await resident.locator("details[data-map-fold] > summary").click();
    await resident.locator(".map[data-map-ready] canvas").click();
    await resident.locator("#said", { hasText: "已选地点：" }).waitFor();
    await resident.locator("#grid").selectOption("510184999001-G02-M01");
    assert.equal(await resident.locator("#lon").inputValue(), "");
    assert.equal(await resident.locator("#grid").inputValue(), "510184999001-G02-M01");
    await leave(resident);
  });

  place.test("where I am is asked for only when pressed, and fills the place without a map", async () => {
    const inside = await place.visitor();
    const geolocation = await middleOf(inside, grid);
    const resident = await place.visitor({ geolocation, permissions: ["geolocation"] });
    await open(resident, "/report");
    await resident.locator("#text").fill("人行道的砖松了");
    await goOn(resident);
    assert.equal(await resident.locator("#lon").inputValue(), "");
    await resident.locator("button[data-here]").click();
    await resident.locator("#said", { hasText: "已选地点：" }).waitFor();
    assert.equal(await resident.locator("#grid").inputValue(), grid);
    await Promise.all([leave(resident), leave(inside)]);
  });

  place.test("a steward's position counts in their own grids alone, and can be taken out again", async () => {
    const steward = await place.colleague("steward-01", { permissions: ["geolocation"] });
    const [lon, said] = [steward.locator("#lon"), steward.locator("#said")];
    await open(steward, "/report-here");
    const own = await steward.locator("#grid").inputValue();
    const outside = steward.locator("button[data-not-here]");
    assert.ok(await outside.isHidden());
    const elsewhere = own.endsWith("-M01") ? own.replace(/M01$/, "M02") : grid;
    await steward.context().setGeolocation(await middleOf(steward, elsewhere));
    await steward.locator("button[data-here]").click();
    await said.filter({ hasText: "不采用" }).waitFor();
    assert.deepEqual([await lon.inputValue(), await outside.isHidden()], ["", true]);
    await steward.context().setGeolocation(await middleOf(steward, own));
    await steward.locator("button[data-here]").click();
    await said.filter({ hasText: "已选地点：" }).waitFor();
    assert.notEqual(await lon.inputValue(), "");
    await outside.click();
    await said.filter({ hasText: "已去掉位置" }).waitFor();
    assert.deepEqual([await lon.inputValue(), await outside.isHidden()], ["", true]);
    await leave(steward);
  });
}

/** Where a device is in the middle of a micro-grid of the first general grid. */
async function middleOf(page, code) {
  const found = await page.request.get(`/api/v1/grids?level=micro&within=510184999001-G01`);
  const { features } = await found.json();
  const [longitude, latitude] = middle(features.find((one) => one.properties.code === code).geometry);
  return { longitude, latitude };
}

/** The middle of the corners: inside, for a grid as round as the demo's. */
function middle({ type, coordinates }) {
  const ring = type === "Polygon" ? coordinates[0] : coordinates[0][0];
  const mean = (axis) => ring.reduce((sum, corner) => sum + corner[axis], 0) / ring.length;
  return [mean(0), mean(1)];
}
