/** Money and counts in the system's format. Money stays a decimal string all the way: no float arithmetic. */
import type { Money } from "./wire";

/** The first usable language of the system. A web view started with the C locale reports "C", which Intl refuses. */
export function usableLocale(languages: readonly string[]): string {
  for (const language of languages) {
    try {
      const [canonical] = Intl.getCanonicalLocales(language.replace("_", "-"));
      if (canonical !== undefined && /^[a-z]{2,3}\b/i.test(canonical) && canonical.toLowerCase() !== "posix") {
        return canonical;
      }
    } catch {
      // Not a language tag: the next one may be.
    }
  }
  return "en-US";
}

export const locale = usableLocale(typeof navigator === "undefined" ? [] : [...(navigator.languages ?? []), navigator.language ?? ""]);

const currencyFormats = new Map<string, Intl.NumberFormat | null>();

function currencyFormat(currency: string): Intl.NumberFormat | null {
  const known = currencyFormats.get(currency);
  if (known !== undefined) return known;
  let made: Intl.NumberFormat | null;
  try {
    made = new Intl.NumberFormat(locale, { style: "currency", currency });
  } catch {
    made = null;
  }
  currencyFormats.set(currency, made);
  return made;
}

/** An amount with its currency, such as "$38.12". What cannot be read as a decimal is shown as it came. */
export function money(value: Money): string {
  const format = /^-?\d+(\.\d+)?$/.test(value.amount) ? currencyFormat(value.currency) : null;
  if (format === null) return `${value.amount} ${value.currency}`;
  return format.format(value.amount as `${number}`);
}

const scale = 12;

/** A decimal string as a whole number of 10^-12; what is not a decimal counts as nought. */
export function scaled(decimal: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d*))?$/.exec(decimal);
  if (match === null) return 0n;
  const [, sign, whole = "0", fraction = ""] = match;
  const size = BigInt(whole + fraction.slice(0, scale).padEnd(scale, "0"));
  return sign === "-" ? -size : size;
}

let countFormat: Intl.NumberFormat | undefined;

/** A whole number, such as "1,200". */
export function count(number: number): string {
  // Each format costs milliseconds to make, and the first screen may do without.
  countFormat ??= new Intl.NumberFormat(locale);
  return countFormat.format(number);
}
