// The place a page is about, among whatever else its map shows: a pin with a word beside it, above every circle.

import { make } from "./dom";
import { addToLegend } from "./legend";
import { type Map, Marker } from "./maplibre";
import { word } from "./words";

export function markPlace(map: Map, frame: HTMLElement, at: [number, number]): void {
  const pin = make("span", { class: "map__pin", "aria-hidden": "true" });
  const element = make("div", { class: "map__this" }, pin, make("span", { class: "map__name" }, word("this_case")));
  new Marker({ element, anchor: "bottom" }).setLngLat(at).addTo(map);
  // the library calls every marker a button named "Map marker"; this one is a picture with its own name
  element.setAttribute("role", "img");
  element.setAttribute("aria-label", word("this_case_at"));
  element.removeAttribute("tabindex");
  addToLegend(frame, "this");
}
