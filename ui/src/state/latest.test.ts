import { describe as suite, expect, it, vi } from "vitest";
import { failure } from "../failures/failure";
import { late } from "../test-answers";
import { openAccount } from "./account";
import { Latest, ofThisAccount } from "./latest";

vi.mock("../backend", () => ({ backend: { on: () => {} } }));

suite("a question of which only the newest answer counts", () => {
  it("is answered with the value or the failure", async () => {
    const latest = new Latest();
    expect(await latest.ask(async () => 7)).toEqual({ value: 7, failure: null });
    const refused = await latest.ask(async () => Promise.reject(failure("offline")));
    expect(refused?.failure?.kind).toBe("offline");
    expect(latest.pending).toBe(false);
  });

  it("drops the answer and the failure of an earlier one, whichever comes first", async () => {
    const latest = new Latest();
    const [first, second, third] = [late<number>(), late<number>(), late<number>()];
    const answers = [first, second, third].map(({ call }) => latest.ask(() => call));
    third.answer(3);
    second.answer(2);
    first.refuse(failure("offline"));
    expect(await Promise.all(answers)).toEqual([null, null, { value: 3, failure: null }]);
  });

  it("waits for the newest only, and for none that was overtaken by what was told", async () => {
    const latest = new Latest();
    const [first, second] = [late<number>(), late<number>()];
    const one = latest.ask(() => first.call);
    const two = latest.ask(() => second.call);
    first.answer(1);
    expect(await one).toBe(null);
    expect(latest.pending).toBe(true);
    latest.overtake();
    expect(latest.pending).toBe(false);
    second.answer(2);
    expect(await two).toBe(null);
  });

  it("tells what comes before its answer whether it still counts", async () => {
    const latest = new Latest();
    const end = late<void>();
    const heard: boolean[] = [];
    const asked = latest.ask(async (counts) => {
      heard.push(counts());
      await end.call;
      heard.push(counts());
    });
    latest.overtake();
    end.answer();
    expect(await asked).toBe(null);
    expect(heard).toEqual([true, false]);
  });

  it("is not answered about an account that is no longer open, nor is anything else", async () => {
    const latest = new Latest();
    const [one, other] = [late<number>(), late<number>()];
    const asked = [latest.ask(() => one.call), ofThisAccount(() => other.call)];
    openAccount.leave();
    one.answer(1);
    other.refuse(failure("offline"));
    expect(await Promise.all(asked)).toEqual([null, null]);
    expect(await ofThisAccount(async () => 2)).toEqual({ value: 2, failure: null });
  });
});

suite("what is kept of an account", () => {
  const modules = import.meta.glob<Record<string, unknown>>("./*.svelte.ts", { eager: true });
  const kept = Object.entries(modules).flatMap(([file, exported]) =>
    Object.values(exported).flatMap((store) => (typeof store === "object" && store !== null && "reset" in store ? [{ file, store }] : [])),
  );

  it("is known by how it is forgotten", () => {
    expect(kept.length).toBeGreaterThanOrEqual(12);
  });

  it.each(kept)("is forgotten with it: $file", ({ store }) => {
    expect(openAccount.stores).toContain(store);
  });
});
