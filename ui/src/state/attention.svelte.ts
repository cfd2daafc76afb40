/** What waits for a person: unfinished things, keys that are not as they should be, and a backup that was put off. */
import { monthsBefore } from "../list/months";
import { tasksOf, type Tasks } from "../list/tasks";
import { app } from "./app.svelte";
import { backupNotice } from "./backupNotice.svelte";
import { clock } from "./clock.svelte";
import { list } from "./list.svelte";
import { putOffs } from "./putOffs.svelte";
import { unfinished } from "./unfinished.svelte";

/** Moves once a day, so that nothing is looked through anew in between. */
const dayBegins = $derived(new Date(clock.now).setHours(0, 0, 0, 0));

const tasks = $derived(
  tasksOf({
    entries: list.entries,
    unfinished: unfinished.waiting,
    backup: backupNotice.isInList,
    putOff: putOffs.all,
    dayEnds: new Date(dayBegins).setHours(24),
    oldBefore: app.keyAgeLimitMonths === 0 ? -Infinity : monthsBefore(dayBegins, app.keyAgeLimitMonths),
  }),
);

/** All that needs attention, and what was put off until a later day. */
export function attentionTasks(): Tasks {
  return tasks;
}

/** How many rows there are; several alike that are folded into one count once. */
export function attentionCount(): number {
  return tasks.rows.length;
}
