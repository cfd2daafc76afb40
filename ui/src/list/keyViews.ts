/** The views of the list of keys: which keys each has, and how many. */
import { canHandOver } from "./credentials";
import type { KeyEntry } from "./keyEntries";

export const keyViews = ["all", "secretNotHere", "notHandedOver", "old", "gone"] as const;

export type KeyView = (typeof keyViews)[number];

/** Whether a key is in a view; `oldBefore` is in milliseconds since 1970, and old is what was made before it. */
export function inView({ key, createdAt }: KeyEntry, view: KeyView, oldBefore: number): boolean {
  switch (view) {
    case "all":
      return true;
    case "secretNotHere":
      return key.state === "notSaved";
    case "notHandedOver":
      return canHandOver(key) && key.handedOver === null;
    case "old":
      return createdAt !== null && createdAt < oldBefore;
    case "gone":
      return key.state === "removedAtTwilio";
  }
}

export function countsOf(entries: readonly KeyEntry[], oldBefore: number): Record<KeyView, number> {
  const counts: Record<KeyView, number> = { all: 0, secretNotHere: 0, notHandedOver: 0, old: 0, gone: 0 };
  for (const entry of entries) for (const view of keyViews) if (inView(entry, view, oldBefore)) counts[view] += 1;
  return counts;
}
