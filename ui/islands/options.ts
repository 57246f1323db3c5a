// What a server page says about its map: the data attributes of <div data-map>, read once. See shared/README.md.

export interface Options {
  tiles: string;
  maxzoom: number;
  /** West, south, east, north in WGS-84 degrees. */
  bounds: [number, number, number, number];
  /** Public code of the grid to mark. */
  grid: string | null;
  gridHref: string | null;
  cases: string | null;
  caseHref: string | null;
  counts: string | null;
  /** An address of areas as GeoJSON and the levels to ask for; without it tiles are drawn, which choose by zoom. */
  areas: { url: string; levels: string[] } | null;
  /** A place to mark, longitude and latitude. */
  at: [number, number] | null;
  list: HTMLElement | null;
}

export function optionsOf(frame: HTMLElement): Options | null {
  const data = frame.dataset;
  const bounds = (data.bounds ?? "").split(",").map(Number);
  const [west, south, east, north] = bounds;
  if (bounds.length !== 4 || bounds.some((n) => !Number.isFinite(n))) return null;
  const at = (data.at ?? "").split(",").map(Number);
  return {
    tiles: data.tiles ?? "/tiles/grids/{z}/{x}/{y}.mvt",
    maxzoom: Number(data.maxzoom ?? 16),
    bounds: [west!, south!, east!, north!],
    grid: data.grid ?? null,
    gridHref: data.gridHref ?? null,
    cases: data.cases ?? null,
    caseHref: data.caseHref ?? null,
    counts: data.counts ?? null,
    areas: data.grids ? { url: data.grids, levels: (data.levels ?? "").split(",") } : null,
    at: at.length === 2 && at.every(Number.isFinite) ? [at[0]!, at[1]!] : null,
    list: data.list ? document.querySelector<HTMLElement>(data.list) : null,
  };
}
