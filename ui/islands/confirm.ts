// Asks back before a step that is hard to take back: <form data-confirm="…"> or <button data-confirm="…">. Without
// scripts the server's own page asks.

import { button, make } from "./dom";
import { word } from "./words";

export function confirmForms(): void {
  document.addEventListener("submit", onSubmit, { capture: true });
}

let agreed: HTMLFormElement | null = null;

function onSubmit(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
  if (!question || agreed === form) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(question, () => {
    agreed = form;
    form.requestSubmit(event.submitter as HTMLButtonElement | null);
    agreed = null;
  });
}

function ask(question: string, yes: () => void): void {
  const dialog = make("dialog", { class: "dialog" });
  const close = (act: () => void) => () => {
    dialog.close();
    dialog.remove();
    act();
  };
  const text = make("p", { id: "confirm-question" }, question);
  const row = make("div", { class: "buttons" });
  row.append(button(word("confirm_yes"), close(yes), "button--primary"), button(word("confirm_no"), close(() => {})));
  dialog.setAttribute("aria-labelledby", "confirm-question");
  dialog.addEventListener("cancel", () => dialog.remove());
  dialog.append(text, row);
  document.body.append(dialog);
  dialog.showModal();
}
