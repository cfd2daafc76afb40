/** Since when things wait, as far as the rows of the list do not say it. Read from the records; what cannot be read is left out. */
import { backend } from "../backend";
import { canHandOver } from "../list/credentials";
import type { ListedKey } from "../wire";
import { openAccount } from "./account";
import { Latest } from "./latest";

class TaskTimes {
  /** By Account SID, when the oldest of its keys was made that are not handed over. */
  notHandedOver = $state.raw<ReadonlyMap<string, string>>(new Map());
  /** By Account SID, when it was suspended from here. */
  suspended = $state.raw<ReadonlyMap<string, string>>(new Map());
  readonly #keys = new Latest();
  readonly #details = new Latest();

  constructor() {
    openAccount.forgets(this);
  }

  async readNotHandedOver(accountSids: string[]): Promise<void> {
    if (accountSids.length === 0) return;
    const answer = await this.#keys.ask(() => backend.keys(accountSids));
    if (answer !== null && answer.failure === null) this.notHandedOver = oldestOf(answer.value.keys);
  }

  async readSuspended(accountSids: string[]): Promise<void> {
    const answer = await this.#details.ask(() => Promise.all(accountSids.map((sid) => backend.subaccount(sid))));
    if (answer === null || answer.failure !== null) return;
    this.suspended = new Map(
      answer.value.flatMap(({ row, suspendedHere }) => (suspendedHere === null ? [] : [[row.sid, suspendedHere.at]])),
    );
  }

  reset(): void {
    this.#keys.overtake();
    this.#details.overtake();
    this.notHandedOver = new Map();
    this.suspended = new Map();
  }
}

function oldestOf(keys: readonly ListedKey[]): Map<string, string> {
  const oldest = new Map<string, string>();
  for (const { accountSid, key } of keys) {
    if (!canHandOver(key) || key.handedOver !== null || key.createdAt === null) continue;
    const known = oldest.get(accountSid);
    if (known === undefined || Date.parse(key.createdAt) < Date.parse(known)) oldest.set(accountSid, key.createdAt);
  }
  return oldest;
}

export const taskTimes = new TaskTimes();
