/** Measures that depend on the size of text: taken from the page, since both the window and the text size can change. */
class Layout {
  /** One rem in pixels. */
  rem = $state(16);
  /** Width of the window in rem. */
  width = $state(80);

  /** The list and the detail do not fit beside each other. */
  readonly narrow: boolean = $derived(this.width < 64);
}

export const layout = new Layout();
