// Wrong input, with and without scripts: a clear message in the visitor's language, and everything typed is still there.

import assert from "node:assert/strict";
import { grid, open } from "./place.mjs";
import { photo } from "./photo.mjs";
import { goOn } from "./steps.mjs";

/** A refused form is an error to the console; nothing else may be. */
async function leaveRefused(page) {
  assert.deepEqual(page.trouble.filter((line) => !/status of 422/.test(line)), []);
  await page.context().close();
}

const languages = [
  { locale: "zh-CN", title: /^错误：/, missing: "请写一写", phone: "电话", photo: "照片" },
  { locale: "en", title: /^Error: /, missing: "Please tell", phone: "number", photo: "photo" },
];

export function wrong(place) {
  for (const words of languages) {
    for (const javaScriptEnabled of [true, false]) {
      const how = `${words.locale}, scripts ${javaScriptEnabled ? "on" : "off"}`;
      place.test(`wrong answers are told and nothing typed is lost (${how})`, async () => {
        const page = await place.visitor({ locale: words.locale, javaScriptEnabled });
        await open(page, `/g/${grid}/report`);
        await goOn(page);
        assert.match(await page.title(), words.title);
        await page.locator("#text-fault").waitFor();
        const missing = await page.locator("#text-fault").textContent();

        await page.locator("#text").fill("灯 <b>坏</b> & 闪");
        await page.locator("#photo").setInputFiles({ name: "a.png", mimeType: "image/png", buffer: Buffer.from("no photo") });
        await goOn(page);
        await page.locator("#photo-fault").waitFor();
        assert.equal(await page.locator("#text").inputValue(), "灯 <b>坏</b> & 闪");
        assert.notEqual(await page.locator("#photo-fault").textContent(), missing);

        await page.locator("#photo").setInputFiles(photo());
        await goOn(page);
        await page.locator("#grid").selectOption("");
        await page.locator("#place_note").fill("东门旁");
        await goOn(page);
        await page.locator("#grid-fault").waitFor();
        assert.equal(await page.locator("#place_note").inputValue(), "东门旁");

        await page.locator("#grid").selectOption(grid);
        await goOn(page);
        await page.locator("#phone").fill("打给我");
        await page.locator("#name").fill("示例阿姨");
        await goOn(page);
        await page.locator("#phone-fault").waitFor();
        assert.equal(await page.locator("#phone").inputValue(), "打给我");
        assert.equal(await page.locator("#name").inputValue(), "示例阿姨");
        await page.locator("#phone").fill("");
        await goOn(page);
        assert.equal(await page.locator(".kept img").count(), 1, "the photo came all the way");
        await page.getByText("灯 <b>坏</b> & 闪").waitFor();
        const language = await page.locator("html").getAttribute("lang");
        assert.equal(language, words.locale);
        await leaveRefused(page);
      });
    }
  }

  place.test("a photo that is not wanted after all is left out on the last page", async () => {
    const page = await place.visitor({ javaScriptEnabled: false });
    await open(page, `/g/${grid}/report`);
    await page.locator("#text").fill("楼道灯坏了");
    await page.locator("#photo").setInputFiles([photo("一.png"), photo("二.png", [180, 90, 60])]);
    for (let n = 0; n < 3; n += 1) await goOn(page);
    assert.equal(await page.locator(".kept img").count(), 2);
    assert.ok(await page.locator(".kept img").evaluateAll((all) => all.every((one) => one.naturalWidth > 0)));
    await Promise.all([page.waitForNavigation(), page.locator(".kept button").first().click()]);
    assert.equal(await page.locator(".kept img").count(), 1);
    await goOn(page);
    await page.locator(".receipt__number").waitFor();
    await leaveRefused(page);
  });

  place.test("a steward's result without words comes back with the choice that was made", async () => {
    const desk = await place.colleague("desk");
    await open(desk, "/cases/new");
    await desk.locator("#text").fill("来电：信箱门掉了");
    await desk.locator("#new button.button--primary").click();
    await desk.locator("#grid-fault").waitFor();
    assert.equal(await desk.locator("#text").inputValue(), "来电：信箱门掉了");
    await leaveRefused(desk);
  });

  place.test("a wrong password keeps the name and says so", async () => {
    const page = await place.visitor();
    await open(page, "/sign-in");
    await page.locator("#name").fill("desk");
    await page.locator("#password").fill("not this one");
    await page.locator("main form button").click();
    await page.locator(".error-summary").waitFor();
    assert.equal(await page.locator("#name").inputValue(), "desk");
    assert.equal(await page.locator("#password").inputValue(), "");
    await leaveRefused(page);
  });

  place.test("what is not there says so in the visitor's language and leads on", async () => {
    for (const [locale, words] of [["zh-CN", /没有/], ["en", /not|no /i]]) {
      const page = await place.visitor({ locale });
      const answer = await page.goto("/g/510184999001-G99");
      assert.equal(answer.status(), 404);
      assert.match(await page.locator("main").textContent(), words);
      assert.ok((await page.locator("main a[href='/']").count()) > 0, "a way on");
      await page.context().close();
    }
  });
}
