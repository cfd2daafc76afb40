/** Which rows of a list are ticked, by their keys. Where the keys of the grid are says nothing of it, and neither does what is shown. */
export class Selection {
  keys = $state.raw<ReadonlySet<string>>(new Set());
  readonly size: number = $derived(this.keys.size);
  /** Where a range begins, and what was ticked before it: it can become shorter again. */
  #range: { from: string; before: ReadonlySet<string> } | null = null;

  has(key: string): boolean {
    return this.keys.has(key);
  }

  toggle(key: string): void {
    const keys = new Set(this.keys);
    if (!keys.delete(key)) keys.add(key);
    this.keys = keys;
    // From one that was just left out a range would tick it again.
    this.#range = keys.has(key) ? { from: key, before: keys } : null;
  }

  /** Ticks all from where the range begins, or from `from` where none has begun, to `to`: places among the keys as they are shown. */
  extend(shown: readonly string[], from: number, to: number): void {
    const goal = Math.max(0, Math.min(to, shown.length - 1));
    const begins = shown[from] ?? shown[goal];
    if (begins === undefined) return;
    if (this.#range === null || !shown.includes(this.#range.from)) this.#range = { from: begins, before: this.keys };
    const start = shown.indexOf(this.#range.from);
    this.keys = new Set([...this.#range.before, ...shown.slice(Math.min(start, goal), Math.max(start, goal) + 1)]);
  }

  /** The next range begins anew. */
  endRange(): void {
    this.#range = null;
  }

  /** Ticks these, besides those that are. */
  take(keys: readonly string[]): void {
    this.keys = new Set([...this.keys, ...keys]);
    this.#range = null;
  }

  /** Takes the ticks off these. */
  leave(keys: readonly string[]): void {
    const left = new Set(this.keys);
    for (const key of keys) left.delete(key);
    this.keys = left;
    this.#range = null;
  }

  clear(): void {
    if (this.size > 0) this.keys = new Set();
    this.#range = null;
  }

  /** Forgets those that the list does not have any more. */
  keepOnly(there: ReadonlySet<string>): void {
    const gone = [...this.keys].filter((key) => !there.has(key));
    if (gone.length > 0) this.leave(gone);
  }
}

/** How much of what is shown is ticked. */
export function shareTicked(selection: Selection, shown: readonly string[]): "none" | "some" | "all" {
  const ticked = selection.size === 0 ? 0 : shown.filter((key) => selection.has(key)).length;
  if (ticked === 0) return "none";
  return ticked === shown.length ? "all" : "some";
}
