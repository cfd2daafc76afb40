/** Phone numbers as people read them. */
import { visibleText } from "./names";

/** Calling codes of one and of two digits; all others have three. */
const short = /^(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

/** The number in groups, such as "+1 202 555 0143"; what is not written as numbers are internationally is shown as it came. */
export function readableNumber(number: string): string {
  if (!/^\+[1-9]\d{6,14}$/.test(number)) return visibleText(number);
  const digits = number.slice(1);
  const code = short.exec(digits)?.[0] ?? digits.slice(0, 3);
  return `+${[code, ...groupsOf(digits.slice(code.length))].join(" ")}`;
}

/** Three by three, with up to four at the end. */
function groupsOf(digits: string): string[] {
  const groups: string[] = [];
  let rest = digits;
  while (rest.length > 4) {
    groups.push(rest.slice(0, 3));
    rest = rest.slice(3);
  }
  return [...groups, rest];
}

/** Whether both are the same number, however they are grouped. */
export function isSameNumber(typed: string, number: string): boolean {
  const digits = (text: string) => text.replace(/[^\p{L}\p{Nd}]/gu, "");
  return digits(typed) !== "" && digits(typed) === digits(number);
}
