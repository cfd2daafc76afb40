/**
 * Names come from other people and may hold anything. What cannot be seen is made visible, and the markup isolates
 * each name so that its direction of writing cannot reorder what stands beside it.
 */
import { startWords } from "./words/start.svelte";

/** Characters that are invisible or reorder text: controls, zero-width spaces, fillers, marks of direction, tags. The zero-width joiner
 * stays, because emoji and several scripts are written with it, and tags do after the black flag, which they make a region's. */
const unseen =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\u2800\ufeff\uffa0\ufff0-\ufffc\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0080}-\u{e0fff}\p{Surrogate}]|[\u{e0000}-\u{e007f}](?<!\u{1f3f4}[\u{e0020}-\u{e007f}]*)/gu;

/** What only changes its neighbours shows nothing where there are none. */
const nothing = /^[\s\u200d\ufe00-\ufe0f]*$/;

/** The text with every unseen character written as its code, such as `[U+202E]`. */
export function visibleText(text: string): string {
  return text.replace(unseen, (character) => `[U+${codePoint(character)}]`);
}

/** A name to show: visible, and never empty. */
export function visibleName(name: string): string {
  const visible = visibleText(name).trim();
  return nothing.test(visible) ? startWords().app.noName : visible;
}

/** Somebody else's text for a sentence: visible, and isolated, since it may run from right to left. */
export function isolatedText(text: string): string {
  return `\u2068${visibleText(text)}\u2069`;
}

/** A name for a sentence: visible, never empty, and isolated. */
export function isolated(name: string): string {
  return isolatedText(visibleName(name));
}

/**
 * What is kept of a name while it is typed: what `workflows::names` keeps of it in the end, but for a space or a joiner at the end, after
 * which more may come.
 */
export function tidiedWhileTyping(typed: string): string {
  let text = typed;
  for (;;) {
    const next = tidiedOnce(text);
    if (next === text) return text;
    text = next;
  }
}

/** What Rust keeps of a name. */
export function tidiedName(typed: string): string {
  const text = tidiedWhileTyping(typed).replace(/[ \u200c\u200d]+$/u, "");
  // Without what stood last, what stands before it may have lost its reason.
  return text === typed ? text : tidiedName(text);
}

const spaces = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u2800\u3000]/u;

/** Default-ignorable characters, formats that show nothing, controls, noncharacters, and halves of characters. */
const hidden =
  /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}\p{Surrogate}\p{Noncharacter_Code_Point}]/u;

const simple = /^(?:[\x21-\x7e]+(?: [\x21-\x7e]+)* ?)?$/;

function tidiedOnce(typed: string): string {
  if (simple.test(typed)) return typed;
  const characters = [...typed];
  let kept = "";
  let space = false;
  characters.forEach((character, place) => {
    if (spaces.test(character)) {
      space = true;
      return;
    }
    if (hidden.test(character) && !isNeeded(character, characters, place)) return;
    if (space && kept !== "") kept += " ";
    space = false;
    kept += character;
  });
  return (space && kept !== "" ? kept + " " : kept).normalize("NFC");
}

/** Scripts in which a joiner is part of the spelling. */
const joining = /[\u0620-\u109f\u1780-\u18af\u1900-\u1cff\ua800-\uabff\ufb50-\ufdff\ufe70-\ufefc\u{10a00}-\u{11fff}]/u;

/** The blocks that emoji come from. */
const symbol =
  /[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299\u{1f000}-\u{1faff}]/u;

const regionFlag = /^\u{1f3f4}[\u{e0020}-\u{e007e}]+\u{e007f}/u;

