// Making elements without markup in strings, so that no text of a person is ever read as HTML.

type Attributes = Record<string, string>;

export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

export function button(label: string, onClick: () => void, extra = ""): HTMLButtonElement {
  const made = make("button", { type: "button", class: `button ${extra}`.trim() }, label);
  made.addEventListener("click", onClick);
  return made;
}

/** An icon of the sprite, hidden from readers: the word beside it says the same. */
export function icon(name: string): SVGSVGElement {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", `/assets/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/** Fills `{name}` in an address pattern; what is filled in is escaped. */
export function address(pattern: string, fill: Record<string, string>): string {
  return pattern.replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in fill ? encodeURIComponent(fill[name] as string) : whole,
  );
}

export async function json<T>(url: string, signal?: AbortSignal): Promise<T> {
  const answer = await fetch(url, { headers: { accept: "application/json" }, ...(signal && { signal }) });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return (await answer.json()) as T;
}
