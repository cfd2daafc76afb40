import { describe as suite, expect, it } from "vitest";
import { noNewKeyWords } from "./newKey";

suite("whether a subaccount may have a new key", () => {
  const active = { status: "active", gone: false } as const;

  it("is for active ones of a connected account alone, and the reason is said otherwise", () => {
    expect(noNewKeyWords(active, true)).toBeNull();
    const reasons = [
      noNewKeyWords(active, false),
      noNewKeyWords({ ...active, gone: true }, true),
      ...(["suspended", "closed", "unknown"] as const).map((status) => noNewKeyWords({ status, gone: false }, true)),
    ];
    for (const reason of reasons) expect(reason).toMatch(/^[A-Z].+\.$/);
    expect(new Set(reasons).size).toBe(reasons.length);
  });
});
