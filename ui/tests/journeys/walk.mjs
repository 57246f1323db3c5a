// The README's five-minute walk, with scripts off: told, filed, dispatched, solved, checked, heard of, rated, reopened.

import assert from "node:assert/strict";
import { leave, open } from "./place.mjs";
import { acceptAndHandle, check, fileAndDispatch, openProgress, rate, reopen, tell } from "./steps.mjs";

const plain = { javaScriptEnabled: false };

export function walk(place) {
  place.test("without scripts a problem goes from the resident to an answer, and its reporter rates it", async () => {
    const { resident, told } = await solved(place, "3号楼下堆满暴露垃圾，没人清理");
    await openProgress(resident, told);
    await resident.getByText("垃圾已经清走，谢谢您。").first().waitFor();
    await rate(resident, "satisfied", "yes");
    assert.equal(await resident.locator("form[action$='/rate']").count(), 0, "rated once");
    await leave(resident);
  });

  place.test("without scripts a reporter who was not helped asks again, and the desk sees it", async () => {
    const { resident, told, desk } = await solved(place, "单元门口暴露垃圾又堆起来了");
    await openProgress(resident, told);
    await reopen(resident, "没有清干净，味道还在");
    await resident.getByText("没有清干净，味道还在").first().waitFor();
    await open(desk, "/cases?reopened=1&state=open");
    await desk.locator(`tr[data-case="${told.number}"]`).waitFor();
    await Promise.all([leave(resident), leave(desk)]);
  });
}

async function solved(place, words) {
  const resident = await place.visitor(plain);
  const told = await tell(resident, { words, withPhoto: true });
  const desk = await place.colleague("desk", plain);
  await fileAndDispatch(desk, told.number, "陆宁");
  const steward = await place.colleague("steward-01", { ...plain, viewport: { width: 360, height: 740 } });
  await acceptAndHandle(steward, told.number, "已经清运并冲洗");
  await leave(steward);
  const lead = await place.colleague("lead-01", plain);
  await check(lead, told.number, "垃圾已经清走，谢谢您。");
  await leave(lead);
  return { resident, told, desk };
}
