/** A made-up Twilio account: believable names, SIDs that are plainly not real, the same every time. */
import type { KeyRow, NumberRow, SubaccountStatus, SuspendedHere } from "../wire";

export type FakeSubaccount = {
  sid: string;
  name: string;
  status: SubaccountStatus;
  keys: KeyRow[];
  keysRead: boolean;
  spend: string | null;
  gone: boolean;
  numbers: NumberRow[];
  customerNumber: string;
  tags: string[];
  note: string;
  suspendedHere: SuspendedHere | null;
  suspendedByTwilio: boolean;
};

/** An active one without keys, of which nothing is known. */
export function newSubaccount(sid: string, name: string): FakeSubaccount {
  return {
    sid,
    name,
    status: "active",
    keys: [],
    keysRead: true,
    spend: "0.00",
    gone: false,
    numbers: [],
    customerNumber: "",
    tags: [],
    note: "",
    suspendedHere: null,
    suspendedByTwilio: false,
  };
}

/** A key that is being made. */
export function newKeyRow(keySid: string, name: string): KeyRow {
  return {
    sid: keySid,
    name,
    region: "us1",
    keyType: "standard",
    createdAt: new Date().toISOString(),
    state: "unfinished",
    provedAt: null,
    proofDue: false,
    refusedAt: null,
    handedOver: null,
    postponedAt: null,
  };
}

const firsts = [
  "Acme",
  "Baywood",
  "Cedar Valley",
  "Delta",
  "Evergreen",
  "Fjord",
  "Granite",
  "Harbor",
  "Ironwood",
  "Juniper",
  "Kestrel",
  "Lakeside",
  "Meridian",
  "Northgate",
  "Oakmont",
  "Pinecrest",
  "Quarry Hill",
  "Riverbend",
  "Summit",
  "Tamarack",
  "Union",
  "Vista",
  "Westfield",
  "Yarrow",
  "Zephyr",
];
const lasts = [
  "Cold Storage",
  "Pharmacy",
  "Labs",
  "Blood Bank",
  "Foods",
  "Seafood",
  "Clinic",
  "Dairy",
  "Museum",
  "Vaccines",
  "Logistics",
  "Greenhouse",
  "Bakery",
  "Hospital",
  "Archive",
  "Winery",
];

export const hostileNames = [
  "<img src=x onerror=\"document.title='broken'\">",
  "\u202Eetnomolas sbaL\u202C Cold Storage",
  "مختبر التبريد المركزي",
  "👩‍🔬👩‍🔬 Family Lab 🧊🧊🧊",
  "Ｗｉｄｅ".repeat(16),
  "Tab\there\u0007bell",
  "{{constructor.constructor('return 1')()}}",
  "   ",
  "Zero\u200Bwidth Labs",
  "WwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwWww",
  "O'Brien & Søn “Köl” A/S",
  "__proto__",
];

/** A small generator with a fixed seed, so that every run shows the same account. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function sid(prefix: "AC" | "SK", number: number): string {
  return (
    prefix +
    "0".repeat(12) +
    Math.imul(number + 1, 2654435761 | 0)
      .toString(16)
      .replace("-", "f")
      .padStart(12, "0") +
    number.toString(16).padStart(8, "0")
  );
}

const day = 86_400_000;

export type MadeWith = { hostile: boolean; troubles: boolean; keyless?: boolean; phoneNumbers?: number | null };

/**
 * `count` subaccounts, oldest first in time but by name in the list; with `troubles`, a few that need attention; some without a key,
 * unless that is ruled out.
 */
export function makeSubaccounts(count: number, now: number, options: MadeWith): FakeSubaccount[] {
  const random = seeded(20261123);
  const made: FakeSubaccount[] = [];
  for (let number = 0; number < count; number++) {
    const name = nameOf(number, options.hostile);
    const createdAt = new Date(now - (30 + ((number * 37) % 900)) * day).toISOString();
    const status: SubaccountStatus = number % 31 === 3 ? "suspended" : number % 47 === 20 ? "closed" : "active";
    const keyCount = number % 19 === 4 && options.keyless !== false ? 0 : number % 11 === 2 ? 2 : 1;
    const keys = Array.from({ length: keyCount }, (_, place) => savedKey(name, number * 4 + place, createdAt, now, random));
    const spend = number % 19 === 4 ? null : amount(random);
    made.push({ ...newSubaccount(sid("AC", number), name), status, keys, spend, numbers: numbersOf(number, options.phoneNumbers ?? null) });
  }
  if (options.troubles) addTroubles(made);
  return made;
}

