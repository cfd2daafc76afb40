/** Accounts that a phone number can go to, and what is decided about numbers before their subaccount is closed. */
import type { NumberBeforeClosing, NumberRow } from "../wire";
import { byName } from "./byName";
import type { Entry } from "./entries";

/** The active subaccounts but for the one that has the number, by name. */
export function otherPlaces(entries: readonly Entry[], owner: string): Entry[] {
  return entries
    .filter((entry) => entry.row.sid !== owner && isPlace(entry))
    .sort((left, right) => byName(left.shownName, right.shownName));
}

/** Whether a subaccount can be given one. */
export function isPlace({ row }: Entry): boolean {
  return row.status === "active" && !row.gone;
}

/** By the number's SID, the account that is to have it; null where it is released. */
export type Decisions = ReadonlyMap<string, string | null>;

/** What is decided about each of these numbers: as before where that still holds, else it goes to `otherwise`. */
export function decisionsFor(
  numbers: readonly NumberRow[],
  before: Decisions,
  otherwise: string | null,
  holds: (place: string) => boolean,
): Decisions {
  return new Map(
    numbers.map(({ sid }) => {
      const decided = before.get(sid);
      return [sid, decided === undefined || (decided !== null && !holds(decided)) ? otherwise : decided];
    }),
  );
}

export function orderedOf(decisions: Decisions): NumberBeforeClosing[] {
  return [...decisions].map(([numberSid, moveTo]) => ({ numberSid, moveTo }));
}

export function countsOf(decisions: Decisions): { moved: number; released: number } {
  const moved = [...decisions.values()].filter((place) => place !== null).length;
  return { moved, released: decisions.size - moved };
}
