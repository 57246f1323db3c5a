// <button data-print> prints the page, <button data-copy="text"> copies a number. The server hides both without scripts.

import { word } from "./words";

export function printAndCopy(): void {
  for (const made of document.querySelectorAll<HTMLElement>("[data-print], [data-copy]")) made.hidden = false;
  document.addEventListener("click", (event) => {
    const pressed = (event.target as Element).closest<HTMLElement>("[data-print], [data-copy]");
    if (!pressed) return;
    if ("print" in pressed.dataset) window.print();
    else void copy(pressed, pressed.dataset.copy ?? "");
  });
}

async function copy(pressed: HTMLElement, text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
  pressed.textContent = word("copied");
}
