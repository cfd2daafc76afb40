/**
 * What crosses between the window and the Rust side. The types are generated from the Rust ones; the calls are described here, as one
 * interface that the real backend and the made-up one both have.
 */
import type {
  Activity,
  BackupStage,
  BackupState,
  ChosenBackup,
  CheckEvent,
  Connection,
  Copied,
  ExportedFile,
  ExportFormat,
  FirstScreen,
  HandOverCard,
  HandOverValue,
  KeyRow,
  LinkName,
  LockState,
  Made,
  PassphraseStrength,
  Preferences,
  Preview,
  PutBack,
  RefreshProgress,
  Restored,
  SettleProgress,
  Shown,
  StepEvent,
  SubaccountDetail,
  SubaccountList,
  SubaccountRow,
  Unfinished,
} from "./bindings";

export type * from "./bindings";

/** What the Rust side tells the window without being asked. */
export type BackendEvents = {
  refreshProgress: RefreshProgress;
  /** Rows that are new or changed. */
  rowsChanged: SubaccountRow[];
  /** Something unfinished began, moved or ended. */
  unfinishedChanged: Unfinished[];
  /** The clipboard no longer holds the copied secret. */
  clipboardCleared: null;
  /** The window was asked to close while a secret is not safe yet. */
  closeAsked: Unfinished[];
  connectionChanged: Connection | null;
  /** Whether the keychain lets a call wait, perhaps for a password box behind this window. Told again while it lasts. */
  keychainWaits: boolean;
  /** Recovery or backups have changed. */
  backupChanged: BackupState;
  /** How far the backup is that is running. */
  backupProgress: BackupStage;
  /** How far restored keys are settled in. */
  settleProgress: SettleProgress;
};

/** Everything the window may ask of the Rust side. Every call rejects with a Failure. */
export interface Backend {
  start(): Promise<FirstScreen>;
  /** Opens the made-up Twilio in its own data folder, or leaves it. The whole state is new afterwards. */
  openPractice(): Promise<FirstScreen>;
  leavePractice(): Promise<FirstScreen>;

  connect(accountSid: string, authToken: string): Promise<Connection>;
  /** Gives up a sign-in that Twilio has not answered yet: `connect` rejects, and nothing is kept. */
  cancelConnect(): Promise<void>;
  /** Removes the Auth Token from the keychain. Saved credentials stay. */
  disconnect(): Promise<void>;

  subaccounts(): Promise<SubaccountList>;
  /** Reads everything anew; progress comes as events. Resolves when it has ended or was stopped. */
  refresh(): Promise<void>;
  stopRefresh(): Promise<void>;
  subaccount(sid: string): Promise<SubaccountDetail>;
  /** Reads one subaccount's keys and spend anew. */
  refreshSubaccount(sid: string): Promise<SubaccountDetail>;

  previewSubaccount(name: string): Promise<Preview>;
  previewKey(accountSid: string, name: string): Promise<Preview>;
  /** The key name the service's pattern gives for this subaccount. */
  suggestedKeyName(accountSid: string): Promise<string>;
  /** Rejects with `nameTaken` where Twilio has one of that name that is not among `agreed`. */
  createSubaccount(name: string, agreed: string[], onStep: (event: StepEvent) => void): Promise<Made>;
  createKey(accountSid: string, name: string, onStep: (event: StepEvent) => void): Promise<Made>;

  unfinished(): Promise<Unfinished[]>;
  /** Goes on where an unfinished creation stands; also Try again. */
  finish(id: number, onStep: (event: StepEvent) => void): Promise<Made>;
  /** Deletes the unfinished key at Twilio, and its secret here. */
  deleteUnfinishedKey(id: number): Promise<void>;

  handOverCard(keySid: string): Promise<HandOverCard>;
  copyValue(keySid: string, value: HandOverValue): Promise<Copied>;
  copyAccountSid(accountSid: string): Promise<Copied>;
  showSecret(keySid: string): Promise<Shown>;
  /** Whether a secret can be read on the screen: while one can, the window is kept out of pictures of the screen. Works while locked. */
  secretOnScreen(shown: boolean): Promise<void>;
  recordHandOver(keySid: string): Promise<HandOverCard>;
  postponeHandOver(keySid: string): Promise<void>;
  /** Calls Twilio with the key. */
  proveKey(keySid: string): Promise<KeyRow>;

