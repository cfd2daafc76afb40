import { words } from "../words";
import type { CreationStep } from "./steps";

/** A step of a creation in words, with the real name of the keychain. */
export function stepText(step: CreationStep, done: boolean, keychainName: string): string {
  const said = words().creation.steps[step];
  return done ? said.done(keychainName) : said.doing(keychainName);
}
