// The house checks that no compiler makes: `node tools/rooms.mjs [DIR]`. Each prints path:line and why; none changes
// anything. Exceptions stand with a reason in tools/rooms.allow and tools/forbidden-names.allow.

import { pathToFileURL } from "node:url";
import { allowed, filesBelow } from "./rooms/files.mjs";
import { italics, locales, noEmoji, origins } from "./rooms/look.mjs";
import { names } from "./rooms/names.mjs";
import { heads, length, schemas, statements } from "./rooms/shape.mjs";

const checks = [length, heads, statements, schemas, noEmoji, origins, italics, locales, names];

/** Every fault below `root` that no allow file explains, and every row of an allow file that explains none. */
export function faults(root) {
  const files = filesBelow(root);
  const found = checks.flatMap((check) => check(files));
  const general = allowed(root, "tools/rooms.allow");
  const named = allowed(root, "tools/forbidden-names.allow");
  const rows = [
    ...general.rows.map(([check, path]) => ({ check, path, says: "", from: "tools/rooms.allow" })),
    ...named.rows.map(([path, name]) => ({ check: "names", path, says: `forbidden name: ${name}`, from: "tools/forbidden-names.allow" })),
  ];
  const covers = (row, fault) => row.check === fault.check && row.path === fault.path && (!row.says || row.says === fault.says);
  const idle = rows.filter((row) => !found.some((fault) => covers(row, fault)));
  return [
    ...general.faults,
    ...named.faults,
    ...found.filter((fault) => !rows.some((row) => covers(row, fault))),
    ...idle.map(({ from, check, path }) => ({ check: "allow", path: from, line: 0, says: `no longer needed: ${check} ${path}` })),
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const found = faults(process.argv[2] ?? ".");
  for (const { check, path, line, says } of found) console.error(`${path}:${line}: ${says} [${check}]`);
  process.exitCode = found.length ? 1 : 0;
}
