// What the last lines of `make test` say, for output as the runners print it, and that nothing is left out silently.

import assert from "node:assert/strict";
import { test } from "node:test";
import { tally } from "../tally.mjs";

const nextest = `
    Starting 3 tests across 2 binaries
        PASS [   0.003s] (1/3) rules case::a_closed_case_stays_closed
        PASS [   1.204s] (2/3) store::journal gapless::sqlite
        SLOW [> 60.000s] (  3) store::journal gapless::postgres
        PASS [  61.310s] (3/3) store::journal gapless::postgres
     Summary [  61.9s] 3 tests run: 3 passed, 0 skipped
`;
const libtest = `
     Running unittests src/lib.rs (target/debug/deps/rules-0)
test case::a_closed_case_stays_closed ... ok
test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s
     Running tests/journal.rs (target/debug/deps/journal-0)
test gapless::sqlite ... ok
test gapless::postgres - should panic ... ok
test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s
`;
const tap = "# tests 2\n# suites 0\n# pass 2\n# fail 0\n# cancelled 0\n# skipped 0\n# todo 0\n";
const good = { rust: nextest, house: tap, browser: tap.replaceAll("# ", "ℹ ") };
const sums = ["rules and units: 1", "on SQLite: 1", "on PostgreSQL: 1", "in the browser: 2", "house checks: 2"];

test("a whole run is counted alike from either runner", () => {
  for (const rust of [nextest, libtest]) {
    assert.deepEqual(tally({ ...good, rust }), { lines: [...sums, "7 passed, 0 failed"], good: true });
  }
});

test("a failed test is named once and counted once, though nextest prints it twice", () => {
  const line = "        FAIL [   0.003s] (1/3) rules case::a_closed_case_stays_closed\n";
  const rust = nextest.replace(/.*PASS.*closed\n/, line).replace("3 passed", "2 passed, 1 failed") + line;
  const { lines, good: ok } = tally({ ...good, rust });
  assert.equal(ok, false);
  assert.equal(lines[0], "failed: rust: rules case::a_closed_case_stays_closed");
  assert.equal(lines.at(-1), "6 passed, 1 failed");
});

const refusals = {
  "a test on SQLite only": { rust: nextest.replaceAll("postgres", "third") },
  "a test on PostgreSQL only": { rust: nextest.replaceAll("sqlite", "third") },
  "no test on the databases": { rust: nextest.replaceAll(/::(sqlite|postgres)/g, "") },
  "a test that nextest skipped": { rust: nextest.replace("0 skipped", "1 skipped") },
  "a test that libtest ignored": { rust: `${libtest}test slow ... ignored, takes long\n` },
  "a line that could not be read": { rust: nextest.replace("3 tests run", "4 tests run") },
  "no output of the Rust tests": { rust: "error: could not compile" },
  "no test in the browser": { browser: "" },
  "a skipped test in the browser": { browser: tap.replace("skipped 0", "skipped 1") },
  "a test in the browser still to be written": { browser: tap.replace("todo 0", "todo 1") },
  "a test in the browser that was cancelled": { browser: tap.replace("cancelled 0", "cancelled 1") },
  "no house check": { house: "" },
};
for (const [name, logs] of Object.entries(refusals)) {
  test(`${name} is refused`, () => assert.equal(tally({ ...good, ...logs }).good, false));
}
