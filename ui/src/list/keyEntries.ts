/** Keys of all subaccounts as rows, with what is shown and compared of them. */
import { folded, visibleName } from "../names";
import type { KeyRow, KeyState, ListedKey } from "../wire";
import { canHandOver } from "./credentials";
import type { Searchable } from "./search";

/** What needs a person most comes first; what needs nobody is last. */
export const inOrderUrgency = 5;

/** One row of the list. What is searched or sorted by is worked out once: a keystroke should have as little to do as possible. */
export class KeyEntry implements Searchable {
  readonly key: KeyRow;
  readonly urgency: number;
  /** In milliseconds since 1970; null where it is not known. */
  readonly createdAt: number | null;

  #shownName: string | undefined;
  #customer: string | null | undefined;
  #searched: string | undefined;
  #sids: string | undefined;

  constructor(readonly listed: ListedKey) {
    this.key = listed.key;
    this.urgency = urgencyOf(listed);
    this.createdAt = timeOf(listed.key.createdAt);
  }

  get shownName(): string {
    return (this.#shownName ??= visibleName(this.key.name));
  }

  /** The customer, as shown; null where the key's name says it. */
  get customer(): string | null {
    if (this.#customer === undefined) {
      const saysIt = folded(this.key.name).includes(folded(this.listed.accountName));
      this.#customer = saysIt ? null : visibleName(this.listed.accountName);
    }
    return this.#customer;
  }

  /** The names of the key and of the customer. */
  get searched(): string {
    return (this.#searched ??= `${folded(this.key.name)}\n${folded(this.listed.accountName)}`);
  }

  /** The key's first. */
  get allSids(): string[] {
    return [this.key.sid, this.listed.accountSid];
  }

  get sids(): string {
    return (this.#sids ??= this.allSids.join(" ").toLowerCase());
  }
}

const urgencies: Record<KeyState, number> = {
  unfinished: 0,
  removedAtTwilio: 1,
  sealedOnly: 2,
  saved: inOrderUrgency,
  notSaved: inOrderUrgency,
};

/** A closed subaccount's keys open nothing any more, so that only what is unfinished waits for somebody. */
function urgencyOf({ key, accountStatus }: ListedKey): number {
  const urgency = urgencies[key.state];
  if (urgency > 0 && accountStatus === "closed") return inOrderUrgency;
  if (urgency < inOrderUrgency || !canHandOver(key)) return urgency;
  if (key.refusedAt !== null) return 3;
  return key.handedOver === null ? 4 : inOrderUrgency;
}

function timeOf(time: string | null): number | null {
  const at = time === null ? NaN : Date.parse(time);
  return Number.isNaN(at) ? null : at;
}

/** The entries with the keys of these subaccounts in the place of those that were there. */
export function withKeysOf(entries: readonly KeyEntry[], accountSids: readonly string[], keys: readonly ListedKey[]): KeyEntry[] {
  const read = new Set(accountSids);
  const others = entries.filter(({ listed }) => !read.has(listed.accountSid));
  return [...others, ...keys.map((listed) => new KeyEntry(listed))];
}
