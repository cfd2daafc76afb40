import { expect, test } from "./window";

const toActivity = "Activity";

test("what was done is a grid: the newest first, sorted by a column, moved through by keys, and a row leads to its customer", async ({
  page,
  open,
}) => {
  await open("troubles=none");
  await page.getByRole("navigation").getByRole("button", { name: toActivity }).click();
  const grid = page.getByRole("grid", { name: toActivity });
  await expect(grid.getByRole("columnheader")).toHaveText(["Time", "What", "Customer", "API SID"]);
  await expect(grid.getByRole("columnheader", { name: "Time" })).toHaveAttribute("aria-sort", "descending");
  const customers = () => grid.locator(".body .whom").allTextContents();
  const newestFirst = await customers();
  expect(newestFirst[0]).toContain("Acme Cold Storage");
  await grid.getByRole("button", { name: "Time" }).click();
  expect(await customers()).toEqual([...newestFirst].reverse());
  await grid.getByRole("button", { name: "Customer" }).click();
  await expect(grid.getByRole("columnheader", { name: "Customer" })).toHaveAttribute("aria-sort", "ascending");
  expect(await customers()).toEqual([...newestFirst].sort());
  await expect(grid.getByRole("columnheader", { name: "API SID" })).not.toHaveAttribute("aria-sort", /./);
  await page.getByRole("heading", { name: toActivity }).focus();
  await page.keyboard.press("F6");
  await page.keyboard.press("F6");
  await expect(grid).toBeFocused();
  await page.keyboard.press("End");
  const last = grid.locator(".row.active");
  const customer = (await last.locator(".whom").textContent())?.trim() ?? "";
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: customer })).toBeVisible();
  await expect(page.getByRole("grid", { name: "Subaccounts" })).toBeVisible();
});

test("where the customer has no column, the name stands below what was done", async ({ page, open }) => {
  await page.setViewportSize({ width: 800, height: 560 });
  await page.addInitScript(() => document.addEventListener("DOMContentLoaded", () => (document.documentElement.style.fontSize = "200%")));
  await open("troubles=none");
  await page.getByRole("navigation").getByRole("button", { name: toActivity }).click();
  const grid = page.getByRole("grid", { name: toActivity });
  await expect(grid.getByRole("columnheader")).toHaveText(["Time", "What"]);
  await expect(grid.locator(".body .what").first()).toContainText("Acme Cold Storage");
});
