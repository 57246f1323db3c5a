// docs/proof.md says which test shows which point of the case in full, in which language and on which database. This check
// keeps the table true: `node tools/proof.mjs [DIR]`. It runs no test.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const paper = "docs/proof.md";
const journeys = "ui/tests/journeys/";
/** How many points there are. */
const points = 11;

/** The rows of the table: point, file, test, languages and databases, with their lines. */
export function rows(text) {
  const lines = text.split("\n").map((line, at) => ({ at: at + 1, cells: line.split("|").map((cell) => cell.trim()) }));
  const row = /^\d+$/;
  return lines
    .filter(({ cells }) => cells.length === 7 && row.test(cells[1]))
    .map(({ at, cells: [, point, file, name, languages, databases] }) => ({
      at,
      point: Number(point),
      file: file.replaceAll("`", ""),
      name: name.replaceAll("`", ""),
      languages,
      databases,
    }));
}

/** What is wrong with the table; `read` gives the text of a file of the repository, or nothing. */
export function faults(text, read) {
  const table = rows(text);
  const found = table.flatMap((row) => {
    const why = row.file.startsWith(journeys) ? journeyFault(row, read) : rustFault(row, read);
    return why ? [{ line: row.at, says: `${row.file}: ${row.name}: ${why}` }] : [];
  });
  for (let point = 1; point <= points; point += 1) {
    const own = table.filter((row) => row.point === point);
    const whole = own.some(({ languages, databases }) => languages === "zh-CN, en" && databases === "SQLite, PostgreSQL");
    if (!whole) found.push({ line: 0, says: `point ${point}: no test in both languages and on both databases` });
  }
  return found;
}

function journeyFault({ file, name, languages, databases }, read) {
  const source = read(file);
  if (source === undefined) return "there is no such file";
  if (!source.includes(`place.test("${name}"`) && !source.includes(`place.test(\`${name}`)) return "there is no such test";
  const own = file.slice(journeys.length).replace(".mjs", "");
  const list = (which) => new RegExp(`const ${which} = \\[([^\\]]*)\\]`).exec(read("ui/tests/journeys.test.mjs") ?? "")?.[1] ?? "";
  const runs = (which) => new RegExp(`\\b${own}\\b`).test(list(which));
  if (runs("once")) return databases === "SQLite" && languages === "zh-CN" ? undefined : "it runs on SQLite, in Chinese, only";
  if (runs("everywhere") || runs("bilingual")) {
    return databases === "SQLite, PostgreSQL" && languages === "zh-CN, en" ? undefined : "it runs in both languages on both databases";
  }
  return "it runs nowhere";
}

function rustFault({ file, name, languages, databases }, read) {
  const source = read(file);
  if (source === undefined) return "there is no such file";
  const at = source.search(new RegExp(`async fn ${name}\\(\\w+: `));
  if (at < 0 || !/on_both_(databases|houses)!/.test(source.slice(0, at))) return "there is no such test on both databases";
  if (databases !== "SQLite, PostgreSQL") return "it runs on both databases";
  return ["zh-CN", "en", "API"].includes(languages) ? undefined : "say zh-CN, en or API";
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const root = process.argv[2] ?? ".";
  const read = (file) => {
    try {
      return readFileSync(join(root, file), "utf8");
    } catch {
      return undefined;
    }
  };
  const found = faults(read(paper) ?? "", read);
  for (const { line, says } of found) console.error(`${paper}:${line}: ${says} [proof]`);
  process.exitCode = found.length ? 1 : 0;
}
