import { accessibilityProblems, expect, test } from "./window";

const waits = "Look for a password box behind this window.";

test("a keychain that lets the window wait is named, and the wait can be ended", async ({ page, open }) => {
  await open("platform=linux&troubles=none&rows=10");
  await page.evaluate(() => window.fake?.emit("keychainWaits", true));
  await expect(page.getByRole("status").getByText("Waiting for GNOME Keyring.")).toBeVisible();
  await expect(page.getByText(waits)).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole("button", { name: "Stop waiting" }).press("Enter");
  await expect(page.getByText(waits)).toBeHidden();
  await expect(page.getByRole("grid")).toBeFocused();
  expect(await page.evaluate(() => window.fake?.calls.includes("stopWaitingForKeychain"))).toBe(true);
});

test("while a dialog is open, it is the dialog that says so, and once only", async ({ page, open }) => {
  await open("platform=linux&troubles=none&rows=10");
  await page.getByRole("button", { name: "New subaccount" }).click();
  await page.evaluate(() => window.fake?.emit("keychainWaits", true));
  await expect(page.getByRole("dialog").getByText(waits)).toBeVisible();
  await expect(page.getByText(waits)).toHaveCount(1);
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole("dialog").getByRole("button", { name: "Stop waiting" }).focus();
  await page.evaluate(() => window.fake?.emit("keychainWaits", false));
  await expect(page.getByText(waits)).toBeHidden();
  await expect(page.getByLabel("Customer’s name")).toBeFocused();
});

test("in a narrow window the words and the button still fit", async ({ page, open }) => {
  await page.setViewportSize({ width: 400, height: 560 });
  await open("platform=linux&troubles=none&rows=10");
  await page.evaluate(() => window.fake?.emit("keychainWaits", true));
  await expect(page.getByRole("button", { name: "Stop waiting" })).toBeInViewport();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true);
  await page.screenshot({ path: "test-results/keychain-waits.png" });
});
