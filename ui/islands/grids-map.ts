// A map of grids inside a server page: areas from vector tiles, and on top what the page asks for: cases, counts, a
// place to pick. Draws and links only; it never changes a case.

import { button } from "./dom";
import { coloursOf } from "./colours";
import { ideographs, Map } from "./maplibre";
import type { Options } from "./options";
import { Panel } from "./panel";
import { readGrids } from "./grids";
import { type Ground, type GridKey, gridKey, gridStyle, type Size } from "./style";
import { showCases } from "./cases";
import { showCounts } from "./counts";
import { markPlace } from "./mark";
import { pickPlace } from "./pick";
import { word } from "./words";

export async function gridsMap(frame: HTMLElement, options: Options): Promise<Map> {
  const colours = coloursOf(frame);
  const ground = await groundOf(options);
  const key = gridKey(ground);
  const map = new Map({
    container: canvasRoom(frame),
    style: gridStyle(ground, colours, sizeOf(frame)),
    bounds: options.bounds,
    fitBoundsOptions: { padding: 24 },
    attributionControl: false,
    localIdeographFontFamily: ideographs,
    dragRotate: false,
    pitchWithRotate: false,
    locale: { "Map.Title": word("map") },
  });
  map.touchZoomRotate.disableRotation();
  frame.append(zoomButtons(map, frame, options));
  await map.once("load");
  const panel = new Panel(frame);
  if (options.grid) map.setFeatureState(key(options.grid), { marked: true });
  if ("mapPick" in frame.dataset) {
    pickPlace(map, frame);
  } else {
    openGrids(map, options, panel, key);
    if (options.counts) await showCounts(map, frame, options.counts, key);
    if (options.at) markPlace(map, frame, options.at);
    if (options.cases) showCases(map, frame, options, colours, panel);
  }
  frame.dataset.mapReady = "";
  map.resize();
  // the drawing that stood here may have made the frame another size
  if (!("mapPick" in frame.dataset)) map.fitBounds(options.bounds, { padding: roomOf(frame), animate: false });
  return map;
}

async function groundOf(options: Options): Promise<Ground> {
  return options.areas
    ? { areas: await readGrids(options.areas.url, options.areas.levels) }
    : { tiles: options.tiles, maxzoom: options.maxzoom };
}

function sizeOf(frame: HTMLElement): Size {
  const text = parseFloat(getComputedStyle(frame).fontSize);
  return { text, width: frame.clientWidth, area: frame.clientWidth * frame.clientHeight };
}

/** Room around what is shown: where there is enough of it, the open legend and the buttons cover nothing. On phones they
 * stand below the map. */
function roomOf(frame: HTMLElement): { top: number; bottom: number; left: number; right: number } {
  const edge = 24;
  const canvas = frame.querySelector<HTMLElement>(".map__canvas");
  const over = (selector: string) => {
    const part = frame.querySelector<HTMLElement>(selector);
    return part && canvas && part.offsetTop < canvas.offsetHeight ? part.offsetWidth : 0;
  };
  const [legend, zoom] = [over(".map__legend[open]"), over(".map__zoom")];
  const isWide = frame.clientWidth > 2 * (legend + zoom);
  return { top: edge, bottom: edge, left: edge + (isWide ? legend : 0), right: edge + (isWide ? zoom : 0) };
}

function canvasRoom(frame: HTMLElement): HTMLElement {
  const room = document.createElement("div");
  room.className = "map__canvas";
  frame.append(room);
  return room;
}

function zoomButtons(map: Map, frame: HTMLElement, options: Options): HTMLElement {
  const box = document.createElement("div");
  box.className = "map__zoom";
  const add = (sign: string, label: string, act: () => void) => {
    const made = button(sign, act);
    made.setAttribute("aria-label", label);
    made.title = label;
    box.append(made);
  };
  add("+", word("zoom_in"), () => map.zoomIn());
  add("−", word("zoom_out"), () => map.zoomOut());
  add("⤢", word("all"), () => map.fitBounds(options.bounds, { padding: roomOf(frame) }));
  return box;
}

/** A click on an area says which grid it is, how much is open there, and links to its page. */
function openGrids(map: Map, options: Options, panel: Panel, key: GridKey): void {
  map.on("click", "grid-fill", (event) => {
    const over = map.getLayer("case-point")
      ? map.queryRenderedFeatures(event.point, { layers: ["case-point", "case-group"] })
      : [];
    const feature = event.features?.[0];
    if (!feature || over.length > 0) return;
    const code = String(feature.properties["gid"] ?? feature.properties["code"]);
    const state = map.getFeatureState(key(code));
    panel.grid({
      code,
      name: String(feature.properties["name"] ?? code),
      open: state["open"] as number | undefined,
      overdue: state["overdue"] as number | undefined,
      href: options.gridHref,
    });
  });
}
