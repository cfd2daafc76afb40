/** The parts of the window that F6 goes through: the rail, the list or page, and the pane. Each names itself by `data-region`. */

/** Moves the focus to the next part that there is, or to the one before. */
export function goToNextRegion(back: boolean): void {
  const regions = [...document.querySelectorAll<HTMLElement>("[data-region]")].filter((region) => region.closest("[inert]") === null);
  const from = regions.findIndex((region) => region.contains(document.activeElement));
  const step = back ? -1 : 1;
  // From nowhere it is the first one, or the last.
  const next = from < 0 && back ? regions.length - 1 : (from + step + regions.length) % regions.length;
  const region = regions[next];
  if (region !== undefined) placeIn(region).focus();
}

/** Where one goes on in a part: at what is chosen in it, at its list, at its heading, or at itself. */
function placeIn(region: HTMLElement): HTMLElement {
  const places = ['[aria-current="page"]', "[data-focus-home]:not([hidden])", "h1[tabindex]"];
  return places.map((place) => region.querySelector<HTMLElement>(place)).find((found) => found !== null) ?? region;
}
