// Clocks: more time is asked for and granted by somebody else, the clock stands still until a date, goes on, and says why it is
// what it is.

import { inDays } from "./day.mjs";
import { leave, open } from "./place.mjs";
import { accept, fileAndDispatch, send, stepForm, tell } from "./steps.mjs";

const plain = { javaScriptEnabled: false };

export function clocks(place) {
  place.test("without scripts more time is asked for and granted, the clock stands still and goes on, and explains itself", async () => {
    const resident = await place.visitor(plain);
    const { number } = await tell(resident, { words: "单元门禁坏了，换件要等厂家" });
    const desk = await place.colleague("desk", plain);
    await fileAndDispatch(desk, number, "陆宁");
    const steward = await place.colleague("steward-01", plain);
    await accept(steward, number);
    const path = `/cases/${number}`;
    const ask = await stepForm(steward, path, "extend");
    await ask.locator("textarea[name=words]").fill("配件在路上");
    await send(steward, ask);

    const lead = await place.colleague("lead-01", plain);
    const grant = await stepForm(lead, path, "extend");
    await grant.locator("input[name=yes][value=yes]").check();
    await send(lead, grant);
    await open(steward, path);
    await steward.getByText("配件在路上").first().waitFor();
    const why = steward.locator("details", { hasText: place.said("cases-why") }).first();
    await why.locator("summary").click();
    await why.locator("li").first().waitFor();

    const suspend = await stepForm(lead, path, "suspend");
    await suspend.locator("input[name=until]").fill(inDays(5));
    await suspend.locator("textarea[name=words]").fill("等厂家发货");
    await send(lead, suspend);
    await open(lead, path);
    await lead.locator(".tag--suspended, .tag--waiting").first().waitFor();
    await send(steward, await stepForm(steward, path, "resume"));
    await steward.locator(".tag--accepted").first().waitFor();
    for (const page of [resident, desk, steward, lead]) await leave(page);
  });
}
