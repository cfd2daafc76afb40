/**
 * Names come from other people and may hold anything. What cannot be seen is made visible, and the markup isolates
 * each name so that its direction of writing cannot reorder what stands beside it.
 */

/** Characters that are invisible or reorder text: controls, zero-width spaces, fillers, marks of direction, tags. The zero-width joiner
 * stays, because emoji and several scripts are written with it, and tags do after the black flag, which they make a region's. */
const unseen =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb]|[\u{e0000}-\u{e007f}](?<!\u{1f3f4}[\u{e0020}-\u{e007f}]*)/gu;

/** What only changes its neighbours shows nothing where there are none. */
const nothing = /^[\s\u200d\ufe00-\ufe0f]*$/;

/** The text with every unseen character written as its code, such as `[U+202E]`. */
export function visibleText(text: string): string {
  return text.replace(unseen, (character) => `[U+${codePoint(character)}]`);
}

/** A name to show: visible, and never empty. */
export function visibleName(name: string): string {
  const visible = visibleText(name).trim();
  return nothing.test(visible) ? "(no name)" : visible;
}

/** First and last characters of a SID, as the list shows it. */
export function shortSid(sid: string): string {
  return sid.length > 14 ? `${sid.slice(0, 6)}…${sid.slice(-4)}` : sid;
}

function codePoint(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
}
