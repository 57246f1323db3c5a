// The office: filters that stand in the address and can be kept, the list as a file, a caller's report, and an absence.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { grid, leave, open } from "./place.mjs";
import { fileAndDispatch, openProgress, tell } from "./steps.mjs";
import { rowsOf } from "./xlsx.mjs";

const shown = (page) => page.locator("tr[data-case]").evaluateAll((rows) => rows.map((row) => row.dataset.case));

export function office(place) {
  place.test("a filter stands in the address, is kept under a name, comes back as it was, and goes again", async () => {
    const desk = await place.colleague("desk");
    await open(desk, "/cases");
    await desk.locator("#state").selectOption("accepted");
    await desk.waitForURL(/[?&]state=accepted/);
    await desk.locator("#grid").selectOption("510184999001-G03");
    await desk.waitForURL(/[?&]grid=510184999001-G03/);
    const filtered = await shown(desk);
    await desk.locator("details", { has: desk.locator("#filter-name") }).locator("summary").click();
    await desk.locator("#filter-name").fill("芙蓉里在办");
    await desk.locator("form[action='/cases/filters'] button").click();
    await desk.locator(".tabs a[aria-current]", { hasText: "芙蓉里在办" }).waitFor();
    await open(desk, "/cases");
    await desk.locator(".tabs a", { hasText: "芙蓉里在办" }).click();
    await desk.waitForURL(/state=accepted/);
    assert.deepEqual(await shown(desk), filtered);
    await desk.reload();
    assert.deepEqual(await shown(desk), filtered, "an address is all it takes");
    await desk.locator("details", { has: desk.locator("#filter-name") }).locator("summary").click();
    await desk.locator("form[action$='/delete'] button").click();
    await desk.waitForLoadState();
    await desk.locator(".tabs").waitFor({ state: "detached" });
    await leave(desk);
  });

  place.test("the file has exactly the rows of the list", async () => {
    const desk = await place.colleague("desk");
    await open(desk, "/cases?state=open&grid=510184999001-G01");
    const numbers = await shown(desk);
    assert.ok(numbers.length > 0 && numbers.length < 50, `one page of rows: ${numbers.length}`);
    const [file] = await Promise.all([desk.waitForEvent("download"), desk.locator("a[href^='/cases.xlsx']").click()]);
    const rows = rowsOf(await readFile(await file.path()));
    const inFile = rows.map((row) => row.find((cell) => /^510184999001-\d{8}-\d+$/.test(cell))).filter(Boolean);
    assert.deepEqual(inFile, numbers);
    await leave(desk);
  });

  place.test("the desk writes down what a caller says, and the caller can follow it", async () => {
    const desk = await place.colleague("desk");
    await open(desk, "/cases/new");
    await desk.locator("input[name=channel][value=phone]").check();
    await desk.locator("#text").fill("来电：电梯按钮坏了一个");
    await desk.locator("#grid").selectOption(grid);
    await desk.locator("#place_note").fill("2栋1单元");
    await desk.locator("#name").fill("示例阿姨");
    await desk.locator("#phone").fill("100 8765 4321");
    await desk.locator("#new button.button--primary").click();
    await desk.waitForURL(/\/receipt$/);
    const number = new URL(desk.url()).pathname.split("/")[2];
    const code = (await desk.locator(".receipt__code").textContent()).trim();
    const caller = await place.visitor();
    await openProgress(caller, { number, code });
    await caller.getByText("来电：电梯按钮坏了一个").first().waitFor();
    assert.equal(await caller.getByText("87654321").count(), 0, "contact data is not shown back");
    await Promise.all([leave(desk), leave(caller)]);
  });

  place.test("while somebody is away the deputy gets the work, and everybody can see who that is", async () => {
    const deputy = await place.colleague("steward-02");
    const name = (await deputy.locator(".masthead a[href='/work']").textContent()).trim();
    const steward = await place.colleague("steward-01");
    await open(steward, "/absence");
    const own = (await steward.locator(".masthead a[href='/work']").textContent()).trim();
    await steward.locator("#until").fill(await steward.locator("#until").getAttribute("min"));
    const option = steward.locator("#deputy option", { hasText: name }).last();
    await steward.locator("#deputy").selectOption(await option.getAttribute("value"));
    await steward.locator("form[action='/absence'] button").click();
    await steward.getByText(name).first().waitFor();

    const resident = await place.visitor();
    await open(resident, `/g/${grid}`);
    await resident.locator(".notice", { hasText: name }).waitFor();
    const { number } = await tell(resident, { words: "绿化带里有暴露垃圾" });
    const desk = await place.colleague("desk");
    await fileAndDispatch(desk, number, own);
    await open(deputy, "/tasks");
    await deputy.locator(`article a[href="/tasks/${number}"]`).first().waitFor();

    await open(steward, "/absence");
    await steward.locator("form[action='/absence/back'] button").click();
    await steward.waitForURL(/absence/);
    await open(resident, `/g/${grid}`);
    assert.equal(await resident.locator(".notice", { hasText: name }).count(), 0);
    await Promise.all([leave(deputy), leave(steward), leave(resident), leave(desk)]);
  });
}
