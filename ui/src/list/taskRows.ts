/** What the rows of Needs attention are like: where each stands, and whether it opens to several. */
import type { PutOff, SubaccountRow } from "../wire";
import { isWithoutItsKey } from "./credentials";
import type { Entry } from "./entries";
import { rowsOf, type Task, type TaskKind, type TaskRow } from "./tasks";

export type TaskGroup = "keys" | "subaccounts" | "vault";

export function groupOf(kind: TaskKind): TaskGroup {
  return kind === "backup" ? "vault" : kind === "suspended" ? "subaccounts" : "keys";
}

/** Whether the row opens to several: subaccounts, or things that were begun. */
export function isFold({ kind, tasks }: TaskRow): boolean {
  return tasks.length > 1 || kind === "oldKeys" || kind === "noKey";
}

/** What is put off, as rows: what was put off together comes back together. */
export function laterRows(later: readonly Task[]): TaskRow[] {
  return rowsOf(later, ({ kind, putOff }) => [kind, putOff?.until, putOff?.reason].join("\n"));
}

/** Tasks that were put off and are done: should the same come up again, that is another matter, which nobody has put off. */
export function doneWith(putOff: readonly PutOff[], entries: readonly Entry[]): string[] {
  if (putOff.length === 0) return [];
  const rows = new Map(entries.map(({ row }) => [row.sid, row]));
  return putOff
    .map(({ task }) => task)
    .filter((task) => {
      const [kind, sid = ""] = task.split(":");
      const row = rows.get(sid);
      return row !== undefined && isDone(kind, row);
    });
}

function isDone(kind: string | undefined, row: SubaccountRow): boolean {
  switch (kind) {
    case "keyRemoved":
      return !isWithoutItsKey(row);
    case "notHandedOver":
      return row.notHandedOver === 0;
    case "suspended":
      return row.status === "active" || row.status === "closed";
    default:
      return false;
  }
}
