/** Replacing keys: the old key and the new one work side by side until the old one is deleted. */
import type { Snippet } from "svelte";
import type { ReplacementStage } from "../../wire";
import type { WaitsFor } from "../../list/replacementRows";
import type { WhyNotReplaced } from "../../list/replaceAbility";
import { count } from "../../numbers";
import { marked } from "../marked";
import { lists } from "./lists";
import { plural } from "./plural";

/** So many names stand in a sentence. */
const mostNamed = 2;

/** Some that are not replaced, and why. */
type LeftOut = { why: WhyNotReplaced; names: readonly string[] };

const why: Record<WhyNotReplaced, { one: string; several: string }> = {
  beingReplaced: { one: "which is being replaced", several: "which are being replaced" },
  unfinished: { one: "which is unfinished", several: "which are unfinished" },
  gone: { one: "which Twilio no longer has", several: "which Twilio no longer has" },
  suspended: { one: "whose subaccount is suspended", several: "whose subaccounts are suspended" },
  closed: { one: "whose subaccount is closed", several: "whose subaccounts are closed" },
  unknown: { one: "whose subaccount’s status is not known", several: "whose subaccounts’ status is not known" },
};

function leftOut({ why: reason, names }: LeftOut): string {
  const { one, several } = why[reason];
  if (names.length > mostNamed) return plural(names.length, (n) => ({ one: `${n} key ${one}`, other: `${n} keys ${several}` }));
  return `${lists.and(names)}, ${names.length === 1 ? one : several}`;
}

const steps = { handOver: "hand over", inUse: "in use", deleteOld: "delete old key" };

