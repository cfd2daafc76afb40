/** What is said of a phone number. */
import { shortSid } from "../names";
import { readableNumber } from "../phoneNumbers";
import type { NumberRow } from "../wire";
import { words } from "../words";

/** The number as it is shown; where it cannot be read, by its SID. */
export function numberName({ number, sid }: NumberRow): string {
  return number === "" ? words().numbers.unreadable(shortSid(sid)) : readableNumber(number);
}

export function abilityWords({ canText, canCall }: NumberRow): string {
  const said = words().numbers.can;
  if (canText === null || canCall === null) return said.notKnown;
  if (canText) return canCall ? said.textAndCall : said.text;
  return canCall ? said.call : said.neither;
}

/** Which registrations it loses with its account. */
export function registrationWords({ kind }: NumberRow): string {
  const said = words().numbers.moveRegistrations;
  if (kind === null) return said.notKnown;
  return kind === "tollFree" ? said.tollFree : said.other;
}
