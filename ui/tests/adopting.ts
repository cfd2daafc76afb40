/** The page that adopts keys, for tests. */
import type { Page } from "@playwright/test";
import { sid } from "../src/fake/data";

export const secret = "InventedInventedInventedInvented";

export const toKeys = (page: Page) => page.getByRole("navigation").getByRole("button", { name: "Keys" }).click();
export const box = (page: Page) => page.getByRole("textbox", { name: "API SIDs and their secrets" });
export const foundGrid = (page: Page) => page.getByRole("grid", { name: "Keys that were found" });
export const resultGrid = (page: Page) => page.getByRole("grid", { name: "What became of each key" });

/** The SIDs of keys that were made elsewhere, of these subaccounts. */
export function elsewhere(...places: number[]): string[] {
  return places.map((place) => sid("SK", 200_000 + Number.parseInt(sid("AC", place).slice(-8), 16)));
}

/** One of a saved key. */
export const savedKey = sid("SK", 0);

export async function openAdopting(page: Page): Promise<void> {
  await toKeys(page);
  await page.getByRole("button", { name: "Adopt keys…" }).first().click();
  await page.getByRole("heading", { level: 1, name: "Adopt keys" }).waitFor();
}

export async function lookFor(page: Page, text: string): Promise<void> {
  await box(page).fill(text);
  await page.getByRole("button", { name: "Look for keys" }).click();
}
