import { beforeEach, describe as suite, expect, it, vi } from "vitest";
import { late } from "../test-answers";
import type { SubaccountDetail } from "../wire";

const subaccount = vi.hoisted(() => vi.fn());
const refreshSubaccount = vi.hoisted(() => vi.fn());
vi.mock("../backend", () => ({ backend: { subaccount, refreshSubaccount, on: () => {} } }));

const { detail } = await import("./detail.svelte");

const named = (name: string) => ({ row: { sid: "AC1", name } }) as SubaccountDetail;

suite("reading the open subaccount again", () => {
  beforeEach(async () => {
    subaccount.mockReset().mockResolvedValue(named("as opened"));
    await detail.open("AC1", { fromTwilio: false });
  });

  it("shows the newest of two answers, in whichever order they come", async () => {
    const [first, second] = [late<SubaccountDetail>(), late<SubaccountDetail>()];
    subaccount.mockReturnValueOnce(first.call).mockReturnValueOnce(second.call);
    const reading = [detail.reload(), detail.reload()];
    second.answer(named("new"));
    first.answer(named("old"));
    await Promise.all(reading);
    expect(detail.detail?.row.name).toBe("new");
  });

  it("asks once more when Twilio’s answer came before one that was asked for earlier", async () => {
    const [reload, again] = [late<SubaccountDetail>(), late<SubaccountDetail>()];
    subaccount.mockReturnValueOnce(reload.call).mockReturnValueOnce(again.call);
    refreshSubaccount.mockResolvedValue(named("from Twilio"));
    const reading = detail.reload();
    await detail.refresh();
    reload.answer(named("from before"));
    await reading;
    expect(detail.detail?.row.name).toBe("from Twilio");
    again.answer(named("saved since"));
    await vi.waitFor(() => expect(detail.detail?.row.name).toBe("saved since"));
  });

  it("drops an answer about a subaccount that was closed meanwhile", async () => {
    const closed = late<SubaccountDetail>();
    subaccount.mockReturnValueOnce(closed.call);
    const reading = detail.reload();
    detail.close();
    closed.answer(named("late"));
    await reading;
    expect(detail.detail).toBeNull();
  });
});
