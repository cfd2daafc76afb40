import { describe as suite, expect, it } from "vitest";
import { failure } from "../failures/failure";
import { failureActions } from "../failures/failureActions";
import { checks } from "../state/checking.svelte";
import type { CheckFinding, CheckProblem, FailureKind } from "../wire";
import { doing, factsOf, problemActions, slow, summary, title, wordsFor, type Surroundings } from "./findings";
import { duration, size } from "./measures";

const about: Surroundings = { keychain: "Credential Manager", practice: false, now: Date.parse("2026-11-23T12:00:00Z") };
const fine = (check: CheckFinding["check"], facts: CheckFinding["facts"] = []): CheckFinding => ({
  check,
  verdict: "fine",
  problem: null,
  failure: null,
  facts,
});
const found = (change: Partial<CheckFinding>): CheckFinding => ({ ...fine("clock"), verdict: "attention", ...change });

const jargon = /\b(https?|tls|ssl|dns|tcp|ntp|utc|json|null|undefined|NaN|timeout|database|sqlite|please|sorry)\b/i;

suite("the words for what was found", () => {
  it("say what is tried before it is tried, also in practice mode", () => {
    for (const practice of [false, true]) {
      for (const check of checks) {
        for (const text of [
          `${title(check, { ...about, practice })}.`,
          doing(check, { ...about, practice }),
          slow(check, about) ?? "Nothing.",
        ]) {
          expect(text).toMatch(/^[A-Z].*\.$/);
          expect(text).not.toMatch(jargon);
        }
      }
    }
    expect(doing("twilio", { ...about, practice: true })).toContain("The real one is not asked");
    expect(wordsFor(fine("twilio"), { ...about, practice: true }).text).toContain("nothing about the way to the real Twilio");
  });

  it.each(checks)("%s that works has a sentence, and nothing to do", (check) => {
    const words = wordsFor(fine(check), about);
    expect(words.text).toMatch(/^[A-Z].*\.$/);
    expect(words.text).not.toMatch(jargon);
    expect(words.next).toBeNull();
  });

  it.each(Object.keys(problemActions) as CheckProblem[])("%s says what is wrong and what to do", (problem) => {
    const facts: CheckFinding["facts"] = [
      { name: "room", value: "1" },
      { name: "free", value: "212000000" },
      { name: "ahead", value: "-7200" },
    ];
    for (const given of [facts, []]) {
      const words = wordsFor(found({ problem, facts: given }), about);
      expect(words.text).toMatch(/^[A-Z].*\.$/);
      expect(words.next).toMatch(/^[A-Z].*\.$/);
      expect(`${words.text} ${words.next}`).not.toMatch(jargon);
      expect(`${words.text} ${words.next}`).not.toContain("!");
    }
  });

  it.each(Object.keys(failureActions) as FailureKind[])("%s is said in the words that it is said in elsewhere", (kind) => {
    const words = wordsFor(found({ check: "keychain", failure: failure(kind, { technical: "line" }) }), about);
    expect(words.text).toMatch(/^[A-Z].*\.$/);
    expect(words.next).toMatch(/^[A-Z].*\.$/);
    expect(words.details).toEqual(["line"]);
    expect(words.action).not.toBe("tryAgain");
  });

  it("leads from a lost sealing key to Backup", () => {
    expect(wordsFor(found({ check: "keychain", problem: "sealingKeyMissing" }), about).action).toBe("openBackup");
  });

  it("does not speak of thirty seconds where it waited for fifteen", () => {
    const words = wordsFor(found({ check: "twilio", failure: failure("timedOut") }), about);
    expect(words.text).toContain("15 seconds");
    expect(words.text).not.toContain("30");
  });

  it("says which way goes to Twilio, and why", () => {
    const way = (facts: CheckFinding["facts"]) => wordsFor(fine("network", facts), about).text;
    expect(way([])).toBe("No proxy is set. Subvault goes to Twilio directly.");
    expect(
      way([
        { name: "proxy", value: "socks5://proxy.example:1080" },
        { name: "proxySetIn", value: "all_proxy" },
      ]),
    ).toContain("set in all_proxy");
    expect(
      way([
        { name: "proxy", value: "http://proxy.example:3128" },
        { name: "proxySetIn", value: "" },
      ]),
    ).toContain("the system’s settings");
    expect(way([{ name: "proxyExceptedBy", value: "NO_PROXY" }])).toContain("NO_PROXY leaves Twilio out");
    expect(wordsFor(fine("network"), { ...about, practice: true }).text).toContain("Practice mode uses neither");
    const overruled = found({
      check: "network",
      problem: "proxyOverruled",
      facts: [
        { name: "proxyOverruled", value: "HTTPS_PROXY" },
        { name: "proxySetIn", value: "https_proxy" },
      ],
    });
    expect(wordsFor(overruled, about).text).toContain("HTTPS_PROXY names another proxy");
  });

  it("names who opens the connection, before and after it is allowed", () => {
    const facts: CheckFinding["facts"] = [{ name: "inspectedBy", value: "Acme\u202e CA" }];
    const asked = wordsFor(found({ check: "twilio", problem: "inspected", facts }), about);
    expect(asked.text).toContain("Acme[U+202E] CA opens the connection");
    expect(asked.action).toBe("allowInspection");
    expect(wordsFor(fine("twilio", facts), about).text).toContain("which you allowed");
  });

  it("says what a proxy offers and answers", () => {
    const facts: CheckFinding["facts"] = [
      { name: "proxyOffers", value: "Negotiate, NTLM" },
      { name: "proxyStatus", value: "403" },
    ];
    expect(factsOf(fine("twilio", facts), about)).toEqual(["it offers Negotiate, NTLM", "it answered with status 403"]);
  });

  it("says how far the clock is off, and which way", () => {
    const off = (ahead: string, problem: CheckProblem) =>
      wordsFor(found({ problem, facts: [{ name: "ahead", value: ahead }] }), about).text;
    expect(off("7201", "clockWrongZone")).toContain("2 hours ahead of Twilio’s");
    expect(off("-2465", "clockWrong")).toContain("41 minutes behind Twilio’s");
  });

  it("adds up what was found", () => {
    const broken = found({ verdict: "broken" });
    const attention = found({});
    expect(summary([fine("clock"), fine("twilio")])).toEqual({ tone: "ok", text: "Everything works as it should." });
    expect(summary([fine("clock"), attention]).tone).toBe("warn");
    expect(summary([attention, broken])).toMatchObject({ tone: "bad", text: expect.stringContaining("One thing does not work") });
    expect(summary([broken, broken]).text).toContain("2 things do not work");
    expect(summary([found({ verdict: "unknown" }), broken]).tone).toBe("bad");
  });
});

