// Colours the areas by open issues and edges them where something is overdue, with a legend in words.

import { json, make } from "./dom";
import type { Map } from "./maplibre";
import { gridKey } from "./style";
import { word } from "./words";

interface GridCount {
  code: string;
  open: number;
  overdue: number;
}

export async function showCounts(map: Map, frame: HTMLElement, url: string): Promise<void> {
  const { grids } = await json<{ grids: GridCount[] }>(url);
  for (const { code, open, overdue } of grids) map.setFeatureState(gridKey(code), { open, overdue });
  frame.append(legend());
}

function legend(): HTMLElement {
  const box = make("ul", { class: "map__legend", role: "list" });
  for (const step of ["none", "few", "some", "many", "overdue"] as const) {
    const swatch = make("span", { class: `map__swatch map__swatch--${step}`, "aria-hidden": "true" });
    box.append(make("li", {}, swatch, word(`legend_${step}`)));
  }
  return box;
}
