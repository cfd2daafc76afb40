/** What is said where a part of a subaccount, or a row of Twilio's list, could not be read. The list needs it for its first picture. */
import { isolated, isolatedText } from "../names";
import type { ListOddities, NotReadable, WhyNotReadable } from "../wire";
import { startWords } from "../words/start.svelte";

/** Why, in two or three words, such as "Twilio said 404". */
export function whyShort({ kind, status }: WhyNotReadable): string {
  const { short } = startWords().notReadable;
  if (status !== null) return short.status(status);
  return kind === "unreadableAnswer" || kind === "wrongAccountAnswered" ? short.oddAnswer : short.noAnswer;
}

/** Why, as a sentence, with Twilio's own words where it had some. */
export function why({ kind, status, code, words }: WhyNotReadable): string {
  const said = startWords().notReadable.why;
  if (kind === "wrongAccountAnswered") return said.anotherAccount;
  if (kind === "unreadableAnswer") return said.oddAnswer;
  if (status === null) return said.noAnswer;
  return words === null ? said.refused(status, code) : said.refusedWith(status, code, isolatedText(words));
}

/** Everything that could not be read of one subaccount, a sentence for each; the rest was read. */
export function notReadableWords({ spend, keys, keysWithoutSid }: NotReadable): string[] {
  const said = startWords().notReadable;
  return [
    keys === null ? [] : [said.keys(why(keys))],
    spend === null ? [] : [said.usage(why(spend))],
    keysWithoutSid > 0 ? [said.keysWithoutSid(keysWithoutSid)] : [],
  ].flat();
}

const mostNamed = 3;

/** What of Twilio's list was odd, a sentence for each kind. */
export function oddRowsWords({ shown, withoutSid, mayGoOn }: ListOddities): string[] {
  const said = startWords().notReadable;
  const names = withoutSid.filter((name) => name !== "").slice(0, mostNamed);
  return [
    shown > 0 ? [said.oddRows(shown)] : [],
    withoutSid.length > 0 ? [said.rowsWithoutSid(withoutSid.length, names.map(isolated))] : [],
    mayGoOn ? [said.mayGoOn] : [],
  ].flat();
}
