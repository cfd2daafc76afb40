/** Several things in one sentence, joined as a language does it. */

export type Lists = {
  /** "a, b and c" */
  and: (things: readonly string[]) => string;
  /** "a, b or c" */
  or: (things: readonly string[]) => string;
  /** "a, b, c" */
  plain: (things: readonly string[]) => string;
  /** The same in its pieces, of which those that are no thing stand between two. */
  plainPieces: (things: readonly string[]) => { text: string; isThing: boolean }[];
};

/** The lists of one language; a region decides on details, such as the comma before "and". */
export function listsOf(language: string): Lists {
  const format = (options: Intl.ListFormatOptions) => {
    // Each takes a while to make, and some screens do without.
    let made: Intl.ListFormat | undefined;
    return () => (made ??= new Intl.ListFormat(language, options));
  };
  const and = format({ type: "conjunction", style: "long" });
  const or = format({ type: "disjunction", style: "long" });
  const plain = format({ type: "unit", style: "short" });
  return {
    and: (things) => and().format(things),
    or: (things) => or().format(things),
    plain: (things) => plain().format(things),
    plainPieces: (things) =>
      plain()
        .formatToParts(things)
        .map(({ type, value }) => ({ text: value, isThing: type === "element" })),
  };
}
