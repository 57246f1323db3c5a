// What the pages say, by its key in the locales; so that a journey finds the same thing in either language.

import { readdirSync, readFileSync } from "node:fs";

const locales = new URL("../../../locales/", import.meta.url);

/** A text of one line without blanks. */
export function words(locale, key) {
  const folder = new URL(`${locale}/`, locales);
  const line = new RegExp(`^${key} = ([^{}\\n]+)$`, "m");
  for (const name of readdirSync(folder)) {
    const found = line.exec(readFileSync(new URL(name, folder), "utf8"));
    if (found) return found[1].trim();
  }
  throw new Error(`${locale} has no text ${key} of one line`);
}
