import type { Page } from "@playwright/test";
import { accessibilityProblems, expect, test } from "./window";

const called = (page: Page, method: string) =>
  page.evaluate((name) => window.fake?.calls.filter((call) => call === name).length ?? 0, method);
const block = (page: Page) => page.locator(".rail .block");
const panel = (page: Page) => page.getByRole("dialog", { name: "Running work" });
const result = (page: Page) => page.getByRole("dialog", { name: "Result" });

/** Ticks the first rows of the list and has them suspended. */
async function suspend(page: Page, rows: number): Promise<void> {
  const ticks = page.getByRole("grid").locator(".body").getByRole("checkbox");
  for (let place = 0; place < rows; place += 1) await ticks.nth(place).check();
  await page.getByRole("button", { name: `Suspend ${rows}…` }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: `Suspend ${rows} subaccounts` })
    .click();
}

test("a batch shows in the rail with its numbers, has a result until that was looked at, and is put away then", async ({ page, open }) => {
  await open("troubles=none");
  await page.evaluate(() => window.fake?.hold("suspendSubaccount"));
  await suspend(page, 3);
  await expect(page.getByRole("grid")).toBeFocused();
  await expect(block(page)).toContainText("Suspending 0 of 3");
  await expect(page.getByRole("status").filter({ hasText: "Begun: Suspending 3 subaccounts" })).toBeAttached();
  await page.evaluate(() => window.fake?.letGo("suspendSubaccount"));
  await expect(block(page)).toContainText("1 with a result");
  await expect(page.getByRole("status").filter({ hasText: "Ended: 3 subaccounts are suspended" })).toBeAttached();
  await page.keyboard.press("Control+j");
  await expect(panel(page)).toBeFocused();
  await panel(page).getByRole("button", { name: "Show result" }).press("Enter");
  await expect(result(page).getByRole("heading", { name: "3 subaccounts are suspended" })).toBeVisible();
  await expect(result(page)).toContainText("Everything worked.");
  await expect(result(page).getByRole("listitem")).toHaveCount(3);
  await page.keyboard.press("Escape");
  await expect(result(page)).toHaveCount(0);
  await expect(block(page)).toHaveCount(0);
  await expect(page.getByRole("grid")).toBeFocused();
  await expect.poll(() => called(page, "discardBatch")).toBe(1);
});

test("what did not work is named with why, and only that is tried again", async ({ page, open }) => {
  await open("troubles=none");
  await page.evaluate(() => window.fake?.fail("suspendSubaccount:tooManyRequests:no::2"));
  await suspend(page, 3);
  await expect(block(page)).toContainText("1 with a result");
  await block(page).click();
  await expect(panel(page)).toContainText("2 did not work");
  await panel(page).getByRole("button", { name: "Show result" }).click();
  await expect(result(page).getByRole("heading", { name: "1 subaccount is suspended" })).toBeVisible();
  await expect(result(page).locator("li.failed")).toHaveCount(2);
  await expect(result(page).locator("li").first()).toHaveClass(/failed/);
  await result(page).getByRole("button", { name: "Try 2 again" }).press("Enter");
  await expect(result(page)).toHaveCount(0);
  await expect(page.getByRole("status").filter({ hasText: "Ended: 2 subaccounts are suspended" })).toBeAttached();
  expect(await called(page, "suspendSubaccount")).toBe(5);
  await block(page).click();
  await expect(panel(page).getByRole("listitem")).toHaveCount(1);
});

