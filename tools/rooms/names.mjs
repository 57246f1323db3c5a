// Names that may stand nowhere in tables, texts, forms and the API, because they would mark persons (product rule 1):
// tools/forbidden-names.txt. Exceptions with their reason: tools/forbidden-names.allow.

import { readFileSync } from "node:fs";
import { perLine } from "./files.mjs";

/** What is searched: tables and their catalogue, both languages, pages, the API, demo files and import layouts. */
export const surfaces = /^(crates\/store\/|locales\/|crates\/web\/(templates|src)\/|ui\/(?!package-lock|tests\/)|demo\/|docs\/)|(^|\/)[\w.-]*openapi[\w.-]*\.json$/;
const readable = /\.(rs|sql|toml|ftl|html|svelte|ts|json|geojson|csv|txt|md|yaml|yml)$/;

export const patterns = readFileSync(new URL("../forbidden-names.txt", import.meta.url), "utf8")
  .split("\n").map((line) => line.split("#")[0].trim()).filter(Boolean);

/** `face_id` also finds faceId, FaceId, face-id, "face id" and faceid; `relig*` any word that begins so; Chinese anywhere. */
export function expression(pattern) {
  if (/[^\x00-\x7f]/.test(pattern)) return pattern;
  const words = pattern.replace(/\*$/, "").split("_").join("[_\\- ]?");
  return `(?<![a-z0-9])${words}${pattern.endsWith("*") ? "" : "(?:s)?(?![a-z0-9])"}`;
}

const all = new RegExp(patterns.map((pattern) => `(${expression(pattern)})`).join("|"));
const split = (line) => line.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();

/** The first forbidden name in a line, as its pattern. */
export function forbidden(line) {
  const found = all.exec(split(line)) ?? all.exec(line.toLowerCase());
  return found ? patterns[found.slice(1).findIndex((part) => part !== undefined)] : undefined;
}

export function names(files) {
  return files.filter(({ path }) => surfaces.test(path) && readable.test(path)).flatMap((file) =>
    perLine("names", file, (line) => {
      const name = forbidden(line);
      return name && `forbidden name: ${name}`;
    }),
  );
}
