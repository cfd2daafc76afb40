/** Names of keys that are to take the place of others, while they are typed, and making these keys: one step by step, several as a batch. */
import { backend } from "../backend";
import { asFailure } from "../failures/failure";
import type { Failure, Order, Preview } from "../wire";
import { batches } from "./batches.svelte";
import { creation } from "./creation.svelte";
import type { KeyToReplace } from "./dialogs.svelte";
import { Latest } from "./latest";

export type NameOfNewKey = { replaced: KeyToReplace; typed: string; preview: Preview | null };

export class KeyReplacing {
  names = $state.raw<NameOfNewKey[]>([]);
  failure = $state.raw<Failure | null>(null);
  beginning = $state(false);
  readonly hasProblem: boolean = $derived(this.names.some(({ preview }) => (preview?.problem ?? null) !== null));
  readonly #looking = new Latest();

  constructor(keys: readonly KeyToReplace[]) {
    this.names = keys.map((replaced) => ({ replaced, typed: replaced.name, preview: null }));
  }

  /** Whoever closes the form while names are looked at wants nothing made. */
  leave(): void {
    this.#looking.overtake();
  }

  type(place: number, typed: string): void {
    this.names = this.names.map((one, at) => (at === place ? { ...one, typed } : one));
    void this.look();
  }

  /** False where that does not count any more, or could not be found out. */
  async look(): Promise<boolean> {
    const orders = this.names.map(({ replaced, typed }) => orderOf(replaced, typed));
    const answer = await this.#looking.ask(() => backend.check(orders));
    if (answer === null) return false;
    this.failure = answer.failure;
    if (answer.value === null) return false;
    const previews = answer.value;
    this.names = this.names.map((one, place) => ({ ...one, preview: previews[place] ?? null }));
    return true;
  }

  /** Looks once more: what is made is what was checked last. True where several were begun; one is shown step by step from then on. */
  async begin(): Promise<boolean> {
    if (this.beginning || !(await this.look()) || this.hasProblem) return false;
    const checked = this.names.map(({ replaced, typed, preview }) => ({ replaced, name: preview?.keyName ?? typed }));
    const [only] = checked;
    if (only !== undefined && checked.length === 1) {
      creation.replaceKey(only.replaced, only.name);
      return false;
    }
    this.beginning = true;
    try {
      await batches.carryOut(checked.map(({ replaced, name }) => orderOf(replaced, name)));
      return true;
    } catch (problem) {
      this.failure = asFailure(problem);
      return false;
    } finally {
      this.beginning = false;
    }
  }
}

function orderOf({ accountSid, keySid }: KeyToReplace, name: string): Order {
  return { what: "replaceKey", accountSid, keySid, name };
}
