/** What a row of Needs attention says. */
import { dayAfter, dayAhead, sinceWhen } from "../days";
import { describe } from "../failures";
import { count } from "../numbers";
import { isolated, isolatedText } from "../names";
import type { PutOff } from "../wire";
import { words } from "../words";
import { ageOf } from "./age";
import type { Entry } from "./entries";
import { isFold } from "./taskRows";
import type { Task, TaskKind, TaskRow } from "./tasks";

/** So many names stand in a sentence. */
const mostNamed = 3;

/** What a sentence takes beside its row. */
export type Around = {
  now: number;
  keychain: string;
  /** Months after which a key is old. */
  ageLimit: number;
  /** When the oldest of its keys was made that are not handed over. */
  notHandedOver: ReadonlyMap<string, string>;
  /** When it was suspended from here. */
  suspended: ReadonlyMap<string, string>;
};

/** All subaccounts of a row, in its order. */
export function entriesOf({ tasks }: TaskRow): Entry[] {
  return tasks.flatMap(({ entries }) => entries);
}

/** The title of a row that opens to several. */
export function foldTitle(row: TaskRow, ageLimit: number): string {
  const said = words().attention.folds;
  const { kind, tasks } = row;
  const number = kind === "unfinished" ? tasks.length : entriesOf(row).length;
  return kind === "backup" ? words().rail.screens.backup : said[kind](number, ageLimit);
}

/** The sentence of a row, but for that of a backup. */
export function sentenceOf(row: TaskRow, around: Around): string {
  const [task] = row.tasks;
  if (task === undefined) return "";
  return isFold(row) ? foldSentence(row, around) : taskSentence(task, around);
}

function foldSentence(row: TaskRow, { now }: Around): string {
  const said = words().attention;
  const entries = entriesOf(row);
  const [oldest] = entries;
  if (row.kind === "oldKeys" && oldest !== undefined)
    return said.oldestOf(isolated(oldest.row.name), said.age(ageOf(oldest.oldestKeyAt, now)));
  const names = row.kind === "unfinished" ? row.tasks.map(({ thing }) => thing?.name ?? "") : entries.map((entry) => entry.row.name);
  return said.names(names.slice(0, mostNamed).map(isolated), Math.max(0, names.length - mostNamed));
}

function taskSentence({ kind, entries, thing }: Task, { now, keychain, suspended }: Around): string {
  const said = words().attention;
  if (thing !== null) return thing.problem === null ? said.unfinishedWithout : said.unfinished(describe(thing.problem, keychain).title);
  if (kind === "keyRemoved" || kind === "notHandedOver") return said[kind];
  const since = suspended.get(entries[0]?.row.sid ?? "");
  return since === undefined ? said.suspended : said.suspendedSince(sinceWhen(since, now));
}

/** The sentence of one of the subaccounts of a row that has no more than their names. */
export function entrySentence(kind: TaskKind, { oldestKeyAt }: Entry, now: number): string {
  const said = words().attention;
  return kind === "oldKeys" ? said.keyIsOld(said.age(ageOf(oldestKeyAt, now))) : said.noKey;
}

/** Since when it waits; null where that is not known, or the sentence says it. */
export function sinceOf(row: TaskRow, { now, notHandedOver }: Around, lastBackup: string | null): string | null {
  const said = words().attention;
  if (row.kind === "backup") return lastBackup === null ? null : said.since(sinceWhen(lastBackup, now));
  const times = row.tasks.flatMap(({ kind, thing, entries }) => {
    const time = thing?.startedAt ?? (kind === "notHandedOver" ? notHandedOver.get(entries[0]?.row.sid ?? "") : undefined);
    return time === undefined ? [] : [time];
  });
  const [oldest] = times.sort((left, right) => Date.parse(left) - Date.parse(right));
  if (oldest === undefined) return null;
  return isFold(row) ? said.oldest(said.age(ageOf(Date.parse(oldest), now))) : said.since(sinceWhen(oldest, now));
}

/** Until when it is put off, or was, and why. */
export function putOffWords({ until, reason }: PutOff, kind: TaskKind, now: number): string {
  const said = words().attention;
  const day = dayOf(until, now);
  if (kind === "suspended") return reason === "" ? said.reminder(day) : said.reminderBecause(day, isolatedText(reason));
  return reason === "" ? said.isPutOffUntil(day) : said.isPutOffBecause(day, isolatedText(reason));
}

function dayOf(until: string, now: number): string {
  const day = new Date(until);
  if (day >= dayAfter(now, 1)) return dayAhead(day, now);
  return day >= dayAfter(now, 0) ? words().attention.today : sinceWhen(until, now);
}

/** What is shown of how many. */
export function firstOf(shown: number, all: number): string {
  return words().attention.firstOf(count(shown), count(all));
}
