/** What there is to say about recovery and backups, and where: in a strip over every screen, or in the list of what needs attention. */
import { app } from "./app.svelte";
import { backups } from "./backups.svelte";
import { clock } from "./clock.svelte";

/** `plain`: a readable file is still there. `offer`: no passphrase is set. `lacking`: the last backup is without some secrets. */
export type BackupMatter = "plain" | "offer" | "outdated" | "failing" | "old" | "lacking";

/** So long after it was first put off it comes back at each start; then it waits in the list. */
const oneDay = 24 * 60 * 60_000;

class BackupNotice {
  /** The most pressing matter, if there is one. */
  readonly matter: BackupMatter | null = $derived.by(() => {
    const { state } = backups;
    if (state === null) return null;
    if (state.plainFiles.some((file) => file.due)) return "plain";
    if (state.savedKeys === 0) return null;
    if (!state.passphraseSet) return "offer";
    if (state.passphraseOutdated) return "outdated";
    if (state.failing !== null) return "failing";
    if (state.old) return "old";
    return (state.lastGood?.missing.unread.length ?? 0) > 0 ? "lacking" : null;
  });
  readonly canWait: boolean = $derived(this.matter === "offer" || this.matter === "old" || this.matter === "lacking");
  readonly #putOffAt: string | null = $derived(app.state?.preferences.backupPutOffAt ?? null);
  /** It waits in the list of what needs attention. */
  readonly isInList: boolean = $derived(this.canWait && this.#putOffAt !== null && clock.now - Date.parse(this.#putOffAt) >= oneDay);
  /** What the strip says. On the Backup screen itself everything is said already. */
  readonly strip: BackupMatter | null = $derived(
    app.screen === "backup" || this.isInList || (this.canWait && backups.later) ? null : this.matter,
  );
  /** It was put off once, and has been done since. */
  readonly isDone: boolean = $derived(backups.state !== null && this.matter === null && this.#putOffAt !== null);

  putOff(): void {
    backups.later = true;
    if (this.#putOffAt === null) void app.prefer({ backupPutOffAt: new Date().toISOString() });
  }

  /** Should it come up again, it begins anew. */
  forget(): void {
    void app.prefer({ backupPutOffAt: null });
  }
}

export const backupNotice = new BackupNotice();
