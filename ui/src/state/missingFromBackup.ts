import { namedKeysOf } from "../passedOver";
import type { MissingKeys } from "../wire";
import { words } from "../words";

/** Names the keys whose secrets the last backup is without, and says what to do, a sentence for each kind; none where it has them all. */
export function missingFromBackup({ unread, savedSince, unknown }: MissingKeys): string[] {
  const said = words().backup;
  return [
    unread.length > 0 ? [said.notInIt(namedKeysOf(unread))] : [],
    savedSince.length > 0 ? [said.savedSince(namedKeysOf(savedSince))] : [],
    unknown > 0 ? [said.withoutSome(unknown)] : [],
  ].flat();
}
