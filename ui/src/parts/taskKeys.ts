/** Keys among the rows of Needs attention: arrows go from row to row and open and close one, P puts it off. */

/** What a key did was done. */
export function taskKey(event: KeyboardEvent, rows: HTMLElement): boolean {
  const { target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof HTMLElement)) return false;
  const row = target.closest<HTMLElement>("[data-task]");
  // Of a box its own keys, and of a card that is open too.
  if (row === null || target.matches("input, select, summary") || target.closest("article, form") !== null) return false;
  if (event.key.toLowerCase() === "p") return pressed(own(row, "[data-put-off]"));
  if (event.key === "ArrowRight") return pressed(own(row, "[data-opens][aria-expanded='false']"));
  if (event.key === "ArrowLeft") return pressed(own(row, "[data-opens][aria-expanded='true']"));
  return moved(event.key, row, rows);
}

function moved(key: string, row: HTMLElement, rows: HTMLElement): boolean {
  const all = [...rows.querySelectorAll<HTMLElement>("[data-main]")];
  const from = all.findIndex((one) => one.closest("[data-task]") === row);
  const goals: Record<string, number> = { ArrowDown: from + 1, ArrowUp: from - 1, Home: 0, End: all.length - 1 };
  const goal = all[goals[key] ?? -1];
  goal?.focus();
  return goal !== undefined;
}

/** Of the row itself, and of none that it has opened to. */
function own(row: HTMLElement, wanted: string): HTMLElement | undefined {
  return [...row.querySelectorAll<HTMLElement>(wanted)].find((one) => one.closest("[data-task]") === row);
}

function pressed(button: HTMLElement | undefined): boolean {
  button?.click();
  return button !== undefined;
}
