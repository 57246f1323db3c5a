// Makes a map of every <div data-map> of a server page. Never the only way: what the server drew inside stays until
// the map runs, and for good where the machine cannot draw it.

import { optionsOf } from "./options";
import { canDraw } from "./webgl";

async function start(frame: HTMLElement): Promise<void> {
  const options = optionsOf(frame);
  if (!options) {
    frame.dataset.mapStill = "";
    return;
  }
  const { gridsMap } = await import("./grids-map");
  await gridsMap(frame, options);
}

function begin(frame: HTMLElement): void {
  start(frame).catch((error: unknown) => {
    frame.dataset.mapStill = "";
    console.warn("The map did not start; the drawing and the list stay.", error);
  });
}

/** A map in a closed fold is loaded when somebody opens it: many never do, and it is the largest thing on its page. */
function beginWhenSeen(frame: HTMLElement): void {
  frame.hidden = false;
  const fold = frame.closest<HTMLDetailsElement>("details[data-map-fold]");
  if (fold) fold.hidden = false;
  if (!fold || fold.open) begin(frame);
  else fold.addEventListener("toggle", () => begin(frame), { once: true });
}

for (const frame of document.querySelectorAll<HTMLElement>("[data-map]")) {
  if (canDraw()) beginWhenSeen(frame);
  else frame.dataset.mapStill = "";
}
