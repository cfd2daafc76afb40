import { describe as suite, expect, it, vi } from "vitest";
import { failure } from "../failures/failure";
import { confirming } from "./confirming.svelte";

suite("what needs them to say who they are", () => {
  it("runs at once where nobody has to be asked", async () => {
    await expect(confirming.first(async () => "done")).resolves.toBe("done");
    expect(confirming.asking).toBe(false);
  });

  it("runs again once they have said so", async () => {
    const run = vi.fn().mockRejectedValueOnce(failure("askAgain")).mockResolvedValueOnce("secret");
    const running = confirming.first(run);
    await vi.waitFor(() => expect(confirming.asking).toBe(true));
    confirming.answered(true);
    await expect(running).resolves.toBe("secret");
    expect(run).toHaveBeenCalledTimes(2);
  });

  it("does not run again when they do not want to", async () => {
    const run = vi.fn().mockRejectedValue(failure("askAgain"));
    const running = confirming.first(run);
    await vi.waitFor(() => expect(confirming.asking).toBe(true));
    confirming.answered(false);
    await expect(running).rejects.toMatchObject({ kind: "notConfirmed" });
    expect(run).toHaveBeenCalledTimes(1);
  });

  it("is answered with no where the account is left that it is about", async () => {
    const running = confirming.first(() => Promise.reject(failure("askAgain")));
    await vi.waitFor(() => expect(confirming.asking).toBe(true));
    confirming.reset();
    await expect(running).rejects.toMatchObject({ kind: "notConfirmed" });
    expect(confirming.asking).toBe(false);
  });

  it("asks once: a second thing that wants to know ends the first", async () => {
    const first = confirming.first(() => Promise.reject(failure("askAgain")));
    await vi.waitFor(() => expect(confirming.asking).toBe(true));
    const second = confirming.first(() => Promise.reject(failure("askAgain")));
    await expect(first).rejects.toMatchObject({ kind: "notConfirmed" });
    confirming.answered(false);
    await expect(second).rejects.toMatchObject({ kind: "notConfirmed" });
    expect(confirming.asking).toBe(false);
  });

  it("passes every other failure on", async () => {
    await expect(confirming.first(() => Promise.reject(failure("secretNotFound")))).rejects.toMatchObject({ kind: "secretNotFound" });
    expect(confirming.asking).toBe(false);
  });
});
