/** New names for keys while they are typed, also by the service's pattern. */
import { backend } from "../backend";
import type { ListedKey, Order } from "../wire";
import { KeyNames } from "./keyNames.svelte";
import { Latest } from "./latest";

export class KeyRenaming extends KeyNames<ListedKey> {
  /** Names by the service's pattern are on their way. */
  filling = $state(false);
  readonly #suggesting = new Latest();

  constructor(keys: readonly ListedKey[]) {
    super(keys, ({ key }) => key.name, orderFor);
  }

  override leave(): void {
    super.leave();
    this.#suggesting.overtake();
  }

  /** Names each as the service's pattern names a new key of its subaccount. */
  async usePattern(): Promise<void> {
    this.filling = true;
    const answer = await this.#suggesting.ask(async (counts) => {
      const typed: string[] = [];
      for (const { key } of this.names) {
        if (!counts()) break;
        typed.push(await backend.suggestedKeyName(key.accountSid));
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

  /** Looks once more, and orders what was checked last. Null where that cannot be ordered. */
  async orders(): Promise<Order[] | null> {
    const checked = await this.checked();
    return checked?.filter(({ key, name }) => name !== key.key.name).map(({ key, name }) => orderFor(key, name)) ?? null;
  }
}

function orderFor({ accountSid, key }: ListedKey, name: string): Order {
  return { what: "renameKey", accountSid, keySid: key.sid, name };
}
