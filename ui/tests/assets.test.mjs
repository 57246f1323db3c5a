// What the build leaves behind: names the server links, sizes, words in both languages.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

const dist = new URL("../dist/assets/", import.meta.url);
const chunks = await readdir(new URL("chunks/", dist));

async function packed(...names) {
  const sizes = await Promise.all(names.map(async (name) => gzipSync(await readFile(new URL(name, dist))).length));
  return sizes.reduce((sum, size) => sum + size, 0) / 1024;
}

/** An entry with every chunk it imports at once, not those it loads when needed. */
async function withImports(entry, seen = new Set()) {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  const code = await readFile(new URL(entry, dist), "utf8");
  for (const [, name] of code.matchAll(/(?:from|import)\s*"\.\/(?:chunks\/)?([^"]+)"/g)) {
    await withImports(`chunks/${name}`, seen);
  }
  return seen;
}

test("the files that pages link have stable names", async () => {
  const names = await readdir(dist);
  const linked = ["weige.css", "board.css", "map.css", "cockpit.css", "icons.svg", "favicon.svg"];
  linked.push("resident.js", "office.js", "map.js", "cockpit.js");
  assert.deepEqual(linked.filter((name) => !names.includes(name)), []);
});

test("the stylesheet of the server pages stays under 12 KB", async () => {
  assert.ok((await packed("weige.css")) <= 12);
});

test("the scripts of a resident page stay under 15 KB", async () => {
  assert.ok((await packed(...(await withImports("resident.js")))) <= 15);
});

test("the first load of an office page stays under 150 KB", async () => {
  assert.ok((await packed("weige.css", "icons.svg", ...(await withImports("office.js")))) <= 150);
});

test("the scripts of the cockpit stay under 550 KB, the map's worker apart", async () => {
  const all = await withImports("cockpit.js");
  const later = chunks.filter((name) => /^(wall|grid-map)-/.test(name));
  assert.equal(later.length, 2);
  for (const name of later) await withImports(`chunks/${name}`, all);
  assert.ok((await packed(...all)) <= 550);
});

test("no chunk imports an entry, which would run twice beside its ?v= address", async () => {
  for (const name of chunks) {
    const code = await readFile(new URL(`chunks/${name}`, dist), "utf8");
    assert.doesNotMatch(code, /(from|import)\s*\(?"\.\.\/\w+\.js"/, name);
  }
});

test("no stylesheet reaches outside or slants its text", async () => {
  for (const name of ["weige.css", "board.css", "map.css", "cockpit.css"]) {
    const css = await readFile(new URL(name, dist), "utf8");
    assert.doesNotMatch(css, /url\(["']?(https?:)?\/\//, name);
    assert.doesNotMatch(css, /font-style:\s*(italic|oblique)/, name);
  }
});

test("every icon that a page or script asks for is in the sprite", async () => {
  const sprite = await readFile(new URL("icons.svg", dist), "utf8");
  const gallery = await readFile(new URL("../shared/gallery.html", import.meta.url), "utf8");
  const asked = [...gallery.matchAll(/icons\.svg#([\w-]+)/g)].map(([, name]) => name);
  asked.push("danger", "clock", "done", "pause", "play");
  assert.deepEqual(asked.filter((name) => !sprite.includes(`id="${name}"`)), []);
});

for (const place of ["islands", "cockpit"]) {
  test(`${place}: Chinese and English have the same keys and blanks`, async () => {
    const read = async (lang) => JSON.parse(await readFile(new URL(`../${place}/locales/${lang}.json`, import.meta.url)));
    const blanks = (words) =>
      Object.fromEntries(Object.entries(words).map(([key, text]) => [key, (text.match(/\{\w+\}/g) ?? []).sort()]));
    assert.deepEqual(blanks(await read("en")), blanks(await read("zh-CN")));
  });
}
