import { describe as suite, expect, it } from "vitest";
import type { ChangedAtTwilio, FailureKind } from "../wire";
import { words } from "../words";
import { actionLabel, asFailure, describe, failure, isUnreachable, signInField } from ".";
import { failureActions } from "./failureActions";

const kinds = Object.keys(failureActions) as FailureKind[];
const keychainName = "Credential Manager";

/** Words of the trade that say nothing to the people this is for. */
const jargon =
  /\b(https?|tls|ssl|json|dns|tcp|ip address|exception|null|undefined|timeout|timed out|payload|parse|database|sqlite|stack|bug|invalid|fatal|abort|retry|token expired|credentials are|oops|please|sorry|unfortunately)\b/i;

function textsOf(kind: FailureKind, subject: string | null): string[] {
  const described = describe(failure(kind, { subject }), keychainName);
  return [described.title, described.happened, described.next];
}

suite("the words for failures", () => {
  it.each(kinds)("%s says what happened and what to do, with a button", (kind) => {
    for (const subject of [null, "Acme Cold Storage"]) {
      const described = describe(failure(kind, { subject }), keychainName);
      expect(described.title).toMatch(/^[A-Z].*[^.]$/);
      expect(described.happened).toMatch(/^.+\.$/);
      expect(described.next).toMatch(/^.+\.$/);
      expect(described.changed).toMatch(/^.+\.$/);
      expect(actionLabel(described.action, described.about).length).toBeGreaterThan(2);
    }
  });

  it.each(kinds)("%s has no jargon, no exclamation mark and no gap where a name is missing", (kind) => {
    for (const subject of [null, "Acme Cold Storage"]) {
      for (const text of textsOf(kind, subject)) {
        expect(text).not.toMatch(jargon);
        expect(text).not.toContain("!");
        expect(text).not.toMatch(/ {2}|null|undefined| \.| ,/);
      }
    }
  });

  it("names the keychain of this computer, never another one's, where it speaks of it", () => {
    for (const kind of kinds.filter((one) => one.startsWith("keychain") && one !== "keychainNotSignedIn")) {
      expect(textsOf(kind, null).join(" "), kind).toContain(keychainName);
    }
  });

  it("shows unseen characters of a hostile subject", () => {
    const described = describe(failure("subaccountInsteadOfParent", { subject: "AC\u202E1" }), keychainName);
    expect(described.happened).toContain("AC[U+202E]1");
  });

  it("says of a secret that the keychain refused that the key is made and its secret held", () => {
    const refused = describe(failure("keychainLocked", { changed: "yes", unfinished: 7 }), "Credential Manager");
    expect(refused.changed).toContain("sealed copy");
    expect(refused.changed).toContain("waits for Credential Manager");
    expect(actionLabel("finish", refused.about)).toBe("Try again");
    const before = describe(failure("keychainLocked"), "Credential Manager");
    expect(before.changed).toBe("Nothing was changed at Twilio.");
  });

  it("does not say that nothing was changed where a key was made and deleted again", () => {
    for (const kind of ["keyDeleted", "keyUnusableRemoved"] as const) {
      expect(describe(failure(kind), keychainName).changed).toBe("Nothing of it is left at Twilio.");
    }
    expect(describe(failure("notCreated"), keychainName).changed).toBe(words().failures.changed.no);
  });

  it("never says that nothing was changed where that is not certain", () => {
    for (const kind of kinds) {
      const described = describe(failure(kind, { changed: "unknown", unfinished: 7 }), keychainName);
      const said = [described.title, described.happened, described.next, described.changed].join(" ");
      // What was looked for at Twilio and found not to be there is certain, and comes with no other word.
      if (kind === "notCreated" || kind === "keyDeleted" || kind === "keyUnusableRemoved") continue;
      expect(said, kind).not.toMatch(/nothing was (changed|made|done)(?! on this computer)/i);
    }
  });

  it("says for each outcome whether anything was changed at Twilio", () => {
    const outcomes: ChangedAtTwilio[] = ["no", "yes", "unknown"];
    expect(new Set(outcomes.map((outcome) => words().failures.changed[outcome])).size).toBe(3);
    for (const outcome of outcomes) expect(words().failures.changed[outcome]).toContain("Twilio");
  });

  it("leads from a lost sealing key to Backup, and to new keys only where nothing else is left", () => {
    for (const kind of ["sealingKeyMissing", "sealedCopyDamaged"] as const) {
      const described = describe(failure(kind), keychainName);
      expect(described.action).toBe("openBackup");
      expect(described.next).toMatch(/backup/i);
      expect(described.next.indexOf("new API key")).toBeGreaterThan(described.next.search(/backup/i));
    }
    expect(describe(failure("sealingKeyMissing"), keychainName).next).toContain("recovery passphrase");
    expect(describe(failure("sealingKeyChanged"), keychainName).action).toBe("openKeychain");
  });

  it("says that something is gone at Twilio only where Twilio said so", () => {
    expect(textsOf("notFound", null).join(" ")).toContain("Twilio");
    expect(textsOf("unknownHere", null).join(" ")).not.toContain("Twilio");
  });

  it("puts failures of one box beside that box", () => {
    expect(signInField("keySidInsteadOfAccountSid")).toBe("accountSid");
    expect(signInField("subaccountInsteadOfParent")).toBe("accountSid");
    expect(signInField("authTokenEmpty")).toBe("authToken");
    expect(signInField("wrongSignIn")).toBeNull();
    expect(signInField("offline")).toBeNull();
  });

  it("names the setting that is to be put right, and what puts it right", () => {
    for (const kind of kinds.filter((one) => describe(failure(one), keychainName).action === "checkComputer")) {
      const [, happened, next] = textsOf(kind, "HTTPS_PROXY");
      expect(happened, kind).toContain("HTTPS_PROXY");
      expect(next, kind).toContain("start Subvault again");
    }
    expect(textsOf("proxyWantsSignIn", "HTTPS_PROXY").join(" ")).toMatch(/in HTTPS_PROXY.*Basic.*NTLM/);
    expect(textsOf("proxySignInUnsupported", null).join(" ")).toContain("Basic");
  });

  it("names who opens the connection, says that nothing was sent, and whom its button allows", () => {
    const described = describe(failure("inspected", { subject: "Acme Inspection CA" }), keychainName);
    expect(described.happened).toMatch(/^Acme Inspection CA opens .* nothing was sent\.$/);
    expect(actionLabel(described.action, described.about)).toBe("Allow Acme Inspection CA");
    expect(isUnreachable("inspected")).toBe(true);
  });

  it("takes every trouble with a proxy for Twilio not being reached", () => {
    for (const kind of kinds.filter((one) => one.startsWith("proxy"))) expect(isUnreachable(kind), kind).toBe(true);
  });

  it("takes a refusal of Twilio for no sign of being offline", () => {
    expect(isUnreachable("offline")).toBe(true);
    expect(isUnreachable("timedOut")).toBe(true);
    expect(isUnreachable("wrongSignIn")).toBe(false);
    expect(isUnreachable("twilioTrouble")).toBe(false);
  });
});

suite("whatever is thrown", () => {
  it("stays as it is when it is a failure", () => {
    const thrown = failure("offline");
    expect(asFailure(thrown)).toBe(thrown);
  });

  it("becomes a fault of the program, of unknown effect, when it is anything else", () => {
    for (const thrown of ["not allowed", new TypeError("x"), null, undefined, { message: "?" }]) {
      expect(asFailure(thrown)).toMatchObject({ kind: "internal", changed: "unknown" });
    }
    expect(asFailure("y".repeat(5000)).technical).toHaveLength(300);
  });

  it("becomes a fault of the program when its kind is not known", () => {
    expect(asFailure({ kind: "__proto__", changed: "no" }).kind).toBe("internal");
    expect(asFailure({ kind: "somethingNew", changed: "no" }).kind).toBe("internal");
  });
});
