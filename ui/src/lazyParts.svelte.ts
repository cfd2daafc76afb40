/** The parts of the window that are loaded after its first picture, or before it where they are on it. */
class LazyParts {
  components = $state.raw<typeof import("./lazyComponents") | null>(null);

  async load(): Promise<void> {
    this.components ??= await import("./lazyComponents");
  }
}

export const lazyParts = new LazyParts();
