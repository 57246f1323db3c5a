// A leader switches text messages on and adds the address of another system; a resident tells a problem and is texted; the other
// system is told, signed; the case says what was sent. The last part in English.

import assert from "node:assert/strict";
import { isSigned } from "./machine.mjs";
import { leave, open } from "./place.mjs";
import { fileAndDispatch, openProgress, press, tell } from "./steps.mjs";

const leader = "community-lead";

export function outbox(place) {
  place.test("what is told leaves the house, signed, and the case says so in both languages", async () => {
    const lead = await place.colleague(leader);
    await open(lead, "/outbox");
    await lead.getByText("还没有登记地址").waitFor();
    const add = lead.locator("form[action='/outbox/webhooks'] button");
    await lead.locator("input[name=topic][value=filed]").check();
    await lead.locator("#address").fill(`${place.machine.origin}/city`);
    await press(lead, add);
    const secret = (await lead.locator("section[role=status] code").textContent()).trim();
    await open(lead, "/outbox");
    assert.equal(await lead.getByText(secret).count(), 0, "a secret is shown once");
    await press(lead, lead.locator("form[action='/outbox/sms'] button"));
    await lead.waitForURL(/done=sms-on$/);

    const resident = await place.visitor({ locale: "en" });
    const told = await tell(resident, { words: "示例：小广场旁有暴露垃圾" });
    const text = await place.machine.taken(({ path, body }) => path === "/sms" && body.includes(told.number));
    const message = JSON.parse(text.body);
    assert.equal(message.lang, "en");
    assert.match(message.text, /your report .+: Your report was received$/);
    assert.ok(!text.body.includes(told.code));
    assert.ok(isSigned(text, place.smsSecret));

    const desk = await place.colleague("desk");
    await fileAndDispatch(desk, told.number, "陆宁");
    const notice = await place.machine.taken(({ path, body }) => path === "/city" && body.includes(told.number));
    assert.ok(isSigned(notice, secret));
    assert.deepEqual([JSON.parse(notice.body).type, notice.body.includes("垃圾")], ["case.filed", false]);

    await desk.reload();
    await desk.getByText("短信告知报事人“已受理上报”：已送达").waitFor();
    const english = await place.colleague("desk", { locale: "en" });
    await open(english, `/cases/${told.number}`);
    await english.getByText("Webhook, “File opened”: Delivered").waitFor();

    await openProgress(resident, told);
    await press(resident, resident.locator("form[action$='/messages'] button"));
    await resident.getByText("You get no text messages.").waitFor();
    await open(lead, "/outbox");
    await lead.locator("form[action='/outbox/sms'] button").click();
    await press(lead, lead.getByRole("dialog").locator("button.button--primary"));
    await lead.waitForURL(/done=sms-off$/);
    for (const page of [lead, resident, desk, english]) await leave(page);
  });
}
