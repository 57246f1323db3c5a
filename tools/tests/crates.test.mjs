// deny.toml is read as it stands, and what it refuses is found.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { faults, lists, permits } from "../crates.mjs";

const deny = lists(readFileSync(new URL("../../deny.toml", import.meta.url), "utf8"));
const good = { name: "geo", version: "1.0.0", license: "MIT OR Apache-2.0", source: `registry+${deny.registries[0]}` };
const found = (change) => faults({ packages: [{ ...good, ...change }] }, deny).length;

test("the lists of deny.toml are read", () => {
  assert.ok(deny.licences.includes("MIT") && deny.licences.includes("Apache-2.0 WITH LLVM-exception"));
  assert.ok(deny.banned.includes("rustface"));
  assert.deepEqual(deny.registries, ["https://github.com/rust-lang/crates.io-index"]);
});

test("an ordinary crate passes", () => assert.equal(found({}), 0));
test("a crate that recognises faces is found", () => assert.equal(found({ name: "rustface" }), 1));
test("a crate from a repository is found", () => assert.equal(found({ source: "git+https://example.org/geo" }), 1));
test("a crate from another registry is found", () => assert.equal(found({ source: "registry+https://example.org" }), 1));
test("a crate without licence is found", () => assert.equal(found({ license: null }), 1));

for (const [expression, may] of Object.entries({
  MIT: true,
  "GPL-3.0-only": false,
  "MIT/GPL-3.0-only": true,
  "MIT AND GPL-3.0-only": false,
  "(MIT OR GPL-3.0-only) AND Unicode-3.0": true,
  "(GPL-3.0-only OR AGPL-3.0-only) AND MIT": false,
  "GPL-2.0-only OR MIT AND GPL-3.0-only": false,
  "Apache-2.0 WITH LLVM-exception OR GPL-2.0-only": true,
  "GPL-2.0-only WITH Classpath-exception-2.0": false,
})) {
  test(`${expression} is ${may ? "allowed" : "refused"}`, () => assert.equal(permits(expression, deny.licences), may));
}
