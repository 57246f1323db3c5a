// Joins each stylesheet with what it imports and shrinks it.
import { bundleAsync } from "lightningcss";
import { writeFile } from "node:fs/promises";

// Chromium 109 is the last one for Windows 7, which stands in many offices.
const targets = { chrome: 109 << 16, safari: (16 << 16) | (2 << 8), firefox: 115 << 16 };

const sheets = {
  "weige.css": "shared/weige.css",
  "board.css": "shared/board.css",
  "map.css": "islands/map.css",
  "cockpit.css": "cockpit/cockpit.css",
};

export async function styles(out) {
  for (const [name, source] of Object.entries(sheets)) {
    const { code } = await bundleAsync({ filename: source, minify: true, targets });
    await writeFile(`${out}/${name}`, code);
  }
}
