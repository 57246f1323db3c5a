// The areas of the grids, once per level; dedicated grids stand beside the general ones.

import { type Grids, readGrids as read } from "../islands/grids";

export type Level = "general" | "micro";

const parts: Record<Level, string[]> = { general: ["general", "dedicated"], micro: ["micro", "dedicated"] };

export function isOfLevel(level: string, wanted: Level): boolean {
  return parts[wanted].includes(level);
}

export function readGrids(url: string, wanted: Level): Promise<Grids> {
  return read(url, parts[wanted]);
}
