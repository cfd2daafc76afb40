/** Being reminded on a day of subaccounts that are suspended. What is still being suspended is kept in mind until it is. */
import { backend } from "../backend";
import type { SubaccountRow } from "../wire";
import { openAccount } from "./account";
import { list } from "./list.svelte";
import { putOffs } from "./putOffs.svelte";
import { putOff, takeUp } from "./puttingOff";
import { sayFailure } from "./sayFailure";

/** When, and with which words of whoever suspended it. */
export type Reminder = { until: string; reason: string };

const taskOf = (sid: string) => `suspended:${sid}`;

class Reminders {
  /** By Account SID, of those that are not suspended yet. */
  #waiting = new Map<string, Reminder>();

  constructor() {
    openAccount.forgets(this);
    backend.on("rowsChanged", (rows) => this.#hear(rows));
  }

  /** Reminds of these, which are suspended or are being so; null reminds of none of them, also where somebody wanted it before. */
  async set(sids: readonly string[], reminder: Reminder | null): Promise<void> {
    for (const sid of sids) this.#waiting.delete(sid);
    if (reminder === null) return this.#forget(sids);
    const isSuspended = (sid: string) => list.entry(sid)?.row.status === "suspended";
    for (const sid of sids) if (!isSuspended(sid)) this.#waiting.set(sid, reminder);
    await this.#keep(sids.filter(isSuspended), reminder);
  }

  reset(): void {
    this.#waiting = new Map();
  }

  #hear(rows: readonly SubaccountRow[]): void {
    for (const { sid, status } of rows) {
      const reminder = this.#waiting.get(sid);
      if (reminder === undefined || status !== "suspended") continue;
      this.#waiting.delete(sid);
      void this.#keep([sid], reminder);
    }
  }

  async #keep(sids: readonly string[], reminder: Reminder): Promise<void> {
    const answer = await putOff(sids.map(taskOf), reminder.until, reminder.reason);
    if (answer !== null && answer.failure !== null) sayFailure(answer.failure, () => void this.#keep(sids, reminder));
  }

  /** What cannot be forgotten now is, once it is done with, the next time that somebody looks at what needs attention. */
  async #forget(sids: readonly string[]): Promise<void> {
    const known = new Set(putOffs.all.map(({ task }) => task));
    const tasks = sids.map(taskOf).filter((task) => known.has(task));
    if (tasks.length > 0) await takeUp(tasks);
  }
}

export const reminders = new Reminders();
