/** The present, for texts such as "2 min ago" and for countdowns. */
class Clock {
  /** Milliseconds since 1970; moves every 20 seconds. */
  now = $state(Date.now());

  constructor() {
    setInterval(() => (this.now = Date.now()), 20_000);
  }
}

export const clock = new Clock();

/** Whole seconds left until a time, moving every second; ends by calling `onEnd`. */
export class Countdown {
  left = $state(0);
  #timer: ReturnType<typeof setInterval> | undefined;

  start(seconds: number, onEnd: () => void): void {
    this.stop();
    const end = Date.now() + seconds * 1000;
    this.left = seconds;
    this.#timer = setInterval(() => {
      this.left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
      if (this.left > 0) return;
      this.stop();
      onEnd();
    }, 250);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.left = 0;
  }
}
