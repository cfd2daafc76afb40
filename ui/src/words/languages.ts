/** The languages of the window, a line for each. English is there always, another one is loaded when it is chosen: `de: () => import("./de").then(({ de }) => de)`. */
import { en } from "./en";
import type { Words } from "./words";

export const languages = {
  en: () => Promise.resolve(en),
} satisfies Record<string, () => Promise<Words>>;

export type Language = keyof typeof languages;
