/** What waits for a person. */
export const attention = {
  nothing: "Nothing needs attention",
  nothingMeans: "Every key that Subvault made is saved and handed over.",
  unfinished: "Unfinished",
  notHandedOver: "Not handed over yet",
  notHandedOverMeans: "The secret of the key is saved here. The customer’s service does not have it yet.",
  keyRemoved: "Key removed at Twilio",
  keyRemovedMeans: "The key was deleted at Twilio, so the service that used it no longer works. Make a new key and hand it over.",
  firstOf: (shown: number, all: number) => `The first ${shown} of ${all}.`,
  showAll: "Show all in the list",
};
