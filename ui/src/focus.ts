import { tick } from "svelte";

/** Whether what had the focus has left the page, and nobody has gone on to something else. */
export function focusIsNowhere(): boolean {
  return document.activeElement === document.body;
}

/** Once the page is as it will be: goes on at that place, or at home, unless somebody has gone on to something else. */
export async function goOnAt(place: () => HTMLElement | null | undefined = () => null): Promise<void> {
  await tick();
  if (!focusIsNowhere()) return;
  const there = place();
  if (there?.isConnected) there.focus();
  else goHome();
}

/** Called before the page changes, in a `$effect.pre`: when that takes what has the focus off the page, it goes on at home. */
export function passFocusOn(): void {
  if (!focusIsNowhere()) void goOnAt();
}

export function goHome(): void {
  // Who pressed something with the mouse keeps what they look at.
  home()?.focus({ preventScroll: true });
}

/** Where one goes on when what had the focus is gone for good: in the uppermost dialog, at what is to be done next, at what the screen names
 * for it, or at its heading. */
function home(): HTMLElement | null {
  const dialog = [...document.querySelectorAll<HTMLElement>("dialog[open]")].at(-1);
  if (dialog !== undefined) return dialog.querySelector<HTMLElement>("[data-autofocus], [data-cancel]") ?? dialog;
  const places = ["[data-focus-next] button:enabled", "[data-focus-home]:not([hidden])", "h1[tabindex]", "[data-autofocus]"];
  return places.map((place) => document.querySelector<HTMLElement>(place)).find((found) => found !== null) ?? null;
}