  /** Whether it is locked, and how it can be opened. Works while locked, as do the two ways to unlock, `start`, `painted`, `quit`, `asksAboutClosing` and `quitAnyway`. */
  lockState(): Promise<LockState>;
  /** Locks now. The page is loaded anew. */
  lockNow(): Promise<void>;
  /** Somebody is doing something at the window. */
  active(): Promise<void>;
  /** Each unlocks, or, while it is open, says again who is there. */
  unlockWithSystem(): Promise<void>;
  unlockWithPassphrase(passphrase: string): Promise<void>;
  /** Asks Twilio. Only where no passphrase unlocks. */
  unlockWithAuthToken(authToken: string): Promise<void>;

  activity(): Promise<Activity[]>;
  setPreferences(preferences: Preferences): Promise<void>;
  /** Tries out this computer; each thing is told when it begins and when it ends. Twilio is asked once, without credentials. */
  checkComputer(onNews: (event: CheckEvent) => void): Promise<void>;
  /** Puts what the last check found on the clipboard. */
  copyCheckReport(): Promise<void>;
  /** Lets whoever of this name was found to open the connection go on doing so. */
  allowInspection(name: string): Promise<void>;
  /** Deletes, of several entries of one name in the keychain, all but the one that works. Tells how many were deleted. */
  tidyKeychain(): Promise<number>;
  openLink(link: LinkName): Promise<void>;
  /** How hard a passphrase is to guess; nothing of it is kept. */
  passphraseStrength(passphrase: string): Promise<PassphraseStrength>;
  /** `old` is the one that is set, if one is. */
  setPassphrase(passphrase: string, old: string | null): Promise<void>;
  /** Gives an emptied keychain back what sealed copies hold. */
  putBackMissing(passphrase: string): Promise<PutBack>;
  /** Null where the user changed their mind; otherwise where it was saved. */
  saveRecoverySheet(): Promise<string | null>;

  backupState(): Promise<BackupState>;
  /** Opens the system's box for a folder; null where the user changed their mind. */
  chooseBackupFolder(): Promise<BackupState | null>;
  setDailyBackup(daily: boolean): Promise<BackupState>;
  backUpNow(): Promise<BackupState>;
  stopBackup(): Promise<void>;

  /** Opens the system's box for a file; null where the user changed their mind. */
  chooseBackup(): Promise<ChosenBackup | null>;
  /** Restores the file that was chosen. */
  restoreBackup(passphrase: string): Promise<Restored>;

  /** Lets the user choose the file for the next export. False where they changed their mind. */
  chooseExportFile(format: ExportFormat): Promise<boolean>;
  /** Into the file that was chosen; all keys where `keySids` is null. */
  exportKeys(format: ExportFormat, keySids: string[] | null, passphrase: string | null): Promise<ExportedFile>;
  deletePlainFile(file: string): Promise<BackupState>;
  keepPlainFile(file: string): Promise<BackupState>;

  /** The first screen is laid out; the window may be shown. */
  laidOut(): Promise<void>;
  /** The first screen has been seen. */
  painted(): Promise<void>;
  /** Closes the program, unless something is not safe yet: then `closeAsked` comes instead. */
  quit(): Promise<void>;
  /** Says that the question which `closeAsked` is for stands before the user: else the system asks it. */
  asksAboutClosing(): Promise<void>;
  /** Closes the program although something is unfinished. */
  quitAnyway(): Promise<void>;
  /** Ends every wait for the keychain; what waited fails and says where it stands. */
  stopWaitingForKeychain(): Promise<void>;

  /** Names what is to be done when the Rust side tells of something. */
  on<Name extends keyof BackendEvents>(name: Name, handler: (payload: BackendEvents[Name]) => void): void;
  /**
   * Begins to listen. Each thing that is listened to is a question to the Rust side, and the first picture of the window does not wait
   * for them: before it is painted the Rust side begins nothing that it could tell of.
   */
  listen(): void;
}
