import { afterEach, beforeEach, describe as suite, expect, it, vi } from "vitest";

const showSecret = vi.hoisted(() => vi.fn());
vi.mock("../backend", () => ({ backend: { showSecret, on: () => {} } }));

const { ShownSecret } = await import("./secret.svelte");

/** A keychain that answers when it is told to. */
function asked(): (secret: string) => Promise<void> {
  let answer: (value: unknown) => void = () => {};
  showSecret.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
  return async (secret) => {
    answer({ secret, hideAfterSeconds: 30 });
    await vi.advanceTimersByTimeAsync(0);
  };
}

const window = (event: "blur" | "focus") => globalThis.dispatchEvent(new Event(event));

suite("showing a secret", () => {
  let stopWatching: () => void;
  let shown: InstanceType<typeof ShownSecret>;

  beforeEach(() => {
    vi.useFakeTimers();
    shown = new ShownSecret();
    stopWatching = shown.watchWindow();
  });

  afterEach(() => {
    stopWatching();
    vi.useRealTimers();
  });

  it("works where the keychain asks in a box of its own, which takes the focus meanwhile", async () => {
    const answer = asked();
    void shown.show("SK1");
    window("blur");
    await answer("invented");
    expect(shown.secret).toBe(null);
    window("focus");
    await vi.advanceTimersByTimeAsync(0);
    expect([shown.secret, shown.asking]).toEqual(["invented", false]);
  });

  it("does not come up behind a person who has gone on to another program", async () => {
    const answer = asked();
    void shown.show("SK1");
    window("blur");
    await answer("invented");
    await vi.advanceTimersByTimeAsync(3000);
    window("focus");
    await vi.advanceTimersByTimeAsync(0);
    expect([shown.secret, shown.asking]).toEqual([null, false]);
  });

  it("ends when the window is left", async () => {
    const answer = asked();
    void shown.show("SK1");
    await answer("invented");
    expect(shown.secret).toBe("invented");
    window("blur");
    expect(shown.secret).toBe(null);
  });

  it("is given up when it was hidden while the window was away", async () => {
    const answer = asked();
    void shown.show("SK1");
    window("blur");
    await answer("invented");
    shown.hide();
    window("focus");
    await vi.advanceTimersByTimeAsync(0);
    expect(shown.secret).toBe(null);
  });
});
