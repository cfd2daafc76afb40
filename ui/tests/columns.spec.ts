import type { Page } from "@playwright/test";
import { accessibilityProblems, expect, test } from "./window";

const toKeys = (page: Page) => page.getByRole("navigation").getByRole("button", { name: "Keys" }).click();
const heads = (page: Page) => page.getByRole("grid").getByRole("columnheader").filter({ hasText: /./ });
const column = (page: Page, name: string) => page.getByRole("menuitemcheckbox", { name });

test("columns that are not wanted stay away from their list, and from no other", async ({ page, open }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await open("customers=20&refresh=asked&troubles=none");
  await expect(heads(page)).toHaveText(["Name", "Customer no.", "Status", "Credentials", "This month"]);
  await page.getByRole("button", { name: "Columns" }).click();
  expect(await accessibilityProblems(page)).toEqual([]);
  await expect(column(page, "Customer no.")).toBeFocused();
  await expect(column(page, "Name")).toHaveCount(0);
  // The menu stays open until all of them are as they are wanted.
  await page.keyboard.press("Enter");
  await expect(column(page, "Customer no.")).toHaveAttribute("aria-checked", "false");
  await column(page, "This month").click();
  await page.keyboard.press("Escape");
  await expect(heads(page)).toHaveText(["Name", "Status", "Credentials"]);
  await expect(page.getByRole("button", { name: "Columns" })).toBeFocused();
  await toKeys(page);
  await expect(heads(page)).toHaveText(["Key", "Type", "Age", "Secret", "Handed over", "Proved"]);
  await page.getByRole("button", { name: "Columns" }).click();
  await column(page, "Age").click();
  await page.keyboard.press("Escape");
  await expect(heads(page)).toHaveText(["Key", "Type", "Secret", "Handed over", "Proved"]);
  await page.getByRole("navigation").getByRole("button", { name: "Subaccounts" }).click();
  await expect(heads(page)).toHaveText(["Name", "Status", "Credentials"]);
  expect(await page.evaluate(() => window.fake?.calls.filter((call) => call === "setPreferences").length)).toBe(3);
});

test("what was chosen holds when the list is shown anew", async ({ page, open }) => {
  await open("customers=20&refresh=asked&troubles=none&hidden=subaccounts~spend~status");
  await expect(heads(page)).toHaveText(["Name", "Customer no.", "Credentials"]);
  await page.getByRole("button", { name: "Columns" }).click();
  await column(page, "Status").click();
  await page.keyboard.press("Escape");
  await expect(heads(page)).toHaveText(["Name", "Customer no.", "Status", "Credentials"]);
});

test("a number that was searched for is shown with its customer where its column is not wanted", async ({ page, open }) => {
  await open("customers=20&refresh=asked&troubles=none&hidden=subaccounts~customerNumber");
  await page.getByRole("searchbox").fill("10021");
  await expect(page.getByRole("grid").locator(".body mark").first()).toHaveText("10021");
});

test("keys are narrowed to a Region where some are in another one than US1", async ({ page, open }) => {
  await open("troubles=none&refresh=asked");
  await toKeys(page);
  await expect(page.getByRole("grid")).toBeVisible();
  await expect(page.getByLabel("Region")).toHaveCount(0);
  await open("elsewhere=20&refresh=asked");
  await toKeys(page);
  const rows = page.getByRole("grid");
  await page.getByLabel("Region").selectOption("IE1");
  await expect(rows.locator(".body .row .type").first()).toContainText("IE1");
  const found = Number(await rows.getAttribute("aria-rowcount")) - 1;
  expect(found).toBeGreaterThan(1);
  expect(found).toBeLessThan(20);
  await expect(page.getByRole("status").filter({ hasText: `${found} keys found` })).toBeAttached();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole("searchbox").fill("nobody at all");
  await page.getByRole("button", { name: "Show all keys" }).click();
  await expect(page.getByLabel("Region")).toHaveValue("");
});
