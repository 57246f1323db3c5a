// With the keyboard alone, and with large letters: from the code on the wall to the receipt, and through the office.

import assert from "node:assert/strict";
import { grid, leave, open } from "./place.mjs";
import { goOn } from "./steps.mjs";

/** Presses Tab until the focus is on something; fails when the page has been gone round. */
async function tabTo(page, selector) {
  for (let n = 0; n < 80; n += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((selector) => document.activeElement?.matches(selector), selector)) return;
  }
  assert.fail(`Tab never comes to ${selector} on ${page.url()}`);
}

async function enter(page) {
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
}

export function keys(place) {
  place.test("the keyboard alone leads from the code on the wall to the receipt", async () => {
    const page = await place.visitor();
    await open(page, `/g/${grid}`);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip", "the way past the head comes first");
    await tabTo(page, `a[href="/g/${grid}/report"]`);
    await enter(page);
    await tabTo(page, "#text");
    await page.keyboard.type("楼道灯坏了");
    await tabTo(page, "button[name=go][value=where]");
    await enter(page);
    await tabTo(page, "#place_note");
    await page.keyboard.type("2单元");
    await enter(page);
    await tabTo(page, "#phone");
    await page.keyboard.type("100 1234 5678");
    await enter(page);
    assert.equal(await page.locator("html[data-elder]").count(), 0, "Enter goes on; it presses no switch in the head");
    await tabTo(page, "button[name=go][value=send]");
    await enter(page);
    await page.locator(".receipt__number").waitFor();
    await leave(page);
  });

  place.test("the keyboard alone signs in, finds a case and opens it", async () => {
    const page = await place.visitor({ viewport: { width: 1366, height: 768 } });
    await open(page, "/sign-in");
    await tabTo(page, "#name");
    await page.keyboard.type("desk");
    await page.keyboard.press("Tab");
    await page.keyboard.type(place.passwords.get("desk"));
    await enter(page);
    await tabTo(page, "a[href^='/cases?state=']");
    await enter(page);
    await tabTo(page, "[data-keys]");
    await page.keyboard.press("j");
    await enter(page);
    assert.match(new URL(page.url()).pathname, /^\/cases\/510184999001-/);
    await leave(page);
  });

  for (const javaScriptEnabled of [true, false]) {
    place.test(`the way back of the browser finds the page before (scripts ${javaScriptEnabled ? "on" : "off"})`, async () => {
      const page = await place.visitor({ javaScriptEnabled });
      await open(page, `/g/${grid}/report`);
      await page.locator("#text").fill("楼道灯坏了");
      await goOn(page);
      await page.locator("#place_note").fill("2单元");
      await goOn(page);
      await page.locator("#phone").waitFor();
      await page.goBack();
      assert.equal(await page.locator("#place_note").inputValue(), "2单元");
      await page.locator("#place_note").fill("3单元");
      await goOn(page);
      await goOn(page);
      await page.getByText("3单元").waitFor();
      await page.goBack();
      await page.goBack();
      assert.equal(await page.locator("#place_note").inputValue(), "3单元");
      await page.goBack();
      assert.equal(await page.locator("#text").inputValue(), "楼道灯坏了");
      await leave(page);
    });

    place.test(`large letters and the other language lose nothing on the way (scripts ${javaScriptEnabled ? "on" : "off"})`, async () => {
      const page = await place.visitor({ javaScriptEnabled });
      await open(page, `/g/${grid}/report`);
      await page.locator("#text").fill("楼道灯坏了");
      await page.locator("input[name=category]").nth(2).check();
      await page.locator("button[name=elder]").click();
      await page.locator("html[data-elder]").waitFor();
      await page.locator("button[name=language]").click();
      await page.locator("html[lang=en]").waitFor();
      assert.equal(await page.locator("#text").inputValue(), "楼道灯坏了");
      assert.equal(await page.locator("input[name=category]:checked").inputValue().then(Boolean), true);
      await page.getByRole("heading", { name: "What happened?" }).waitFor();
      await open(page, "/progress");
      await page.locator("html[lang=en][data-elder]").waitFor();
      await leave(page);
    });
  }
}
