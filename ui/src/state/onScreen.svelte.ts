/** How many secrets can be read on the screen now. While there are any, the window is kept out of pictures of the screen. */
import { backend } from "../backend";
import { asFailure } from "../failures/failure";

class OnScreen {
  #count = 0;

  /** One is about to be shown; `seen` is called once it may be. Returns how to say that it is gone. */
  add(seen: () => void): () => void {
    let gone = false;
    this.#count += 1;
    void this.#tell(true).then(() => {
      if (!gone) seen();
    });
    return () => {
      gone = true;
      this.#count -= 1;
      if (this.#count === 0) void this.#tell(false);
    };
  }

  /** Where the window cannot be kept out of pictures, the secret is shown all the same: it was asked for. */
  async #tell(shown: boolean): Promise<void> {
    try {
      await backend.secretOnScreen(shown);
    } catch (problem) {
      console.warn(asFailure(problem).technical);
    }
  }
}

export const onScreen = new OnScreen();
