// j, k and Enter on a list of rows, for staff who work through many: <div data-keys> around a table or list. The keys
// work only while the list has the focus, so they never catch what somebody types elsewhere.

export function listKeys(): void {
  document.addEventListener("keydown", (event) => {
    const list = (event.target as Element).closest<HTMLElement>("[data-keys]");
    if (!list || isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j") step(list, 1);
    else if (event.key === "k") step(list, -1);
    else return;
    event.preventDefault();
  });
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, select, textarea");
}

/** The focus goes to the row's first link, so Enter opens it without our help. */
function step(list: HTMLElement, by: 1 | -1): void {
  const rows = [...list.querySelectorAll<HTMLElement>("tbody tr, li")].filter((row) => row.querySelector("a[href]"));
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[Math.min(Math.max(at + by, 0), rows.length - 1)];
  next?.querySelector<HTMLElement>("a[href]")?.focus();
}
