// Picking the place of a form on the map: a tap, Enter at the centre, or a button. What it writes goes through
// `place.ts`; the form works without it.

import { button, make } from "./dom";
import { type Map, Marker } from "./maplibre";
import { type Place, placeForm } from "./place";
import { word } from "./words";

/** Close enough to tell one building from the next. */
const near = 16;

export function pickPlace(map: Map, frame: HTMLElement): void {
  const form = placeForm(frame);
  if (!form) return;
  // the map moves the outer element by its transform, which the pin's own turn would bend
  const marker = new Marker({ element: make("span", {}, make("span", { class: "map__pin" })), anchor: "bottom" });
  const show = (place: Place | null) => {
    if (!place) return void marker.remove();
    marker.setLngLat(place).addTo(map);
    if (!map.getBounds().contains(place)) map.jumpTo({ center: place, zoom: Math.max(map.getZoom(), near) });
  };
  form.onChange(show);
  map.on("click", (event) => form.set(event.lngLat));
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    form.set(map.getCenter());
  });
  frame.append(make("span", { class: "map__cross", "aria-hidden": "true" }));
  frame.after(
    make(
      "div",
      { class: "map__tools" },
      button(word("use_centre"), () => form.set(map.getCenter())),
      button(word("clear"), () => form.set(null), "button--quiet"),
    ),
  );
  const before = form.place();
  if (before) show(before);
  else form.say(word("not_picked"));
}
