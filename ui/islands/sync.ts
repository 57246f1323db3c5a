// Keeps the list beside the map and its points in step: rows carry data-case="NUMBER".

import type { Map } from "./maplibre";

/** Returns what marks one case in both; rows mark their point when pointed at or focused. */
export function syncList(map: Map, list: HTMLElement | null): (number: string) => void {
  let marked: string | null = null;
  const mark = (number: string) => {
    if (marked) map.setFeatureState({ source: "cases", id: marked }, { marked: false });
    map.setFeatureState({ source: "cases", id: number }, { marked: true });
    marked = number;
    for (const row of list?.querySelectorAll("[data-case]") ?? []) row.removeAttribute("aria-current");
    rowOf(list, number)?.setAttribute("aria-current", "true");
  };
  const fromRow = (event: Event) => {
    const row = (event.target as Element).closest<HTMLElement>("[data-case]");
    if (row?.dataset.case && row.dataset.case !== marked) mark(row.dataset.case);
  };
  list?.addEventListener("pointerover", fromRow);
  list?.addEventListener("focusin", fromRow);
  return (number) => {
    mark(number);
    rowOf(list, number)?.scrollIntoView({ block: "nearest" });
  };
}

function rowOf(list: HTMLElement | null, number: string): Element | null {
  return list?.querySelector(`[data-case="${CSS.escape(number)}"]`) ?? null;
}
