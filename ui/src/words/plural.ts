/** What depends on a number, in the plural forms that a language has. */
import { count } from "../numbers";

/** Chooses the form for a number, which it is given as text: `plural(2, (n) => ({ one: `${n} key`, other: `${n} keys` }))`. */
export type Plural<Category extends Intl.LDMLPluralRule> = {
  <Said>(number: number, forms: (number: string) => Record<Category | "other", Said>): Said;
  /** The language, and the forms that have to be given. */
  readonly language: string;
  readonly categories: readonly (Category | "other")[];
};

/**
 * The plurals of one language. `categories` are those that the Unicode CLDR has for it, which a test compares with the system's: a
 * sentence without one of them does not compile.
 */
export function pluralsOf<Category extends Intl.LDMLPluralRule>(language: string, categories: readonly Category[]): Plural<Category> {
  // It takes a while to make, and some screens do without.
  let rules: Intl.PluralRules | undefined;
  const plural = <Said>(number: number, forms: (number: string) => Record<Category | "other", Said>): Said => {
    rules ??= new Intl.PluralRules(language);
    const category = rules.select(number);
    return forms(count(number))[categories.find((one) => one === category) ?? "other"];
  };
  return Object.assign(plural, { language, categories });
}
