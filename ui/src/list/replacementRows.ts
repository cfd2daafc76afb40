/** Keys that are being replaced, as rows: where each stands, whom it waits for, and which comes first. */
import type { Replacement, ReplacementStage } from "../wire";

/** The steps of replacing a key: it is made, handed over, seen in use, and then the old one is deleted. */
export const replacingSteps = 4;

/** Who has to do something next. */
export type WaitsFor = "you" | "traffic" | "putOff" | "nobody";

export type ReplacementRow = {
  replacement: Replacement;
  waitsFor: WaitsFor;
  /** Since when, or when it ended; null where that is not known. */
  since: string | null;
};

/** A row of the list, or what stands between those that wait and those that have ended. */
export type ListedRow = ReplacementRow | "doneLately";

/** One that has ended is shown for so many days. */
const daysShown = 30;
const oneDay = 86_400_000;

const numbers: Record<ReplacementStage, number> = { handOver: 2, inUse: 3, deleteOld: 4, done: replacingSteps };

/** The step that is to be done, from 1; of one that has ended the last. */
export function stepOf({ stage }: Replacement): number {
  return numbers[stage];
}

/** The new key is there, and works as far as is known here. */
export function hasUsableKey({ newKeyState }: Replacement): boolean {
  return newKeyState === "saved" || newKeyState === "sealedOnly";
}

/** `putOffAt` is when the hand-over of the new key was put off, where it was. */
export function rowOf(replacement: Replacement, putOffAt: string | null): ReplacementRow {
  const { stage, begunAt, handedOver, inUse, endedAt } = replacement;
  if (stage === "done") return { replacement, waitsFor: "nobody", since: endedAt };
  // Without it nothing goes on by itself.
  if (!hasUsableKey(replacement)) return { replacement, waitsFor: "you", since: null };
  switch (stage) {
    case "handOver":
      return putOffAt === null ? { replacement, waitsFor: "you", since: begunAt } : { replacement, waitsFor: "putOff", since: putOffAt };
    case "inUse":
      return { replacement, waitsFor: "traffic", since: handedOver?.at ?? null };
    case "deleteOld":
      return { replacement, waitsFor: "you", since: inUse?.since ?? null };
  }
}

const turns: Record<WaitsFor, number> = { you: 0, traffic: 1, putOff: 2, nobody: 3 };

/** What waits for its user first, and of these what has waited longest; then what has ended in the last days, the newest first. */
export function rowsOf(replacements: readonly Replacement[], putOffAt: (newKeySid: string) => string | null, now: number): ListedRow[] {
  const rows = replacements.map((one) => rowOf(one, putOffAt(one.newKeySid)));
  const open = rows.filter(({ waitsFor }) => waitsFor !== "nobody");
  const done = rows.filter(({ waitsFor, replacement }) => waitsFor === "nobody" && now - endOf(replacement) < daysShown * oneDay);
  open.sort((left, right) => turns[left.waitsFor] - turns[right.waitsFor] || sinceOf(left) - sinceOf(right));
  done.sort((left, right) => endOf(right.replacement) - endOf(left.replacement));
  return done.length === 0 ? open : [...open, "doneLately", ...done];
}

function sinceOf({ since }: ReplacementRow): number {
  return since === null ? 0 : Date.parse(since);
}

/** Of one whose old key somebody else has deleted it is not known when; it was not before this. */
function endOf({ endedAt, begunAt }: Replacement): number {
  return Date.parse(endedAt ?? begunAt);
}