export const replacing = {
  /** The views of the keys' screen. */
  views: { all: "All keys", replacing: (open: number) => (open === 0 ? "Replacing" : `Replacing ${count(open)}`) },
  viewsLabel: "Keys to show",

  /** The list. */
  intro: "Old and new key work side by side, so each of these can wait. What waits for you is first.",
  columns: { customer: "Customer", stands: "Where it stands", waits: "Waits for" },
  keyOf: (date: string) => `key of ${date}`,
  keyOfSid: (sid: string) => `key ${sid}`,
  stands: (stage: ReplacementStage, step: number, of: number) =>
    stage === "done" ? "Old key deleted" : `${count(step)} of ${count(of)}: ${steps[stage]}`,
  newKeyGone: "the new key cannot be used",
  waits: { you: "You", traffic: "Its next text or call", putOff: "Put off", nobody: "Nobody" } satisfies Record<WaitsFor, string>,
  since: (day: string) => `since ${day}`,
  doneLately: "Done lately",
  more: "Replace more keys…",

  /** In the list of all keys, and on a key's card. */
  beingReplaced: (step: number, of: number) => `being replaced, ${count(step)} of ${count(of)}`,
  cardBeingReplaced: (step: number, of: number) => `Being replaced, ${count(step)} of ${count(of)}`,
  goOn: "Go on…",

  /** The pane of one. The customer's name stands large below. */
  paneTitle: "Replacing a key of",
  old: "Old",
  new: "New",
  made: (date: string) => `made ${date}`,
  madeAndProved: (made: string, age: string) => `made ${made} · proved ${age}`,
  deleted: "deleted",
  stepsLabel: "Steps",
  stepDone: "done",
  stepNow: "now",
  stepAhead: "not yet",
  newKeyMade: { proved: "New key made, saved and proved", saved: "New key made and saved" },
  on: (time: string) => `${time}.`,
  unusable:
    "The new key cannot be used: Twilio does not have it any more, or its secret is not here. The old key works as before. Give this up, then replace the key again.",
  handOver: "Hand the new key over",
  handOverMeans: "Give the new key to whatever uses the old one. Both work until the old one is deleted.",
  handedOver: (service: string) => `Handed over to ${service}`,
  handOverAgain: "Hand over again…",
  seenInUse: "Seen in use",
  nothingSince: (handedOver: string) => `Nothing was sent since ${handedOver}.`,
  notLooked: "Nobody has looked yet whether anything was sent since the hand-over.",
  looksDaily: "Subvault looks once a day.",
  looksDailyLast: (last: string) => `Subvault looks once a day; last ${last}.`,
  anythingCounts: "Twilio does not tell which key sent, so anything sent after the hand-over counts.",
  lookNow: "Look now",
  looking: "Looking",
  itIsInUse: "It is in use…",
  wasSeen: (day: string) => `Something was sent after the hand-over, ${day}.`,
  wasSaid: (day: string) => `Somebody said here that it is in use, ${day}.`,
  deleteOld: "Delete the old key",
  deleteOldMeans: "The new key is proved once more before. Whatever still has the old key is refused from then on.",
  opensLater: "Opens when the new key is in use.",
  oldDeleted: "Old key deleted",
  deletedOn: (day: string) => `Deleted ${day}.`,
  deleteWithoutWaiting: "Delete it without waiting…",
  deleteTheOldKey: "Delete the old key…",
  nothingBreaks: "Nothing breaks while this waits, for weeks if need be.",
  giveUp: "Give up replacing…",
  giveUpMeans: "keeps the old key, deletes the new one",

  /** Asked before its user's word is taken for it. */
  asksInUse: {
    title: "Is the new key in use?",
    text: (sid: string) => `Say so only if you have seen it, for example in the service that has ${sid}.`,
    means: "Nothing changes at Twilio. The old key can be deleted then.",
    confirm: "It is in use",
    cancel: "Go on waiting",
  },
  isInUse: (name: Snippet) => marked`The old key of ${name} can be deleted now`,

  /** Deleting one of the two keys: what is done, and in which main account. */
  isDeleted: "Deleted",
  stays: "Stays",
  deleteOldOf: (account: string) => `Delete the old key of a subaccount of ${account}`,
  wasGiven: (service: string, date: string) => `${service} was given the new key on ${date}.`,
  nobodyHasNew: "The new key was not handed over.",
  nobodyHasNewMeans: "Whatever uses the old key stops the moment this is done, and nobody is told.",
  nothingSeen: "No text and no call has been seen since.",
  nothingSeenMeans: (service: string) =>
    `If ${service} still has the old key, its alarms stop the moment this is done, and nobody is told.`,
  anythingElse: "Anything else that still uses the old key stops too. Twilio does not tell who does.",
  provedBefore: "The new key is proved once more first. If it does not work, nothing is deleted.",
  typeToDelete: "Type the name of the customer to delete without waiting",
  nameIsRight: "The name is right.",
  keepWaiting: "Keep waiting",
  keepOld: "Keep the old key",
  deleting: "Deleting at Twilio",
  oldIsDeleted: (name: Snippet) => marked`${name} has its new key alone now`,

  giveUpOf: (account: string) => `Give up replacing a key of a subaccount of ${account}`,
  loses: (service: string, date: string) => `${service} was given the new key on ${date}.`,
  losesMeans: "If it uses the new key by now, its alarms stop the moment this is done. Give it the old key back first.",
  oldGoesOn: "The old key goes on working. Nothing changes for whatever uses it.",
  newForGood: "It cannot be undone: Twilio deletes the new key, and its secret is deleted here.",
  typeToGiveUp: "Type the name of the customer to delete its new key",
  goOnReplacing: "Go on replacing",
  deleteNew: "Delete the new key",
  givenUp: (name: Snippet) => marked`${name} keeps the old key`,

  /** Replacing one or several: what happens, and the new keys' names. */
  replace: "Replace…",
  replaceSeveral: (keys: number) => plural(keys, (n) => ({ one: `Replace ${n} key…`, other: `Replace ${n} keys…` })),
  replaceOne: "Replace a key of",
  replaceTitle: (keys: number) => plural(keys, (n) => ({ one: `Replace ${n} key`, other: `Replace ${n} keys` })),
  bothWork: {
    one: "Subvault makes a new key beside the old one. Both work, so nothing stops.",
    several: "Subvault makes a new key beside each old one. Both work, so nothing stops.",
  },
  thenHandOver: {
    one: "Then you hand the new key over, which can wait.",
    several: "Then you hand the new keys over, one by one, which can wait.",
  },
  thenDelete: {
    one: "The old key is deleted only when you say so, once the new one is in use.",
    several: "Each old key is deleted only when you say so, once the new one is in use.",
  },
  newName: "Name of the new key",
  newNameOf: (name: string, customer: string) => `Name of the key in place of ${name}, a key of ${customer}`,
  names: "Names of the new keys",
  make: (keys: number) => plural(keys, (n) => ({ one: "Make the new key", other: `Make ${n} new keys` })),
  beginning: "Beginning",
  begun: (keys: number) =>
    plural(keys, (n) => ({ one: `${n} new key is being made.`, other: `${n} new keys are being made. They are under Keys, Replacing.` })),

  /** Why a key is not replaced now. */
  whyNot: {
    beingReplaced: "It is being replaced already.",
    unfinished: "It is unfinished.",
    gone: "Twilio does not have it any more. Make a new key.",
    suspended: "Not while the subaccount is suspended.",
    closed: "A closed subaccount gets no new keys.",
    unknown: "The subaccount’s status is not known.",
  } satisfies Record<WhyNotReplaced, string>,
  leftOut: (groups: readonly LeftOut[]) => `Replace also leaves out ${groups.map(leftOut).join("; ")}.`,
};
