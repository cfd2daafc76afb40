/** What happened in the made-up account, and what of it is answered. */
import type { Activity, ActivityKind, ActivityList, ActivityQuery } from "../wire";
import { hostileNames, sid, type FakeSubaccount } from "./data";

const hour = 3_600_000;

/** What is done by a request that changes something at Twilio. */
const atTwilio: ReadonlySet<ActivityKind> = new Set([
  "subaccountCreated",
  "subaccountRenamed",
  "subaccountSuspended",
  "subaccountReactivated",
  "subaccountClosed",
  "numberMoved",
  "numberReleased",
  "keyCreated",
  "keyRenamed",
  "keyDeleted",
  "unusableKeyDeleted",
]);

const here = { user: "dana", computer: "DANA-LAPTOP" };
const beside = { user: "finn", computer: "OFFICE-2" };
const nobody = { user: null, computer: null };

type Who = Pick<Activity, "user" | "computer">;
type Done = Pick<Activity, "at" | "what"> & Partial<Activity>;

let requests = 0;

/** Something that was done; by the user of this computer, unless something else is said. */
export function doneBy(done: Done, who: Who = here): Activity {
  const requestId = atTwilio.has(done.what) && who.user !== null ? `RQ${(++requests).toString(16).padStart(32, "0")}` : null;
  return { accountSid: null, accountName: null, keySid: null, detail: null, requestId, ...who, ...done };
}

/** What of it is asked for, each with the name that its subaccount has now. */
export function foundOf(
  activity: readonly Activity[],
  { accounts, kinds, since, until }: ActivityQuery,
  limit: number,
  subaccounts: readonly FakeSubaccount[],
): ActivityList {
  const [from, to] = [since === null ? -Infinity : Date.parse(since), until === null ? Infinity : Date.parse(until)];
  const wanted = accounts === null ? null : new Set(accounts);
  const found = activity.filter(
    ({ accountSid, what, at }) =>
      (wanted === null || (accountSid !== null && wanted.has(accountSid))) &&
      (kinds === null || kinds.includes(what)) &&
      Date.parse(at) >= from &&
      Date.parse(at) < to,
  );
  const names = new Map(subaccounts.map((one) => [one.sid, one.name]));
  const newest = [...found].sort((left, right) => Date.parse(right.at) - Date.parse(left.at)).slice(0, limit);
  return {
    newest: newest.map((one) => ({ ...one, accountName: one.accountSid === null ? null : (names.get(one.accountSid) ?? null) })),
    count: found.length,
  };
}

/** A few things of the last days, and `older` ones of the months before. */
export function makeActivity(subaccounts: readonly FakeSubaccount[], now: number, older: number, hostile: boolean): Activity[] {
  const add = (
    subaccount: FakeSubaccount | undefined,
    what: ActivityKind,
    hoursAgo: number,
    detail: string | null,
    who: Who,
  ): Activity[] => {
    if (subaccount === undefined) return [];
    const key = what.startsWith("subaccount") ? undefined : subaccount.keys[0];
    return [
      doneBy(
        {
          at: new Date(now - hoursAgo * hour).toISOString(),
          what,
          accountSid: subaccount.sid,
          accountName: subaccount.name,
          keySid: key?.sid ?? null,
          detail: detail ?? key?.name ?? null,
        },
        who,
      ),
    ];
  };
  const [first, second, third, ninth] = [subaccounts[0], subaccounts[2], subaccounts[6], subaccounts[8]];
  return [
    ...add(first, "secretCopied", 1, null, here),
    ...add(ninth, "handOverPostponed", 3, null, here),
    ...add(ninth, "keyCreated", 3.2, null, here),
    ...add(ninth, "subaccountCreated", 3.3, null, here),
    ...add(second, "handedOver", 26, "DicksonOne", beside),
    ...add(second, "secretShown", 26.2, null, beside),
    ...add(third, "keyDeleted", 50, null, nobody),
    ...Array.from({ length: older }, (_, place) => {
      const users = hostile ? (globalThis.window?.givenNames ?? hostileNames) : [];
      const name = users[place % users.length];
      const who = name === undefined ? (place % 3 === 0 ? beside : here) : { user: name, computer: name };
      return add(subaccounts[place % subaccounts.length], kindAt(place), 60 + place * 9, detailAt(place), who);
    }).flat(),
  ];
}

const olderKinds: readonly ActivityKind[] = ["handedOver", "keyCreated", "subaccountRenamed", "secretCopied", "numberMoved", "keyRenamed"];

function kindAt(place: number): ActivityKind {
  return olderKinds[place % olderKinds.length] ?? "secretCopied";
}

function detailAt(place: number): string | null {
  switch (kindAt(place)) {
    case "handedOver":
      return "DicksonOne";
    case "subaccountRenamed":
      return `Customer ${place}`;
    case "numberMoved":
      return `+12025550${String(100 + (place % 100))} ${sid("AC", 1)}`;
    case "keyRenamed":
      return `key ${place}`;
    default:
      return null;
  }
}
