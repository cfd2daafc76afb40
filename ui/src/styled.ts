/**
 * Resolves when the page’s style sheets are there, or cannot be had. A page’s script does not wait for them in every web view, and a list
 * that is laid out without them has all its rows in one endless column.
 */
export async function styled(page: Document): Promise<void> {
  const sheets = page.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]');
  await Promise.all(Array.from(sheets, arrived));
}

function arrived(link: HTMLLinkElement): Promise<void> {
  if (link.sheet !== null) return Promise.resolve();
  return new Promise((resolve) => {
    link.addEventListener("load", () => resolve());
    link.addEventListener("error", () => resolve());
  });
}
