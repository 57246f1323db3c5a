// Holds the crates of Cargo.lock to deny.toml without cargo-deny, which takes ten minutes to build: their licences,
// where they come from, and those that may never come in. Advisories are cargo-deny's own work.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { metadata } from "./cargo.mjs";

/** The lists of deny.toml; only as much TOML as that file uses. */
export function lists(toml) {
  const list = (key) => toml.match(new RegExp(`^${key} = \\[([^\\]]*)\\]`, "m"))?.[1].replaceAll(/#.*/g, "") ?? "";
  const strings = (text) => [...text.matchAll(/"([^"]+)"/g)].map(([, value]) => value);
  return { licences: strings(list("allow")), banned: strings(list("deny")), registries: strings(list("allow-registry")) };
}

/** True when a licence expression can be met with allowed licences alone. The old `MIT/Apache-2.0` means OR. */
export function permits(expression, allowed) {
  const words = expression.replaceAll("/", " OR ").match(/[()]|[^\s()]+/g) ?? [];
  const either = () => {
    let good = both();
    while (words[0] === "OR") good = (words.shift(), both()) || good;
    return good;
  };
  const both = () => {
    let good = one();
    while (words[0] === "AND") good = (words.shift(), one()) && good;
    return good;
  };
  const one = () => {
    const word = words.shift();
    if (word === "(") return [either(), words.shift()][0];
    return allowed.includes(words[0] === "WITH" ? `${word} ${words.shift()} ${words.shift()}` : word);
  };
  return either() && words.length === 0;
}

/** Every crate that deny.toml refuses, as a line. */
export function faults({ packages }, { licences, banned, registries }) {
  return packages.flatMap(({ name, version, license, source }) => [
    ...(banned.includes(name) ? [`${name} ${version}: banned`] : []),
    ...(permits(license ?? "", licences) ? [] : [`${name} ${version}: licence ${license ?? "unknown"}`]),
    ...(source === null || registries.some((at) => source === `registry+${at}`) ? [] : [`${name} ${version}: comes from ${source}`]),
  ]);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const host = /^host: (.+)$/m.exec(execFileSync("rustc", ["-vV"], { encoding: "utf8" }))[1];
  const deny = lists(readFileSync(new URL("../deny.toml", import.meta.url), "utf8"));
  const found = faults(metadata("--filter-platform", host), deny);
  for (const line of found) console.error(line);
  process.exitCode = found.length ? 1 : 0;
}
