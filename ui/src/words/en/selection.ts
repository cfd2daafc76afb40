/** What can be done with the rows that are ticked. */
import { lists } from "./lists";
import { plural } from "./plural";

/** Some that a list's buttons do nothing with: their names where they are few, and why. */
type LeftOut<Why extends string> = { names: readonly string[]; why: Why };

const mostNamed = 2;

const whyOne = {
  closed: "which is closed",
  gone: "which Twilio no longer lists",
  unknown: "whose status is not known",
};
const whySeveral: Record<keyof typeof whyOne, string> = {
  closed: "which are closed",
  gone: "which Twilio no longer lists",
  unknown: "whose status is not known",
};
const ofMany: typeof whySeveral = {
  closed: "that are closed",
  gone: "that Twilio no longer lists",
  unknown: "whose status is not known",
};

function leftOut({ names, why }: LeftOut<keyof typeof whyOne>): string {
  if (names.length > mostNamed) return plural(names.length, (n) => ({ one: `${n} ${ofMany[why]}`, other: `${n} ${ofMany[why]}` }));
  return `${lists.and(names)}, ${names.length === 1 ? whyOne[why] : whySeveral[why]}`;
}

export const selection = {
  selected: (number: number) => plural(number, (n) => ({ one: `${n} selected`, other: `${n} selected` })),
  /** After it. */
  notShown: (number: number) => plural(number, (n) => ({ one: `${n} of them not shown`, other: `${n} of them not shown` })),
  allShown: (number: number) => plural(number, (n) => ({ one: `The only one shown`, other: `All ${n} shown` })),
  clear: "Clear",
  clearKey: "Esc",
  suspend: (number: number) => plural(number, (n) => ({ one: `Suspend ${n}…`, other: `Suspend ${n}…` })),
  reactivate: (number: number) => plural(number, (n) => ({ one: `Reactivate ${n}…`, other: `Reactivate ${n}…` })),
  leftOut: (groups: readonly LeftOut<keyof typeof whyOne>[]) => `Left out: ${groups.map(leftOut).join("; ")}.`,
};
