/** The subaccount that is open beside the list. */
import { backend } from "../backend";
import { asFailure, isUnreachable } from "../failures/failure";
import type { Failure, SubaccountDetail } from "../wire";

class Detail {
  sid = $state<string | null>(null);
  /** The key that the search text named, to point it out. */
  soughtKey = $state<string | null>(null);
  detail = $state.raw<SubaccountDetail | null>(null);
  /** Its keys are being read anew from Twilio. */
  refreshing = $state(false);
  failure = $state.raw<Failure | null>(null);
  /** Counts the openings, so that opening the same one again can be told. */
  openings = $state(0);
  #turn = 0;
  /** Counts the reloads, so that of two the older answer cannot win. */
  #reload = 0;
  #reloading = false;

  constructor() {
    backend.on("rowsChanged", (rows) => {
      if (rows.some((row) => row.sid === this.sid)) void this.reload();
    });
    backend.on("unfinishedChanged", () => void this.reload());
  }

  /** Shows the saved copy at once, then what Twilio has, where it can be reached. */
  async open(sid: string, options: { soughtKey?: string | null; fromTwilio: boolean }): Promise<void> {
    const turn = ++this.#turn;
    this.sid = sid;
    this.openings += 1;
    this.soughtKey = options.soughtKey ?? null;
    this.refreshing = false;
    if (this.detail?.row.sid !== sid) this.detail = null;
    await this.#read(turn, () => backend.subaccount(sid));
    if (options.fromTwilio && turn === this.#turn) await this.refresh();
  }

  /** Reads the keys anew. Not reaching Twilio is no failure here: the saved copy is shown, and the window says so already. */
  async refresh(): Promise<void> {
    const { sid } = this;
    if (sid === null) return;
    const turn = ++this.#turn;
    this.refreshing = true;
    await this.#read(turn, () => backend.refreshSubaccount(sid));
    if (turn !== this.#turn) return;
    this.refreshing = false;
    if (this.failure !== null && this.detail !== null && isUnreachable(this.failure.kind)) this.failure = null;
  }

  /** Reads the saved copy again after something changed. */
  async reload(): Promise<void> {
    const { sid } = this;
    if (sid === null) return;
    const mine = ++this.#reload;
    const isNewest = () => mine === this.#reload && this.sid === sid;
    this.#reloading = true;
    try {
      const detail = await backend.subaccount(sid);
      if (isNewest()) this.detail = detail;
    } catch (problem) {
      if (isNewest()) this.failure = asFailure(problem);
    } finally {
      if (mine === this.#reload) this.#reloading = false;
    }
  }

  close(): void {
    this.#turn += 1;
    this.sid = null;
    this.soughtKey = null;
    this.detail = null;
    this.failure = null;
    this.refreshing = false;
  }

  reset(): void {
    this.close();
  }

  async #read(turn: number, read: () => Promise<SubaccountDetail>): Promise<void> {
    try {
      const detail = await read();
      if (turn !== this.#turn) return;
      this.detail = detail;
      this.failure = null;
      // What a reload was asked before this may be older than this.
      if (this.#reloading) void this.reload();
    } catch (problem) {
      if (turn === this.#turn) this.failure = asFailure(problem);
    }
  }
}

export const detail = new Detail();
