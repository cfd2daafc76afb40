/** The subaccount that is open beside the list. */
import { backend } from "../backend";
import { isUnreachable } from "../failures/failure";
import type { Failure, SubaccountDetail } from "../wire";
import { openAccount } from "./account";
import { Latest } from "./latest";

/** How somebody came to a key. */
export type SoughtBy = "search" | "list";

class Detail {
  sid = $state<string | null>(null);
  /** The key that is pointed out: the search text named it, or it was chosen in the list of keys. */
  soughtKey = $state<string | null>(null);
  soughtBy = $state<SoughtBy>("search");
  detail = $state.raw<SubaccountDetail | null>(null);
  /** Its keys are being read anew from Twilio. */
  refreshing = $state(false);
  failure = $state.raw<Failure | null>(null);
  /** Counts the openings, so that opening the same one again can be told. */
  openings = $state(0);
  readonly #reading = new Latest();
  readonly #reloading = new Latest();

  constructor() {
    openAccount.forgets(this);
    backend.on("rowsChanged", (rows) => {
      if (rows.some((row) => row.sid === this.sid)) void this.reload();
    });
    backend.on("unfinishedChanged", () => void this.reload());
  }

  /** Shows the saved copy at once, then what Twilio has, where it can be reached. */
  async open(sid: string, options: { soughtKey?: string | null; soughtBy?: SoughtBy; fromTwilio: boolean }): Promise<void> {
    if (sid !== this.sid) this.#reloading.overtake();
    this.sid = sid;
    this.openings += 1;
    this.soughtKey = options.soughtKey ?? null;
    this.soughtBy = options.soughtBy ?? "search";
    this.refreshing = false;
    if (this.detail?.row.sid !== sid) this.detail = null;
    const isNewest = await this.#read(() => backend.subaccount(sid));
    if (options.fromTwilio && isNewest) await this.refresh();
  }

  /** Reads the keys anew. Not reaching Twilio is no failure here: the saved copy is shown, and the window says so already. */
  async refresh(): Promise<void> {
    const { sid } = this;
    if (sid === null) return;
    this.refreshing = true;
    if (!(await this.#read(() => backend.refreshSubaccount(sid)))) return;
    this.refreshing = false;
    if (this.failure !== null && this.detail !== null && isUnreachable(this.failure.kind)) this.failure = null;
  }

  /** Reads the saved copy again after something changed. */
  async reload(): Promise<void> {
    const { sid } = this;
    if (sid === null) return;
    const answer = await this.#reloading.ask(() => backend.subaccount(sid));
    if (answer === null) return;
    if (answer.failure === null) this.detail = answer.value;
    else this.failure = answer.failure;
  }

  /** Shows what was answered to a change of it. */
  put(changed: SubaccountDetail): void {
    if (changed.row.sid !== this.sid) return;
    this.#reloading.overtake();
    this.detail = changed;
  }

  close(): void {
    this.#reading.overtake();
    this.#reloading.overtake();
    this.sid = null;
    this.soughtKey = null;
    this.detail = null;
    this.failure = null;
    this.refreshing = false;
  }

  reset(): void {
    this.close();
  }

  /** Shows the answer; false where it does not count any more. */
  async #read(read: () => Promise<SubaccountDetail>): Promise<boolean> {
    const answer = await this.#reading.ask(read);
    if (answer === null) return false;
    this.failure = answer.failure;
    if (answer.failure === null) {
      this.detail = answer.value;
      // What a reload was asked before this may be older than this.
      if (this.#reloading.pending) void this.reload();
    }
    return true;
  }
}

export const detail = new Detail();
