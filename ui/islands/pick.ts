// Picking a place for a report: a tap, Enter at the centre, or a button; writes the form's lon and lat boxes. The form
// works without it: the visitor can always choose the grid from a list.

import { button, json, make } from "./dom";
import { type Map, Marker } from "./maplibre";
import { word } from "./words";

interface Place {
  lng: number;
  lat: number;
}

interface Located {
  grids: { name: string; level: string }[];
}

export function pickPlace(map: Map, frame: HTMLElement): void {
  const lon = box(frame.dataset.lon);
  const lat = box(frame.dataset.lat);
  if (!lon || !lat) return;
  const said = make("p", { class: "map__said", role: "status" }, word("not_picked"));
  const marker = new Marker({ element: pin(), anchor: "bottom" });

  const set = (place: Place | null) => {
    lon.value = place ? place.lng.toFixed(6) : "";
    lat.value = place ? place.lat.toFixed(6) : "";
    lon.dispatchEvent(new Event("change", { bubbles: true }));
    if (!place) {
      marker.remove();
      said.textContent = word("not_picked");
      return;
    }
    marker.setLngLat(place).addTo(map);
    void name(frame, place).then((text) => (said.textContent = text));
  };

  map.on("click", (event) => set(event.lngLat));
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    set(map.getCenter());
  });
  frame.append(make("span", { class: "map__cross", "aria-hidden": "true" }));
  frame.after(tools(map, set, said), said);
  if (lon.value && lat.value) set({ lng: Number(lon.value), lat: Number(lat.value) });
}

function box(selector: string | undefined): HTMLInputElement | null {
  return selector ? document.querySelector<HTMLInputElement>(selector) : null;
}

function pin(): HTMLElement {
  return make("span", { class: "map__pin" });
}

function tools(map: Map, set: (place: Place | null) => void, said: HTMLElement): HTMLElement {
  const here = () =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const place = { lng: coords.longitude, lat: coords.latitude };
        map.jumpTo({ center: place, zoom: Math.max(map.getZoom(), 16) });
        set(place);
      },
      () => (said.textContent = word("position_refused")),
      { enableHighAccuracy: true, timeout: 10_000 },
    );
  const row = make("div", { class: "map__tools" }, button(word("use_centre"), () => set(map.getCenter())));
  if ("geolocation" in navigator) row.append(button(word("use_position"), here));
  row.append(button(word("clear"), () => set(null), "button--quiet"));
  return row;
}

/** The smallest grid at a place, in words; the server decides again when the report arrives. */
async function name(frame: HTMLElement, place: Place): Promise<string> {
  if (!frame.dataset.locate) return word("picked_plain");
  const url = new URL(frame.dataset.locate, location.href);
  url.searchParams.set("lon", place.lng.toFixed(6));
  url.searchParams.set("lat", place.lat.toFixed(6));
  try {
    const { grids } = await json<Located>(url.href);
    const order = ["micro", "dedicated", "general", "community"];
    const smallest = order.flatMap((level) => grids.filter((grid) => grid.level === level))[0];
    return smallest ? word("picked", { grid: smallest.name }) : word("picked_outside");
  } catch {
    return word("picked_plain");
  }
}
