// The patterns of the server pages and their small enhancements, on the gallery.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Fixture } from "../dev/fixture.mjs";
import { barriers, openBrowser, openPage, overflows } from "./browser.mjs";

let browser, fixture, origin;
before(async () => {
  fixture = new Fixture();
  [browser, origin] = [await openBrowser(), await fixture.listen()];
});
after(async () => {
  await browser.close();
  await fixture.close();
});

async function gallery(settings = {}, query = "") {
  const page = await openPage(browser, { origin, ...settings });
  await page.goto(`${origin}/gallery${query}`);
  return page;
}

for (const query of ["", "?elder"]) {
  for (const width of [320, 360, 768, 1366, 1920]) {
    test(`gallery${query} at ${width} px: nothing sticks out, axe finds no barrier`, async () => {
      const page = await gallery({ viewport: { width, height: 800 } }, query);
      assert.equal(await overflows(page), false);
      assert.deepEqual(await barriers(page), []);
      assert.deepEqual(page.trouble, []);
      await page.close();
    });
  }
}

test("elder mode has text of 22 px and targets of 60 px", async () => {
  const page = await gallery({ viewport: { width: 360, height: 740 } }, "?elder");
  const measured = await page.evaluate(() => ({
    text: parseFloat(getComputedStyle(document.querySelector(".lead")).fontSize),
    hint: parseFloat(getComputedStyle(document.querySelector(".field__hint")).fontSize),
    smallest: Math.min(...[...document.querySelectorAll(".button, .input, .choice, .masthead__tool")].map((e) => e.offsetHeight)),
  }));
  assert.ok(measured.text >= 22 && measured.hint >= 22 && measured.smallest >= 60, JSON.stringify(measured));
  await page.close();
});

test("the focus goes to the summary of errors", async () => {
  const page = await gallery();
  await page.locator(".error-summary:focus").waitFor();
  await page.close();
});

test("j and k move through a list that has the focus, and nowhere else", async () => {
  const page = await gallery();
  const link = () => page.evaluate(() => document.activeElement.textContent);
  await page.locator(".error-summary:focus").waitFor();
  await page.keyboard.press("j");
  assert.match(await link(), /有 1 处需要改/);
  await page.locator("[data-keys]").focus();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  assert.equal(await link(), "SL-20261123-0041");
  await page.keyboard.press("k");
  assert.equal(await link(), "SL-20261123-0042");
  await page.close();
});

test("a large photo is made smaller before it is sent", async () => {
  const page = await gallery();
  const large = await page.evaluate(async () => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [3200, 2400];
    canvas.getContext("2d").fillRect(0, 0, 900, 900);
    return canvas.toDataURL("image/png").split(",")[1];
  });
  await page.locator("#photo").setInputFiles({ name: "楼道.png", mimeType: "image/png", buffer: Buffer.from(large, "base64") });
  await page.getByText("照片已备好（1 张）").waitFor();
  const sent = await page.evaluate(async () => {
    const file = document.querySelector("#photo").files[0];
    const image = await createImageBitmap(file);
    return { name: file.name, type: file.type, width: image.width, height: image.height };
  });
  assert.deepEqual(sent, { name: "楼道.jpg", type: "image/jpeg", width: 1600, height: 1200 });
  await page.close();
});

test("a file that is no photo is left as it is, for the server to refuse", async () => {
  const page = await gallery();
  await page.locator("#photo").setInputFiles({ name: "a.png", mimeType: "image/png", buffer: Buffer.from("no photo") });
  await page.getByText("照片已备好（1 张）").waitFor();
  assert.equal(await page.evaluate(() => document.querySelector("#photo").files[0].text()), "no photo");
  await page.close();
});

test("a step that is hard to take back asks first, and sends only after yes", async () => {
  const page = await gallery();
  await page.evaluate(() => {
    const form = document.createElement("form");
    form.id = "void";
    form.dataset.confirm = "确定作废这件事？";
    form.append(Object.assign(document.createElement("button"), { textContent: "试试" }));
    globalThis.sent = 0;
    form.addEventListener("submit", (event) => (event.preventDefault(), (globalThis.sent += 1)));
    document.querySelector("main").append(form);
  });
  await page.getByRole("button", { name: "试试" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "取消" }).click();
  assert.equal(await page.evaluate(() => globalThis.sent), 0);
  await page.getByRole("button", { name: "试试" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "确定" }).click();
  assert.equal(await page.evaluate(() => globalThis.sent), 1);
  await page.close();
});
