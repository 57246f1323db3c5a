// The wall: assets/cockpit.js. The server's page is a shell, <div id="cockpit" data-community data-source>.

import { mount } from "svelte";

import App from "./App.svelte";

const target = document.getElementById("cockpit");
if (target) {
  const { community = "", source = "/cockpit/data", grids = "/api/v1/grids", rows } = target.dataset;
  target.replaceChildren();
  mount(App, { target, props: { community, source, grids, rows: rows ?? null } });
}
