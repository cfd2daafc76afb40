/** Which columns of a list its user does not want to see: kept for each list, between starts. */
import { app } from "./app.svelte";

export type ListWithColumns = "subaccounts" | "keys";

type Choosable<Id extends string> = { id: Id; title: string; priority: number };

class ColumnChoice {
  readonly #hidden: Record<string, readonly string[]> = $derived(app.state?.preferences.hiddenColumns ?? {});

  /** The columns that are wanted. Where all of them are it is the very list that was given. */
  shown<Some extends Choosable<string>>(list: ListWithColumns, columns: readonly Some[]): readonly Some[] {
    const hidden = this.#hidden[list] ?? [];
    return hidden.length === 0 ? columns : columns.filter((column) => isFixed(column) || !hidden.includes(column.id));
  }

  isShown(list: ListWithColumns, column: string): boolean {
    return !(this.#hidden[list] ?? []).includes(column);
  }

  toggle(list: ListWithColumns, column: string): void {
    const before = this.#hidden[list] ?? [];
    const after = before.includes(column) ? before.filter((id) => id !== column) : [...before, column];
    void app.prefer({ hiddenColumns: { ...this.#hidden, [list]: [...after] } as Record<string, string[]> });
  }
}

/** One that a list cannot be read without. */
export function isFixed({ priority }: Choosable<string>): boolean {
  return priority === 0;
}

export const columnChoice = new ColumnChoice();
