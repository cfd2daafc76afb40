/** What is said of a subaccount's status, and how pressing it looks. */
import type { SubaccountRow, SubaccountStatus } from "../wire";
import { startWords } from "../words/start.svelte";
import type { Tone } from "./credentials";

const tones: Record<SubaccountStatus, Tone> = { active: "ok", suspended: "warn", closed: "off", unknown: "off" };

/** A status. */
export function statusWords(status: SubaccountStatus): { label: string; tone: Tone } {
  return { label: startWords().statuses.of[status], tone: tones[status] };
}

/** The status of a row, or that Twilio no longer lists it. */
export function statusOf({ status, gone }: SubaccountRow): { label: string; tone: Tone } {
  return gone ? { label: startWords().statuses.gone, tone: "off" } : statusWords(status);
}
