import { describe, expect, it } from "vitest";
import { isSameNumber, readableNumber } from "./phoneNumbers";

describe("a phone number", () => {
  it("is shown in groups after its calling code", () => {
    for (const [number, shown] of [
      ["+12025550143", "+1 202 555 0143"],
      ["+442079460123", "+44 207 946 0123"],
      ["+4915112345678", "+49 151 123 456 78"],
      ["+358401234567", "+358 401 234 567"],
      ["+79161234567", "+7 916 123 4567"],
    ] as const)
      expect(readableNumber(number)).toBe(shown);
  });

  it("is shown as it came where it is no international one", () => {
    for (const other of ["72345", "sip:alarm", "+0123", ""]) expect(readableNumber(other)).toBe(other);
    expect(readableNumber("\u202e12")).toBe("[U+202E]12");
  });

  it("is the same however it is typed, and no other", () => {
    for (const typed of ["+12025550143", "+1 202 555 0143", "1 (202) 555-0143", " 12025550143 "])
      expect(isSameNumber(typed, "+12025550143"), typed).toBe(true);
    for (const typed of ["", "2025550143", "+1202555014", "+120255501433", "+1 202 555 0143 x"])
      expect(isSameNumber(typed, "+12025550143"), typed).toBe(false);
    expect(isSameNumber("", "")).toBe(false);
  });
});
