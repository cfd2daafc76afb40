/** What is said of where a key's secret is, and how pressing it looks. */
import type { KeyRow, KeyState } from "../wire";
import { words } from "../words";
import { canHandOver, type Tone } from "./credentials";

const tones: Record<KeyState, Tone> = { saved: "ok", sealedOnly: "warn", notSaved: "off", removedAtTwilio: "bad", unfinished: "warn" };

/** Its state, or that Twilio refused it when it was last to be proved. */
export function keyStateOf(key: KeyRow): { label: string; tone: Tone } {
  if (key.refusedAt !== null && canHandOver(key)) return { label: words().keys.refused, tone: "bad" };
  return { label: words().keys.states[key.state], tone: tones[key.state] };
}
