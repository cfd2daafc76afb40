/**
 * Adopting keys that were made elsewhere: what was found, and the operation that adopts it. The secrets are not here: what is pasted goes
 * to the Rust side once, and stays there.
 */
import { backend } from "../backend";
import type { AdoptableKey, Failure, Operation } from "../wire";
import { openAccount } from "./account";
import { Latest } from "./latest";
import { operations } from "./operations.svelte";

/** What was found; `file` is null where it was pasted. */
export type Found = { file: string | null; keys: readonly AdoptableKey[] };

export type AdoptionStage = "look" | "check" | "running" | "result";

class Adopting {
  /** What can be adopted; null where nothing was looked for. */
  found = $state.raw<Found | null>(null);
  failure = $state.raw<Failure | null>(null);
  busy = $state<"text" | "file" | "beginning" | null>(null);
  /** Begun, and not told of yet. */
  #begun = $state<number | null>(null);
  /** The newest that adopts, until what became of it was looked at. */
  readonly operation: Operation | null = $derived(this.#begun === null ? (operations.newest("adoptKeys") ?? null) : null);
  readonly stage: AdoptionStage = $derived.by(() => {
    if (this.found !== null) return "check";
    if (this.#begun !== null) return "running";
    if (this.operation === null) return "look";
    return this.operation.outcome === null ? "running" : "result";
  });
  readonly #asking = new Latest();

  constructor() {
    openAccount.forgets(this);
    operations.follow(["adoptKeys"], ({ id }) => {
      if (this.#begun !== null && id >= this.#begun) this.#begun = null;
    });
  }

  lookInText(text: string): Promise<void> {
    return this.#look("text", async () => ({ file: null, keys: await backend.findKeysInText(text) }));
  }

  /** In a file that its user chooses; they may change their mind. */
  lookInFile(): Promise<void> {
    return this.#look("file", () => backend.findKeysInFile());
  }

  /** Has all that can be adopted proved, and kept. */
  async begin(): Promise<void> {
    if (this.busy !== null || this.found === null) return;
    this.failure = null;
    this.busy = "beginning";
    const answer = await this.#asking.ask(() => backend.adoptKeys());
    if (answer === null) return;
    this.busy = null;
    this.failure = answer.failure;
    if (answer.value === null) return;
    if (operations.find(answer.value) === undefined) this.#begun = answer.value;
    this.found = null;
  }

  /** Nothing that was found stays, and what became of the last ones was looked at. What runs goes on. */
  putAway(): void {
    // What is being begun has them already.
    const isHeld = this.found !== null && this.busy !== "beginning";
    this.#asking.overtake();
    this.found = null;
    this.failure = null;
    this.busy = null;
    if (isHeld) this.#forget();
    const ended = operations.all.filter(({ kind, outcome }) => kind === "adoptKeys" && outcome !== null);
    for (const { id } of ended) operations.dismiss(id);
  }

  reset(): void {
    this.#asking.overtake();
    this.found = null;
    this.failure = null;
    this.busy = null;
    this.#begun = null;
  }

  async #look(where: "text" | "file", question: () => Promise<Found | null>): Promise<void> {
    if (this.busy !== null) return;
    this.failure = null;
    this.busy = where;
    const sameAccount = openAccount.sinceNow();
    const answer = await this.#asking.ask(question);
    if (answer === null) {
      // Nobody waits for it any more; what is found next takes its place.
      if (sameAccount() && this.busy === null && this.found === null) this.#forget();
      return;
    }
    this.busy = null;
    this.failure = answer.failure;
    if (answer.value !== null) this.found = answer.value;
  }

  #forget(): void {
    // It is forgotten with the lock at the latest.
    void backend.forgetFoundKeys().catch(() => {});
  }
}

export const adopting = new Adopting();
