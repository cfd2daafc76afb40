/** Keys that are to be adopted, and those that were, as rows: what is said of each, and what its user can do. What needs somebody comes first. */
import { describe } from "../failures";
import { shortSid, visibleName } from "../names";
import type { Adoptability, AdoptableKey, AdoptedKey, AdoptionOutcome } from "../wire";
import { words } from "../words";
import type { Tone } from "./credentials";

export type AdoptionRow = {
  /** A text may have several secrets for one key: its SID does not tell two rows apart. */
  id: string;
  keySid: string;
  /** As shown: the key's name, or its SID where that is not known. */
  shownName: string;
  hasName: boolean;
  /** As shown; null where it is not known. */
  customer: string | null;
  said: string;
  next: string;
  tone: Tone;
  urgency: number;
};

const ofFits: Record<Adoptability, { tone: Tone; urgency: number }> = {
  noSecret: { tone: "warn", urgency: 0 },
  unknownSubaccount: { tone: "warn", urgency: 1 },
  ready: { tone: "ok", urgency: 2 },
  savedAlready: { tone: "ok", urgency: 3 },
};

const ofOutcome: Record<AdoptionOutcome["is"], { tone: Tone; urgency: number }> = {
  failed: { tone: "bad", urgency: 0 },
  doesNotFit: { tone: "bad", urgency: 1 },
  notTried: { tone: "warn", urgency: 2 },
  sealedOnly: { tone: "warn", urgency: 3 },
  adopted: { tone: "ok", urgency: 4 },
  savedAlready: { tone: "ok", urgency: 5 },
};

export function foundRows(found: readonly AdoptableKey[]): AdoptionRow[] {
  return found.map(({ keySid, keyName, accountName, fits }, place) => ({
    ...named(place, keySid, keyName, accountName),
    ...words().adopting.fits[fits],
    ...ofFits[fits],
  }));
}

/** `nameOf` answers a key's name; empty where it is not known. */
export function adoptedRows(adopted: readonly AdoptedKey[], nameOf: (keySid: string) => string, keychain: string): AdoptionRow[] {
  return adopted.map(({ keySid, accountName, outcome }, place) => ({
    ...named(place, keySid, nameOf(keySid), accountName),
    ...outcomeWords(outcome, keychain),
    ...ofOutcome[outcome.is],
  }));
}

function named(place: number, keySid: string, keyName: string, accountName: string | null) {
  const hasName = keyName !== "";
  return {
    id: String(place),
    keySid,
    shownName: hasName ? visibleName(keyName) : shortSid(keySid),
    hasName,
    customer: accountName === null || accountName === "" ? null : visibleName(accountName),
  };
}

function outcomeWords(outcome: AdoptionOutcome, keychain: string): { said: string; next: string } {
  if (outcome.is !== "failed") return words().adopting.outcomes(keychain)[outcome.is];
  const { title, happened, next } = describe(outcome.failure, keychain);
  return { said: title, next: words().adopting.failed(happened, next) };
}

/** How many keys will be tried; one that has several secrets is one. */
export function readyCount(found: readonly AdoptableKey[]): number {
  return new Set(found.filter(({ fits }) => fits === "ready").map(({ keySid }) => keySid)).size;
}
