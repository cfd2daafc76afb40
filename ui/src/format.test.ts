import { describe, expect, it } from "vitest";
import { ago, dayHeading, money, scaled, usableLocale } from "./format";

const now = Date.parse("2026-11-23T15:00:00Z");

describe("the locale", () => {
  it("is never the C locale of a bare Linux, which Intl refuses", () => {
    expect(usableLocale(["C"])).toBe("en-US");
    expect(usableLocale(["POSIX", "C.UTF-8", ""])).toBe("en-US");
    expect(usableLocale([])).toBe("en-US");
  });

  it("is the first usable language, also as systems write it", () => {
    expect(usableLocale(["C", "de-DE"])).toBe("de-DE");
    expect(usableLocale(["pt_BR"])).toBe("pt-BR");
  });
});

describe("money", () => {
  it("keeps every digit of a decimal string that a float would lose", () => {
    expect(money({ amount: "9007199254740993.01", currency: "USD" })).toBe("$9,007,199,254,740,993.01");
  });

  it("shows currency and sign", () => {
    expect(money({ amount: "38.12", currency: "USD" })).toBe("$38.12");
    expect(money({ amount: "-5", currency: "EUR" })).toBe("-€5.00");
    expect(money({ amount: "0.0079", currency: "USD" })).toBe("$0.01");
  });

  it("shows what it cannot read as it came", () => {
    expect(money({ amount: "n/a", currency: "USD" })).toBe("n/a USD");
    expect(money({ amount: "1.50", currency: "not a currency" })).toBe("1.50 not a currency");
  });
});

describe("decimals", () => {
  it("compare by value, not by text", () => {
    const rising = ["-3", "0", "9.5", "10.25", "10.3"].map(scaled);
    for (const [place, value] of rising.slice(1).entries()) expect(value > (rising[place] ?? 0n)).toBe(true);
    expect(scaled("0.10")).toBe(scaled("0.1"));
    expect(scaled("9007199254740993")).toBe(scaled("9007199254740992") + scaled("1"));
  });

  it("count as nought when they are none", () => {
    expect(scaled("")).toBe(0n);
    expect(scaled("1e5")).toBe(0n);
  });
});

describe("times", () => {
  it("say how long ago in words", () => {
    expect(ago("2026-11-23T14:59:40Z", now)).toBe("just now");
    expect(ago("2026-11-23T14:58:00Z", now)).toBe("2 min ago");
    expect(ago("2026-11-23T12:00:00Z", now)).toBe("3 hours ago");
    expect(ago("2026-11-23T13:30:00Z", now)).toBe("1 hour ago");
    expect(ago("2026-11-21T15:00:00Z", now)).toBe("2 days ago");
    expect(ago("2026-10-01T15:00:00Z", now)).toBe("on Oct 1, 2026");
  });

  it("of a clock that is ahead are just now", () => {
    expect(ago("2026-11-23T15:04:00Z", now)).toBe("just now");
  });

  it("that cannot be read are shown as they came", () => {
    expect(ago("soon", now)).toBe("soon");
  });

  it("are grouped by day", () => {
    expect(dayHeading("2026-11-23T12:00:00Z", now)).toBe("Today");
    expect(dayHeading("2026-11-22T12:00:00Z", now)).toBe("Yesterday");
    expect(dayHeading("2026-11-10T12:00:00Z", now)).toBe("Tuesday, November 10, 2026");
  });
});
