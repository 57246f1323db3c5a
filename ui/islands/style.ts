// What the grids look like. The tiles hold two layers: `grids` (areas) and `labels` (one point per grid); read as areas,
// the grids of one level are two sources of the same content.

import type { Colours } from "./colours";
import { type Grids, middles } from "./grids";
import type { ExpressionSpecification, LayerSpecification, SourceSpecification, StyleSpecification } from "./maplibre";

const open: ExpressionSpecification = ["coalesce", ["feature-state", "open"], 0];
const overdue: ExpressionSpecification = ["coalesce", ["feature-state", "overdue"], 0];
const marked: ExpressionSpecification = ["boolean", ["feature-state", "marked"], false];

/** Where the grids of a map come from. */
export type Ground = { tiles: string; maxzoom: number } | { areas: Grids };

/** Where the map keeps what it knows of a grid: by its public code, which tiles call `gid`. */
export type GridKey = (code: string) => { source: string; sourceLayer?: string; id: string };

export function gridKey(ground: Ground): GridKey {
  const layer = "tiles" in ground ? { sourceLayer: "grids" } : {};
  return (id) => ({ source: "grids", ...layer, id });
}

/** A colour by the number of open issues; the steps are those of the legend. */
export function loadFill(of: ExpressionSpecification, colours: Colours): ExpressionSpecification {
  const [none, few, some, many] = colours.load;
  return ["step", of, none, 1, few, 5, some, 10, many];
}

/** Widths in pixels of the two lines that belong to one grid; both lie inside its border, which it shares with others. */
const edge = { marked: 4, overdue: 2.5 };
/** Half of the shared border at its widest. */
const shared = 1;

function areas(colours: Colours, tiled: boolean): LayerSpecification[] {
  const source = { source: "grids", ...(tiled && { "source-layer": "grids" }) };
  const inside = shared + edge.overdue / 2;
  return [
    { id: "grid-fill", type: "fill", ...source, paint: { "fill-color": loadFill(open, colours) } },
    {
      id: "grid-line",
      type: "line",
      ...source,
      paint: { "line-color": colours.line, "line-width": ["interpolate", ["linear"], ["zoom"], 11, 0.8, 16, 2] },
    },
    {
      id: "grid-overdue",
      type: "line",
      ...source,
      paint: {
        "line-color": colours.danger,
        "line-width": edge.overdue,
        "line-offset": ["case", marked, edge.marked + inside, inside],
        // told from a border without colour, as in the server's drawing
        "line-dasharray": [4, 2],
        "line-opacity": ["case", [">", overdue, 0], 1, 0],
      },
    },
    {
      id: "grid-marked",
      type: "line",
      ...source,
      paint: {
        "line-color": colours.accent,
        "line-width": edge.marked,
        "line-offset": shared + edge.marked / 2,
        "line-opacity": ["case", marked, 1, 0],
      },
    },
  ];
}

/** What a map is drawn in, in pixels: the page's text, which elder mode enlarges, the frame's width and its area. */
export interface Size {
  text: number;
  width: number;
  area: number;
}

/** Names of two lines would fill more than a quarter of the map: some have to wait for a nearer look. */
function isCrowded(ground: Ground, { text, area }: Size): boolean {
  return "tiles" in ground || ground.areas.features.length * 5 * text * 2.5 * text > area / 4;
}

type Anchor = [name: string, offset: [number, number]];

/** At its point, and moved so far that it mostly stays in its own area. */
const near: Anchor[] = [["center", [0, 0]], ["center", [0, 1.2]], ["center", [0, -1.2]]];
const aside: Anchor[] = [["center", [1.3, 0]], ["center", [-1.3, 0]]];
/** Above and below the circles of cases that lie at its point. */
const far: Anchor[] = [["center", [0, 2]], ["center", [0, -2]], ["center", [1.8, 1.4]], ["center", [-1.8, 1.4]]];
/** The name to the right of its point, and to the left of it. */
const right: Anchor[] = [["left", [1.2, 0]], ["top-left", [0.85, 0.85]], ["bottom-left", [0.85, -0.85]]];
const left: Anchor[] = [["right", [-1.2, 0]], ["top-right", [-0.85, 0.85]], ["bottom-right", [-0.85, -0.85]]];

const around = [right[0]!, left[0]!, right[1]!, left[2]!];

/** Below this width, in sizes of the text, there is no room for a name beside the grids. */
const narrow = 28;

