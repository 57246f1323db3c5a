// The files written by hand below a folder, and the lines of a file: what every check of the house reads.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const notOurs = new Set([".git", "target", "node_modules", "dist", "data"]);

/** Every file below `root`, as `{ path, text, lines }` with the path from there, read when asked for. */
export function filesBelow(root, folder = "") {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : filesBelow(root, path);
    return entry.isFile() ? [file(root, path)] : [];
  });
}

function file(root, path) {
  let text;
  return {
    path,
    get text() {
      return (text ??= readFileSync(join(root, path), "utf8"));
    },
    get lines() {
      return this.text.split("\n");
    },
  };
}

/** A fault in one line of a file. */
export const fault = (check, { path }, at, says) => ({ check, path, line: at + 1, says });

/** The faults of every line for which `find` gives a text. */
export function perLine(check, file, find) {
  return file.lines.flatMap((line, at) => {
    const says = find(line, at);
    return says ? [fault(check, file, at, says)] : [];
  });
}

/** The rows of an allow file: words, then a reason after `#`. A row without a reason allows nothing and is a fault. */
export function allowed(root, path) {
  if (!existsSync(join(root, path))) return { rows: [], faults: [] };
  const rows = readFileSync(join(root, path), "utf8").split("\n").map((line, at) => ({ line, at }))
    .filter(({ line }) => line.trim() && !line.startsWith("#"))
    .map(({ line, at }) => ({ at, words: line.split("#")[0].trim().split(/\s+/), reason: line.split("#")[1]?.trim() }));
  const faults = rows.filter(({ reason }) => !reason).map(({ at }) => fault("allow", { path }, at, "a reason is missing"));
  return { rows: rows.filter(({ reason }) => reason).map(({ words }) => words), faults };
}
