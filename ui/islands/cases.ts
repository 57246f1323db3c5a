// Cases as points on the map, read anew for the box in view, and kept in step with the page's list.

import type { Colours } from "./colours";
import { json, make } from "./dom";
import { addToLegend } from "./legend";
import type { GeoJSONSource, Map } from "./maplibre";
import type { Options } from "./options";
import type { Panel } from "./panel";
import { caseLayers, room } from "./style";
import { syncList } from "./sync";
import { word } from "./words";

interface CaseItem {
  number: string;
  state: string;
  category: string | { name: string } | null;
  location: { lon: number; lat: number } | null;
  overdue?: boolean;
}

interface CasePage {
  total: number;
  items: CaseItem[];
}

const most = 1000;

export function showCases(map: Map, frame: HTMLElement, options: Options, colours: Colours, panel: Panel): void {
  const empty = { type: "FeatureCollection" as const, features: [] };
  map.addSource("cases", { type: "geojson", data: empty, cluster: true, clusterMaxZoom: 15, promoteId: "number" });
  map.addImage(room, { width: 1, height: 1, data: new Uint8Array(4) });
  for (const layer of caseLayers(colours)) map.addLayer(layer);
  addToLegend(frame, "case", "late", "group");
  const said = make("p", { class: "map__said", role: "status" });
  frame.append(said);

  const read = reader(map, options.cases!, said);
  map.on("moveend", read);
  read();

  const mark = syncList(map, options.list);
  map.on("click", "case-point", (event) => {
    const found = event.features?.[0]?.properties;
    if (!found) return;
    mark(String(found["number"]));
    panel.case({
      number: String(found["number"]),
      category: String(found["category"] ?? ""),
      state: String(found["state"]),
      overdue: Boolean(found["overdue"]),
      href: options.caseHref,
    });
  });
  map.on("click", "case-group", (event) => {
    map.easeTo({ center: event.lngLat, zoom: map.getZoom() + 2 });
  });
}

/** Reads the box in view; a newer move ends the reading before it. */
function reader(map: Map, cases: string, said: HTMLElement): () => void {
  let running: AbortController | null = null;
  return () => {
    running?.abort();
    const mine = (running = new AbortController());
    json<CasePage>(boxed(cases, map), mine.signal)
      .then((page) => {
        const features = page.items.flatMap(feature);
        void map.getSource<GeoJSONSource>("cases")?.setData({ type: "FeatureCollection", features });
        const [n, total] = [features.length, page.total];
        said.textContent = n < total ? word("cases_shown_of", { n, total }) : word("cases_shown", { n });
      })
      .catch(() => {
        if (!mine.signal.aborted) said.textContent = word("cases_failed");
      });
  };
}

function boxed(cases: string, map: Map): string {
  const url = new URL(cases, location.href);
  const box = map.getBounds();
  const sides = [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()];
  url.searchParams.set("bbox", sides.map((side) => side.toFixed(6)).join(","));
  url.searchParams.set("limit", String(most));
  return url.href;
}

function feature(item: CaseItem): GeoJSON.Feature[] {
  if (!item.location) return [];
  const category = typeof item.category === "object" ? item.category?.name : item.category;
  return [
    {
      type: "Feature",
      geometry: { type: "Point", coordinates: [item.location.lon, item.location.lat] },
      properties: { number: item.number, state: item.state, category: category ?? "", overdue: item.overdue ?? false },
    },
  ];
}
