// Puts the wall into its shell, as the shell's attributes say.

import { mount } from "svelte";

import App from "./App.svelte";

export function openWall(target: HTMLElement): void {
  const { community = "", source = "/cockpit/data", grids = "/api/v1/grids", rows } = target.dataset;
  target.replaceChildren();
  mount(App, { target, props: { community, source, grids, rows: rows ?? null } });
}
