// Puts the reader on what is wrong: the summary of errors, or the first heading of a swapped part that asks for it.

export function focusErrors(root: ParentNode = document): void {
  const summary = root.querySelector<HTMLElement>(".error-summary");
  if (!summary) return;
  summary.tabIndex = -1;
  summary.focus();
}
