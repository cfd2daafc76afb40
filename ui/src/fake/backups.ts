/** The made-up side of recovery, backups and files for other programs. */
import { failure } from "../failures/failure";
import type { Backend, BackupState, GoodBackup } from "../wire";
import { makeSubaccounts } from "./data";
import { requireFresh } from "./lock";
import { answerOf, beginOperation } from "./operations";
import { answer, emit, machine, now, options, wait, world } from "./world";

const suggestedFolder = "C:\\Users\\Dana\\Documents\\Subvault backups";
const set = ["backup", "backup-failing", "backup-lacking", "backup-plain"].includes(options.scene);

/** After this a readable file is asked about. */
const tenMinutes = 600_000;

const kept = {
  passphrase: set ? "walnut ferry cobalt thursday" : (null as string | null),
  folder: set ? suggestedFolder : (null as string | null),
  daily: set,
  last: set ? Date.now() - (options.scene === "backup-failing" ? 6 * 86_400_000 : 3_600_000) : (null as number | null),
  failing: options.scene === "backup-failing",
  /** When a readable file was saved that is still there. */
  plain: options.scene === "backup-plain" ? Date.now() - 900_000 : (null as number | null),
  /** Backups that were made before the passphrase was changed. */
  ofOldPassphrase: 0,
};

const nameAt = (at: number) => `${kept.folder}\\Subvault-backup-k3f9-${new Date(at).toISOString().slice(0, 19).replaceAll(":", "-")}Z.age`;

function savedKeys(): number {
  return world.subaccounts.flatMap((one) => one.keys).filter((key) => key.state === "saved" || key.state === "sealedOnly").length;
}

/** What the last backup holds; in one scene it is without some of the keys. */
function contents(saved: number): Pick<GoodBackup, "keys" | "settled" | "missing"> {
  const lacking = options.scene === "backup-lacking";
  return {
    keys: lacking ? saved - 2 : saved,
    settled: !lacking,
    missing: {
      unread: lacking ? [{ accountName: "Acme Cold Storage", keyName: "Acme Cold Storage - DicksonOne" }] : [],
      savedSince: lacking ? [{ accountName: "Harbour Clinic", keyName: "Harbour Clinic - DicksonOne" }] : [],
      unknown: 0,
    },
  };
}

function backupState(): BackupState {
  const saved = savedKeys();
  return {
    savedKeys: saved,
    passphraseSet: kept.passphrase !== null,
    passphraseOutdated: false,
    folder: kept.folder,
    suggestedFolder,
    daily: kept.daily,
    lastGood: kept.last === null ? null : { at: new Date(kept.last).toISOString(), file: nameAt(kept.last), ...contents(saved) },
    failing: kept.failing ? "folderMissing" : null,
    old: saved > 0 && (kept.last === null || Date.now() - kept.last > 3 * 86_400_000),
    running: false,
    proofsDue: 0,
    ofOldPassphrase: kept.ofOldPassphrase,
    plainFiles:
      kept.plain === null
        ? []
        : [
            {
              file: "C:\\Users\\Dana\\Documents\\Subvault keys for Bitwarden.json",
              writtenAt: new Date(kept.plain).toISOString(),
              due: Date.now() - kept.plain >= tenMinutes,
            },
          ],
  };
}

/** Nearer to counting than to judging, but weak where the real one is. */
function scoreOf(passphrase: string): number {
  return Math.min(4, Math.floor(new Set(passphrase.trim().split(/[\s-]+/)).size + passphrase.length / 12) - 1);
}

export const backups: Pick<
  Backend,
  | "passphraseStrength"
  | "setPassphrase"
  | "putBackMissing"
  | "saveRecoverySheet"
  | "backupState"
  | "chooseBackupFolder"
  | "setDailyBackup"
  | "backUpNow"
  | "chooseBackup"
  | "restoreBackup"
  | "chooseExportFile"
  | "exportKeys"
  | "deletePlainFile"
  | "keepPlainFile"
