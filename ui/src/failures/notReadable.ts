/** What is said where a part of a subaccount, or a row of Twilio's list, could not be read. The list needs it for its first picture. */
import { count, plural } from "../format";
import { visibleName, visibleText } from "../names";
import type { ListOddities, NotReadable, WhyNotReadable } from "../wire";

/** Why, in two or three words, such as "Twilio said 404". */
export function whyShort({ kind, status }: WhyNotReadable): string {
  if (status !== null) return `Twilio said ${status}`;
  return kind === "unreadableAnswer" || kind === "wrongAccountAnswered" ? "Odd answer" : "No answer";
}

/** Why, as a sentence, with Twilio's own words where it had some. */
export function why(reason: WhyNotReadable): string {
  const { kind, status, code, words } = reason;
  if (kind === "wrongAccountAnswered") return "The answer was about another account, so it was not used.";
  if (kind === "unreadableAnswer") return "An answer came, and this part of it is not as it should be.";
  if (status === null) return "No answer came.";
  const numbers = code === null ? `${status}` : `${status}, code ${code}`;
  // Isolated, since the words may run from right to left.
  return words === null ? `Twilio refused it (${numbers}).` : `Twilio refused it (${numbers}): “\u2068${visibleText(words)}\u2069”`;
}

/** Everything that could not be read of one subaccount, a sentence for each; the rest was read. */
export function notReadableWords({ spend, keys, keysWithoutSid }: NotReadable): string[] {
  const said: string[] = [];
  if (keys !== null) said.push(`The keys of this subaccount cannot be read. ${why(keys)}`);
  if (spend !== null) said.push(`This month’s usage of this subaccount cannot be read. ${why(spend)}`);
  if (keysWithoutSid > 0) {
    const them = keysWithoutSid === 1 ? "Its SID" : "Their SIDs";
    said.push(`Twilio’s list has ${plural(keysWithoutSid, "more key")} here. ${them} cannot be read. No key counts as gone because of it.`);
  }
  return said;
}

const mostNamed = 3;

/** What of Twilio's list was odd, a sentence for each kind. */
export function oddRowsWords({ shown, withoutSid, mayGoOn }: ListOddities): string[] {
  const said: string[] = [];
  if (shown > 0) {
    said.push(
      shown === 1
        ? "1 row of Twilio’s list is not as it should be, and is shown as far as it can be read."
        : `${count(shown)} rows of Twilio’s list are not as they should be, and are shown as far as they can be read.`,
    );
  }
  if (withoutSid.length > 0) {
    const named = withoutSid
      .filter((name) => name !== "")
      .slice(0, mostNamed)
      .map((name) => `“\u2068${visibleName(name)}\u2069”`);
    const names = named.length === 0 ? "" : `: ${named.join(", ")}${withoutSid.length > named.length ? " and others" : ""}`;
    const rows = withoutSid.length === 1 ? "1 row has" : `${count(withoutSid.length)} rows have`;
    said.push(`${rows} no Account SID that can be read, and cannot be shown${names}. No subaccount counts as gone because of it.`);
  }
  if (mayGoOn) said.push("The list may be longer: the link to the rest of it cannot be read.");
  return said;
}
