import type { Locator, Page } from "@playwright/test";
import { expect } from "./window";

/** Begins to make a subaccount and closes the dialog: it goes on by itself, as slowly as the test wants. */
export async function makeInTheBackground(page: Page, name: string): Promise<void> {
  await page.evaluate(() => window.fake?.hold("createSubaccount"));
  await page.getByRole("button", { name: "New subaccount" }).click();
  await page.getByLabel("Customer’s name").fill(name);
  await page.keyboard.press("Enter");
  await expect(page.getByText("Creating the subaccount")).toBeVisible();
  await page.getByRole("button", { name: "Close and let it run" }).click();
}

/** Lets it come to its end; resolves to the notice that says so. */
export async function readyInTheBackground(page: Page, name: string): Promise<Locator> {
  await page.evaluate(() => window.fake?.letGo("createSubaccount"));
  const ready = page.getByRole("status").filter({ hasText: `The key is ready for ${name}` });
  await expect(ready).toBeVisible();
  return ready;
}
