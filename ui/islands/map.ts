// Makes a map of every <div data-map> of a server page. Never the only way: what the server drew inside stays until
// the map runs, and for good where the machine cannot draw it.

import { optionsOf } from "./options";
import { canDraw } from "./webgl";

async function start(frame: HTMLElement): Promise<void> {
  const options = optionsOf(frame);
  if (!options) return;
  const { gridsMap } = await import("./grids-map");
  await gridsMap(frame, options);
}

if (canDraw()) {
  for (const frame of document.querySelectorAll<HTMLElement>("[data-map]")) {
    start(frame).catch((error: unknown) => console.warn("The map did not start; the list stays.", error));
  }
}
