/** Reading everything anew from Twilio: whether it runs, how far it is, and what stopped it. */
import { backend } from "../backend";
import { asFailure, isUnreachable } from "../failures/failure";
import type { Failure, RefreshProgress } from "../wire";
import { openAccount } from "./account";
import { Latest } from "./latest";
import { list } from "./list.svelte";

class Refresh {
  running = $state(false);
  progress = $state.raw<RefreshProgress | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** Subaccounts that the last one could not read. */
  unread = $state(0);
  /** It was stopped by hand before it had ended. */
  readonly stopped: boolean = $derived(this.progress?.phase === "stopped");
  /** It has read everything. */
  readonly done: boolean = $derived(this.progress?.phase === "done");
  /** Twilio cannot be reached. Where somebody opens the connection on its way, it can be, and its user has to say whether it may. */
  readonly offline: boolean = $derived(this.failure !== null && this.failure.kind !== "inspected" && isUnreachable(this.failure.kind));
  readonly #runs = new Latest();

  constructor() {
    openAccount.forgets(this);
    backend.on("refreshProgress", (progress) => this.#report(progress));
    globalThis.addEventListener?.("online", () => {
      if (this.offline) void this.start();
    });
  }

  async start(): Promise<void> {
    if (this.running) return;
    this.running = true;
    this.progress = null;
    const answer = await this.#runs.ask(() => backend.refresh());
    if (answer === null) return;
    this.failure = answer.failure ?? (this.progress === null ? null : this.#failureOf(this.progress));
    this.running = false;
    await list.load();
  }

  async stop(): Promise<void> {
    try {
      await backend.stopRefresh();
    } catch (problem) {
      this.failure = asFailure(problem);
    }
  }

  reset(): void {
    this.#runs.overtake();
    this.running = false;
    this.progress = null;
    this.failure = null;
    this.unread = 0;
  }

  #report(progress: RefreshProgress): void {
    const listRead = this.progress?.phase === "subaccounts" && progress.phase === "details";
    this.progress = progress;
    this.unread = progress.unread;
    if (progress.phase === "failed") this.failure = progress.failure;
    if (listRead) {
      this.failure = null;
      void list.load();
    }
  }

  #failureOf(progress: RefreshProgress): Failure | null {
    return progress.phase === "failed" ? progress.failure : null;
  }
}

export const refresh = new Refresh();
