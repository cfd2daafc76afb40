/** What is done with keys: proving, renaming, revoking. */
import type { Snippet } from "svelte";
import { count } from "../../numbers";
import { marked } from "../marked";
import { lists } from "./lists";
import { plural } from "./plural";

/** So many names stand in a sentence. */
const mostNamed = 2;

/** Some that a button does nothing with, and why. */
type LeftOut<Why extends string> = { why: Why; names: readonly string[] };

const why = {
  unfinished: { one: "which is unfinished", several: "which are unfinished", many: "that are unfinished" },
  gone: { one: "which Twilio no longer has", several: "which Twilio no longer has", many: "that Twilio no longer has" },
  closed: {
    one: "whose subaccount is closed",
    several: "whose subaccounts are closed",
    many: "whose subaccounts are closed",
  },
  secretNotHere: { one: "whose secret is not here", several: "whose secrets are not here", many: "whose secrets are not here" },
  suspended: {
    one: "whose subaccount is suspended",
    several: "whose subaccounts are suspended",
    many: "whose subaccounts are suspended",
  },
};

function leftOut(groups: readonly LeftOut<keyof typeof why>[]): string {
  return groups
    .map(({ why: reason, names }) => {
      const said = why[reason];
      if (names.length > mostNamed) return `${count(names.length)} ${said.many}`;
      return `${lists.and(names)}, ${names.length === 1 ? said.one : said.several}`;
    })
    .join("; ");
}

export const keyActions = {
  more: "More",
  moreFor: (sid: string) => `More for API key ${sid}`,
  copySid: "Copy API SID",
  sidCopied: "API SID copied.",
  finish: "Finish…",
  notToFinish: "It is being gone on with, or it waits for something else. Needs attention says which.",
  revoke: "Revoke…",
  notWhileNotActive: "Only where the subaccount is active.",
  proved: (name: Snippet) => marked`${name} works, proved just now`,

  /** Of several that are ticked. */
  proveSeveral: (keys: number) => plural(keys, (n) => ({ one: `Prove ${n}`, other: `Prove ${n}` })),
  renameSeveral: (keys: number) => plural(keys, (n) => ({ one: `Rename ${n}…`, other: `Rename ${n}…` })),
  revokeSeveral: (keys: number) => plural(keys, (n) => ({ one: `Revoke ${n}…`, other: `Revoke ${n}…` })),
  leftOut: (groups: readonly LeftOut<"unfinished" | "gone" | "closed">[]) => `Left out: ${leftOut(groups)}.`,
  notProved: (groups: readonly LeftOut<"secretNotHere" | "suspended">[]) => `Prove also leaves out ${leftOut(groups)}.`,

  /** Renaming. */
  renameOne: "Rename a key of",
  renameTitle: (keys: number) => plural(keys, (n) => ({ one: `Rename ${n} key`, other: `Rename ${n} keys` })),
  newNameOf: (name: string, customer: string) => `New name of ${name}, a key of ${customer}`,
  usePattern: "Name them by the service’s pattern",
  renameMeans: "The SID and the secret stay the same, so whoever uses the key notices nothing.",
  rename: (keys: number) => plural(keys, (n) => ({ one: "Rename", other: `Rename ${n} keys` })),
  renaming: "Renaming at Twilio",
  renamed: (name: Snippet) => marked`The key is now named ${name}`,

  /** Revoking: what is done, and in which main account. The customer's name stands large below, where it is one. */
  revokeOne: (account: string) => `Revoke a key of a subaccount of ${account}`,
  revokeTitle: (keys: number, account: string) =>
    plural(keys, (n) => ({ one: `Revoke ${n} key of ${account}`, other: `Revoke ${n} keys of ${account}` })),
  which: "Keys",
  revoked: "Revoked",
  name: "Name",
  whatStops: {
    one: "Whatever uses this key is refused at once, alarms that are sent with it among them.",
    several: "Whatever uses these keys is refused at once, alarms that are sent with them among them.",
  },
  handedOver: (service: string, date: string) =>
    `${service} was given this key on ${date}. If it still has it, it stops working for this customer.`,
  someHandedOver: (keys: number) =>
    plural(keys, (n) => ({
      one: `${n} of them was handed over to a service. If that still has it, it stops working for that customer.`,
      other: `${n} of them were handed over to a service. Where that still has them, it stops working for those customers.`,
    })),
  nobodyKnows: "Twilio does not tell who uses it.",
  nobodyKnowsSeveral: "Twilio does not tell who uses them.",
  forGood: {
    one: "It cannot be undone: Twilio deletes the key, and what is saved of it here goes with it.",
    several: "It cannot be undone: Twilio deletes the keys, and what is saved of them here goes with them.",
  },
  safer: "With a new key in its place first, nothing stops.",
  typeName: "Type the name of the customer to revoke it",
  nameIsRight: "The name is right.",
  typeCount: (keys: number) => `Type ${count(keys)} to revoke them all`,
  countIsRight: "The number is right.",
  confirmOne: "Revoke the key",
  confirmSeveral: (keys: number) => plural(keys, (n) => ({ one: `Revoke ${n} key`, other: `Revoke ${n} keys` })),
  keep: (keys: number) => plural(keys, () => ({ one: "Keep the key", other: "Keep the keys" })),
  revoking: "Revoking at Twilio",
  done: (name: Snippet) => marked`${name} is revoked`,
};
