/** Whether the keychain lets something wait, and the way to stop waiting for it. */
import { backend } from "../backend";
import { asFailure } from "../failures/failure";

class Keychain {
  waits = $state(false);
  /** The wait is being ended. */
  stopping = $state(false);

  constructor() {
    backend.on("keychainWaits", (waits) => {
      this.waits = waits;
      if (!waits) this.stopping = false;
    });
  }

  async stopWaiting(): Promise<void> {
    if (this.stopping) return;
    this.stopping = true;
    try {
      await backend.stopWaitingForKeychain();
      this.waits = false;
    } catch (problem) {
      console.warn(asFailure(problem).technical);
    } finally {
      this.stopping = false;
    }
  }
}

export const keychain = new Keychain();
