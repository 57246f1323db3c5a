// The last lines of `make test`: what ran, and where. Refuses a run that left something out: ignored tests, a test that
// ran on one database only, no test in the browser, output that could not be read.
//   node tools/tally.mjs DIR   DIR holds the logs rust, rust-examples (nextest leaves them out), house and browser

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { nodeSums, rustTests } from "./tally/logs.mjs";

/** The last lines, and whether the run is good. `logs` by name; an empty log is a runner that did not start. */
export function tally(logs) {
  const runs = ["rust", "rust-examples"].map((name) => ({ name, ...rustTests(logs[name] ?? "") }));
  const tests = runs.flatMap((run) => [...run.tests].map(([name, ok]) => ({ name: `${run.name}: ${name}`, ok })));
  const [house, browser] = [nodeSums(logs.house ?? ""), nodeSums(logs.browser ?? "")];
  const [sqlite, postgres] = ["sqlite", "postgres"].map((kind) => on(kind, tests));

  const refused = [
    ...runs.flatMap(leftOut),
    ...[...sqlite].filter((name) => !postgres.has(name)).map((name) => `not on PostgreSQL: ${name}`),
    ...[...postgres].filter((name) => !sqlite.has(name)).map((name) => `not on SQLite: ${name}`),
    ...(sqlite.size || postgres.size ? [] : ["no test ran on the databases"]),
    ...notAll("house checks", house),
    ...notAll("in the browser", browser),
  ];
  const failed = tests.filter(({ ok }) => !ok);
  const passes = tests.length - failed.length + (house.pass ?? 0) + (browser.pass ?? 0);
  const fails = failed.length + [house, browser].reduce((all, { fail = 0, cancelled = 0 }) => all + fail + cancelled, 0);
  const lines = [
    ...failed.map(({ name }) => `failed: ${name}`),
    ...refused.map((why) => `refused: ${why}`),
    `rules and units: ${tests.length - sqlite.size - postgres.size}`,
    `on SQLite: ${sqlite.size}`,
    `on PostgreSQL: ${postgres.size}`,
    `in the browser: ${browser.tests ?? 0}`,
    `house checks: ${house.tests ?? 0}`,
    `${passes} passed, ${fails} failed`,
  ];
  return { lines, good: !fails && !refused.length };
}

/** The tests on one kind of database, without its name. */
function on(kind, tests) {
  return new Set(tests.flatMap(({ name }) => (name.endsWith(`::${kind}`) ? [name.slice(0, -kind.length - 2)] : [])));
}

function leftOut({ name, tests, sum, leftOut }) {
  const unread = tests.size === sum ? [] : [`${name}: ${tests.size} tests read, but the runner says ${sum}`];
  return [...unread, ...leftOut.map((test) => `left out: ${test}`)];
}

function notAll(name, sums) {
  const kinds = ["skipped", "todo"].filter((kind) => sums[kind]).map((kind) => `${name}: ${sums[kind]} ${kind}`);
  return sums.tests ? kinds : [`${name}: no test ran`];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const names = ["rust", "rust-examples", "house", "browser"];
  const files = names.map((name) => join(process.argv[2], name));
  const logs = files.map((file, at) => [names[at], existsSync(file) ? readFileSync(file, "utf8") : ""]);
  const { lines, good } = tally(Object.fromEntries(logs));
  console.log(`\n${lines.join("\n")}`);
  process.exitCode = good ? 0 : 1;
}
