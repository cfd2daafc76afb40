/** How old what is shown is, and reading it anew. `age` is a time in words, such as "2 min ago". */
import { count } from "../../numbers";
import { plural } from "./plural";

export const refresh = {
  notConnected: "Not connected",
  notConnectedSince: (age: string) => `Not connected. Showing what was saved ${age}`,
  reading: "Reading from Twilio",
  /** In little room. */
  readingShort: "Reading",
  offline: "Offline",
  offlineSince: (age: string) => `Offline. Showing what was saved ${age}`,
  failed: "Could not refresh",
  failedSince: (age: string) => `Could not refresh. Read ${age}`,
  stopped: "Stopped. Not everything was read",
  unread: (subaccounts: number) =>
    plural(subaccounts, (n) => ({
      one: `${n} subaccount could not be read this time`,
      other: `${n} subaccounts could not be read this time`,
    })),
  notReadYet: "Not read yet",
  upToDate: (age: string) => `Up to date, read ${age}`,
  read: (age: string) => `Read ${age}`,
  /** After one of the two above, as a sentence of its own. */
  inPart: (read: string, subaccounts: number) =>
    plural(subaccounts, (n) => ({
      one: `${read}. Of ${n} subaccount, a part cannot be read`,
      other: `${read}. Of ${n} subaccounts, a part cannot be read`,
    })),

  progress: "Read from Twilio",
  progressCount: (done: number, total: number) => `${count(done)} of ${count(total)}`,
  start: "Refresh",
};
