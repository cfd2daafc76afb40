import { describe, expect, it } from "vitest";
import type { WhyNotReadable } from "../wire";
import { notReadableWords, oddRowsWords, why, whyShort } from "./notReadable";

const refused: WhyNotReadable = { kind: "notFound", status: 404, code: 20404, words: "The requested resource was not found" };
const odd: WhyNotReadable = { kind: "unreadableAnswer", status: null, code: null, words: null };
const silent: WhyNotReadable = { kind: "timedOut", status: null, code: null, words: null };
const plain = (text: string) => text.replace(/[\u2068\u2069]/g, "");

describe("what cannot be read of a subaccount", () => {
  it("is named with Twilio’s number and its own words", () => {
    const said = notReadableWords({ spend: refused, keys: null, keysWithoutSid: 0 }).map(plain);
    expect(said).toEqual([
      "This month’s usage of this subaccount cannot be read. Twilio refused it (404, code 20404): “The requested resource was not found”",
    ]);
  });

  it("has nothing unseen in Twilio’s words", () => {
    expect(why({ ...refused, words: "no\u202e" })).toContain("no[U+202E]");
  });

  it("is told apart from an odd answer and from none", () => {
    expect([refused, odd, silent].map(whyShort)).toEqual(["Twilio said 404", "Odd answer", "No answer"]);
    expect(new Set([refused, odd, silent].map(why)).size).toBe(3);
  });

  it("says that no key counts as gone where one has no SID", () => {
    const [said] = notReadableWords({ spend: null, keys: null, keysWithoutSid: 2 });
    expect(said).toBe("Twilio’s list has 2 more keys here. Their SIDs cannot be read. No key counts as gone because of it.");
  });
});

describe("odd rows of the list", () => {
  it("are counted", () => {
    expect(oddRowsWords({ shown: 1, withoutSid: [], mayGoOn: false })).toEqual([
      "1 row of Twilio’s list is not as it should be, and is shown as far as it can be read.",
    ]);
    expect(oddRowsWords({ shown: 5, withoutSid: [], mayGoOn: false })[0]).toContain("5 rows");
  });

  it("are named where they cannot be shown", () => {
    const [said] = oddRowsWords({ shown: 0, withoutSid: ["Kiosk\u202e", ""], mayGoOn: false }).map(plain);
    expect(said).toBe(
      "2 rows have no Account SID that can be read, and cannot be shown: “Kiosk[U+202E]” and others. No subaccount counts as gone because of it.",
    );
  });

  it("say where the list may go on", () => {
    expect(oddRowsWords({ shown: 0, withoutSid: [], mayGoOn: true })).toHaveLength(1);
  });
});
