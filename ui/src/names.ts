/**
 * Names come from other people and may hold anything. What cannot be seen is made visible, and the markup isolates
 * each name so that its direction of writing cannot reorder what stands beside it.
 */

/** Characters that are invisible or reorder text: controls, zero-width spaces, marks of direction. The zero-width joiner
 * stays, because emoji and several scripts are written with it. */
const unseen = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** The text with every unseen character written as its code, such as `[U+202E]`. */
export function visibleText(text: string): string {
  return text.replace(unseen, (character) => `[U+${codePoint(character)}]`);
}

/** A name to show: visible, and never empty. */
export function visibleName(name: string): string {
  const visible = visibleText(name).trim();
  return visible === "" ? "(no name)" : visible;
}

/** First and last characters of a SID, as the list shows it. */
export function shortSid(sid: string): string {
  return sid.length > 14 ? `${sid.slice(0, 6)}…${sid.slice(-4)}` : sid;
}

function codePoint(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
}
