// Reads what test runners print: cargo nextest, libtest, node --test. Knows nothing of what was hoped for.

const nextest = /^\s*([A-Z][A-Z-]*(?: \d+\/\d+)?) \[\s*[\d.]+s\] (?:\(\s*\d+\/\d+\) )?(\S+ .+)$/;
const passed = /^(PASS|LEAK|FLAKY \d+\/\d+)$/;
const unfinished = /^(SLOW|START|SETUP|TERMINATING|TRY \d+)/;
const libtest = /^test (.+?)(?: - should panic)? \.\.\. (ok|FAILED|ignored)/;
const nextestSum = /^\s*Summary \[.*\] +(\d+)(?:\/\d+)? tests? run.*?(?:, (\d+) skipped)?$/;
const libtestSum = /^test result: \w+\. (\d+) passed; (\d+) failed/;

/**
 * Each test of a Rust runner's output, by binary and path, with whether it passed; the names of those left out; and
 * how many the runner itself says it ran, so that a line that could not be read does not go unnoticed.
 */
export function rustTests(log) {
  const tests = new Map();
  const leftOut = [];
  let sum = 0;
  let binary = "";
  for (const line of log.split("\n")) {
    binary = /^\s+(?:Running|Doc-tests) (.+)/.exec(line)?.[1] ?? binary;

    const [, status, path] = nextest.exec(line) ?? [];
    if (status && !unfinished.test(status)) tests.set(path, passed.test(status));
    const [, run, skipped] = nextestSum.exec(line) ?? [];
    sum += Number(run ?? 0);
    if (Number(skipped)) leftOut.push(`${skipped} tests`);

    const [, name, ended] = libtest.exec(line) ?? [];
    if (ended === "ignored") leftOut.push(name);
    else if (name) tests.set(`${binary} ${name}`, ended === "ok");
    const [, good, bad] = libtestSum.exec(line) ?? [];
    sum += Number(good ?? 0) + Number(bad ?? 0);
  }
  return { tests, leftOut, sum };
}

/** The sums that node's runner prints last, in either of its formats. */
export function nodeSums(log) {
  const sums = {};
  for (const [, name, n] of log.matchAll(/^(?:#|ℹ) (tests|pass|fail|cancelled|skipped|todo) (\d+)$/gm)) {
    sums[name] = Number(n);
  }
  return sums;
}
