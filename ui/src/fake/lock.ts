/** The made-up lock. Whether it is locked outlives the page, as it does on the real Rust side. */
import { failure } from "../failures/failure";
import type { Backend } from "../wire";
import { answer, calls, dataFolder, keychainName, options, wait, world } from "./world";

export const fakeAuthToken = "0123456789abcdef0123456789abcdef";
export const fakePassphrase = "correct horse battery staple";

const place = "fake-locked";
let wrong = 0;
let fresh = !options.stale;

const storage = globalThis.sessionStorage;
if (options.locked && storage?.getItem(place) == null) storage?.setItem(place, "yes");

const isLocked = () => storage?.getItem(place) === "yes";

/** The system’s check counts once it has worked; with `lock=offer` it has not yet. */
let systemWorked = options.lock.system;
const canLock = () => options.lock.passphrase || systemWorked;
const takesToken = () => !options.lock.passphrase && !world.practice;

/** What every call but a few begins with. */
export function refuseWhileLocked(method: string): void {
  const allowed = [
    "start",
    "laidOut",
    "painted",
    "quit",
    "asksAboutClosing",
    "quitAnyway",
    "lockState",
    "unlockWithSystem",
    "unlockWithPassphrase",
    "unlockWithAuthToken",
  ];
  if (isLocked() && (!allowed.includes(method) || method === "start")) throw failure("locked");
}

export function requireFresh(): void {
  if (!fresh && canLock()) throw failure("askAgain");
}

function open(): void {
  wrong = 0;
  fresh = true;
  storage?.setItem(place, "no");
}

export const fakeLock: Pick<
  Backend,
  "lockState" | "lockNow" | "active" | "unlockWithSystem" | "unlockWithPassphrase" | "unlockWithAuthToken"
> = {
  async lockState() {
    await answer("lockState");
    const question = options.platform === "windows" ? "windowsHello" : options.platform === "macos" ? "mac" : "computerPassword";
    return {
      locked: isLocked(),
      canLock: canLock(),
      system: systemWorked ? question : null,
      systemOffer: options.lock.offer && !systemWorked && !isLocked() ? question : null,
      passphrase: options.lock.passphrase,
      authToken: takesToken(),
      waitSeconds: wrong >= 3 ? 3 : 0,
      platform: options.platform,
      keychainName: keychainName(),
      practice: world.practice,
      dataFolder: dataFolder(),
    };
  },
  async lockNow() {
    await answer("lockNow");
    if (!canLock()) throw failure("noWayToUnlock");
    storage?.setItem(place, "yes");
    location.reload();
  },
  async active() {
    calls.push("active");
  },
  async unlockWithSystem() {
    await answer("unlockWithSystem");
    systemWorked = true;
    open();
  },
  async unlockWithPassphrase(passphrase) {
    await answer("unlockWithPassphrase");
    await wait(options.stepDelay);
    if (passphrase !== fakePassphrase) {
      wrong += 1;
      throw failure("passphraseWrong");
    }
    open();
  },
  async unlockWithAuthToken(authToken) {
    await answer("unlockWithAuthToken");
    await wait(options.stepDelay);
    if (!takesToken()) throw failure("notAWayToUnlock");
    if (authToken.trim() !== fakeAuthToken) {
      wrong += 1;
      throw failure("authTokenWrong");
    }
    systemWorked = false;
    open();
  },
};
