// Every page that there is, as the list of routes names it: no barrier that axe finds, nothing that sticks out, nothing
// from elsewhere, on a phone and on a desk. A new page is looked at as soon as it is declared.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { barriers, overflows } from "../browser.mjs";
import { complain } from "./complaint.mjs";
import { draft, openMediation } from "./mediation.mjs";
import { grid, open } from "./place.mjs";
import { refer } from "./referral.mjs";
import { writeRule } from "./routing.mjs";
import { sendSheet, typeSheet } from "./sheet.mjs";
import { checked } from "./visit.mjs";
import { writeWording } from "./wording.mjs";
import { fileAndDispatch, goOn, openProgress, press, tell } from "./steps.mjs";

const routes = new URL("../../../crates/web/tests/golden/routes.csv", import.meta.url);

/** What is no page: data for programs, files, and links that are good once. */
const noPages = [/^\/(api|assets|tiles)\//, /^\/(healthz|readyz|metrics|openapi\.json|[a-z/]+\.xlsx)$/, /\/(files|attachments|photos|papers)\//];
const leadsBack = ["/cases/{number}/contact", "/cases/{number}/{command}"];
const goodOnce = ["/p/{number}/{token}", "/setup", "/setup/{token}", "/cockpit/{token}", "/cockpit/data", "/map/counts"];

/** What a page needs to be asked. */
const queries = { "/figures/rows": "?figure=closing&of=denominator" };

/** Those who work here; a page is visited by the first who may come in. */
const colleagues = ["desk", "steward-01", "lead-01", "supervisor", "worker-01", "department-water", "officer-01", "admin"];

const widths = [360, 1366];

export function pages(place) {
  place.test("every declared page: no barrier, nothing sticks out, no other origin", async (t) => {
    const example = await examples(place);
    const visitors = await everybody(place, example);
    for (const path of await declared()) {
      await t.test(path, async () => {
        const page = await whoMayVisit(visitors, filled(path, example), queries[path] ?? "");
        await isFine(page);
      });
    }
    for (const page of visitors) await page.context().close();
  });

  for (const [locale, elder] of [["zh-CN", false], ["zh-CN", true], ["en", false]]) {
    place.test(`the four pages of telling and the receipt are for everybody (${locale}${elder ? ", elder mode" : ""})`, async () => {
      const page = await place.visitor({ locale });
      await open(page, `/g/${grid}`);
      if (elder) await page.locator("button[name=elder]").click();
      await isFine(page);
      await page.locator(`a[href="/g/${grid}/report"]`).click();
      await page.locator("#text").fill("三楼着火了");
      await isFine(page);
      for (let n = 0; n < 4; n += 1) {
        await goOn(page);
        if (n === 0) await page.locator(".alarm a[href='tel:119']").waitFor();
        await isFine(page);
      }
      await page.locator(".receipt__code").waitFor();
      assert.equal(await page.locator("html").getAttribute("lang"), locale);
      if (elder) assert.ok((await size(page, "main p")) >= 22);
      assert.deepEqual(page.trouble, []);
      await page.context().close();
    });
  }
}

const size = (page, selector) =>
  page.locator(selector).first().evaluate((one) => parseFloat(getComputedStyle(one).fontSize));

/** A running case, so that pages with a number have something to show. */
async function examples(place) {
  const resident = await place.visitor();
  const told = await tell(resident, { words: "小广场旁有暴露垃圾", withPhoto: true });
  const desk = await place.colleague("desk");
  await fileAndDispatch(desk, told.number, "陆宁");
  await open(desk, "/cases/new");
  await desk.locator("#text").fill("来电：楼道里堆了东西");
  await desk.locator("#grid").selectOption(grid);
  await desk.locator("#new button.button--primary").click();
  await desk.waitForURL(/\/receipt$/);
  const entered = new URL(desk.url()).pathname.split("/")[2];
  const sheet = await typeSheet(desk);
  await sendSheet(desk, sheet);
  const rule = await writeRule(desk);
  const wording = await writeWording(desk);
  const [worker, steward] = await Promise.all([place.colleague("worker-01"), place.colleague("steward-01")]);
  const referral = await refer(worker, entered);
  const mediation = await openMediation(steward);
  await draft(steward, mediation);
  const asker = await place.visitor();
  const { number: visit } = await checked(place, asker);
  const complainant = await place.visitor();
  const complaint = await complain(complainant);
  await Promise.all([resident, asker, desk, worker, steward].map((page) => page.context().close()));
  const item = await supervise(place, told.number);
  return { ...told, entered, item, referral, mediation, visit, sheet, rule, wording, complainant, complaint };
}

/** A supervisor asks whoever is responsible for an answer; gives the question, as it stands among their tasks. */
async function supervise(place, number) {
  const page = await place.colleague("supervisor");
  await open(page, `/cases/${number}/supervise`);
  await page.locator("#words").fill("示例：请说明进展");
  await page.locator("#until").fill(await page.locator("#until").getAttribute("max"));
  await press(page, page.locator("main form button.button--primary"));
  await page.context().close();
  const asked = await place.colleague("steward-01");
  await open(asked, "/tasks");
  const answer = await asked.locator("a[href^='/supervision/'][href$='/answer']").first().getAttribute("href");
  await asked.context().close();
  return answer.split("/")[2];
}

/** Somebody from the street who holds a receipt, and colleagues. */
async function everybody(place, { number, code, complainant }) {
  const resident = await place.visitor();
  await openProgress(resident, { number, code });
  return [resident, complainant, ...(await Promise.all(colleagues.map((one) => place.colleague(one))))];
}

async function declared() {
  const lines = (await readFile(routes, "utf8")).trim().split("\n").slice(1).map((line) => line.split(","));
  const paths = lines.filter(([, method]) => method === "GET").map(([path]) => path);
  return paths.filter((path) => !noPages.some((one) => one.test(path)) && !goodOnce.includes(path) && !leadsBack.includes(path));
}

/** Puts examples into a path; a new kind of blank needs one here. */
function filled(path, example) {
  const id = path.startsWith("/sheets/") ? example.sheet : example.rule;
  const entries = { grid, code: grid, number: numberFor(path, example), command: "return", id, item: example.item, wording: example.wording, n: 2, group: "visit", problem: "refused" };
  return path.replace(/\{(\w+)\}/g, (blank, name) => {
    assert.ok(name in entries, `${path}: say in ui/tests/journeys/pages.mjs what stands for ${blank}`);
    return entries[name];
  });
}

function numberFor(path, { number, entered, referral, mediation, visit, complaint }) {
  if (/^\/complaints?\//.test(path)) return complaint;
  if (path.startsWith("/referrals/")) return referral;
  if (path.startsWith("/mediations/")) return mediation;
  if (path.startsWith("/visits/")) return visit;
  return path === "/cases/{number}/receipt" ? entered : number;
}

async function whoMayVisit(visitors, path, query) {
  const answers = [];
  for (const page of visitors) {
    page.trouble.length = 0;
    const answer = await page.goto(path + query);
    const own = new URL(page.url()).pathname === path;
    if (answer.status() === 200 && own) return page;
    answers.push(answer.status());
  }
  throw new Error(`${path}: nobody may visit it (${answers})`);
}

async function isFine(page) {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 768 });
    assert.equal(await overflows(page), false, `${page.url()} sticks out at ${width}`);
    assert.deepEqual(await barriers(page), [], `${page.url()} at ${width}`);
  }
  assert.deepEqual(page.trouble, [], page.url());
}
