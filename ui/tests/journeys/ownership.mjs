// One named person answers: a leader adopts a hard case, hands of the work change with a note, the parties are called together,
// what they agree is followed, and only whoever adopted it closes it.

import assert from "node:assert/strict";
import { inDays } from "./day.mjs";
import { leave, open } from "./place.mjs";
import { accept, check, fileAndDispatch, handle, send, stepForm, tell } from "./steps.mjs";

const plain = { javaScriptEnabled: false };

export function ownership(place) {
  place.test("without scripts a leader adopts a case, calls the parties together, and alone closes it", async () => {
    const resident = await place.visitor(plain);
    const { number } = await tell(resident, { words: "两栋楼之间堆满暴露垃圾，没人清理" });
    const desk = await place.colleague("desk", plain);
    await fileAndDispatch(desk, number, "陆宁");
    const lead = await place.colleague("lead-01", plain);
    const name = (await lead.locator(".masthead a[href='/work']").textContent()).trim();
    const path = `/cases/${number}`;
    const steward = await place.colleague("steward-01", { ...plain, viewport: { width: 360, height: 740 } });
    await accept(steward, number);

    await send(lead, await stepForm(lead, path, "adopt"));
    await open(steward, path);
    await steward.getByText(place.said("cases-adopted")).first().waitFor();
    await steward.getByText(name).first().waitFor();

    const call = await stepForm(lead, path, "coordinate");
    await call.getByLabel("供水排水服务站", { exact: true }).check();
    await call.locator("textarea[name=outside]").fill("示例物业公司");
    await call.locator("input[name=until]").fill(soon("T10:00"));
    await call.locator("[name=place]").fill("社区二楼");
    await call.locator("textarea[name=words]").fill("这块地由谁清扫");
    await send(lead, call);
    const agree = await stepForm(lead, path, "agree");
    await agree.locator("textarea[name=words]").fill("示例物业每天清运一次");
    await agree.locator("textarea[name=outside], input[name=outside]").first().fill("示例物业公司");
    await agree.locator("input[name=until]").fill(soon(""));
    await send(lead, agree);
    await open(desk, path);
    await desk.getByText("示例物业每天清运一次").first().waitFor();
    const settle = await stepForm(lead, path, "settle");
    await settle.locator("select[name=item]").selectOption({ index: 1 });
    await settle.locator("input[name=yes][value=yes]").check();
    await send(lead, settle);

    await handle(steward, number, "已清运，商定每天一次");
    await check(desk, number, "垃圾已清走。");
    await open(desk, path);
    assert.equal(await desk.locator(`form[action="${path}/close"]`).count(), 0, "another closes it");
    const close = await stepForm(lead, path, "close");
    await close.locator("textarea[name=answer]").fill("垃圾已清走，两家物业商定每天一次。");
    await send(lead, close);
    await lead.locator(".tag--closed").first().waitFor();
    for (const page of [resident, desk, lead, steward]) await leave(page);
  });
}

/** Two days from now as a field of date and time takes it. */
function soon(time) {
  return inDays(2) + time;
}
