/** What the made-up backend should be like, read from the address of the page. */
import type { ChangedAtTwilio, FailureKind, PassedOver, Platform, StepName } from "../wire";

/** Where the program stands when it opens. */
export type Scene =
  | "connected"
  | "welcome"
  | "disconnected"
  | "empty"
  | "first"
  | "offline"
  | "practice"
  | "backup"
  | "backup-failing"
  | "backup-lacking"
  | "backup-plain"
  | "unsaved";

export type PlannedFailure = {
  method: string;
  kind: FailureKind;
  changed: ChangedAtTwilio;
  step: StepName | null;
  /** How often it happens; 0 is always. */
  times: number;
};

export type Options = {
  scene: Scene;
  rows: number;
  /** Milliseconds that every answer takes, and every step of a creation. */
  delay: number;
  stepDelay: number;
  hostileNames: boolean;
  /** Unfinished creations and keys without secrets among the data. */
  troubles: boolean;
  clipboardSeconds: number;
  /** Months after which a key counts as old; 0 where none does. */
  ageLimit: number;
  /** Some subaccounts have no key. */
  keyless: boolean;
  /** `task~days~why`: put off until so many days from today. */
  putOff: string[];
  /** Everything is read when it opens. */
  refreshAtStart: boolean;
  /** The notice on backups was first put off so many hours ago; null where it was not. */
  putOffHours: number | null;
  /** Methods whose answers are kept back until they are let go. */
  held: string[];
  platform: Platform;
  failures: PlannedFailure[];
  /** What trying out the computer finds: `check:kind`, a failure’s or a problem’s. */
  checks: string[];
  /** What was done about damaged records: `restored`, `gone` (restored, without a damaged file), `empty` or `no-copy`. */
  records: string | null;
  /** What can unlock it. */
  lock: { passphrase: boolean; system: boolean; offer: boolean };
  /** It begins locked. */
  locked: boolean;
  /** Saved keys that putting back and saving to a file can do nothing with. */
  passedOver: PassedOver[];
  /** Subaccounts that a refresh cannot read. */
  unread: number;
  /** Subaccounts whose usage Twilio refuses to show. */
  refused: number;
  /** Subaccounts whose keys Twilio refuses to show until they are read once more. */
  keysRefused: number;
  /** Customers of whom a number and tags are kept. */
  customers: number;
  /** Subaccounts that have another key, which was made elsewhere. */
  elsewhere: number;
  /** Things that were done longer ago. */
  olderActivity: number;
  /** Subaccounts one of whose keys is being replaced, each at another step. */
  replacing: number;
  /** Rows of Twilio's list that are odd, and shown. */
  odd: number;
  /** The names of rows that have no Account SID. */
  withoutSid: string[];
  /** The last unlock is too long ago for showing a secret. */
  stale: boolean;
  /** A batch of before the program began: `paused` in the middle, or `ended` and not looked at. */
  keptBatch: string | null;
  /** By a list's name, its columns that are not wanted. */
  hiddenColumns: Record<string, string[]>;
  /** The box for choosing a file is closed without one. */
  noFile: boolean;
  /** There may be more phone numbers than Twilio tells. */
  numbersCut: boolean;
  /** How many phone numbers each subaccount has; null where that differs. */
  phoneNumbers: number | null;
  /** A colleague makes a subaccount of this name before it is asked for here. */
  madeMeanwhile: string | null;
};

/**
 * Reads `?scene=offline&rows=1000&delay=0&steps=0&names=hostile&clipboard=3&fail=connect:wrongSignIn`.
 * `passed=Acme` is a customer whose key is passed over, and may be given several times; with `passed-given` the given names are; `unread=3` is what a refresh cannot read,
 * `refused=2` what it is refused, `keys-refused=2` whose keys it is refused, `customers=20` of whom a number and tags are kept, `elsewhere=20` who has a key that was made elsewhere, `activity=900` what was done longer ago, `replacing=5` how many replace a key, `odd=3` what is odd in the list, `no-sid=Kiosk` what is in it without a SID.
 * `age-limit=0` counts no key as old, `keyless=none` leaves no subaccount without a key. `later=noKey~7~waits` has a task put off until so many days from today, and may be given several times.
 * `put-off=26` had the notice on backups put off so many hours ago. `refresh=asked` reads nothing by itself. `hold=refresh` keeps the answers of that method back. `meanwhile=Acme` has a colleague make that subaccount. `lock` is `passphrase`, `system` (it has worked), `offer` (it could be tried), more than one with a comma, or `none`; `locked` begins locked, `stale` has it ask again.
 * `file=none` chooses no file; `hidden=keys~age~type` are columns that are not wanted, and may be given several times.
 * `numbers=40` is how many phone numbers each has, with `numbers-cut` there may be more.
 * `batch=paused` or `batch=ended` begins with such a batch.
 * `fail` is `method:kind[:changed[:step[:times]]]` and may be given several times.
 */
export function optionsFrom(search: string): Options {
  const given = new URLSearchParams(search);
  const number = (name: string, otherwise: number) => {
    const text = given.get(name);
    return text === null || !/^\d+$/.test(text) ? otherwise : Number(text);
  };
  const ways = given.get("lock") ?? "passphrase";
  return {
    scene: (given.get("scene") ?? "connected") as Scene,
    rows: number("rows", 148),
    delay: number("delay", 60),
    stepDelay: number("steps", 350),
    hostileNames: given.get("names") === "hostile",
    troubles: given.get("troubles") !== "none",
    clipboardSeconds: number("clipboard", 30),
    ageLimit: number("age-limit", 12),
    keyless: given.get("keyless") !== "none",
    putOff: given.getAll("later"),
    refreshAtStart: given.get("refresh") !== "asked",
    putOffHours: given.has("put-off") ? number("put-off", 0) : null,
    held: given.getAll("hold"),
    platform: (given.get("platform") ?? "windows") as Platform,
    failures: given.getAll("fail").map(plannedFailure),
    checks: given.getAll("check"),
    records: given.get("records"),
    lock: { passphrase: ways.includes("passphrase"), system: ways.includes("system"), offer: ways.includes("offer") },
    locked: given.has("locked"),
    stale: given.has("stale"),
    passedOver: (given.has("passed-given") ? [...(globalThis.window?.givenNames ?? [])] : given.getAll("passed")).map((accountName) => ({
      accountName,
      keyName: `${accountName} - DicksonOne`,
    })),
    unread: number("unread", 0),
    refused: number("refused", 0),
    keysRefused: number("keys-refused", 0),
    customers: number("customers", 0),
    elsewhere: number("elsewhere", 0),
    olderActivity: number("activity", 0),
    replacing: number("replacing", 0),
    odd: number("odd", 0),
    withoutSid: given.getAll("no-sid"),
    keptBatch: given.get("batch"),
    hiddenColumns: Object.fromEntries(given.getAll("hidden").map((text) => listed(text.split("~")))),
    noFile: given.get("file") === "none",
    numbersCut: given.has("numbers-cut"),
    phoneNumbers: given.has("numbers") ? number("numbers", 0) : null,
    madeMeanwhile: given.get("meanwhile"),
  };
}

function listed([list = "", ...columns]: string[]): [string, string[]] {
  return [list, columns];
}

export function plannedFailure(text: string): PlannedFailure {
  const [method = "", kind = "internal", changed = "no", step = "", times = "0"] = text.split(":");
  return {
    method,
    kind: kind as FailureKind,
    changed: changed as ChangedAtTwilio,
    step: step === "" ? null : (step as StepName),
    times: Number(times),
  };
}
