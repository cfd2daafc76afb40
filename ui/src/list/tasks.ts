/** What needs attention, row by row, out of what is known: what can stop an alarm comes first, and what is alike folds into one row. */
import type { PutOff, Unfinished } from "../wire";
import { isWithoutItsKey } from "./credentials";
import type { Entry } from "./entries";

/** In the order in which they are shown. `suspended`: a subaccount whose reminder is due. `backup`: there is none, or it lacks something. */
const kinds = ["keyRemoved", "unfinished", "notHandedOver", "oldKeys", "noKey", "suspended", "backup"] as const;

export type TaskKind = (typeof kinds)[number];

/** One thing to be done. */
export type Task = {
  /** Stays the same from start to start: what is put off is known by it. */
  id: string;
  kind: TaskKind;
  /** The subaccounts that it is about: one, or all that are alike where no more is done with each. */
  entries: readonly Entry[];
  /** What was begun and has not ended. */
  thing: Unfinished | null;
  /** That it is put off, or was until today or a day before. */
  putOff: PutOff | null;
};

/** One row: one task, or several alike. */
export type TaskRow = {
  id: string;
  kind: TaskKind;
  tasks: readonly Task[];
};

export type Tasks = {
  rows: TaskRow[];
  /** What is put off until a later day. */
  later: Task[];
};

/** All that it takes to know what needs attention. */
export type Known = {
  entries: readonly Entry[];
  /** Begun, and nobody is at it. */
  unfinished: readonly Unfinished[];
  /** There is something to be said of backups that waits in this list. */
  backup: boolean;
  putOff: readonly PutOff[];
  /** Milliseconds since 1970: what is put off until before this is due. */
  dayEnds: number;
  /** Milliseconds since 1970: a key that was made before this is old. */
  oldBefore: number;
};

/** More alike than this are one row. */
const mostAlike = 3;

export function tasksOf({ entries, unfinished, backup, putOff, dayEnds, oldBefore }: Known): Tasks {
  const putOffs = new Map(putOff.map((one) => [one.task, one]));
  // What is unfinished cannot be put off: a secret may be at stake.
  const due: Task[] = unfinished.map((thing) => ({ id: `unfinished:${thing.id}`, kind: "unfinished", entries: [], thing, putOff: null }));
  const later: Task[] = [];
  const add = (kind: TaskKind, id: string, of: Entry[]) => {
    const put = putOffs.get(id) ?? null;
    const isLater = put !== null && Date.parse(put.until) >= dayEnds;
    (isLater ? later : due).push({ id, kind, entries: of, thing: null, putOff: put });
  };
  const old: Entry[] = [];
  const without: Entry[] = [];
  for (const entry of entries) {
    const { row } = entry;
    // What is unfinished of a subaccount is a row of its own, and comes before what else there is to say of it.
    if (entry.attention && row.unfinished === 0) {
      const kind = isWithoutItsKey(row) ? "keyRemoved" : "notHandedOver";
      add(kind, `${kind}:${row.sid}`, [entry]);
    }
    if (row.gone) continue;
    if (row.status === "active") {
      if (entry.oldestKeyAt < oldBefore) old.push(entry);
      // Its keys were read, and it has none, nor is one on its way.
      if (row.unsaved === 0 && row.removed + row.unfinished + row.keySids.length === 0) without.push(entry);
    }
    const reminder = `suspended:${row.sid}`;
    if (row.status === "suspended" && putOffs.has(reminder)) add("suspended", reminder, [entry]);
  }
  old.sort((left, right) => left.oldestKeyAt - right.oldestKeyAt);
  if (old.length > 0) add("oldKeys", "oldKeys", old);
  if (without.length > 0) add("noKey", "noKey", without);
  if (backup) add("backup", "backup", []);
  return { rows: rowsOf(due, ({ kind }) => kind), later };
}

/** Tasks in their order, with those alike in one row where they are many. */
export function rowsOf(tasks: readonly Task[], likeness: (task: Task) => string): TaskRow[] {
  const alike = new Map<string, Task[]>();
  for (const task of tasks) {
    const like = likeness(task);
    const others = alike.get(like) ?? [];
    others.push(task);
    alike.set(like, others);
  }
  const rows = [...alike].flatMap(([id, some]) => {
    const each = some.map((task): TaskRow => ({ id: task.id, kind: task.kind, tasks: [task] }));
    return each.length > mostAlike ? each.slice(0, 1).map((row) => ({ ...row, id, tasks: some })) : each;
  });
  return rows.sort((left, right) => kinds.indexOf(left.kind) - kinds.indexOf(right.kind));
}
