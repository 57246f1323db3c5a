// The place of a form: two boxes for longitude and latitude, the list of grids, and a line that says what was found. The
// map and the button "where I am" write through here and the list is heard, so that the three never disagree. The form
// works without it: a grid can always be chosen from the list.

import { json, make } from "./dom";
import { word } from "./words";

export interface Place {
  lng: number;
  lat: number;
}

interface Located {
  grids: { code: string; name: string; level: string; scheme: string }[];
}

export interface PlaceForm {
  place(): Place | null;
  set(place: Place | null): void;
  onChange(listener: (place: Place | null) => void): void;
  say(text: string): void;
}

const known = new WeakMap<HTMLInputElement, PlaceForm>();

/** The form behind data-lon, data-lat and, where there are any, data-grid-box, data-said, data-locate; one per boxes. With
 * data-own only a place in one of the listed grids is taken, as by the server. */
export function placeForm(source: HTMLElement): PlaceForm | null {
  const lon = find<HTMLInputElement>(source.dataset.lon);
  const lat = find<HTMLInputElement>(source.dataset.lat);
  if (!lon || !lat) return null;
  const form = known.get(lon) ?? join(source, lon, lat);
  known.set(lon, form);
  return form;
}

function find<E extends HTMLElement>(selector: string | undefined): E | null {
  return selector ? document.querySelector<E>(selector) : null;
}

function join(source: HTMLElement, lon: HTMLInputElement, lat: HTMLInputElement): PlaceForm {
  const grids = find<HTMLSelectElement>(source.dataset.gridBox);
  const said = find(source.dataset.said) ?? saidAfter(source);
  const own = "own" in source.dataset;
  const listeners: ((place: Place | null) => void)[] = [];
  let asked = 0;

  const place = () => (lon.value && lat.value ? { lng: Number(lon.value), lat: Number(lat.value) } : null);
  const say = (text: string) => (said.textContent = text);
  const put = (next: Place | null) => {
    lon.value = next ? next.lng.toFixed(6) : "";
    lat.value = next ? next.lat.toFixed(6) : "";
    for (const listener of listeners) listener(next);
  };
  const set = (next: Place | null) => {
    put(next);
    const turn = ++asked;
    if (!next) return say(word(own ? "unpicked" : "not_picked"));
    say(word("picked_plain"));
    void smallest(source.dataset.locate, next).then((found) => {
      // a later place was picked meanwhile
      if (turn !== asked || found === undefined) return;
      if (own && grids && !listed(grids, found?.code)) {
        put(null);
        return say(word("picked_elsewhere"));
      }
      say(found ? word("picked", { grid: found.name }) : word("picked_outside"));
      if (grids) choose(grids, found?.code);
    });
  };
  grids?.addEventListener("change", () => place() && set(null));
  return { place, set, say, onChange: (listener) => void listeners.push(listener) };
}

function saidAfter(source: HTMLElement): HTMLElement {
  const said = make("p", { class: "map__said", role: "status" });
  source.after(said);
  return said;
}

/** The list says what the place says; the server decides again when the report arrives. */
function choose(grids: HTMLSelectElement, code: string | undefined): void {
  const option = listed(grids, code);
  if (option) grids.value = option.value;
}

function listed(grids: HTMLSelectElement, code: string | undefined): HTMLOptionElement | undefined {
  return [...grids.options].find((one) => one.value === code);
}

/** The smallest grid at a place; null where there is none, undefined where nobody could be asked. */
async function smallest(locate: string | undefined, place: Place) {
  if (!locate) return undefined;
  const url = new URL(locate, location.href);
  url.searchParams.set("lon", place.lng.toFixed(6));
  url.searchParams.set("lat", place.lat.toFixed(6));
  try {
    const { grids } = await json<Located>(url.href);
    const order = ["micro", "dedicated", "general", "community"];
    const ours = grids.filter((grid) => grid.scheme === "governance");
    return order.flatMap((level) => ours.filter((grid) => grid.level === level))[0] ?? null;
  } catch {
    return undefined;
  }
}
