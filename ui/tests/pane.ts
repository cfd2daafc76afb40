import type { Page } from "@playwright/test";

/** Chooses something from the menu of the subaccount that is open. */
export async function choose(page: Page, action: string): Promise<void> {
  await page.getByRole("button", { name: "Actions" }).press("Enter");
  await page.getByRole("menuitem", { name: action }).press("Enter");
}

/** Chooses something from the menu of the first key in the pane. */
export async function chooseForKey(page: Page, action: string): Promise<void> {
  await page.getByRole("button", { name: "More for API key" }).first().press("Enter");
  await page.getByRole("menuitem", { name: action }).press("Enter");
}
