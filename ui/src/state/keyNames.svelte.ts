/** Names of keys while they are typed: how each would be stored, and who has it already. */
import { backend } from "../backend";
import type { Failure, Order, Preview } from "../wire";
import { words } from "../words";
import { Latest } from "./latest";

export type KeyName<Key> = { key: Key; typed: string; preview: Preview | null };

export class KeyNames<Key> {
  names = $state.raw<KeyName<Key>[]>([]);
  failure = $state.raw<Failure | null>(null);
  readonly hasProblem: boolean = $derived(this.names.some(({ preview }) => (preview?.problem ?? null) !== null));
  readonly #orderFor: (key: Key, name: string) => Order;
  readonly #looking = new Latest();

  /** `orderFor` answers the order that gives a key, or what takes its place, such a name. */
  constructor(keys: readonly Key[], nameOf: (key: Key) => string, orderFor: (key: Key, name: string) => Order) {
    this.#orderFor = orderFor;
    this.names = keys.map((key) => ({ key, typed: nameOf(key), preview: null }));
  }

  /** Whoever closes the form while names are looked at wants nothing done with them. */
  leave(): void {
    this.#looking.overtake();
  }

  type(place: number, typed: string): void {
    this.names = this.names.map((one, at) => (at === place ? { ...one, typed } : one));
    void this.look();
  }

  /** False where that does not count any more, or could not be found out. */
  async look(): Promise<boolean> {
    const orders = this.names.map(({ key, typed }) => this.#orderFor(key, typed));
    const answer = await this.#looking.ask(() => backend.check(orders));
    if (answer === null) return false;
    this.failure = answer.failure;
    if (answer.value === null) return false;
    const previews = answer.value;
    this.names = this.names.map((one, place) => ({ ...one, preview: previews[place] ?? null }));
    return true;
  }

  /** Looks once more, and answers the names as they were checked last. Null where something keeps them from being given. */
  async checked(): Promise<{ key: Key; name: string }[] | null> {
    if (!(await this.look()) || this.hasProblem) return null;
    return this.names.map(({ key, typed, preview }) => ({ key, name: preview?.keyName ?? typed }));
  }
}

/** Why a name cannot be given, in words; null where it can. */
export function problemOf(preview: Preview | null): string | null {
  const problem = preview?.problem ?? null;
  return problem === null ? null : words().naming.problems[problem];
}
