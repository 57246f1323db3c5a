// A dispute that is talked over: opened on a phone, written down, signed, and found by nobody outside it.

import assert from "node:assert/strict";
import { photo } from "./photo.mjs";
import { grid, leave, open } from "./place.mjs";
import { press, send, stepForm } from "./steps.mjs";

const plain = { javaScriptEnabled: false };
const phone = { ...plain, viewport: { width: 360, height: 740 } };

/** Opens a mediation that one mediates oneself; gives its number. */
export async function openMediation(page) {
  await open(page, "/mediations/new");
  await page.locator("#kind").selectOption("neighbours");
  await page.locator("#grid").selectOption(grid);
  await page.locator("#place").fill("3栋");
  await page.locator("#matter").fill("示例张三夜里装修，示例李四要求改时间");
  for (const [n, name, number] of [[1, "示例张三", "10012345678"], [2, "示例李四", "10087654321"]]) {
    await page.locator(`#name-${n}`).fill(name);
    await page.locator(`#phone-${n}`).fill(number);
  }
  await press(page, page.locator("main form button.button--primary"));
  await page.waitForURL(/\/receipt$/);
  return new URL(page.url()).pathname.split("/")[2];
}

/** Writes the agreement. */
export async function draft(page, number) {
  const form = await stepForm(page, `/mediations/${number}`, "draft");
  await form.locator("textarea[name=words]").fill("示例张三只在9时至18时施工。\n双方不再为此事争执。");
  await send(page, form);
}

export function mediation(place) {
  place.test("without scripts a dispute is opened, talked over and signed, and others do not find it", async () => {
    const steward = await place.colleague("steward-01", phone);
    const number = await openMediation(steward);
    assert.equal(await steward.locator(".paper--slip").count(), 2, "a slip for each party");
    assert.equal(await steward.getByText("装修").count(), 0, "slips say nothing of the matter");

    const path = `/mediations/${number}`;
    const talk = await stepForm(steward, path, "talk");
    await talk.locator("textarea[name=words]").fill("示例张三愿意改到白天");
    await send(steward, talk);
    await steward.getByText("甲方愿意改到白天").waitFor();
    await draft(steward, number);
    await open(steward, `${path}/agreement`);
    assert.equal(await steward.locator(".paper__party .paper__line").count(), 2, "lines for names");
    await press(steward, steward.locator("main form button"));
    await steward.locator(".paper__party", { hasText: "示例张三" }).waitFor();
    const agree = await stepForm(steward, path, "agree");
    await agree.locator("input[name=written][value=yes]").check();
    await agree.locator("input[type=file]").setInputFiles(photo("签字页.png"));
    await send(steward, agree);
    await steward.locator(`img[src^="${path}/papers/"]`).waitFor();

    for (const account of ["worker-01", "steward-02", "desk"]) {
      const other = await place.colleague(account, plain);
      const answer = await other.goto(path);
      assert.equal(answer.status(), 404, account);
      await open(other, "/mediations?state=all");
      assert.equal(await other.getByText(number).count(), 0, account);
      await other.context().close();
    }
    const supervisor = await place.colleague("supervisor", { ...plain, locale: "en" });
    await open(supervisor, path);
    assert.equal(await supervisor.locator("aside form").count(), 0, "a supervisor reads");
    await Promise.all([leave(steward), leave(supervisor)]);
  });
}
