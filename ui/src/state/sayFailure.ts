/** Says that something failed where nothing beside it could: as a notice, with another try. */
import { describe } from "../failures";
import type { Failure } from "../wire";
import { words } from "../words";
import { app } from "./app.svelte";
import { notices } from "./notices.svelte";

export function sayFailure(failure: Failure, again: () => void): void {
  const { title, next } = describe(failure, app.keychainName);
  notices.show(words().failures.short(title, next), { tone: "warn", action: { label: words().buttons.tryAgain, run: again } });
}
