import { describe as suite, expect, it, vi } from "vitest";
import type { BackupStage, BackupState } from "../wire";

const heard = vi.hoisted(() => new Map<string, (news: unknown) => void>());
vi.mock("../backend", () => ({ backend: { on: (name: string, handler: (news: unknown) => void) => heard.set(name, handler) } }));

const { backups } = await import("./backups.svelte");

suite("a backup that nobody waits for", () => {
  it("is shown while it runs and no longer", () => {
    const stage = (now: BackupStage) => heard.get("backupProgress")?.(now);
    const running = (now: boolean) => heard.get("backupChanged")?.({ running: now } as BackupState);
    stage("gathering");
    running(true);
    stage("comparing");
    expect(backups.stage).toBe("comparing");
    running(false);
    expect(backups.stage).toBe(null);
  });
});
