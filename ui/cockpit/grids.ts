// Reads the areas of the grids, once per level; dedicated grids stand beside the general ones.

import type { Grids } from "./grid-map";

export type Level = "general" | "micro";

const parts: Record<Level, string[]> = { general: ["general", "dedicated"], micro: ["micro", "dedicated"] };

export function isOfLevel(level: string, wanted: Level): boolean {
  return parts[wanted].includes(level);
}

export async function readGrids(url: string, wanted: Level): Promise<Grids> {
  const pages = await Promise.all(parts[wanted].map((level) => readLevel(url, level)));
  return { type: "FeatureCollection", features: pages.flatMap((page) => page.features) };
}

async function readLevel(url: string, level: string): Promise<Grids> {
  const asked = new URL(url, location.href);
  asked.searchParams.set("level", level);
  const answer = await fetch(asked, { headers: { accept: "application/geo+json, application/json" } });
  if (!answer.ok) throw new Error(`${asked.pathname} answered ${answer.status}`);
  return (await answer.json()) as Grids;
}
