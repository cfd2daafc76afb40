/** What is kept of a customer, while it is typed: number, tags and note. It is kept when a box is left. */
import { backend } from "../backend";
import { tidiedName } from "../names";
import type { Failure, SubaccountDetail } from "../wire";
import { openAccount } from "./account";
import { detail } from "./detail.svelte";
import { ofThisAccount } from "./latest";

type Notes = { number: string; tags: readonly string[]; note: string };

/** As many tags as are kept of one customer. */
export const mostTags = 20;

export class CustomerNotes {
  number = $state("");
  tags = $state.raw<readonly string[]>([]);
  note = $state("");
  /** A tag that is being typed. */
  typedTag = $state("");
  keeping = $state(false);
  /** What was typed last is kept. */
  kept = $state(false);
  failure = $state.raw<Failure | null>(null);
  /** What is kept, as far as it is known here. */
  #known: Notes;
  readonly #sameAccount = openAccount.sinceNow();

  constructor(
    readonly accountSid: string,
    read: SubaccountDetail,
  ) {
    this.#known = notesOf(read);
    this.#show(this.#known);
  }

  get #typed(): Notes {
    return { number: this.number, tags: this.tags, note: this.note };
  }

  /** It was read again: what is being typed stays. */
  take(read: SubaccountDetail): void {
    if (this.keeping || !isSame(this.#typed, this.#known)) return;
    this.#known = notesOf(read);
    if (!isSame(this.#typed, this.#known)) this.#show(this.#known);
  }

  /** Takes the tag that was typed among the tags, where it is one. */
  addTag(): void {
    const tag = tidiedName(this.typedTag);
    this.typedTag = "";
    if (tag !== "" && !this.tags.includes(tag) && this.tags.length < mostTags) this.tags = [...this.tags, tag];
  }

  removeTag(tag: string): void {
    this.tags = this.tags.filter((one) => one !== tag);
  }

  typedSomething(): void {
    this.kept = false;
  }

  /** Keeps what was typed, and what is typed meanwhile after that. Nothing where another account is open. */
  async keep(): Promise<void> {
    if (this.keeping || !this.#sameAccount()) return;
    this.keeping = true;
    try {
      while (!isSame(this.#typed, this.#known)) if (!(await this.#keepOnce(this.#typed))) return;
    } finally {
      this.keeping = false;
    }
  }

  /** False where it could not be kept, or another account is open. */
  async #keepOnce(typed: Notes): Promise<boolean> {
    const answer = await ofThisAccount(() => backend.keepCustomer(this.accountSid, typed.number, [...typed.tags], typed.note));
    if (answer === null) return false;
    this.failure = answer.failure;
    if (answer.value === null) return false;
    this.#known = notesOf(answer.value);
    // What nobody sees was taken out of it; what was typed since stays.
    if (isSame(this.#typed, typed)) this.#show(this.#known);
    this.kept = true;
    detail.put(answer.value);
    return true;
  }

  #show({ number, tags, note }: Notes): void {
    this.number = number;
    this.tags = tags;
    this.note = note;
  }
}

function notesOf({ row: { customerNumber, tags }, note }: SubaccountDetail): Notes {
  return { number: customerNumber, tags, note };
}

function isSame(one: Notes, other: Notes): boolean {
  return one.number === other.number && one.note === other.note && one.tags.join("\n") === other.tags.join("\n");
}
