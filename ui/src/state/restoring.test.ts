import { beforeEach, describe as suite, expect, it, vi } from "vitest";
import { failure } from "../failures/failure";
import { late } from "../test-answers";
import type { ChosenBackup, Restored } from "../wire";

const chooseBackup = vi.hoisted(() => vi.fn());
const restoreBackup = vi.hoisted(() => vi.fn());
vi.mock("../backend", () => ({ backend: { chooseBackup, restoreBackup, on: () => {} } }));

const { restoring } = await import("./restoring.svelte");

const file: ChosenBackup = { name: "backup.age", folder: "E:\\" };

suite("a backup to be restored", () => {
  beforeEach(() => {
    chooseBackup.mockReset();
    restoreBackup.mockReset();
    restoring.reset();
  });

  it("is not chosen in a box that was still open when they went back", async () => {
    const box = late<ChosenBackup | null>();
    chooseBackup.mockReturnValueOnce(box.call);
    const choosing = restoring.choose();
    restoring.reset();
    box.answer(file);
    expect(await choosing).toBe(false);
    expect(restoring.chosen).toBe(null);
  });

  it("is no failure either once they went back", async () => {
    const box = late<ChosenBackup | null>();
    chooseBackup.mockReturnValueOnce(box.call);
    const choosing = restoring.choose();
    restoring.reset();
    box.refuse(failure("notABackup"));
    expect(await choosing).toBe(false);
    expect(restoring.failure).toBe(null);
  });

  it("is not shown as restored where another account is open by then", async () => {
    const answer = late<Restored>();
    restoreBackup.mockReturnValueOnce(answer.call);
    const running = restoring.restore("some passphrase");
    restoring.reset();
    expect(restoring.busy).toBe(false);
    answer.answer({ madeAt: "2026-11-20T09:00:00Z", keys: 1, alreadyHere: 0, withoutSecret: 0, ofOtherAccount: 0 });
    await running;
    expect(restoring.done).toBe(null);
  });
});