/** Whether what is unseen by itself changes what is seen beside it. Nothing may follow yet. */
function isNeeded(character: string, characters: readonly string[], place: number): boolean {
  const before = characters[place - 1] ?? "";
  const after = characters[place + 1] ?? null;
  const joins = (one: string | null) => one === null || (joining.test(one) && !hidden.test(one));
  switch (character) {
    case "\u200c":
      return before !== "" && joins(before) && joins(after);
    case "\u200d":
      if (before !== "" && joins(before)) return joins(after);
      return /[\ufe0f\u{1f3fb}-\u{1f3ff}]/u.test(before) || symbol.test(before) ? after === null || symbol.test(after) : false;
    case "\ufe0e":
    case "\ufe0f":
      return symbol.test(before) || (/^[0-9#*]$/.test(before) && after === "\u20e3");
    default:
      return /[\u{e0020}-\u{e007f}]/u.test(character) && isInFlag(characters, place);
  }
}

function isInFlag(characters: readonly string[], place: number): boolean {
  const flag = characters.lastIndexOf("\u{1f3f4}", place);
  const match = flag < 0 ? null : regionFlag.exec(characters.slice(flag).join(""));
  return match !== null && place < flag + [...match[0]].length;
}

/** Accents and points, without which the word is still read. */
const accents =
  /[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/gu;

const plainLetters: Record<string, string> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  þ: "th",
  ŋ: "n",
  ø: "o",
  ɵ: "o",
  ɔ: "o",
  đ: "d",
  ð: "d",
  ɖ: "d",
  ɗ: "d",
  ł: "l",
  ƚ: "l",
  ɫ: "l",
  ħ: "h",
  ŧ: "t",
  ƭ: "t",
  ʈ: "t",
  ə: "e",
  ǝ: "e",
  ɛ: "e",
  ɇ: "e",
  ɨ: "i",
  ʉ: "u",
  ʋ: "u",
  ƀ: "b",
  ɓ: "b",
  ƈ: "c",
  ȼ: "c",
  ƒ: "f",
  ǥ: "g",
  ɠ: "g",
  ɣ: "g",
  ɉ: "j",
  ĸ: "k",
  ƙ: "k",
  ɲ: "n",
  ƞ: "n",
  ƥ: "p",
  ɍ: "r",
  ɏ: "y",
  ƴ: "y",
  ƶ: "z",
  ȥ: "z",
  ʒ: "z",
  ς: "σ",
};
const withPlainLetter = new RegExp(`[${Object.keys(plainLetters).join("")}]`, "gu");
const everyHidden = new RegExp(hidden.source, "gu");
const everySpace = new RegExp(spaces.source, "gu");

/**
 * The name as it is compared, by the rule of `workflows::names`: without what nobody sees, case, accents, and the make of its spaces,
 * quotes and dashes; compatible forms, and Latin letters that have no accent to take off, become plain letters.
 */
export function folded(name: string): string {
  const lower = foldedInPlace(name);
  return /^ | {2}| $/.test(lower) ? lower.replace(/ +/g, " ").trim() : lower;
}

/** The same, with the spaces there are. */
export function foldedInPlace(name: string): string {
  // Most names are ASCII, where nothing needs to be taken apart.
  if (/^[\x20-\x7e]*$/.test(name)) return name.toLowerCase();
  return (
    name
      .replace(everyHidden, "")
      .replace(everySpace, " ")
      .replace(/[\u00b4\u02b9-\u02bd\u02c8\u2018-\u201b\u2032]/gu, "'")
      .replace(/[\u00ab\u00bb\u201c-\u201f\u2033\u2039\u203a]/gu, '"')
      .replace(/[\u2010-\u2015\u2043\u2212]/gu, "-")
      .normalize("NFKD")
      .replace(accents, "")
      // By way of capitals ß is ss, and ı is i.
      .toUpperCase()
      .toLowerCase()
      .replace(withPlainLetter, (letter) => plainLetters[letter] ?? letter)
  );
}

/** First and last characters of a SID, as the list shows it. */
export function shortSid(sid: string): string {
  return sid.length > 14 ? `${sid.slice(0, 6)}…${sid.slice(-4)}` : sid;
}

function codePoint(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
}
