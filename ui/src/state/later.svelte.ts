/** The parts of the window that are loaded after its first picture, or before it where they are on it. */
class Later {
  parts = $state.raw<typeof import("../later") | null>(null);

  async load(): Promise<void> {
    this.parts ??= await import("../later");
  }
}

export const later = new Later();
