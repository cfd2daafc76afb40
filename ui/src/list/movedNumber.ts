/** What the activity list has of a phone number that was moved. */

export type MovedNumber = { number: string; to: string };

/** The number, and the SID of the account that it went to; null where it says something else. */
export function movedNumber(detail: string): MovedNumber | null {
  const match = /^(.*) (AC[0-9a-f]{32})$/i.exec(detail);
  const [, number, to] = match ?? [];
  return number === undefined || to === undefined ? null : { number, to };
}
