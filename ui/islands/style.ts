// What the grids look like. The tiles hold two layers: `grids` (areas) and `labels` (one point per grid).

import type { Colours } from "./colours";
import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from "./maplibre";

const open: ExpressionSpecification = ["coalesce", ["feature-state", "open"], 0];
const overdue: ExpressionSpecification = ["coalesce", ["feature-state", "overdue"], 0];
const marked: ExpressionSpecification = ["boolean", ["feature-state", "marked"], false];

/** Where the map keeps what it knows of a grid; the tiles' `gid` is the grid's public code. */
export function gridKey(code: string) {
  return { source: "grids", sourceLayer: "grids", id: code };
}

/** A colour by the number of open issues; the steps are those of the legend. */
export function loadFill(of: ExpressionSpecification, colours: Colours): ExpressionSpecification {
  const [none, few, some, many] = colours.load;
  return ["step", of, none, 1, few, 5, some, 10, many];
}

function areas(colours: Colours): LayerSpecification[] {
  const shared = { source: "grids", "source-layer": "grids" };
  return [
    { id: "grid-fill", type: "fill", ...shared, paint: { "fill-color": loadFill(open, colours) } },
    {
      id: "grid-line",
      type: "line",
      ...shared,
      paint: { "line-color": colours.line, "line-width": ["interpolate", ["linear"], ["zoom"], 11, 0.8, 16, 2] },
    },
    {
      id: "grid-overdue",
      type: "line",
      ...shared,
      paint: {
        "line-color": colours.danger,
        "line-width": 2.5,
        "line-opacity": ["case", [">", overdue, 0], 1, 0],
      },
    },
    {
      id: "grid-marked",
      type: "line",
      ...shared,
      paint: { "line-color": colours.accent, "line-width": 4, "line-opacity": ["case", marked, 1, 0] },
    },
  ];
}

function names(colours: Colours): LayerSpecification {
  return {
    id: "grid-name",
    type: "symbol",
    source: "grids",
    "source-layer": "labels",
    layout: { "text-field": ["get", "name"], "text-size": 13, "text-padding": 4 },
    paint: { "text-color": colours.ink, "text-halo-color": colours.card, "text-halo-width": 1.5 },
  };
}

export function gridStyle(tiles: string, maxzoom: number, colours: Colours): StyleSpecification {
  return {
    version: 8,
    sources: {
      grids: {
        type: "vector",
        tiles: [new URL(tiles, location.href).href.replaceAll("%7B", "{").replaceAll("%7D", "}")],
        maxzoom,
        promoteId: "gid",
      },
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": colours.card } },
      ...areas(colours),
      names(colours),
    ],
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
      layout: { "text-field": ["get", "point_count_abbreviated"], "text-size": 13, "text-allow-overlap": true },
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
      layout: { "text-field": "!", "text-size": 14, "text-allow-overlap": true },
      paint: { "text-color": colours.card },
    },
  ];
}
