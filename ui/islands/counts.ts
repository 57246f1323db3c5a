// Colours the areas by open issues and edges them where something is overdue.

import { json } from "./dom";
import { addToLegend } from "./legend";
import type { Map } from "./maplibre";
import type { GridKey } from "./style";

interface GridCount {
  code: string;
  open: number;
  overdue: number;
}

export async function showCounts(map: Map, frame: HTMLElement, url: string, key: GridKey): Promise<void> {
  const { grids } = await json<{ grids: GridCount[] }>(url);
  for (const { code, open, overdue } of grids) map.setFeatureState(key(code), { open, overdue });
  addToLegend(frame, "none", "few", "some", "many", "overdue");
}
