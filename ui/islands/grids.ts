// Reads the areas of grids as GeoJSON, level by level and page by page: what a map draws when the tiles' own choice of a
// level by zoom would not be the page's.

import { json } from "./dom";

export type GridProperties = { code: string; name: string };

export type Grids = GeoJSON.FeatureCollection<GeoJSON.Polygon | GeoJSON.MultiPolygon, GridProperties>;

type Page = Grids & { next?: string | null };

/** The grids of these levels that have a border. */
export async function readGrids(url: string, levels: string[]): Promise<Grids> {
  const read = await Promise.all(levels.map((level) => readLevel(url, level)));
  return { type: "FeatureCollection", features: read.flat().filter((grid) => grid.geometry !== null) };
}

async function readLevel(url: string, level: string): Promise<Grids["features"]> {
  const asked = new URL(url, location.href);
  asked.searchParams.set("level", level);
  const found: Grids["features"] = [];
  for (;;) {
    const page = await json<Page>(asked.href);
    found.push(...page.features);
    if (!page.next) return found;
    asked.searchParams.set("after", page.next);
  }
}

/** Near which side of the map a grid lies, so that its name keeps away from that edge. */
export type Side = "west" | "middle" | "east";

export type Middles = GeoJSON.FeatureCollection<GeoJSON.Point, GridProperties & { side: Side; label: string }>;

const levelWords = /(?:微网格|专属网格|一般网格|总网格|网格|\s(?:micro-|dedicated |general |community )?grid)$/iu;

/** A name as short as a map of one level can have it: without the word that all names of its level end in, but where a
 * number would be left (第1网格). The drawing of the server shortens alike (`crates/web/src/map/label.rs`). */
export function shortName(name: string): string {
  const short = name.replace(levelWords, "");
  return /[^\d一二三四五六七八九十]$/u.test(short) ? short : name;
}

/** One point in each grid for its name: the middle of its largest part. */
export function middles(grids: Grids): Middles {
  const points = grids.features.map(({ geometry, properties }) => {
    const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    const rings = parts.map((part) => middle(part[0] ?? []));
    const largest = rings.reduce((a, b) => (b.size > a.size ? b : a));
    return { at: largest.at, properties };
  });
  const sideOf = sides(points.map(({ at }) => at[0] ?? 0));
  const features = points.map(({ at, properties }) => ({
    type: "Feature" as const,
    geometry: { type: "Point" as const, coordinates: at },
    properties: { ...properties, side: sideOf(at[0] ?? 0), label: shortName(properties.name) },
  }));
  return { type: "FeatureCollection", features };
}

/** The outer thirds of a row of places are its sides; of a single one there are none. */
function sides(lons: number[]): (lon: number) => Side {
  const west = Math.min(...lons);
  const third = (Math.max(...lons) - west) / 3;
  return (lon) => (third === 0 ? "middle" : lon < west + third ? "west" : lon > west + 2 * third ? "east" : "middle");
}

/** Where a ring has its centre of gravity, and how large it is; reckoned from its first corner, to keep the digits. */
function middle(ring: GeoJSON.Position[]): { at: GeoJSON.Position; size: number } {
  const [x0 = 0, y0 = 0] = ring[0] ?? [];
  let [twice, x, y] = [0, 0, 0];
  for (let n = 1; n < ring.length; n++) {
    const [ax, ay, bx, by] = [ring[n - 1]![0]! - x0, ring[n - 1]![1]! - y0, ring[n]![0]! - x0, ring[n]![1]! - y0];
    const cross = ax * by - bx * ay;
    twice += cross;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
  }
  if (twice === 0) return { at: [x0, y0], size: 0 };
  return { at: [x0 + x / (3 * twice), y0 + y / (3 * twice)], size: Math.abs(twice) };
}
