// Each house check finds what was planted for it in an otherwise tidy house, and leaves the tidy house alone.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { faults } from "../rooms.mjs";

const tidy = {
  "crates/work/src/case.rs": "//! Cases.\n// SELECT the right word in a comment\nfn update() {}\n",
  "crates/store/src/case.rs": '//! Cases.\nconst FIND: &str = "SELECT id FROM cases";\n',
  "crates/web/templates/page.html": '<svg xmlns="http://www.w3.org/2000/svg"></svg><p>→ ✓ ©</p><a href="/g/1">1</a>\n',
  "ui/shared/base.css": "em { font-style: normal; }\n",
  "ui/tests/fixture.ts": "fetch('https://elsewhere.net')\n",
  "ui/node_modules/x/x.css": "em { font-style: italic; }\n",
  "locales/zh-CN/case.ftl": "title = 事项\n    .label = 名称\n",
  "locales/en/case.ftl": "title = Case\n    .label = Name\n",
};

const houses = [];
after(() => houses.forEach((house) => rmSync(house, { recursive: true })));

/** The faults of a tidy house with some files planted, as `check path:line`. */
function found(planted) {
  const house = mkdtempSync(join(tmpdir(), "weige-rooms-"));
  houses.push(house);
  for (const [path, text] of Object.entries({ ...tidy, ...planted })) {
    mkdirSync(dirname(join(house, path)), { recursive: true });
    writeFileSync(join(house, path), text);
  }
  return faults(house).map(({ check, path, line }) => `${check} ${path}:${line}`);
}

test("a tidy house has no faults", () => assert.deepEqual(found({}), []));

const page = "crates/web/templates/page.html";
const rust = (line) => ({ "crates/work/src/case.rs": `//! Cases.\n${line}\n` });
const css = (line) => ({ "ui/shared/base.css": `${line}\n` });
for (const [what, planted, expected] of [
  ["a file of 501 lines", { "ui/map.ts": "a;\n".repeat(501) }, "length ui/map.ts:501"],
  ["a module that does not say what it is for", { "crates/work/src/x.rs": "use a;\n" }, "heads crates/work/src/x.rs:1"],
  ["a SELECT outside the cellar", rust('const X: &str = "SELECT 1";'), "statements crates/work/src/case.rs:2"],
  ["an INSERT outside the cellar", rust('let x = "INSERT INTO cases";'), "statements crates/work/src/case.rs:2"],
  ["an UPDATE outside the cellar", rust('let x = "UPDATE cases SET a = 1";'), "statements crates/work/src/case.rs:2"],
  ["an UPDATE over two lines", rust('let x = "UPDATE cases\n SET a = 1";'), "statements crates/work/src/case.rs:2"],
  ["a DELETE outside the cellar", rust('let x = "DELETE FROM cases";'), "statements crates/work/src/case.rs:2"],
  ["two shapes of one name", rust(["#[derive(ToSchema)]", "struct A;", "#[derive(ToSchema)]", "struct A;"].join("\n")), "schemas crates/work/src/case.rs:4"],
  ["an emoji on a page", { [page]: "<p>👍</p>" }, `emoji ${page}:1`],
  ["a letter made an emoji", { [page]: "<p>\u260e\ufe0f</p>" }, `emoji ${page}:1`],
  ["a script from elsewhere", { [page]: '<script src="https://cdn.elsewhere.net/a.js">' }, `origins ${page}:1`],
  ["a script from elsewhere by either protocol", { [page]: '<script src="//cdn.elsewhere.net/a.js">' }, `origins ${page}:1`],
  ["a picture from elsewhere in a style", css("a { background: url(http://elsewhere.net/a.png); }"), "origins ui/shared/base.css:1"],
  ["italics", css("em { font-style: italic; }"), "italics ui/shared/base.css:1"],
  ["italics in the short form", css("em { font: italic 1rem serif; }"), "italics ui/shared/base.css:1"],
  ["a text without English", { "locales/zh-CN/case.ftl": "title = 事项\n    .label = 名\nmore = 多\n" }, "locales locales/en/case.ftl:1"],
  ["an attribute without Chinese", { "locales/zh-CN/case.ftl": "title = 事项\n" }, "locales locales/zh-CN/case.ftl:1"],
  ["a file of texts in one language", { "locales/en/grid.ftl": "grid = Grid\n" }, "locales locales/zh-CN/grid.ftl:1"],
  ["an allowed exception without reason", { "tools/rooms.allow": "length ui/map.ts\n" }, "allow tools/rooms.allow:1"],
  ["an exception that is no longer needed", { "tools/rooms.allow": "length ui/map.ts # long\n" }, "allow tools/rooms.allow:0"],
]) {
  test(`${what} is found`, () => assert.ok(found(planted).includes(expected), found(planted).join("\n")));
}

test("a text that stands twice is found", () => {
  const twice = { "locales/zh-CN/case.ftl": "title = 事项\n    .label = 名\ntitle = 又\n" };
  assert.deepEqual(found(twice), ["locales locales/zh-CN/case.ftl:1"]);
});
test("an exception with its reason is left alone", () => {
  const long = { "ui/map.ts": "a;\n".repeat(501), "tools/rooms.allow": "length ui/map.ts # one table\n" };
  assert.deepEqual(found(long), []);
});
