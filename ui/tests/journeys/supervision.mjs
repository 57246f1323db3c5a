// A supervisor asks whoever is responsible for an answer by a date; it is given from the task page of a phone and comes back.

import assert from "node:assert/strict";
import { leave, open } from "./place.mjs";
import { fileAndDispatch, press, tell } from "./steps.mjs";

const plain = { javaScriptEnabled: false };
const phone = { ...plain, viewport: { width: 360, height: 740 } };

export function supervision(place) {
  place.test("without scripts a question of the supervisor is answered from the task page and the answer comes back", async () => {
    const resident = await place.visitor(plain);
    const told = await tell(resident, { words: "楼下的垃圾三天没有清运" });
    const desk = await place.colleague("desk", plain);
    await fileAndDispatch(desk, told.number, "陆宁");

    const supervisor = await place.colleague("supervisor", plain);
    await open(supervisor, `/cases/${told.number}`);
    await press(supervisor, supervisor.locator(`a[href="/cases/${told.number}/supervise"]`));
    const until = supervisor.locator("#until");
    await until.fill(await until.getAttribute("max"));
    await supervisor.locator("#words").fill("示例：什么时候清运？");
    await press(supervisor, supervisor.locator("main form button.button--primary"));
    await supervisor.locator(".notice--ok").waitFor();

    const steward = await place.colleague("steward-01", phone);
    await open(steward, `/tasks/${told.number}`);
    await press(steward, steward.locator("a[href^='/supervision/']"));
    await steward.locator("#words").fill("示例：清运车明早到");
    await press(steward, steward.locator("main form button.button--primary"));
    assert.equal(new URL(steward.url()).pathname, `/tasks/${told.number}`);

    const english = await place.colleague("supervisor", { ...plain, locale: "en" });
    await open(english, "/supervision?list=answered");
    await english.getByText("示例：清运车明早到").first().waitFor();
    for (const page of [resident, desk, supervisor, steward, english]) await leave(page);
  });
}
