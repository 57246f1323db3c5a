// The map's colours, read from the page's design tokens: one palette for page, map and wall.

export interface Colours {
  card: string;
  ink: string;
  line: string;
  brand: string;
  accent: string;
  danger: string;
  /** Fills for no, few, some and many open issues. */
  load: [string, string, string, string];
}

const light: Colours["load"] = ["#f4f6f3", "#cfe5e4", "#8fc3c4", "#4b939a"];
const wall: Colours["load"] = ["#0f2a34", "#17505c", "#1d7580", "#2c97a0"];

export function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim();
  const dark = element.closest("[data-theme='wall']") !== null;
  return {
    card: token("--card"),
    ink: token("--ink"),
    line: dark ? "#3d7480" : "#8aa5a6",
    brand: token("--brand"),
    accent: token("--accent"),
    danger: dark ? "#ff7c72" : token("--danger"),
    load: dark ? wall : light,
  };
}