test("one that is stopped keeps what is done, says so before, and is gone on with", async ({ page, open }) => {
  await open("troubles=none");
  await page.evaluate(() => window.fake?.hold("suspendSubaccount"));
  await suspend(page, 6);
  await block(page).click();
  const stop = panel(page).getByRole("button", { name: "Stop: Suspending 6 subaccounts" });
  await expect(stop).toHaveAccessibleDescription(/^Stopping keeps what is done\./);
  await stop.press("Enter");
  await expect(panel(page).getByRole("button", { name: /^Stopping/ })).toBeFocused();
  await page.evaluate(async () => {
    await window.fake?.letGo("stopOperation");
    await window.fake?.letGo("suspendSubaccount");
  });
  await expect(panel(page)).toContainText("Stopped · 4 of 6 done");
  await expect(block(page)).toContainText("1 paused");
  await expect(page.getByRole("status").filter({ hasText: "Waits for you: Suspending 6 subaccounts" })).toBeAttached();
  await panel(page)
    .getByRole("button", { name: /^Go on/ })
    .press("Enter");
  await expect(panel(page)).toContainText("6 subaccounts are suspended");
  expect(await called(page, "suspendSubaccount")).toBe(6);
  await expect(panel(page)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(panel(page)).toHaveCount(0);
  await expect(block(page)).toBeFocused();
});

test("what was left when the program was closed waits, and goes on or is discarded after a question", async ({ page, open }) => {
  await open("troubles=none&batch=paused");
  await expect(block(page)).toContainText("1 paused");
  await block(page).press("Enter");
  await expect(panel(page)).toContainText("Paused when Subvault was closed · 2 of 5 done");
  await panel(page)
    .getByRole("button", { name: /^Discard/ })
    .press("Enter");
  const question = page.getByRole("dialog", { name: "Discard the rest?" });
  await expect(question.getByRole("button", { name: "Keep it" })).toBeFocused();
  await expect(question).toContainText("3 of these have not been done, and will not be.");
  await page.keyboard.press("Enter");
  await expect(panel(page).getByRole("button", { name: /^Discard/ })).toBeFocused();
  await panel(page)
    .getByRole("button", { name: /^Go on/ })
    .press("Enter");
  await expect(panel(page)).toContainText("4 subaccounts are suspended");
  await expect(panel(page)).toContainText("1 did not work");
  await open("troubles=none&batch=paused");
  await block(page).press("Enter");
  await panel(page)
    .getByRole("button", { name: /^Discard/ })
    .press("Enter");
  await question.getByRole("button", { name: "Discard the rest" }).press("Enter");
  await expect(panel(page)).toContainText("Nothing is running");
  expect(await called(page, "discardBatch")).toBe(1);
  expect(await called(page, "suspendSubaccount")).toBe(0);
});

test("a result of before the program was closed is shown, and says what can be done where the orders are not known", async ({
  page,
  open,
}) => {
  await open("troubles=none&batch=ended");
  await block(page).press("Enter");
  await panel(page).getByRole("button", { name: "Show result" }).press("Enter");
  await expect(result(page)).toContainText("This subaccount is closed");
  await expect(result(page)).toContainText("Choose these in the list and order it again.");
  await expect(result(page).getByRole("button", { name: /^Try/ })).toHaveCount(0);
});

test("without Twilio nothing is gone on with, and it is said why", async ({ page, open }) => {
  await open("scene=offline&troubles=none&batch=paused");
  await block(page).press("Enter");
  const goOn = panel(page).getByRole("button", { name: /^Go on/ });
  await expect(goOn).toHaveAccessibleDescription("Twilio cannot be reached.");
  await goOn.press("Enter");
  expect(await called(page, "resumeBatch")).toBe(0);
});

test("reading from Twilio is listed while it runs, with its counts, and stands in the rail once", async ({ page, open }) => {
  await open("refresh=asked&troubles=none&delay=400");
  await page.keyboard.press("Control+j");
  await expect(panel(page)).toContainText("Nothing is running");
  await page.getByRole("contentinfo").getByRole("button", { name: "Refresh" }).press("Enter");
  await expect(panel(page)).toContainText("Reading from Twilio");
  await expect(panel(page)).toContainText(/\d+ of 148/);
  await expect(block(page)).toHaveCount(0);
  await panel(page).getByRole("button", { name: "Stop: Reading from Twilio" }).press("Enter");
  await expect(page.getByRole("contentinfo").getByRole("button", { name: "Refresh" })).toBeVisible();
});

test("the panel closes by pressing beside it, and what is pressed is pressed", async ({ page, open }) => {
  await open("troubles=none&batch=paused");
  await block(page).click();
  await expect(panel(page)).toBeVisible();
  await page.getByRole("grid").getByRole("row").nth(1).click();
  await expect(panel(page)).toHaveCount(0);
  await expect(page.locator(".detail")).toBeFocused();
  await block(page).click();
  await block(page).click();
  await expect(panel(page)).toHaveCount(0);
});

test("another account has no work of the one before", async ({ page, open }) => {
  await open("troubles=none&batch=paused");
  await expect(block(page)).toBeVisible();
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("button", { name: /practice mode/i }).click();
  await expect(page.getByText("This is a made-up Twilio", { exact: false })).toBeVisible();
  await expect(block(page)).toHaveCount(0);
});

for (const [width, height, size] of [
  [1280, 800, "100%"],
  [800, 560, "100%"],
  [800, 560, "200%"],
] as const) {
  test(`all of it fits the window at ${width} by ${height} with text at ${size}`, async ({ page, open }) => {
    await page.setViewportSize({ width, height });
    await page.addInitScript(
      (size) => document.addEventListener("DOMContentLoaded", () => (document.documentElement.style.fontSize = size)),
      size,
    );
    await open("batch=ended");
    await expect(block(page)).toBeInViewport({ ratio: 1 });
    await expect(page.getByRole("button", { name: "Lock now" })).toBeInViewport({ ratio: 1 });
    await page.keyboard.press("Control+j");
    await expect(panel(page)).toBeInViewport({ ratio: 1 });
    await panel(page).getByRole("button", { name: "Show result" }).click();
    await expect(result(page)).toBeInViewport({ ratio: 1 });
    await expect(result(page).getByRole("button", { name: "Close" })).toBeInViewport({ ratio: 1 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true);
  });
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`the block, the panel and the result are accessible, ${colorScheme}`, async ({ page, open }) => {
    await page.emulateMedia({ colorScheme });
    await open("batch=paused");
    await page.evaluate(() => window.fake?.hold("suspendSubaccount"));
    await suspend(page, 3);
    await expect(page.getByRole("grid")).toBeFocused();
    await page.keyboard.press("Control+j");
    await expect(panel(page).getByRole("listitem")).toHaveCount(2);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.evaluate(() => window.fake?.letGo("suspendSubaccount"));
    await panel(page).getByRole("button", { name: "Show result" }).click();
    expect(await accessibilityProblems(page)).toEqual([]);
  });
}
