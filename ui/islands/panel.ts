// The small card over the map that says what was clicked and leads to its page. Announced to readers.

import { address, button, icon, make } from "./dom";
import { stateWord, word } from "./words";

export interface ClickedGrid {
  code: string;
  name: string;
  open: number | undefined;
  overdue: number | undefined;
  href: string | null;
}

export interface ClickedCase {
  number: string;
  category: string;
  state: string;
  overdue: boolean;
  href: string | null;
}

export class Panel {
  private readonly box = make("div", { class: "map__panel", role: "status", hidden: "" });

  constructor(frame: HTMLElement) {
    frame.append(this.box);
  }

  grid(clicked: ClickedGrid): void {
    const lines: Node[] = [make("strong", {}, clicked.name)];
    if (clicked.open !== undefined) {
      const numbers = { open: clicked.open, overdue: clicked.overdue ?? 0 };
      lines.push(make("span", {}, word("open_overdue", numbers)));
    }
    if (clicked.href) lines.push(link(address(clicked.href, { code: clicked.code }), word("open_grid")));
    this.show(lines);
  }

  case(clicked: ClickedCase): void {
    const tag = make("span", { class: `tag tag--${clicked.state}` }, stateWord(clicked.state));
    const lines: Node[] = [make("strong", { class: "number" }, clicked.number), tag];
    if (clicked.overdue) {
      lines.push(make("span", { class: "tag tag--overdue" }, icon("danger"), word("overdue")));
    }
    lines.push(make("span", {}, clicked.category));
    if (clicked.href) lines.push(link(address(clicked.href, { number: clicked.number }), word("open_case")));
    this.show(lines);
  }

  private show(lines: Node[]): void {
    const close = button("×", () => (this.box.hidden = true), "button--quiet");
    close.setAttribute("aria-label", word("close"));
    this.box.replaceChildren(...lines, close);
    this.box.hidden = false;
  }
}

function link(href: string, label: string): HTMLAnchorElement {
  return make("a", { href }, label);
}
