import type { Locator, Page } from "@playwright/test";

/** Nothing but what a test makes needs attention. */
export const nothingWaits = "troubles=none&age-limit=0&keyless=none";

export async function toAttention(page: Page): Promise<void> {
  await page.getByRole("navigation").getByRole("button", { name: "Needs attention" }).click();
}

/** The row of a customer, or of several alike. */
export function rowOf(page: Page, title: string | RegExp): Locator {
  return page.getByRole("main").getByRole("listitem").filter({ hasText: title }).first();
}

/** Opens the row of what is unfinished; resolves to what it opens to. */
export async function openUnfinished(page: Page): Promise<Locator> {
  await toAttention(page);
  await rowOf(page, "Unfinished.").getByRole("button", { expanded: false }).click();
  return page.getByRole("article", { name: "Unfinished" });
}
