import { describe as suite, expect, it } from "vitest";
import type { FailureKind } from "../wire";
import { describe, failure } from ".";
import { failureActions, keychain } from "./failureActions";

const kinds = Object.keys(failureActions) as FailureKind[];
const ofTheKeychain = Object.keys(keychain) as FailureKind[];
const keychainNames = ["Credential Manager", "Keychain", "GNOME Keyring"];

function textOf(kind: FailureKind, keychainName: string): string {
  const words = describe(failure(kind, { subject: "Acme" }), keychainName);
  return `${words.title}. ${words.happened} ${words.next}`;
}

/** Names that the reader sees on the screen before them; they are as easy as any short word. */
const names =
  /\b(API SIDs?|API Secrets?|API keys?|Account SIDs?|Auth Tokens?|Twilio Console|Twilio|Subvault|subaccounts?|Credential Manager|GNOME Keyring|KWalletManager|KWallet|KeePassXC|Windows|Passwords and Keys \(Seahorse\))(’s)?/g;

suite("what is said of the keychain", () => {
  it("is another sentence and another next step for each situation", () => {
    for (const part of ["title", "happened"] as const) {
      const said = ofTheKeychain.map((kind) => describe(failure(kind), "Keychain")[part]);
      expect(new Set(said).size, part).toBe(ofTheKeychain.length);
    }
    const whole = ofTheKeychain.map((kind) => textOf(kind, "Keychain"));
    expect(new Set(whole).size).toBe(ofTheKeychain.length);
  });

  it.each(ofTheKeychain)("%s has none of the store’s own words in it", (kind) => {
    const technical = "Platform failure: org.freedesktop.DBus.Error.Failed -25291 0x8009000B";
    const words = describe(failure(kind, { technical, code: 25291 }), "Keychain");
    for (const text of [words.title, words.happened, words.next, words.changed]) {
      expect(text).not.toMatch(/Platform|freedesktop|25291|0x8009|error/i);
      expect(text).not.toMatch(/\d/);
    }
  });
});

suite("every sentence can be read by everybody", () => {
  it.each(kinds)("%s is no harder than the seventh grade", (kind) => {
    for (const name of keychainNames) {
      expect(schoolGrade(textOf(kind, name))).toBeLessThanOrEqual(7);
      expect(longestSentence(textOf(kind, name))).toBeLessThanOrEqual(25);
    }
  });

  it("is measured by something that knows a hard text", () => {
    const hard =
      "The credential persistence subsystem encountered an unrecoverable authorization inconsistency. Administrators should reinitialize the corresponding infrastructure.";
    expect(schoolGrade(hard)).toBeGreaterThan(14);
    expect(schoolGrade("The cat sat on the mat. It was warm.")).toBeLessThan(1);
  });
});

/** How hard a text is to read, as a school grade (Flesch and Kincaid, 1975): good enough for a limit, not for a judgement. */
function schoolGrade(text: string): number {
  const plain = text.replaceAll(names, "name");
  const sentences = plain.split(/[.:;?]\s|[.:;?]$/).filter((part) => /[a-z]/i.test(part)).length;
  const words = plain.match(/[\p{L}\p{N}’'-]+/gu) ?? [];
  if (sentences === 0 || words.length === 0) return 0;
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0);
  return 0.39 * (words.length / sentences) + 11.8 * (syllables / words.length) - 15.59;
}

/** The number of words in the longest sentence. */
function longestSentence(text: string): number {
  return Math.max(0, ...text.split(/[.:;?]\s|[.:;?]$/).map((part) => (part.match(/[\p{L}\p{N}’'-]+/gu) ?? []).length));
}

function syllablesOf(word: string): number {
  const letters = word.toLowerCase().replace(/[^a-z]/g, "");
  if (letters.length <= 3) return 1;
  // An e at the end, and the e of most -es and -ed, is silent.
  const spoken = letters.replace(/(?:[^laeiouy]es|[^dt]ed|[^laeiouy]e)$/, (end) => end[0] ?? "").replace(/^y/, "");
  return Math.max(1, (spoken.match(/[aeiouy]+/g) ?? []).length);
}
