// Every forbidden name is found wherever it is planted, however it is written, and ordinary words are left alone.

import assert from "node:assert/strict";
import { test } from "node:test";
import { forbidden, names, patterns } from "../rooms/names.mjs";

const word = (pattern) => pattern.replace("*", "");
const file = (path, text) => ({ path, text, lines: text.split("\n") });

test("there are at least 150 names, each once", () => {
  assert.ok(patterns.length >= 150);
  assert.equal(new Set(patterns).size, patterns.length);
});

const surfaces = {
  "crates/store/migrations/0001_house.sql": (name) => `    ${name} text NOT NULL,`,
  "crates/store/src/people/row.rs": (name) => `    pub ${name}: String,`,
  "crates/store/data-classes.toml": (name) => `["people.${name}"]`,
  "locales/zh-CN/people.ftl": (name) => `people-field = ${name}`,
  "crates/web/templates/people/form.html": (name) => `<input name="${name}">`,
  "docs/openapi.json": (name) => `{"properties": {"${name}": {}}}`,
  "demo/minghu/people.csv": (name) => `姓名,${name},电话`,
};
for (const [path, line] of Object.entries(surfaces)) {
  test(`every name is found in ${path}`, () => {
    const missed = patterns.filter((pattern) => names([file(path, line(word(pattern)))]).length === 0);
    assert.deepEqual(missed, []);
  });
}

test("a name is found in every way of writing it", () => {
  for (const written of ["face_id", "FACE_ID", "faceId", "FaceId", "face-id", "face id", "faceid", "the_face_ids"]) {
    assert.equal(forbidden(`let ${written} = 1;`), "face_id", written);
  }
});

test("ordinary words of the house are left alone", () => {
  for (const line of ["political-legal grid 政法网格", "surface_identity", "colour of a deadline", "party_of_a_case",
    "联户联系人", "satisfaction", "interface", "a place is ranked by nothing", "code text NOT NULL", "网格员"]) {
    assert.equal(forbidden(line), undefined, line);
  }
});

test("where no names are forbidden, none is sought", () => {
  assert.deepEqual(names([file("crates/work/src/import/dropped.rs", "民族")]), []);
});
