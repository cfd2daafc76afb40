import { locale } from "../format";

const loosely = new Intl.Collator(locale, { numeric: true, sensitivity: "base" });
/** Among names that differ in case and accents alone: small letters before capitals, plain ones before accented. */
const byWriting = new Intl.Collator(locale, { numeric: true, sensitivity: "variant", caseFirst: "lower" });

/** The order of two names as people read them: numbers by value, case and accents aside, and of those that are then equal always the same first. */
export function byName(left: string, right: string): number {
  return loosely.compare(left, right) || byWriting.compare(left, right);
}
