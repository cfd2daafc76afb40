/** The made-up lock. Whether it is locked outlives the page, as it does on the real Rust side. */
import { failure } from "../failures/failure";
import type { Backend } from "../wire";
import { answer, calls, dataFolder, keychainName, options, wait, world } from "./world";

export const fakePassphrase = "correct horse battery staple";

const place = "fake-locked";
let wrong = 0;
let fresh = !options.stale;

const storage = globalThis.sessionStorage;
if (options.locked && storage?.getItem(place) == null) storage?.setItem(place, "yes");

const isLocked = () => storage?.getItem(place) === "yes";

/** What every call but a few begins with. */
export function refuseWhileLocked(method: string): void {
  const allowed = ["start", "laidOut", "painted", "quit", "asksAboutClosing", "quitAnyway", "lockState", "unlockWithSystem", "unlockWithPassphrase"];
  if (isLocked() && (!allowed.includes(method) || method === "start")) throw failure("locked");
}

export function requireFresh(): void {
  if (!fresh && (options.lock.passphrase || options.lock.system)) throw failure("askAgain");
}

function open(): void {
  wrong = 0;
  fresh = true;
  storage?.setItem(place, "no");
}

export const fakeLock: Pick<Backend, "lockState" | "lockNow" | "active" | "unlockWithSystem" | "unlockWithPassphrase"> = {
  async lockState() {
    await answer("lockState");
    return {
      locked: isLocked(),
      system: options.lock.system ? (options.platform === "windows" ? "windowsHello" : options.platform === "macos" ? "mac" : "computerPassword") : null,
      passphrase: options.lock.passphrase,
      waitSeconds: wrong >= 3 ? 3 : 0,
      platform: options.platform,
      keychainName: keychainName(),
      practice: world.practice,
      dataFolder: dataFolder(),
    };
  },
  async lockNow() {
    await answer("lockNow");
    if (!options.lock.passphrase && !options.lock.system) throw failure("noWayToUnlock");
    storage?.setItem(place, "yes");
    location.reload();
  },
  async active() {
    calls.push("active");
  },
  async unlockWithSystem() {
    await answer("unlockWithSystem");
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
};
