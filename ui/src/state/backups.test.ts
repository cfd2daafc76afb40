import { beforeEach, describe as suite, expect, it, vi } from "vitest";
import { failure } from "../failures/failure";
import { late } from "../test-answers";
import { operation } from "../test-operations";
import type { BackupState, StepName } from "../wire";

const heard = vi.hoisted(() => new Map<string, (news: unknown) => void>());
const backupState = vi.hoisted(() => vi.fn());
vi.mock("../backend", () => ({
  backend: { backupState, on: (name: string, handler: (news: unknown) => void) => heard.set(name, handler) },
}));

const { openAccount } = await import("./account");
const { backups } = await import("./backups.svelte");

const into = (folder: string) => ({ folder, running: false }) as BackupState;
const tell = (state: BackupState) => heard.get("backupChanged")?.(state);

beforeEach(() => {
  backupState.mockReset();
  backups.reset();
});

suite("a backup that nobody waits for", () => {
  it("is shown while it runs and no longer", () => {
    const at = (...steps: StepName[]) => steps.map((step) => ({ step, state: "running" as const, done: 0, total: 0 }));
    const told = (...all: unknown[]) => heard.get("operationsChanged")?.(all);
    told(operation(1, "backUp", { steps: at("gather") }));
    told(operation(1, "backUp", { steps: at("gather", "encrypt", "write", "compare") }));
    expect(backups.stage).toBe("compare");
    told(operation(1, "backUp", { outcome: { is: "done", result: { what: "done" } } }));
    expect(backups.stage).toBe(null);
  });
});

suite("how backups stand", () => {
  it("is what was asked for last, in whichever order the answers come", async () => {
    const [older, newer] = [late<BackupState>(), late<BackupState>()];
    backupState.mockReturnValueOnce(older.call).mockReturnValueOnce(newer.call);
    const reading = [backups.load(), backups.load()];
    newer.answer(into("new"));
    older.answer(into("old"));
    await Promise.all(reading);
    expect(backups.state?.folder).toBe("new");
  });

  it("is what was told while it was read", async () => {
    const reading = late<BackupState>();
    backupState.mockReturnValueOnce(reading.call);
    const loaded = backups.load();
    tell(into("told"));
    reading.answer(into("read before"));
    await loaded;
    expect(backups.state?.folder).toBe("told");
  });

  it("is what a change came to, whatever was asked for before that", async () => {
    const reading = late<BackupState>();
    backupState.mockReturnValueOnce(reading.call);
    const loaded = backups.load();
    expect(await backups.change(async () => into("chosen"))).toBe(true);
    reading.answer(into("before"));
    await loaded;
    expect(backups.state?.folder).toBe("chosen");
  });

  it("is read once more where something was told while it was changed", async () => {
    const changing = late<BackupState>();
    backupState.mockResolvedValueOnce(into("read afterwards"));
    const changed = backups.change(() => changing.call);
    tell(into("told"));
    changing.answer(into("chosen"));
    expect(await changed).toBe(true);
    await vi.waitFor(() => expect(backups.state?.folder).toBe("read afterwards"));
  });

  it.each([
    ["read", () => backups.load()],
    ["changed", () => backups.change(() => backupState())],
    ["changed and not taken", () => backups.change(() => backupState().then(() => Promise.reject(failure("backupDiskFull"))))],
  ])("is nothing of an account that was left while it was %s", async (_, begin) => {
    const answer = late<BackupState>();
    backupState.mockReturnValueOnce(answer.call);
    const ended = begin();
    openAccount.leave();
    answer.answer(into("the other account’s"));
    expect(await ended).not.toBe(true);
    expect([backups.state, backups.failure]).toEqual([null, null]);
  });

  it("has no failure any more once another try reads it", async () => {
    backupState.mockRejectedValueOnce(failure("recordsBroken")).mockResolvedValueOnce(into("read"));
    await backups.load();
    expect(backups.failure?.kind).toBe("recordsBroken");
    backups.again();
    await vi.waitFor(() => expect(backups.state?.folder).toBe("read"));
    expect(backups.failure).toBe(null);
  });

  it("keeps the failure of a backup, although it is read again after that", async () => {
    backupState.mockResolvedValue(into("read"));
    await backups.change(() => Promise.reject(failure("backupDiskFull")));
    await backups.load();
    expect(backups.failure?.kind).toBe("backupDiskFull");
  });
});
