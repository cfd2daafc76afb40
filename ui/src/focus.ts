/** Whether what had the focus has left the page, and nobody has gone on to something else. */
export function focusIsNowhere(): boolean {
  return document.activeElement === document.body;
}
