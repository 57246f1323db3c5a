// A dependency against the direction of the house is found; those of the house pass.

import assert from "node:assert/strict";
import { test } from "node:test";
import { faults } from "../direction.mjs";

const found = (from, to, kind = null) => faults({ packages: [{ name: from, dependencies: [{ name: to, kind }] }] });

for (const [from, to] of ["weige web", "web api", "web door", "api door", "door work", "web work", "work store", "work bridge", "store rules",
  "demo rules", "bench testkit", "store sea-orm", "bench rusqlite", "weige anyhow", "rules geo"].map((pair) => pair.split(" "))) {
  test(`${from} may use ${to}`, () => assert.deepEqual(found(from, to), []));
}

for (const [from, to] of ["rules store", "rules tokio", "store work", "bridge store", "work web", "work door", "door api", "api web", "work demo", "web bridge",
  "web testkit", "weige testkit", "demo store", "web rusqlite",
  "work sqlx", "bench sea-orm", "store anyhow", "work axum"].map((pair) => pair.split(" "))) {
  test(`${from} may not use ${to}`, () => assert.equal(found(from, to).length, 1));
}

test("tests may furnish a house and load the demo", () => {
  assert.deepEqual([...found("store", "testkit", "dev"), ...found("work", "demo", "dev")], []);
});
test("not even tests of the cellar may use the front door", () => assert.equal(found("store", "web", "dev").length, 1));
test("a building script keeps the direction too", () => assert.equal(found("store", "work", "build").length, 1));
test("a new crate needs a place in the house", () => {
  assert.equal(faults({ packages: [{ name: "utils", dependencies: [] }] }).length, 1);
});
