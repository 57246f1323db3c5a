// What people do on the pages, in the order in which a case lives. Nothing here knows more than the pages show.

import assert from "node:assert/strict";
import { grid, open } from "./place.mjs";
import { photo } from "./photo.mjs";

/** Presses a button of a form that goes on to another page. */
export async function press(page, locator) {
  await Promise.all([page.waitForNavigation(), locator.click()]);
}

/** Continues from one page of telling to the next. */
export const goOn = (page) => press(page, page.locator("#report button.button--primary"));

/** Tells a problem in four pages; the number and the six digits of the receipt. */
export async function tell(page, { words, kind, withPhoto = false }) {
  await open(page, `/g/${grid}`);
  await press(page, page.locator(`a[href="/g/${grid}/report"]`));
  await page.locator("#text").fill(words);
  if (kind) await page.locator("input[name=category]").nth(kind).check();
  if (withPhoto) await page.locator("#photo").setInputFiles(photo());
  if (withPhoto && (await scripted(page))) await page.locator("[data-shrink-said]", { hasText: "1" }).waitFor();
  await goOn(page);
  await page.locator("#place_note").fill("3栋楼下");
  await goOn(page);
  await page.locator("#phone").fill("100 1234 5678");
  await goOn(page);
  assert.equal(await page.locator(".kept img").count(), withPhoto ? 1 : 0);
  await goOn(page);
  return receipt(page);
}

/** The number and the six digits that stand on a receipt. */
export async function receipt(page) {
  const [number, code] = await Promise.all(
    [".receipt__number", ".receipt__code"].map((one) => page.locator(one).textContent()),
  );
  assert.match(number, /^510184999001-\d{8}-\d{4,}$/);
  assert.match(code, /^\d{6}$/);
  return { number, code };
}

const scripted = (page) => page.evaluate(() => 1).then(() => page.locator("[data-print]:not([hidden])").count(), () => 0);

/** Opens one of the steps of a page. */
export async function stepForm(page, path, command) {
  await open(page, path);
  const form = page.locator(`form[action="${path}/${command}"]`);
  const fold = page.locator("details", { has: form });
  if ((await fold.getAttribute("open")) === null) await fold.locator("summary").first().click();
  return form;
}

/** Sends a form that goes on to another page. */
export const send = (page, form) => press(page, form.locator("button:not([type=button])").last());

/** The desk files a case under the first condition offered, and gives it to somebody by name. */
export async function fileAndDispatch(page, number, to) {
  const filing = await stepForm(page, `/cases/${number}`, "file");
  await filing.locator("input[name=filing]:not([value=''])").first().check();
  await send(page, filing);
  const dispatch = await stepForm(page, `/cases/${number}`, "dispatch");
  await dispatch.locator("input[name=whom][value=other]").check();
  const option = dispatch.locator("select[name=to] option", { hasText: to }).first();
  await dispatch.locator("select[name=to]").selectOption(await option.getAttribute("value"));
  await send(page, dispatch);
}

/** Whoever got a task takes it. */
export async function accept(page, number) {
  await open(page, "/tasks");
  const task = page.locator("article", { has: page.locator(`a[href="/tasks/${number}"]`) });
  await press(page, task.locator("form button"));
}

/** Whoever got the task takes it and says how it was solved. */
export async function acceptAndHandle(page, number, words) {
  await accept(page, number);
  await handle(page, number, words);
}

/** Whoever has the task says how it was solved. */
export async function handle(page, number, words) {
  await open(page, `/tasks/${number}`);
  await press(page, page.locator(`a[href="/tasks/${number}/handle"]`));
  const form = page.locator(`form[action="/cases/${number}/handle"]`);
  await form.locator("textarea[name=words]").fill(words);
  await form.locator("select[name=claimed]").selectOption("solved");
  await form.locator("input[type=file]").setInputFiles(photo("办好.png", [60, 150, 80]));
  await send(page, form);
}

/** Somebody else looks, and gives the answer. */
export async function check(page, number, answer) {
  const form = await stepForm(page, `/cases/${number}`, "check");
  await form.locator("input[name=yes][value=yes]").check();
  await form.locator("textarea[name=answer]").fill(answer);
  await send(page, form);
}

/** Types number and code, as they stand on the receipt. */
export async function openProgress(page, { number, code }) {
  await open(page, "/progress");
  await page.locator("#number").fill(number);
  await page.locator("#code").fill(code);
  await press(page, page.locator("main form button"));
  await page.waitForURL(`**/progress/${number}`);
}

/** Rates what was done. */
export async function rate(page, rating, solved) {
  await page.locator(`input[name=rating][value=${rating}]`).check();
  await page.locator(`input[name=solved][value=${solved}]`).check();
  await press(page, page.locator("form[action$='/rate'] button"));
}

/** Asks for it again. */
export async function reopen(page, words) {
  const form = page.locator("form[action$='/reopen']");
  const fold = page.locator("details", { has: form });
  if ((await fold.getAttribute("open")) === null) await fold.locator("summary").click();
  await form.locator("textarea").fill(words);
  await press(page, form.locator("button"));
}
