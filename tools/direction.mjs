// Proves from `cargo metadata` that dependencies between the rooms go one way only (ARCHITECTURE.md), and that what
// belongs to one room stays in it: SQL in the cellar, HTTP at the front door and behind it.

import { pathToFileURL } from "node:url";
import { metadata } from "./cargo.mjs";

const rooms = {
  rules: [],
  store: ["rules"],
  bridge: ["rules"],
  demo: ["rules"],
  work: ["store", "bridge", "rules"],
  door: ["work", "store", "rules"],
  api: ["door", "work", "store", "rules"],
  web: ["api", "door", "work", "store", "rules"],
  weige: ["web", "work", "bridge", "store", "demo", "rules"],
  testkit: ["weige", "web", "api", "door", "work", "bridge", "store", "demo", "rules"],
  bench: ["testkit", "weige", "web", "api", "door", "work", "bridge", "store", "demo", "rules"],
};
// Only tests may furnish a house or load the demo.
const forTests = ["testkit", "demo"];

// Part of other people → the rooms that may use it.
const kept = {
  "sea-orm": ["store"],
  sqlx: ["store", "testkit"],
  rusqlite: ["store", "bench"],
  axum: ["door", "api", "web", "weige", "testkit", "bench"],
  anyhow: ["weige", "demo", "testkit", "bench"],
};
// What would let a rule do I/O, wait, or throw dice.
const notForRules = ["tokio", "futures", "reqwest", "object_store", "getrandom", "rand"];

/** Every dependency that goes the wrong way, as a line. `metadata` as `cargo metadata --no-deps` prints it. */
export function faults({ packages }) {
  return packages.flatMap(({ name, dependencies }) => {
    if (!rooms[name]) return [`${name}: a crate without a place in the house; give it one in tools/direction.mjs`];
    return dependencies.flatMap((on) => wrong(name, on.name, on.kind === "dev") ?? []);
  });
}

function wrong(from, to, onlyTests) {
  const line = `${from} → ${to}`;
  if (rooms[to]) {
    const may = onlyTests ? [...rooms[from], ...forTests] : rooms[from];
    return may.includes(to) ? undefined : `${line}: not the way of the house`;
  }
  if (kept[to] && !kept[to].includes(from)) return `${line}: only ${kept[to].join(", ")} may use ${to}`;
  if (from === "rules" && notForRules.includes(to) && !onlyTests) return `${line}: rules are pure`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const found = faults(metadata("--no-deps"));
  for (const line of found) console.error(line);
  process.exitCode = found.length ? 1 : 0;
}