/** Where a name may stand that would cover another one at its own point: beside it, but in a crowd not so far that it would be
 * read as another grid's, and where there is little room never out over the map's edge. */
function anchors(size: Size, ground: Ground): ExpressionSpecification {
  const crowd = isCrowded(ground, size);
  const places = (more: Anchor[]) =>
    ["literal", [...near, ...aside, ...(crowd ? [] : far), ...more].flat()] satisfies ExpressionSpecification;
  if (crowd) return places([]);
  if (size.width >= narrow * size.text) return places(around);
  return ["match", ["get", "side"], "west", places(right), "east", places(left), places(around)];
}

/** Names of grids keep out of each other and of the marks of cases; one that finds no place waits for a nearer look. */
function names(colours: Colours, size: Size, ground: Ground): LayerSpecification {
  return {
    id: "grid-name",
    type: "symbol",
    ...("tiles" in ground ? { source: "grids", "source-layer": "labels" } : { source: "names" }),
    layout: {
      "text-field": ["coalesce", ["get", "label"], ["get", "name"]],
      "text-size": size.text * 0.8125,
      "text-padding": 2,
      "text-max-width": 6,
      "text-variable-anchor-offset": anchors(size, ground),
      "text-overlap": "never",
    },
    paint: { "text-color": colours.ink, "text-halo-color": colours.card, "text-halo-width": 1.5 },
  };
}

function sources(ground: Ground): Record<string, SourceSpecification> {
  if ("areas" in ground) {
    const grids = { type: "geojson" as const, data: ground.areas, promoteId: "code" };
    return { grids, names: { type: "geojson", data: middles(ground.areas) } };
  }
  const url = new URL(ground.tiles, location.href).href.replaceAll("%7B", "{").replaceAll("%7D", "}");
  return { grids: { type: "vector", tiles: [url], maxzoom: ground.maxzoom, promoteId: "gid" } };
}

export function gridStyle(ground: Ground, colours: Colours, size: Size): StyleSpecification {
  return {
    version: 8,
    sources: sources(ground),
    layers: [
      { id: "ground", type: "background", paint: { "background-color": colours.card } },
      ...areas(colours, "tiles" in ground),
      names(colours, size, ground),
    ],
  };
}

/** The name of a picture of one clear pixel. */
export const room = "room";

/** A clear picture as large as each circle, since circles themselves keep no names out of them. What stands last in a style is
 * placed first. */
function caseRoom(late: ExpressionSpecification): LayerSpecification {
  const group: ExpressionSpecification = ["step", ["get", "point_count"], 16, 10, 20, 50, 26];
  return {
    id: "case-room",
    type: "symbol",
    source: "cases",
    layout: {
      "icon-image": room,
      "icon-padding": ["case", ["has", "point_count"], group, late, 11, 9],
      "icon-overlap": "always",
    },
  };
}

/** Cases as points: groups first, then single ones; an overdue one has a mark as well as a colour. */
export function caseLayers(colours: Colours): LayerSpecification[] {
  const late: ExpressionSpecification = ["boolean", ["get", "overdue"], false];
  return [
    {
      id: "case-group",
      type: "circle",
      source: "cases",
      filter: ["has", "point_count"],
      paint: {
        "circle-color": colours.brand,
        "circle-radius": ["step", ["get", "point_count"], 14, 10, 18, 50, 24],
        "circle-stroke-color": colours.card,
        "circle-stroke-width": 2,
      },
    },
    {
      id: "case-count",
      type: "symbol",
      source: "cases",
      filter: ["has", "point_count"],
      layout: {
        "text-field": ["get", "point_count_abbreviated"],
        "text-size": 13,
        "text-overlap": "always",
      },
      paint: { "text-color": colours.card },
    },
    {
      id: "case-point",
      type: "circle",
      source: "cases",
      filter: ["!", ["has", "point_count"]],
      paint: {
        "circle-color": ["case", late, colours.danger, colours.accent],
        "circle-radius": ["case", marked, 12, late, 9, 7],
        "circle-stroke-color": ["case", marked, colours.ink, colours.card],
        "circle-stroke-width": ["case", marked, 3, 2],
      },
    },
    {
      id: "case-late",
      type: "symbol",
      source: "cases",
      filter: ["all", ["!", ["has", "point_count"]], late],
      layout: { "text-field": "!", "text-size": 14, "text-overlap": "always" },
      paint: { "text-color": colours.card },
    },
    caseRoom(late),
  ];
}
