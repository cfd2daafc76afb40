/** The name of the program's entries in the keychain, as the Rust side writes it: in no language. */
export function keychainEntryName(practice: boolean): string {
  return practice ? "Subvault practice" : "Subvault";
}
