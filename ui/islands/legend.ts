// What the colours and marks of a map mean, in words; folded on phones, where it would hide the map.

import { make } from "./dom";
import { word } from "./words";

export type Entry = "none" | "few" | "some" | "many" | "overdue" | "this" | "case" | "late" | "group";

export function addToLegend(frame: HTMLElement, ...entries: Entry[]): void {
  const list = frame.querySelector(".map__legend ul") ?? open(frame);
  for (const entry of entries) {
    const swatch = make("span", { class: `map__swatch map__swatch--${entry}`, "aria-hidden": "true" });
    if (entry === "late") swatch.textContent = "!";
    if (entry === "group") swatch.textContent = "9";
    list.append(make("li", {}, swatch, word(`legend_${entry}`)));
  }
}

function open(frame: HTMLElement): HTMLElement {
  const list = make("ul", { role: "list" });
  const box = make("details", { class: "map__legend" }, make("summary", {}, word("legend")), list);
  box.open = window.matchMedia("(min-width: 44rem)").matches;
  frame.append(box);
  return list;
}
