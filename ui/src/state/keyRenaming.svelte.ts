/** New names for keys while they are typed: how each would be stored, and who has it already. */
import { backend } from "../backend";
import type { Failure, ListedKey, Order, Preview } from "../wire";
import { Latest } from "./latest";

export type NameOfKey = { listed: ListedKey; typed: string; preview: Preview | null };

export class KeyRenaming {
  names = $state.raw<NameOfKey[]>([]);
  failure = $state.raw<Failure | null>(null);
  /** Names by the service's pattern are on their way. */
  filling = $state(false);
  readonly hasProblem: boolean = $derived(this.names.some(({ preview }) => (preview?.problem ?? null) !== null));
  readonly #looking = new Latest();
  readonly #suggesting = new Latest();

  constructor(keys: readonly ListedKey[]) {
    this.names = keys.map((listed) => ({ listed, typed: listed.key.name, preview: null }));
  }

  /** Whoever closes the form while names are looked at wants nothing done with them. */
  leave(): void {
    this.#looking.overtake();
    this.#suggesting.overtake();
  }

  type(place: number, typed: string): void {
    this.names = this.names.map((one, at) => (at === place ? { ...one, typed } : one));
    void this.look();
  }

  /** Names each as the service's pattern names a new key of its subaccount. */
  async usePattern(): Promise<void> {
    this.filling = true;
    const answer = await this.#suggesting.ask(async (counts) => {
      const typed: string[] = [];
      for (const { listed } of this.names) {
        if (!counts()) break;
        typed.push(await backend.suggestedKeyName(listed.accountSid));
      }
      return typed;
    });
    if (answer === null) return;
    this.filling = false;
    this.failure = answer.failure;
    if (answer.value === null) return;
    const suggested = answer.value;
    this.names = this.names.map((one, place) => ({ ...one, typed: suggested[place] ?? one.typed }));
    await this.look();
  }

  /** False where that does not count any more, or could not be found out. */
  async look(): Promise<boolean> {
    const orders = this.names.map(orderOf);
    const answer = await this.#looking.ask(() => backend.check(orders));
    if (answer === null) return false;
    this.failure = answer.failure;
    if (answer.value === null) return false;
    const previews = answer.value;
    this.names = this.names.map((one, place) => ({ ...one, preview: previews[place] ?? null }));
    return true;
  }

  /** Looks once more, and orders what was checked last. Null where that cannot be ordered. */
  async orders(): Promise<Order[] | null> {
    if (!(await this.look()) || this.hasProblem) return null;
    return this.names.flatMap(({ listed, preview }) => {
      const name = preview?.keyName ?? listed.key.name;
      return name === listed.key.name ? [] : [orderOf({ listed, typed: name })];
    });
  }
}

function orderOf({ listed, typed }: Pick<NameOfKey, "listed" | "typed">): Order {
  return { what: "renameKey", accountSid: listed.accountSid, keySid: listed.key.sid, name: typed };
}
