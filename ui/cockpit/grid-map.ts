// The wall's map: the grids of one level of one community as GeoJSON, coloured by open issues. A community has some
// hundred grids, so no tiles are needed, and each grid can carry its numbers.

import { coloursOf } from "../islands/colours";
import type { Colours } from "../islands/colours";
import { ideographs, Map } from "../islands/maplibre";
import type { ExpressionSpecification, GeoJSONSource, LayerSpecification, SymbolLayerSpecification } from "../islands/maplibre";
import { type Grids, middles } from "../islands/grids";
import { loadFill } from "../islands/style";
import type { GridCount } from "./types";
import { word } from "./words";


/** How far inside its border the red edge of a grid runs, so that it colours no neighbour's; further in where it is marked. */
function lateInset(text: number, picked: string): ExpressionSpecification {
  const inside = text / 24 + text / 12;
  return ["case", ["==", ["get", "code"], picked], inside + text / 3.2, inside];
}

/** Below this width, in sizes of the text, names are smaller and the map keeps more room at its sides. */
const narrow = 28;

function layers(colours: Colours, text: number, isNarrow: boolean): LayerSpecification[] {
  const late: ["get", string] = ["get", "overdue"];
  return [
    { id: "ground", type: "background", paint: { "background-color": colours.card } },
    { id: "fill", type: "fill", source: "grids", paint: { "fill-color": loadFill(["get", "open"], colours) } },
    { id: "line", type: "line", source: "grids", paint: { "line-color": colours.line, "line-width": text / 12 } },
    {
      id: "late",
      type: "line",
      source: "grids",
      filter: [">", late, 0],
      layout: { "line-join": "round" },
      paint: { "line-color": colours.danger, "line-width": text / 6, "line-offset": lateInset(text, "") },
    },
    {
      id: "marked",
      type: "line",
      source: "grids",
      filter: ["==", ["get", "code"], ""],
      paint: { "line-color": colours.accent, "line-width": text / 3.2, "line-offset": text / 24 + text / 6.4 },
    },
    ...words(colours, text * (isNarrow ? 0.8 : 0.95), isNarrow),
  ];
}

/** What is written in the areas. The number of open cases comes first and is hidden last; name and overdue stand above and
 * below it, each where it has room; a name also beside it, where that is not out over the map's edge. What stands last in a
 * style is placed first. */
function words(colours: Colours, size: number, isNarrow: boolean): LayerSpecification[] {
  const paint = { "text-color": colours.ink, "text-halo-color": colours.card, "text-halo-width": 2 };
  const layer = (id: string, layout: SymbolLayerSpecification["layout"]): LayerSpecification => ({
    id,
    type: "symbol",
    source: "words",
    layout: { "text-overlap": "never", "text-size": size, "text-padding": 1, "text-line-height": 1.1, ...layout },
    paint,
  });
  type Places = NonNullable<SymbolLayerSpecification["layout"]>["text-variable-anchor-offset"] & unknown[];
  const below: Places = ["top", [0, 1.15], "bottom", [0, -1.15]];
  const upright: Places = ["bottom", [0, -1.15], "top", [0, 1.15]];
  const beside: Places = ["left", [1.2, 0], "right", [-1.2, 0]];
  return [
    layer("late-number", { "text-field": ["get", "late"], "text-variable-anchor-offset": below }),
    layer("name", {
      "text-field": ["get", "label"],
      "text-max-width": 6,
      "text-variable-anchor-offset": isNarrow ? upright : [...upright, ...beside],
      "symbol-sort-key": ["-", ["get", "open"]],
    }),
    layer("number", {
      "text-field": ["to-string", ["get", "open"]],
      "text-size": size * 1.1,
      "text-padding": 0,
      "text-variable-anchor-offset": ["center", [0, 0], "center", [0, 0.5], "center", [0, -0.5]],
      "symbol-sort-key": ["-", ["get", "open"]],
    }),
  ];
}

/** Puts the numbers into the areas; a grid without numbers has none open. */
export function withCounts(grids: Grids, counts: GridCount[]): Grids {
  const byCode = Object.fromEntries(counts.map((count) => [count.code, count]));
  const features = grids.features.map((feature) => {
    const { code, name } = feature.properties;
    const { open = 0, overdue = 0 } = byCode[code] ?? {};
    const late = overdue > 0 ? word("label_overdue", { n: overdue }) : "";
    return { ...feature, properties: { code, name, open, overdue, late } };
  });
  return { type: "FeatureCollection", features };
}

export class WallMap {
  private constructor(
    private readonly map: Map,
    private readonly text: number,
    private readonly onPick: (code: string) => void,
  ) {}

  static async open(room: HTMLElement, grids: Grids, onPick: (code: string) => void): Promise<WallMap> {
    const text = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const isNarrow = room.clientWidth < narrow * text;
    const side = isNarrow ? 2 * text : text;
    const map = new Map({
      container: room,
      style: {
        version: 8,
        sources: { grids: { type: "geojson", data: grids }, words: { type: "geojson", data: middles(grids) } },
        layers: layers(coloursOf(room), text, isNarrow),
      },
      bounds: boundsOf(grids),
      fitBoundsOptions: { padding: { top: text, bottom: text, left: side + legendOver(room), right: side } },
      attributionControl: false,
      localIdeographFontFamily: ideographs,
      dragRotate: false,
      pitchWithRotate: false,
      locale: { "Map.Title": word("map_label") },
    });
    map.touchZoomRotate.disableRotation();
    await map.once("load");
    const wall = new WallMap(map, text, onPick);
    wall.listen();
    return wall;
  }

  show(grids: Grids): void {
    void this.map.getSource<GeoJSONSource>("grids")?.setData(grids);
    void this.map.getSource<GeoJSONSource>("words")?.setData(middles(grids));
  }

  mark(code: string): void {
    this.map.setFilter("marked", ["==", ["get", "code"], code]);
    this.map.setPaintProperty("late", "line-offset", lateInset(this.text, code));
  }

  close(): void {
    this.map.remove();
  }

  private listen(): void {
    this.map.on("click", "fill", (event) => {
      const code = event.features?.[0]?.properties["code"] as string | undefined;
      if (code) this.onPick(code);
    });
  }
}

/** How much of the map's width its legend would cover; nothing where the legend stands below, or would leave too little. */
function legendOver(room: HTMLElement): number {
  const legend = room.parentElement?.querySelector<HTMLElement>(".legend");
  if (!legend || legend.offsetTop >= room.offsetTop + room.offsetHeight) return 0;
  return room.clientWidth > 3 * legend.offsetWidth ? legend.offsetWidth : 0;
}

function boundsOf(grids: Grids): [number, number, number, number] {
  const box: [number, number, number, number] = [180, 90, -180, -90];
  for (const { geometry } of grids.features) {
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    for (const [lon, lat] of polygons.flat(2) as [number, number][]) {
      box[0] = Math.min(box[0], lon);
      box[1] = Math.min(box[1], lat);
      box[2] = Math.max(box[2], lon);
      box[3] = Math.max(box[3], lat);
    }
  }
  return box;
}
