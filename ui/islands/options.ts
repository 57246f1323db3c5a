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
  list: HTMLElement | null;
}

export function optionsOf(frame: HTMLElement): Options | null {
  const data = frame.dataset;
  const bounds = (data.bounds ?? "").split(",").map(Number);
  const [west, south, east, north] = bounds;
  if (bounds.length !== 4 || bounds.some((n) => !Number.isFinite(n))) return null;
  return {
    tiles: data.tiles ?? "/tiles/grids/{z}/{x}/{y}.mvt",
    maxzoom: Number(data.maxzoom ?? 16),
    bounds: [west!, south!, east!, north!],
    grid: data.grid ?? null,
    gridHref: data.gridHref ?? null,
    cases: data.cases ?? null,
    caseHref: data.caseHref ?? null,
    counts: data.counts ?? null,
    list: data.list ? document.querySelector<HTMLElement>(data.list) : null,
  };
}