> = {
  async passphraseStrength(passphrase) {
    await answer("passphraseStrength");
    const score = Math.max(0, scoreOf(passphrase));
    return { score, accepted: score >= 4, weakness: score < 2 ? "oneWord" : null };
  },
  async setPassphrase(passphrase, old) {
    await answer("setPassphrase");
    requireFresh();
    if (kept.passphrase !== null && kept.passphrase !== old) throw failure("passphraseWrong");
    if (kept.passphrase !== null) kept.ofOldPassphrase = 14;
    kept.passphrase = passphrase;
    emit("backupChanged", backupState());
  },
  async putBackMissing(passphrase) {
    await answer("putBackMissing");
    if (passphrase !== kept.passphrase) throw failure("passphraseWrong");
    return { secrets: 3, sealedOnly: 0, passedOver: options.passedOver };
  },
  async saveRecoverySheet() {
    await answer("saveRecoverySheet");
    return "C:\\Users\\Dana\\Documents\\Subvault recovery sheet.html";
  },
  async backupState() {
    await answer("backupState");
    return backupState();
  },
  async chooseBackupFolder() {
    await answer("chooseBackupFolder");
    kept.daily ||= kept.folder === null;
    kept.folder = "E:\\Backups";
    return backupState();
  },
  async setDailyBackup(daily) {
    await answer("setDailyBackup");
    kept.folder ??= suggestedFolder;
    kept.daily = daily;
    return backupState();
  },
  async backUpNow() {
    const backingUp = beginOperation("backUp", {}, async (run) => {
      for (const step of ["gather", "encrypt", "write", "compare"] as const) {
        run.step(step, "running");
        await wait(options.stepDelay);
        if (run.stopped) throw failure("backupStopped");
      }
      await answer("backUpNow");
      return { what: "done" };
    });
    answerOf(await backingUp.ended);
    kept.folder ??= suggestedFolder;
    kept.daily = true;
    kept.failing = false;
    kept.last = Date.now();
    return backupState();
  },
  async chooseBackup() {
    await answer("chooseBackup");
    return { name: "Subvault-backup-k3f9-2026-11-20T09-00-00Z.age", folder: "E:\\Backups" };
  },
  async restoreBackup(passphrase) {
    await answer("restoreBackup");
    requireFresh();
    await wait(options.stepDelay);
    if (passphrase !== "walnut ferry cobalt thursday") throw failure("backupNotOpened");
    kept.passphrase = passphrase;
    if (world.subaccounts.length === 0) world.subaccounts = makeSubaccounts(options.rows, now, { hostile: false, troubles: false });
    world.readAt ??= new Date(now - 86_400_000).toISOString();
    machine.preferences = { ...machine.preferences, lockAfterMinutes: 15 };
    beginOperation("settle", {}, async () => ({ what: "settled", sealedOnly: 0, refused: 0, waiting: 0 }));
    return { madeAt: new Date(Date.now() - 86_400_000).toISOString(), keys: 146, alreadyHere: 0, withoutSecret: 0, ofOtherAccount: 0 };
  },
  async chooseExportFile() {
    await answer("chooseExportFile");
    return true;
  },
  async exportKeys(format, keySids) {
    await answer("exportKeys");
    requireFresh();
    if (format !== "kdbx") kept.plain = Date.now();
    emit("backupChanged", backupState());
    setTimeout(() => emit("backupChanged", backupState()), tenMinutes);
    return {
      file: `C:\\Users\\Dana\\Documents\\Subvault keys.${format === "kdbx" ? "kdbx" : format === "bitwardenJson" ? "json" : "csv"}`,
      keys: keySids?.length ?? savedKeys(),
      passedOver: keySids === null ? options.passedOver : [],
    };
  },
  async deletePlainFile() {
    await answer("deletePlainFile");
    kept.plain = null;
    return backupState();
  },
  async keepPlainFile() {
    await answer("keepPlainFile");
    kept.plain = null;
    return backupState();
  },
};