/** A number and tags are kept of these. */
export function keepCustomers(subaccounts: FakeSubaccount[]): void {
  subaccounts.forEach((subaccount, place) => {
    const tags = place % 2 === 0 ? ["east", "vaccines"] : ["west"];
    Object.assign(subaccount, { customerNumber: String(10_021 + place), tags });
  });
}

function numbersOf(number: number, wanted: number | null): NumberRow[] {
  return Array.from({ length: wanted ?? (number % 7 === 6 ? 0 : number % 5 === 3 ? 3 : 1) }, (_, place) => ({
    sid: `PN${"0".repeat(24)}${String(number * 1000 + place).padStart(8, "0")}`,
    number: `+1202555${String(100 + ((number * 3 + place) % 100)).padStart(4, "0")}`,
    canText: place !== 2,
    canCall: true,
    kind: place === 2 ? "tollFree" : "local",
  }));
}

function nameOf(number: number, hostile: boolean): string {
  if (hostile) {
    const given = (globalThis.window?.givenNames ?? hostileNames)[number];
    if (given !== undefined) return given;
  }
  const first = firsts[number % firsts.length] ?? "";
  const last = lasts[((number % firsts.length) * 3 + Math.floor(number / firsts.length) * 5) % lasts.length] ?? "";
  const branch = Math.floor(number / (firsts.length * lasts.length));
  if (number === 0) return "Acme Cold Storage";
  return branch === 0 ? `${first} ${last}` : `${first} ${last} ${branch + 1}`;
}

function savedKey(name: string, number: number, createdAt: string, now: number, random: () => number): KeyRow {
  return {
    sid: sid("SK", number),
    name: `${name.slice(0, 51)} - DicksonOne`,
    region: "us1",
    keyType: "standard",
    createdAt,
    state: "saved",
    provedAt: new Date(now - Math.floor(random() * 20) * day - 3_600_000).toISOString(),
    proofDue: false,
    refusedAt: null,
    handedOver: { at: new Date(Date.parse(createdAt) + 600_000).toISOString(), serviceName: "DicksonOne" },
    postponedAt: null,
  };
}

/** Another key of a subaccount, which was made in the Console a year before: some of them in another Region. */
export function keyFromElsewhere({ sid: accountSid, keys }: FakeSubaccount): KeyRow {
  const number = Number.parseInt(accountSid.slice(-8), 16);
  const createdAt = new Date(Date.parse(keys[0]?.createdAt ?? new Date().toISOString()) - 365 * day).toISOString();
  return {
    ...newKeyRow(sid("SK", 200_000 + number), number % 3 === 0 ? "reporting" : "dickson key"),
    state: "notSaved",
    keyType: number % 5 === 4 ? "standard" : "standardOrMain",
    region: number % 5 === 4 ? "ie1" : "us1",
    createdAt,
  };
}

function addTroubles(made: FakeSubaccount[]): void {
  const change = (place: number, edit: (subaccount: FakeSubaccount, key: KeyRow) => void) => {
    const subaccount = made[place];
    const key = subaccount?.keys[0];
    if (subaccount !== undefined && key !== undefined) edit(subaccount, key);
  };
  change(1, (_, key) => {
    key.state = "notSaved";
    key.keyType = "standardOrMain";
    key.provedAt = null;
    key.handedOver = null;
  });
  change(6, (_, key) => {
    key.state = "removedAtTwilio";
  });
  change(8, (_, key) => {
    key.handedOver = null;
    key.postponedAt = key.createdAt;
  });
  change(12, (_, key) => {
    key.handedOver = null;
    key.provedAt = null;
  });
}

function amount(random: () => number): string {
  const cents = Math.floor(random() ** 3 * 24_000);
  const whole = Math.floor(cents / 100);
  return `${whole}.${String(cents % 100).padStart(2, "0")}`;
}
