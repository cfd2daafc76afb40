import { describe, expect, it } from "vitest";
import { newKeyRow } from "../fake/data";
import type { KeyRow, ListedKey, SubaccountStatus } from "../wire";
import { canChange, canProve, whyLeftOut, whyNotProved } from "./keyAbility";
import { consentFor, isGiven } from "./typedConsent";

const handedOver = { at: "2026-01-02T10:00:00Z", serviceName: "DicksonOne" };

function listed(key: Partial<KeyRow>, accountStatus: SubaccountStatus = "active", accountName = "Acme"): ListedKey {
  return { accountSid: "AC1", accountName, accountStatus, key: { ...newKeyRow("SK1", "key"), state: "saved", ...key } };
}

describe("what can be done with a key", () => {
  it.each([
    ["saved", "active", true, true, null],
    ["sealedOnly", "active", true, true, null],
    ["notSaved", "active", false, true, null],
    ["removedAtTwilio", "active", false, false, "gone"],
    ["unfinished", "active", false, false, "unfinished"],
    ["saved", "suspended", false, true, null],
    ["saved", "unknown", true, true, null],
    ["saved", "closed", false, false, "closed"],
  ] as const)("%s in a subaccount that is %s: proved %s, changed %s, else %s", (state, status, proved, changed, why) => {
    const key = listed({ state }, status);
    expect([canProve(key), canChange(key), whyLeftOut(key)]).toEqual([proved, changed, why]);
  });

  it("is said where it cannot be proved", () => {
    expect(whyNotProved(listed({}))).toBeNull();
    expect(whyNotProved(listed({ state: "notSaved" }, "suspended"))).toBe("secretNotHere");
    expect(whyNotProved(listed({}, "suspended"))).toBe("suspended");
  });
});

describe("what is typed before keys are revoked", () => {
  it("is the customer's name where the key was handed over, as names are compared", () => {
    const consent = consentFor([listed({ handedOver }, "active", "Café  Köl")]);
    for (const right of ["Café Köl", "cafe kol", "  CAFÉ\u00a0KÖL "]) expect(isGiven(consent, right)).toBe(true);
    for (const wrong of ["", "Café", "Café Köln"]) expect(isGiven(consent, wrong)).toBe(false);
  });

  it("is nothing where it was not, or where nobody could type the name", () => {
    expect(consentFor([listed({})])).toEqual({ by: "click" });
    expect(consentFor([listed({ handedOver }, "active", " \u200b ")])).toEqual({ by: "click" });
  });

  it("is their number where they are several", () => {
    const consent = consentFor([listed({ handedOver }), listed({})]);
    expect(consent).toEqual({ by: "count", count: 2 });
    expect(isGiven(consent, " 2 ")).toBe(true);
    for (const wrong of ["", "1", "22", "two", "2.0", "-2", "Acme"]) expect(isGiven(consent, wrong)).toBe(false);
  });
});
