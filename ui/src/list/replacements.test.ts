import { describe as suite, expect, it } from "vitest";
import { newKeyRow } from "../fake/data";
import type { ListedKey, Replacement } from "../wire";
import { whyNotReplaced } from "./replaceAbility";
import { rowOf, rowsOf, stepOf } from "./replacementRows";

const now = Date.parse("2026-11-30T12:00:00Z");
const blank: Replacement = {
  accountSid: "AC1",
  accountName: "Acme",
  oldKeySid: "SK-old",
  oldKeyMadeAt: "2024-10-03T00:00:00Z",
  newKeySid: "SK-new",
  newKeyName: "Acme",
  newKeyState: "saved",
  newKeyProvedAt: null,
  stage: "handOver",
  begunAt: "2026-11-10T00:00:00Z",
  handedOver: null,
  lookedAt: null,
  inUse: null,
  endedAt: null,
};
const handedOver = { at: "2026-11-12T00:00:00Z", serviceName: "DicksonOne" };
const one = (newKeySid: string, changed: Partial<Replacement>): Replacement => ({ ...blank, newKeySid, ...changed });
const never = () => null;
const order = (all: Replacement[], putOff: (sid: string) => string | null = never) =>
  rowsOf(all, putOff, now).map((row) => (row === "doneLately" ? row : row.replacement.newKeySid));

suite("the rows of keys that are being replaced", () => {
  it("say whom each waits for, and since when", () => {
    const said = (changed: Partial<Replacement>, putOff: string | null = null) => {
      const { waitsFor, since } = rowOf({ ...blank, ...changed }, putOff);
      return [waitsFor, since];
    };
    expect(said({})).toEqual(["you", blank.begunAt]);
    expect(said({}, "2026-11-20T00:00:00Z")).toEqual(["putOff", "2026-11-20T00:00:00Z"]);
    expect(said({ stage: "inUse", handedOver })).toEqual(["traffic", handedOver.at]);
    const inUse = { since: "2026-11-28T00:00:00Z", how: "seen" as const };
    expect(said({ stage: "deleteOld", handedOver, inUse })).toEqual(["you", inUse.since]);
    expect(said({ stage: "done", handedOver, inUse, endedAt: "2026-11-29T00:00:00Z" })).toEqual(["nobody", "2026-11-29T00:00:00Z"]);
  });

  it("wait for their user where the new key cannot be used, whatever comes next", () => {
    expect(rowOf({ ...blank, stage: "inUse", handedOver, newKeyState: "removedAtTwilio" }, null).waitsFor).toBe("you");
    expect(rowOf({ ...blank, stage: "done", newKeyState: "removedAtTwilio" }, null).waitsFor).toBe("nobody");
  });

  it("begin with what has waited longest for their user, and end with what is done", () => {
    const all = [
      one("traffic", { stage: "inUse", handedOver }),
      one("later", { begunAt: "2026-11-20T00:00:00Z" }),
      one("put off", {}),
      one("done before", { stage: "done", endedAt: "2026-11-21T00:00:00Z" }),
      one("longest", { begunAt: "2026-11-02T00:00:00Z" }),
      one("done", { stage: "done", endedAt: "2026-11-24T00:00:00Z" }),
    ];
    const putOff = (sid: string) => (sid === "put off" ? "2026-11-01T00:00:00Z" : null);
    expect(order(all, putOff)).toEqual(["longest", "later", "traffic", "put off", "doneLately", "done", "done before"]);
  });

  it("leave out what was done more than 30 days ago, and then nothing divides them", () => {
    expect(order([one("open", {}), one("done", { stage: "done", endedAt: "2026-10-30T00:00:00Z" })])).toEqual(["open"]);
    expect(order([one("done", { stage: "done", endedAt: null, begunAt: "2026-11-10T00:00:00Z" })])).toEqual(["doneLately", "done"]);
  });

  it("count their steps from the making of the new key", () => {
    expect((["handOver", "inUse", "deleteOld"] as const).map((stage) => stepOf({ ...blank, stage }))).toEqual([2, 3, 4]);
  });
});

suite("replacing a key", () => {
  const listed = (changed: Partial<ListedKey["key"]>, accountStatus: ListedKey["accountStatus"] = "active"): ListedKey => ({
    accountSid: "AC1",
    accountName: "Acme",
    accountStatus,
    key: { ...newKeyRow("SK1", "Acme"), state: "saved", ...changed },
  });

  it("needs a key that Twilio has, in a subaccount that is active", () => {
    expect(whyNotReplaced(listed({}), false)).toBe(null);
    expect(whyNotReplaced(listed({ state: "notSaved" }), false)).toBe(null);
    expect(whyNotReplaced(listed({ state: "removedAtTwilio" }), false)).toBe("gone");
    expect(whyNotReplaced(listed({}, "suspended"), false)).toBe("suspended");
    expect(whyNotReplaced(listed({}, "closed"), false)).toBe("closed");
  });

  it("is begun once, and not before the key itself is finished", () => {
    expect(whyNotReplaced(listed({}), true)).toBe("beingReplaced");
    expect(whyNotReplaced(listed({ state: "unfinished" }), true)).toBe("unfinished");
  });
});