suite("what was measured", () => {
  it("is said briefly", () => {
    const facts: CheckFinding["facts"] = [
      { name: "took", value: "24" },
      { name: "folder", value: "~/.local/share/subvault" },
      { name: "free", value: "131400000000" },
      { name: "copies", value: "1" },
      { name: "newestCopy", value: "2026-11-23T07:00:00Z" },
      { name: "proxy", value: "proxy.example:3128" },
      { name: "zone", value: "America/New_York" },
      { name: "ahead", value: "-1" },
    ];
    expect(factsOf(fine("keychain", facts), about)).toEqual([
      "took 24 ms",
      "~/.local/share/subvault",
      "1 copy",
      "through the proxy proxy.example:3128",
      "America/New York",
      "less than 2 seconds apart",
    ]);
  });

  it("is rounded as people speak", () => {
    expect([1, 61, 150, 3599, 3600, 7201, 9000, 86_400 * 30].map(duration)).toEqual([
      "1 second",
      "61 seconds",
      "3 minutes",
      "1 hour",
      "1 hour",
      "2 hours",
      "2 hours and 30 minutes",
      "30 days",
    ]);
    expect([0, 9_999_999, 212_000_000, 131_400_000_000].map(size)).toEqual(["0 MB", "9 MB", "212 MB", "131 GB"]);
  });
});
