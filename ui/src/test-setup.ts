/** What jsdom lacks and the components use. Layout itself is tested in a real browser. */
import { afterEach, vi } from "vitest";
import { cleanup } from "@testing-library/svelte";

class NoResizeObserver implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
globalThis.ResizeObserver ??= NoResizeObserver;

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});
