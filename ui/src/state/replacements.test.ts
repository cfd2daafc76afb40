import { beforeEach, describe as suite, expect, it, vi } from "vitest";
import { failure } from "../failures/failure";
import { late } from "../test-answers";
import type { Replacement, SubaccountRow } from "../wire";
import { openAccount } from "./account";

const heard = vi.hoisted(() => new Map<string, ((news: unknown) => void)[]>());
const asked = vi.hoisted(() => vi.fn());
const sayInUse = vi.hoisted(() => vi.fn());
vi.mock("../backend", () => ({
  backend: {
    replacements: asked,
    sayInUse,
    on: (name: string, handler: (news: unknown) => void) => heard.set(name, [...(heard.get(name) ?? []), handler]),
  },
}));

const { replacements } = await import("./replacements.svelte");

const one = (newKeySid: string, stage: Replacement["stage"] = "handOver"): Replacement => ({
  accountSid: "AC1",
  accountName: "Acme",
  oldKeySid: `old-${newKeySid}`,
  oldKeyMadeAt: null,
  newKeySid,
  newKeyName: "Acme",
  newKeyState: "saved",
  newKeyProvedAt: null,
  stage,
  begunAt: new Date().toISOString(),
  handedOver: null,
  lookedAt: null,
  inUse: null,
  endedAt: null,
});
const tell = () => {
  for (const hear of heard.get("rowsChanged") ?? []) hear([{ sid: "AC1" } as SubaccountRow]);
};
const sids = () => replacements.all.map(({ newKeySid }) => newKeySid);

suite("the keys that are being replaced", () => {
  beforeEach(() => {
    replacements.reset();
    asked.mockReset();
    sayInUse.mockReset();
  });

  it("are asked for once somebody looks at them, and then whenever a subaccount is told of", async () => {
    tell();
    expect(asked).not.toHaveBeenCalled();
    asked.mockResolvedValueOnce([one("SK1")]).mockResolvedValueOnce([one("SK1"), one("SK2")]);
    replacements.need();
    replacements.need();
    await vi.waitFor(() => expect(sids()).toEqual(["SK1"]));
    expect(asked).toHaveBeenCalledTimes(1);
    tell();
    await vi.waitFor(() => expect(sids()).toEqual(["SK1", "SK2"]));
  });

  it("are asked for once more, whatever was told how often while they were being asked for", async () => {
    const first = late<Replacement[]>();
    asked.mockReturnValueOnce(first.call).mockResolvedValueOnce([one("SK2")]);
    const loaded = replacements.load();
    tell();
    tell();
    tell();
    first.answer([one("SK1")]);
    await loaded;
    expect(sids()).toEqual(["SK2"]);
    expect(asked).toHaveBeenCalledTimes(2);
  });

  it("are not asked for again and again where they cannot be read", async () => {
    const first = late<Replacement[]>();
    asked.mockReturnValueOnce(first.call);
    const loaded = replacements.load();
    tell();
    first.refuse(failure("recordsBroken"));
    await loaded;
    expect(asked).toHaveBeenCalledTimes(1);
    expect(replacements.failure?.kind).toBe("recordsBroken");
  });

  it("show what was answered to the word of their user, and not what was asked before it", async () => {
    const before = late<Replacement[]>();
    asked.mockReturnValueOnce(before.call);
    sayInUse.mockResolvedValueOnce([one("SK1", "deleteOld")]);
    const loading = replacements.load();
    await replacements.sayInUse("old-SK1");
    before.answer([one("SK1", "inUse")]);
    await loading;
    expect(replacements.stepOfOldKey("old-SK1")).toBe(4);
  });

  it("are the view of the keys for as long as there are some, with the pane of one that is there", async () => {
    asked.mockResolvedValueOnce([one("SK1")]).mockResolvedValueOnce([]);
    await replacements.load();
    replacements.showOne("SK1");
    expect([replacements.shown, replacements.opened]).toEqual(["replacing", "SK1"]);
    await replacements.load();
    expect([replacements.shown, replacements.opened]).toEqual(["all", null]);
  });

  it("are forgotten with the account, and an answer about that one does not come into the next", async () => {
    const answer = late<Replacement[]>();
    asked.mockReturnValueOnce(answer.call);
    const loading = replacements.load();
    openAccount.leave();
    answer.answer([one("SK1")]);
    await loading;
    expect([replacements.all, replacements.loaded]).toEqual([[], false]);
  });

  it("say of a key at which step its replacing is, and nothing where it is done", async () => {
    asked.mockResolvedValueOnce([one("SK1", "inUse"), one("SK2", "done")]);
    await replacements.load();
    expect([replacements.stepOfOldKey("old-SK1"), replacements.stepOfOldKey("old-SK2")]).toEqual([3, null]);
  });
});
