/** Finds the rows of a list by part of a name, or by any SID as a person pastes it. */
import { folded, foldedInPlace } from "../names";

/** What is looked through of a row. */
export type Searchable = {
  /** Each text that may be found, as names are compared, on a line of its own. */
  readonly searched: string;
  /** The row's own first. */
  readonly allSids: readonly string[];
  /** The same in lower case, with a space between two. */
  readonly sids: string;
};

export type Query = {
  /** Words that must all be in what is searched. */
  words: string[];
  /** Beginning and end of a SID, in lower case; null where the text cannot be one. */
  sid: { start: string; end: string } | null;
  /** The text is a whole SID. */
  whole: boolean;
};

/** Around a pasted value, once it is folded: spaces, quotes and brackets. */
const around = /[\s"'`,;:<>()[\]]/g;

/** Fewer digits than this say nothing: they would be found in nearly every SID. */
const fewestDigits = 4;

export function queryOf(text: string): Query {
  const typed = folded(text);
  const words = typed.split(" ").filter((word) => word !== "");
  const bare = typed.replace(around, "");
  const match = /^(ac|sk)?([0-9a-f]*)(?:(?:…|\.{2,3})([0-9a-f]*))?$/.exec(bare);
  if (match === null) return { words, sid: null, whole: false };
  const [, prefix = "", digits = "", end = ""] = match;
  const enough = digits.length + end.length >= (prefix === "" ? fewestDigits : 2);
  return {
    words,
    sid: enough ? { start: prefix + digits, end } : null,
    whole: prefix !== "" && digits.length === 32 && end === "",
  };
}

export function isEmpty(query: Query): boolean {
  return query.words.length === 0 && query.sid === null;
}

export function matches(entry: Searchable, query: Query): boolean {
  return inTexts(entry, query.words) || (query.sid !== null && sidFound(entry.sids, query.sid));
}

function inTexts(entry: Searchable, words: readonly string[]): boolean {
  for (const word of words) if (!entry.searched.includes(word)) return false;
  return words.length > 0;
}

function sidFound(sids: string, sid: { start: string; end: string }): boolean {
  if (!sids.includes(sid.start)) return false;
  return sid.end === "" || sids.split(" ").some((one) => fits(one, sid));
}

function fits(one: string, sid: { start: string; end: string }): boolean {
  if (sid.end === "") return one.includes(sid.start);
  return one.startsWith(sid.start) && one.endsWith(sid.end);
}

/** Which SID of the row the search text was found in; null where it was a text. */
export function matchedSid(entry: Searchable, query: Query): string | null {
  const { sid } = query;
  if (sid === null || inTexts(entry, query.words)) return null;
  return entry.allSids.find((one) => fits(one.toLowerCase(), sid)) ?? null;
}

/** The API key that the search text named in this row; null where it was a text or the Account SID. */
export function soughtKey(entry: Searchable, query: Query): string | null {
  const sid = matchedSid(entry, query);
  return sid === entry.allSids[0] ? null : sid;
}

/** Everything that `next` finds is among what `before` found, so only those need to be looked at. */
export function narrows(before: Query, next: Query): boolean {
  if (before.words.length === 0 || next.words.length < before.words.length) return false;
  const wordsNarrow = before.words.every((word) => next.words.some((longer) => longer.includes(word)));
  if (!wordsNarrow) return false;
  if (next.sid === null) return true;
  if (before.sid === null || before.sid.end !== "") return false;
  return next.sid.start.includes(before.sid.start);
}

/** The name cut at what was found in it, to mark that part; offsets are of the shown name. */
export function markName(shownName: string, words: readonly string[]): { text: string; hit: boolean }[] {
  if (words.length === 0) return [{ text: shownName, hit: false }];
  const { plain, from: origins } = foldedWithOrigins(shownName);
  const hits = new Array<boolean>(shownName.length).fill(false);
  for (const word of words) {
    const at = plain.indexOf(word);
    if (at >= 0) hits.fill(true, origins[at], origins[at + word.length]);
  }
  const parts: { text: string; hit: boolean }[] = [];
  let from = 0;
  for (let at = 1; at <= shownName.length; at++) {
    if (at < shownName.length && hits[at] === hits[from]) continue;
    parts.push({ text: shownName.slice(from, at), hit: hits[from] ?? false });
    from = at;
  }
  return parts;
}

/** The folded name, and for each place in it, and its end, where in the name that began. */
function foldedWithOrigins(name: string): { plain: string; from: number[] } {
  const from: number[] = [];
  let plain = "";
  let at = 0;
  for (const character of name) {
    const folded = foldedInPlace(character);
    for (let place = 0; place < folded.length; place++) from.push(at);
    plain += folded;
    at += character.length;
  }
  from.push(at);
  return { plain, from };
}
