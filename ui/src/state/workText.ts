/** Work in words: what it is, how far it is, and whom each of its orders is about. */
import { describe } from "../failures";
import { adoptedCount } from "../list/adopted";
import { shortSid } from "../names";
import type { BatchItem, OperationKind, Order } from "../wire";
import { words } from "../words";
import { app } from "./app.svelte";
import { list } from "./list.svelte";
import { adoptedBy, countsOf, failureOf, isDone, kindOf, type Work } from "./work";

function isOrder(kind: OperationKind | null): kind is Order["what"] {
  return kind !== null && Object.hasOwn(words().work.orders, kind);
}

/** What is said of orders of this kind; null where they differ. */
export function ordersWords(kind: OperationKind | null) {
  return isOrder(kind) ? words().work.orders[kind] : words().work.several;
}

function longWords(kind: OperationKind): string {
  const { long } = words().work;
  return Object.hasOwn(long, kind) ? long[kind as keyof typeof long] : "";
}

export function titleOf(work: Work): string {
  if (work.what === "operation") return longWords(work.operation.kind);
  return ordersWords(kindOf(work.items)).doing(work.items.length);
}

/** In the room that the rail has. */
export function shortTitleOf(work: Work): string {
  return work.what === "operation" ? longWords(work.operation.kind) : ordersWords(kindOf(work.items)).short;
}

/** What came of it, in one number. */
export function resultOf(items: readonly BatchItem[]): string {
  return ordersWords(kindOf(items)).done(items.filter(isDone).length);
}

/** The same of any work that has ended. */
export function resultText(work: Work): string {
  if (work.what === "batch") return resultOf(work.items);
  const { outcome } = work.operation;
  if (outcome?.is === "failed") return describe(outcome.failure, app.keychainName).title;
  if (outcome?.is === "stopped") return words().adopting.stopped;
  const adopted = adoptedCount(adoptedBy(work.operation));
  return adopted === 0 ? words().adopting.noneAdopted : words().adopting.adopted(adopted);
}

/** How long it will take, in whole minutes. */
export function timeLeftText(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return minutes === 0 ? words().work.underAMinute : words().work.minutesLeft(minutes);
}

/** How far it is; null where nothing is counted. */
export function countsText(work: Work): string | null {
  const { done, total } = countsOf(work);
  return total === 0 ? null : words().work.counts(done, total);
}

/** Whom an order is about, and which of their keys. */
export function subjectOf({ subject }: BatchItem): { name: string; keySid: string | null } {
  const { accountSid, keySid, name } = subject;
  const listed = list.entries.find(
    ({ row }) => row.sid === accountSid || (accountSid === null && keySid !== null && row.keySids.includes(keySid)),
  );
  const shown = listed?.row.name ?? name ?? (accountSid === null ? "" : shortSid(accountSid));
  return { name: shown, keySid: keySid === null ? null : shortSid(keySid) };
}

/** What became of an order. */
export function outcomeText(item: BatchItem): string {
  const said = words().work;
  const failed = failureOf(item);
  if (failed !== null) {
    const { title, happened } = describe(failed, app.keychainName);
    return said.result.failed(title, happened);
  }
  if (isDone(item)) return ordersWords(item.kind).one;
  return item.state.is === "ended" ? said.result.stopped : said.result.notBegun;
}
