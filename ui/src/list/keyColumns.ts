/** The columns of the list of keys. */
import type { KeyState, KeyType } from "../wire";
import { words } from "../words";
import { byName } from "./byName";
import { byValue, inOrder, lastIfMissing, type Column, type Order } from "./columns";
import { canHandOver, type Tone } from "./credentials";
import type { KeyEntry } from "./keyEntries";

export type KeyColumn = "key" | "type" | "age" | "secret" | "handedOver" | "proved";
export type KeyOrder = Order<KeyColumn>;

/** What needs a person first, and then the oldest. */
export const firstOrder: KeyOrder = { column: "secret", descending: false };

const typeOrder: Record<KeyType, number> = { standard: 0, standardOrMain: 1 };
const tones: Record<KeyState, Tone> = { saved: "ok", sealedOnly: "warn", notSaved: "ok", removedAtTwilio: "bad", unfinished: "warn" };

/** Where the secret is: only what needs somebody is more than plain text. */
export function secretOf({ key: { state } }: KeyEntry): { label: string; tone: Tone } {
  return { label: words().keyList.secrets[state], tone: tones[state] };
}

/** Where a key was handed over to, and when; null where it was not, or where that is not known. */
export function handOverOf({ key }: KeyEntry): { service: string; at: string } | null {
  return key.handedOver === null ? null : { service: key.handedOver.serviceName, at: key.handedOver.at };
}

/** What is said of the hand-over of a key that was not handed over from here. */
export function noHandOverWords({ key }: KeyEntry): string {
  return canHandOver(key) ? words().keyList.notHandedOver : words().keyList.notKnown;
}

const names = (left: KeyEntry, right: KeyEntry) => byName(left.key.name, right.key.name);
/** The oldest first, so that a higher age comes first where it is turned round. */
const oldest = (left: KeyEntry, right: KeyEntry) =>
  lastIfMissing(left.createdAt, right.createdAt) ?? (left.createdAt ?? 0) - (right.createdAt ?? 0);

/** By a time: the earliest first; what has none is last, whichever way. */
function byTime(time: (entry: KeyEntry) => string | null): (left: KeyEntry, right: KeyEntry, direction: 1 | -1) => number {
  return (left, right, direction) => {
    const [one, other] = [time(left), time(right)];
    return lastIfMissing(one, other) ?? direction * byValue(one ?? "", other ?? "");
  };
}

export const keyColumns: readonly Column<KeyEntry, KeyColumn>[] = [
  {
    id: "key",
    get title() {
      return words().keyList.columns.key;
    },
    width: { least: 14 },
    priority: 0,
    compare: (left, right, direction) => direction * names(left, right),
  },
  {
    id: "type",
    get title() {
      return words().keyList.columns.type;
    },
    width: { least: 5.5, most: 5.5 },
    priority: 4,
    compare: (left, right, direction) =>
      direction * (typeOrder[left.key.keyType] - typeOrder[right.key.keyType] || byValue(left.key.region, right.key.region)),
  },
  {
    id: "age",
    get title() {
      return words().keyList.columns.age;
    },
    width: { least: 5.5, most: 5.5 },
    priority: 2,
    // The greatest age is the earliest time.
    compare: (left, right, direction) => lastIfMissing(left.createdAt, right.createdAt) ?? -direction * oldest(left, right),
    greatestFirst: true,
  },
  {
    id: "secret",
    get title() {
      return words().keyList.columns.secret;
    },
    width: { least: 8.5, most: 8.5 },
    priority: 1,
    compare: (left, right, direction) => direction * (left.urgency - right.urgency),
  },
  {
    id: "handedOver",
    get title() {
      return words().keyList.columns.handedOver;
    },
    width: { least: 8.25, most: 8.25 },
    priority: 3,
    compare: byTime(({ key }) => key.handedOver?.at ?? null),
    greatestFirst: true,
  },
  {
    id: "proved",
    get title() {
      return words().keyList.columns.proved;
    },
    width: { least: 6.75, most: 6.75 },
    priority: 5,
    compare: byTime(({ key }) => key.refusedAt ?? key.provedAt),
    greatestFirst: true,
  },
];

/** The entries in the order asked for; of equal ones the oldest first, then by name. */
export function sorted(entries: readonly KeyEntry[], order: KeyOrder): KeyEntry[] {
  const otherwise = (left: KeyEntry, right: KeyEntry) => oldest(left, right) || names(left, right) || byValue(left.key.sid, right.key.sid);
  return inOrder(entries, keyColumns, order, otherwise);
}
