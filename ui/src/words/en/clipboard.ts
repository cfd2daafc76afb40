/** What is on the clipboard, and when it leaves it again. */
export const clipboard = {
  label: "Clipboard",
  clearedIn: (seconds: number) => `The clipboard is cleared in ${seconds} s.`,
  beingCleared: "The clipboard is being cleared.",
  cleared: "The clipboard was cleared.",
  /** Beside values that are to be copied. */
  willBeCleared: "The clipboard is cleared after you copy a secret.",
};
