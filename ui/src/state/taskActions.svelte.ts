/** The one button of each row of Needs attention: what it says and does. */
import { backend } from "../backend";
import { actionLabel, asFailure, describe } from "../failures";
import { goOnAt } from "../focus";
import { canHandOver } from "../list/credentials";
import type { Entry } from "../list/entries";
import { noNewKeyWords } from "../list/newKey";
import type { RowAction } from "../list/rowAction";
import { isFold } from "../list/taskRows";
import type { Task, TaskRow } from "../list/tasks";
import type { Failure, Unfinished } from "../wire";
import { words } from "../words";
import { openAccount } from "./account";
import { app } from "./app.svelte";
import { backupNotice } from "./backupNotice.svelte";
import { creation } from "./creation.svelte";
import { detail } from "./detail.svelte";
import { keys } from "./keys.svelte";
import { dialogs } from "./dialogs.svelte";
import { list, type Filter } from "./list.svelte";
import { refresh } from "./refresh.svelte";
import { noChangeNow } from "./subaccountActions";

class TaskActions {
  /** The subaccount whose hand-over card is being opened. */
  opening = $state<string | null>(null);
  /** Why something was not done. */
  failure = $state.raw<Failure | null>(null);
  /** Does again what failed. */
  again: () => void = () => {};

  constructor() {
    openAccount.forgets(this);
  }

  /** What puts a row right; null where that is not one thing. */
  of(row: TaskRow): RowAction | null {
    const [task] = row.tasks;
    if (task === undefined) return null;
    return isFold(row) ? ofFold(row) : this.#ofTask(task);
  }

  /** Of one of the subaccounts of a row that has no more than their names. */
  ofEntry(kind: TaskRow["kind"], entry: Entry): RowAction {
    return kind === "noKey" ? newKey(entry) : showing(entry);
  }

  failed(failure: Failure, again: () => void): void {
    this.failure = failure;
    this.again = again;
  }

  /** The screen is left: what is still being opened does not come up over the next one. */
  leave(): void {
    this.opening = null;
    this.failure = null;
  }

  reset(): void {
    this.leave();
  }

  #ofTask({ kind, entries, thing }: Task): RowAction | null {
    if (thing !== null) return finishing(thing);
    if (kind === "backup") return openingBackup();
    const [entry] = entries;
    if (entry === undefined) return null;
    if (kind === "keyRemoved") return newKey(entry);
    if (kind === "notHandedOver") return { label: words().buttons.handOver, reason: null, run: () => void this.#handOver(entry) };
    return kind === "suspended" ? reactivating(entry) : showing(entry);
  }

  /** The row does not say which key it is: with one the card opens at once, with more the subaccount does. */
  async #handOver(entry: Entry): Promise<void> {
    // It stays a button while it opens, so that the focus comes back to it.
    if (this.opening !== null) return;
    const { sid } = entry.row;
    this.opening = sid;
    this.failure = null;
    void goOnAt();
    try {
      const { keys } = await backend.subaccount(sid);
      if (this.opening !== sid) return;
      const open = keys.filter((key) => canHandOver(key) && key.handedOver === null);
      const [only] = open;
      if (open.length === 1 && only !== undefined) dialogs.open({ kind: "handOver", keySid: only.sid, steps: [] });
      else show(entry);
    } catch (problem) {
      if (this.opening !== sid) return;
      this.failed(asFailure(problem), () => void this.#handOver(entry));
    } finally {
      if (this.opening === sid) this.opening = null;
    }
  }
}

function ofFold({ kind }: TaskRow): RowAction | null {
  if (kind === "unfinished" || kind === "noKey" || kind === "backup") return null;
  if (kind === "oldKeys") return { label: words().attention.showInKeys, reason: null, run: showOldKeys };
  const filter: Filter = kind === "suspended" ? "suspended" : "attention";
  return { label: words().attention.showInList, reason: null, run: () => showList(filter) };
}

function newKey({ row }: Entry): RowAction {
  return {
    label: words().buttons.newKey,
    reason: noNewKeyWords(row, app.connection !== null),
    run: () => dialogs.open({ kind: "newKey", accountSid: row.sid, accountName: row.name }),
  };
}

function reactivating({ row }: Entry): RowAction {
  return {
    label: words().suspending.reactivate,
    reason: noChangeNow(),
    run: () => dialogs.open({ kind: "reactivate", accounts: [{ sid: row.sid, name: row.name }] }),
  };
}

function finishing(thing: Unfinished): RowAction | null {
  if (!thing.canFinish) return null;
  const about = thing.problem === null ? null : describe(thing.problem, app.keychainName).about;
  return {
    label: about === null ? words().unfinished.finish : actionLabel("finish", about),
    reason: null,
    run: () => creation.finish(thing.id, customerOf(thing)),
  };
}

function openingBackup(): RowAction {
  const label = backupNotice.matter === "offer" ? words().buttons.setUp : words().backupNotice.openBackup;
  return { label, reason: null, run: () => app.go("backup") };
}

function showing(entry: Entry): RowAction {
  return { label: words().buttons.show, reason: null, run: () => show(entry) };
}

/** Opens the subaccount beside the list. */
export function show({ row }: Entry): void {
  showList("all");
  list.active = row.sid;
  void detail.open(row.sid, { fromTwilio: app.connection !== null && !refresh.offline });
}

function showOldKeys(): void {
  app.go("keys");
  keys.clearSearch();
  keys.view = "old";
}

function showList(filter: Filter): void {
  app.go("subaccounts");
  list.clearSearch();
  list.filter = filter;
}

/** Whose it is. */
export function customerOf({ accountSid, name }: Unfinished): string {
  return (accountSid === null ? undefined : list.entry(accountSid)?.row.name) ?? name;
}

export const taskActions = new TaskActions();
