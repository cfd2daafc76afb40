import type { Page } from "@playwright/test";
import { accessibilityProblems, expect, test } from "./window";

const ticked = (page: Page) => page.locator('[role="grid"] .body [role="row"][aria-selected="true"]');
const tickOf = (page: Page, name: string) => page.getByRole("grid").getByRole("checkbox", { name, exact: true });

test("Space ticks the row that the keys are on, and moving changes no tick", async ({ page, open }) => {
  await open("troubles=none");
  const grid = page.getByRole("grid");
  await expect(grid).toHaveAttribute("aria-multiselectable", "true");
  await grid.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press(" ");
  await expect(ticked(page)).toHaveCount(1);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  await page.keyboard.press("Home");
  await expect(ticked(page)).toHaveCount(1);
  await expect(tickOf(page, "Acme Cold Storage")).toBeChecked();
  // Scrolling by Space would have moved the rows.
  expect(await grid.evaluate((one) => one.scrollTop)).toBe(0);
  await page.keyboard.press(" ");
  await expect(ticked(page)).toHaveCount(0);
});

test("Shift with the arrows ticks from row to row, and takes the ticks back on the way back", async ({ page, open }) => {
  await open("troubles=none");
  await page.getByRole("grid").focus();
  await page.keyboard.press("ArrowDown");
  for (const count of [2, 3, 4]) {
    await page.keyboard.press("Shift+ArrowDown");
    await expect(ticked(page)).toHaveCount(count);
  }
  await page.keyboard.press("Shift+ArrowUp");
  await expect(ticked(page)).toHaveCount(3);
});

test("a tick can be pressed without opening its row, up to another one with Shift, and the keys go on from there", async ({
  page,
  open,
}) => {
  await open("troubles=none");
  const grid = page.getByRole("grid");
  const ticks = grid.locator(".body").getByRole("checkbox");
  await ticks.nth(1).check();
  await expect(page.locator(".detail")).toHaveCount(0);
  await expect(grid).toBeFocused();
  await ticks.nth(4).click({ modifiers: ["Shift"] });
  await expect(ticked(page)).toHaveCount(4);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press(" ");
  await expect(ticks.nth(5)).toBeChecked();
  // Beside the box as well as on it, and off again.
  await grid
    .locator(".body .tick")
    .nth(5)
    .click({ position: { x: 3, y: 4 } });
  await expect(ticks.nth(5)).not.toBeChecked();
  await grid.getByRole("row").nth(2).click();
  await expect(page.locator(".detail")).toBeFocused();
  await expect(ticked(page)).toHaveCount(4);
  await expect(grid.locator('[aria-current="true"]')).toHaveCount(1);
});

test("the tick in the head takes what the filter shows and says how many that are, and leaves the others as they were", async ({
  page,
  open,
}) => {
  await open("troubles=none");
  const grid = page.getByRole("grid");
  await tickOf(page, "Acme Cold Storage").check();
  const head = grid.getByRole("columnheader").getByRole("checkbox");
  await expect(head).toHaveAccessibleName("Select all 148 shown");
  await expect(head).toHaveJSProperty("indeterminate", true);
  await page
    .getByRole("group", { name: "Show" })
    .getByRole("button", { name: /^Suspended/ })
    .click();
  const shown = Number(await grid.getAttribute("aria-rowcount")) - 1;
  await expect(head).toHaveAccessibleName(`Select all ${shown} shown`);
  await expect(head).toHaveJSProperty("indeterminate", false);
  await head.check();
  await expect(ticked(page)).toHaveCount(shown);
  await head.uncheck();
  await expect(ticked(page)).toHaveCount(0);
  await grid.focus();
  await page.keyboard.press("Control+a");
  await expect(head).toBeChecked();
  await page.getByRole("group", { name: "Show" }).getByRole("button", { name: /^All/ }).click();
  await expect(tickOf(page, "Acme Cold Storage")).toBeChecked();
  await expect(head).toHaveJSProperty("indeterminate", true);
});

test("Esc gives back the ticks, then the pane, then the search", async ({ page, open }) => {
  await open("troubles=none");
  await page.getByRole("searchbox").fill("acme");
  const grid = page.getByRole("grid");
  await grid.getByRole("row").nth(1).click();
  await grid.focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Escape");
  await expect(ticked(page)).toHaveCount(0);
  await expect(page.locator(".detail")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.locator(".detail")).toHaveCount(0);
  await expect(page.getByRole("searchbox")).toHaveValue("acme");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("searchbox")).toHaveValue("");
});

test("ticks are kept for a thousand rows while these are scrolled, sorted and told anew, and go when the account does", async ({
  page,
  open,
}) => {
  await open("rows=1000&troubles=none&refresh=asked");
  const grid = page.getByRole("grid");
  await tickOf(page, "Acme Cold Storage").check();
  await grid.focus();
  await page.keyboard.press("End");
  await page.keyboard.press(" ");
  await page.keyboard.press("Home");
  await expect(tickOf(page, "Acme Cold Storage")).toBeChecked();
  await grid.getByRole("button", { name: "Name" }).click();
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(page.getByText("Up to date", { exact: false })).toBeVisible();
  await page.keyboard.press("Home");
  await expect(ticked(page).first()).toBeVisible();
  await expect(grid.getByRole("columnheader").getByRole("checkbox")).toHaveJSProperty("indeterminate", true);
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("button", { name: /practice mode/i }).click();
  await expect(page.getByText("This is a made-up Twilio", { exact: false })).toBeVisible();
  await expect(grid.getByRole("columnheader").getByRole("checkbox")).toHaveJSProperty("indeterminate", false);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`ticked rows are as accessible as others, ${colorScheme}`, async ({ page, open }) => {
    await page.emulateMedia({ colorScheme });
    await open();
    await page.getByRole("grid").getByRole("row").nth(2).click();
    await page.getByRole("grid").focus();
    await page.keyboard.press("Shift+ArrowDown");
    await expect(ticked(page)).toHaveCount(2);
    expect(await accessibilityProblems(page)).toEqual([]);
  });
}
