// Joins the icons into one sprite: <svg class="icon"><use href="/assets/icons.svg#phone"></use></svg>.
import { copyFile, readdir, readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";

const inside = /<svg[^>]*viewBox="([^"]+)"[^>]*>([\s\S]*)<\/svg>/;

export async function icons(out) {
  const names = (await readdir("shared/icons")).filter((name) => name.endsWith(".svg")).sort();
  const symbols = await Promise.all(names.map(symbol));
  const sprite = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
  await writeFile(`${out}/icons.svg`, sprite);
  await copyFile("shared/favicon.svg", `${out}/favicon.svg`);
}

async function symbol(name) {
  const found = inside.exec(await readFile(`shared/icons/${name}`, "utf8"));
  if (!found) throw new Error(`shared/icons/${name} is no icon with a viewBox`);
  const [, box, body] = found;
  return `<symbol id="${basename(name, ".svg")}" viewBox="${box}">${body.trim()}</symbol>`;
}
