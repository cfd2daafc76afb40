import type { Page } from "@playwright/test";
import { accessibilityProblems, expect, test } from "./window";

const openNotes = async (page: Page, name = "Acme Cold Storage") => {
  await page.getByText(name, { exact: true }).first().click();
  await page.getByRole("tab", { name: "Notes" }).click();
};
const kept = (page: Page) => page.evaluate(() => window.fake?.calls.filter((call) => call === "keepCustomer").length);
const grid = (page: Page) => page.getByRole("grid", { name: "Subaccounts" });

test("what is typed of a customer is kept when the box is left, and is found by the search", async ({ page, open }) => {
  await open("troubles=none&refresh=asked");
  await openNotes(page);
  const pane = page.locator(".detail");
  await pane.getByLabel("Customer number").fill("  10021 ");
  await pane.getByLabel("Tags").click();
  await expect(pane.getByText("Kept", { exact: true })).toBeVisible();
  await expect(pane.getByLabel("Customer number")).toHaveValue("10021");
  await expect(pane.getByText("Customer number 10021")).toBeVisible();
  await page.keyboard.type("east");
  await page.keyboard.press("Enter");
  await expect(pane.getByRole("button", { name: "Remove the tag east" })).toBeVisible();
  await expect(pane.locator("header").getByText("east")).toBeVisible();
  await pane.getByRole("textbox", { name: "Note" }).fill("Night contact is the security desk.");
  await pane.getByRole("textbox", { name: "Note" }).press("Control+Enter");
  await expect.poll(() => kept(page)).toBe(3);
  await page.keyboard.press("Escape");
  const search = page.getByRole("searchbox");
  for (const text of ["10021", "east"]) {
    await search.fill(text);
    await expect(grid(page).locator(".body .row").first().locator("mark")).toHaveText(text);
    await expect(grid(page).locator(".body .row").first()).toContainText("Acme Cold Storage");
  }
  await openNotes(page);
  await expect(pane.getByRole("textbox", { name: "Note" })).toHaveValue("Night contact is the security desk.");
});

test("what was typed is kept also where Esc closes the pane, and nothing is asked where nothing was typed", async ({ page, open }) => {
  await open("troubles=none&refresh=asked");
  await openNotes(page);
  await page.getByRole("textbox", { name: "Note" }).focus();
  await page.keyboard.press("Escape");
  await expect(page.locator(".detail")).toHaveCount(0);
  expect(await kept(page)).toBe(0);
  await openNotes(page);
  await page.getByRole("textbox", { name: "Note" }).fill("Renews each October.");
  await page.keyboard.press("Escape");
  await expect.poll(() => kept(page)).toBe(1);
  await openNotes(page);
  await expect(page.getByRole("textbox", { name: "Note" })).toHaveValue("Renews each October.");
});

test("what could not be kept says so, stays in its box, and can be tried again", async ({ page, open }) => {
  await open("troubles=none&refresh=asked&fail=keepCustomer:diskFull:no::1");
  await openNotes(page);
  await page.getByLabel("Customer number").fill("10021");
  await page.getByRole("textbox", { name: "Note" }).focus();
  const alert = page.locator(".detail").getByRole("alert");
  await expect(alert).toBeVisible();
  await expect(page.getByLabel("Customer number")).toHaveValue("10021");
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(page.locator(".detail").getByText("Customer number 10021")).toBeVisible();
  await expect(alert).toHaveCount(0);
});

test("what somebody types is not written over by what is told meanwhile", async ({ page, open }) => {
  await open("troubles=none");
  await openNotes(page);
  await page.getByRole("textbox", { name: "Note" }).fill("half a sent");
  await page.getByRole("button", { name: "Refresh" }).evaluate((button: HTMLElement) => button.click());
  await expect(page.getByText("Up to date, read just now")).toBeAttached();
  await expect(page.getByRole("textbox", { name: "Note" })).toHaveValue("half a sent");
  await page.getByText("Baywood Blood Bank", { exact: true }).first().click();
  await page.getByRole("tab", { name: "Notes" }).click();
  await expect(page.getByRole("textbox", { name: "Note" })).toHaveValue("");
  await openNotes(page);
  await expect(page.getByRole("textbox", { name: "Note" })).toHaveValue("half a sent");
});

test("a column has the customer numbers where there are any, can be sorted by, and leaves first", async ({ page, open }) => {
  await open("troubles=none&customers=6&refresh=asked");
  const head = grid(page).getByRole("columnheader").filter({ hasText: /./ });
  await expect(head).toHaveText(["Name", "Customer no.", "Status", "Credentials", "This month"]);
  const numbers = grid(page).locator(".body .customerNumber");
  await grid(page).getByRole("columnheader", { name: "Customer no." }).getByRole("button").click();
  await expect(numbers.first()).toHaveText("10021");
  await grid(page).getByRole("columnheader", { name: "Customer no." }).getByRole("button").click();
  await expect(numbers.first()).toHaveText("10026");
  await page.setViewportSize({ width: 800, height: 560 });
  await expect(head).not.toContainText(["Customer no."]);
  await page.getByRole("searchbox").fill("10023");
  await expect(grid(page).locator(".body .name mark")).toHaveText("10023");
  await page.setViewportSize({ width: 1280, height: 800 });
  await open("troubles=none&refresh=asked");
  await expect(head).toHaveText(["Name", "Status", "Credentials", "This month"]);
});

test("a tag narrows the list, and is taken back with the search", async ({ page, open }) => {
  await open("troubles=none&customers=6&refresh=asked");
  const box = page.getByLabel("Tag", { exact: true });
  await box.selectOption("vaccines");
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "4");
  await page.getByRole("searchbox").fill("nobody");
  await page.getByRole("button", { name: "Show all subaccounts" }).click();
  await expect(box).toHaveValue("");
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "149");
  await open("troubles=none&refresh=asked");
  await expect(page.getByLabel("Tag", { exact: true })).toHaveCount(0);
});

for (const [name, width, height, scheme, text] of [
  ["wide and light", 1280, 800, "light", 100],
  ["small and dark", 800, 560, "dark", 100],
  ["small with large text", 800, 560, "light", 200],
] as const)
  test(`axe finds nothing in the notes, and nothing is cut off sideways: ${name}`, async ({ page, open }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme });
    await open("troubles=none&customers=6&refresh=asked");
    await page.evaluate((percent) => (document.documentElement.style.fontSize = `${percent}%`), text);
    await openNotes(page);
    await page.getByLabel("Tags").fill("W".repeat(64));
    await page.keyboard.press("Enter");
    await expect(page.locator("header").getByText("W".repeat(64))).toBeVisible();
    const cutOff = await page.evaluate(
      () => [...document.querySelectorAll("html, .list, .detail, .screen")].filter((one) => one.scrollWidth > one.clientWidth + 1).length,
    );
    expect([await accessibilityProblems(page), cutOff]).toEqual([[], 0]);
  });
