/** A subaccount's name while it is typed: how it would be stored, who has it already, and whether it is wanted all the same. */
import type { Failure, NameProblem, Preview, PreviewDuplicate } from "../wire";
import { Latest } from "./latest";
import { previewOf, type NamingOrder } from "./preview";

export class CustomerName {
  typed = $state("");
  preview = $state.raw<Preview | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** The name, as it was when somebody chose to use it although another subaccount has it. */
  agreedTo = $state<string | null>(null);
  readonly problem: NameProblem | null = $derived(this.preview?.problem ?? null);
  readonly same: PreviewDuplicate[] = $derived(this.preview?.duplicates ?? []);
  readonly sameSids: string[] = $derived(this.same.map(({ sid }) => sid));
  readonly needsConsent: boolean = $derived(this.same.length > 0 && this.agreedTo !== this.preview?.name);
  readonly #own: string | null;
  readonly #looking = new Latest();

  /** `own` is the subaccount that is to have the name, where it exists: what it has already is not another one’s. */
  constructor(typed: string, own: string | null = null) {
    this.typed = typed;
    this.#own = own;
  }

  /** Whoever closes the form while a name is looked at wants nothing done with it. */
  leave(): void {
    this.#looking.overtake();
  }

  /** What the name would be; null where that does not count any more, or could not be found out. */
  async look(): Promise<Preview | null> {
    const answer = await this.#looking.ask(() => previewOf(this.#order()));
    if (answer === null) return null;
    this.failure = answer.failure;
    if (answer.failure === null) this.preview = answer.value;
    return answer.value;
  }

  #order(): NamingOrder {
    return this.#own === null
      ? { what: "createSubaccount", name: this.typed, keyName: "", agreed: [] }
      : { what: "renameSubaccount", accountSid: this.#own, name: this.typed, agreed: [] };
  }

  /** Looks once more: what is done is what was checked last, not what an older preview said. Null where it may not be done. */
  async checked(): Promise<Preview | null> {
    const seen = await this.look();
    return seen === null || seen.problem !== null || this.needsConsent ? null : seen;
  }
}
