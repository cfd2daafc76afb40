/** The name of the program's entries in the keychain, as the Rust side writes it: in no language. */
export function keychainEntryName(practice: boolean): string {
  // eslint-disable-next-line words/no-sentence -- It is the same in every language, for it is looked up by it.
  return practice ? "Subvault practice" : "Subvault";
}
