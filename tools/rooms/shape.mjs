// The shape of source files: no file too long to read at one sitting, each Rust module says first what it is for,
// and SQL stays in the cellar.

import { fault, perLine } from "./files.mjs";

const longest = 500;
const written = /\.(rs|ts|mjs|svelte|html|css|ftl)$/;

export function length(files) {
  return files.filter(({ path }) => written.test(path))
    .filter(({ lines }) => lines.length - 1 > longest)
    .map((file) => fault("length", file, longest, `${file.lines.length - 1} lines: split it by verb`));
}

export function heads(files) {
  return files.filter(({ path }) => path.endsWith(".rs"))
    .filter(({ text }) => !text.startsWith("//!"))
    .map((file) => fault("heads", file, 0, "does not begin with `//!`, what it is for and what it never does"));
}

// testkit makes and drops whole databases; bench measures raw commits beside ours.
const cellar = /^(crates\/store|crates\/testkit|bench)\//;
const sql = /\b(SELECT\s|INSERT\s+INTO\s|DELETE\s+FROM\s|UPDATE\s+\S+\s+SET\s|(CREATE|ALTER|DROP)\s+(TABLE|INDEX)\s)/;

export function statements(files) {
  return files.filter(({ path }) => path.endsWith(".rs") && !cellar.test(path)).flatMap((file) =>
    perLine("statements", file, (line, at) => {
      const here = line.replace(/^\s*\/\/.*/, "");
      // A statement may go on in the next line.
      return sql.test(`${here} `) || (/\bUPDATE\s+\S+\s*$/.test(here) && /^\s*SET\s/.test(file.lines[at + 1] ?? ""))
        ? "SQL outside the cellar: give `store` a function"
        : undefined;
    }),
  );
}

// The description of the API knows shapes by their names alone: of two of the same name one would be told as the other.
export function schemas(files) {
  const seen = new Map();
  return files.filter(({ path }) => path.endsWith(".rs")).flatMap((file) =>
    file.lines.flatMap((line, at) => {
      const name = /\bToSchema\b.*\)\]/.test(line) && file.lines.slice(at + 1, at + 6).join("\n").match(/\b(?:struct|enum)\s+(\w+)/)?.[1];
      if (!name) return [];
      const first = seen.get(name);
      seen.set(name, first ?? file.path);
      return first ? [fault("schemas", file, at, `${name} is described in ${first} already`)] : [];
    }),
  );
}
