// The table of proofs names tests that there are, in the languages and on the databases on which they run.

import assert from "node:assert/strict";
import { test } from "node:test";
import { faults, rows } from "../proof.mjs";

const files = {
  "ui/tests/journeys.test.mjs": "const everywhere = [walk, sheet];\nconst bilingual = [wording];\nconst once = [live];",
  "ui/tests/journeys/walk.mjs": 'place.test("it goes", async () => {});',
  "ui/tests/journeys/live.mjs": 'place.test("it lives", async () => {});',
  "ui/tests/journeys/idle.mjs": 'place.test("it sleeps", async () => {});',
  "crates/web/tests/life.rs": "on_both_databases! {\n    async fn it_lives_on(database: Database) {}\n}",
  "crates/web/tests/one.rs": "async fn it_lives_alone(database: Database) {}",
};
const both = "| zh-CN, en | SQLite, PostgreSQL |";
const whole = Array.from({ length: 11 }, (_, n) => `| ${n + 1} | \`ui/tests/journeys/walk.mjs\` | it goes ${both}`).join("\n");
const said = (row) => faults(`${whole}\n${row}`, (file) => files[file]).map(({ says }) => says.split(": ").at(-1));

test("a table of tests that there are is good", () => {
  assert.equal(rows(whole).length, 11);
  assert.deepEqual(said("| 1 | `crates/web/tests/life.rs` | `it_lives_on` | en | SQLite, PostgreSQL |"), []);
  assert.deepEqual(said("| 1 | `ui/tests/journeys/live.mjs` | it lives | zh-CN | SQLite |"), []);
});

for (const [row, why] of [
  [`| 1 | \`ui/tests/journeys/gone.mjs\` | it goes ${both}`, "there is no such file"],
  [`| 1 | \`ui/tests/journeys/walk.mjs\` | it went ${both}`, "there is no such test"],
  [`| 1 | \`ui/tests/journeys/live.mjs\` | it lives ${both}`, "it runs on SQLite, in Chinese, only"],
  ["| 1 | `ui/tests/journeys/walk.mjs` | it goes | zh-CN | SQLite |", "it runs in both languages on both databases"],
  [`| 1 | \`ui/tests/journeys/idle.mjs\` | it sleeps ${both}`, "it runs nowhere"],
  ["| 1 | `crates/web/tests/life.rs` | `it_died` | en | SQLite, PostgreSQL |", "there is no such test on both databases"],
  ["| 1 | `crates/web/tests/one.rs` | `it_lives_alone` | en | SQLite, PostgreSQL |", "there is no such test on both databases"],
  ["| 1 | `crates/web/tests/life.rs` | `it_lives_on` | en | SQLite |", "it runs on both databases"],
  ["| 1 | `crates/web/tests/life.rs` | `it_lives_on` | fr | SQLite, PostgreSQL |", "say zh-CN, en or API"],
]) {
  test(`${row} is found`, () => assert.deepEqual(said(row), [why]));
}

test("a point that nothing shows in both languages on both databases is found", () => {
  const lines = whole.split("\n").slice(1).join("\n");
  const found = faults(lines, (file) => files[file]);
  assert.deepEqual(found.map(({ says }) => says), ["point 1: no test in both languages and on both databases"]);
});
