/** The rows and columns of what was done. */
import { visibleName } from "../names";
import type { Activity } from "../wire";
import { words } from "../words";
import { byName } from "./byName";
import { byValue, inOrder, lastIfMissing, type Column, type Order } from "./columns";

export type ActivityColumn = "when" | "what" | "whom" | "who" | "apiKey";

export type ActivityRow = {
  activity: Activity;
  /** Tells it from all others, and is the same when it is read again. */
  key: string;
  /** Its place in what was read. */
  place: number;
  at: number;
  /** Whom it was about, as it is shown; null where it was about nobody. */
  whom: string | null;
  /** Who did it, as it is shown; null where that was not noted. */
  who: string | null;
};

export function rowsOf(activity: readonly Activity[]): ActivityRow[] {
  const alike = new Map<string, number>();
  return activity.map((one, place) => {
    const content = [one.at, one.what, one.accountSid, one.keySid, one.requestId, one.detail].join(" ");
    const nth = (alike.get(content) ?? 0) + 1;
    alike.set(content, nth);
    return {
      activity: one,
      key: `${nth} ${content}`,
      place,
      at: Date.parse(one.at),
      whom: one.accountName === null ? null : visibleName(one.accountName),
      who: one.user === null ? null : visibleName(one.user),
    };
  });
}

export const activityColumns: readonly Column<ActivityRow, ActivityColumn>[] = [
  {
    id: "when",
    get title() {
      return words().activity.columns.when;
    },
    width: { least: 6, most: 6 },
    priority: 1,
    // What was read is the newest first, also within one moment.
    compare: (left, right, direction) => direction * (left.at - right.at || right.place - left.place),
    greatestFirst: true,
  },
  {
    id: "what",
    get title() {
      return words().activity.columns.what;
    },
    width: { least: 14, most: 18 },
    priority: 0,
    compare: (left, right, direction) =>
      direction * byName(words().activity.what[left.activity.what], words().activity.what[right.activity.what]),
  },
  {
    id: "whom",
    get title() {
      return words().activity.columns.whom;
    },
    width: { least: 9 },
    priority: 2,
    compare: (left, right, direction) => lastIfMissing(left.whom, right.whom) ?? direction * byName(left.whom ?? "", right.whom ?? ""),
  },
  {
    id: "who",
    get title() {
      return words().activity.columns.who;
    },
    width: { least: 7, most: 11 },
    priority: 4,
    compare: (left, right, direction) => lastIfMissing(left.who, right.who) ?? direction * byName(left.who ?? "", right.who ?? ""),
  },
  {
    id: "apiKey",
    get title() {
      return words().activity.columns.apiKey;
    },
    width: { least: 8, most: 8 },
    priority: 3,
  },
];

/** The rows in the order asked for; of equal ones the newest first. */
export function sorted(rows: readonly ActivityRow[], order: Order<ActivityColumn>): ActivityRow[] {
  return inOrder(rows, activityColumns, order, (left, right) => byValue(left.place, right.place));
}
