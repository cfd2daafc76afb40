import { expect, test } from "./window";

test("practice mode is marked on every screen and can be left from any", async ({ page, open }) => {
  await open("scene=welcome");
  await page.getByRole("button", { name: "Try it with made-up data" }).click();
  for (const screen of ["Needs attention", "Activity", "Settings", "Subaccounts"]) {
    await page.getByRole("navigation").getByRole("button", { name: screen }).click();
    await expect(page.getByRole("region", { name: "Practice mode" })).toBeVisible();
  }
  await page.getByRole("region", { name: "Practice mode" }).getByRole("button", { name: "Leave practice" }).click();
  await expect(page.getByRole("heading", { name: "Welcome to Subvault" })).toBeVisible();
  await expect(page.getByText("Practice mode.")).toBeHidden();
});

test("while practice mode is being opened nothing can be begun, that is said, and the focus goes on in it", async ({ page, open }) => {
  await open("troubles=none");
  await page.getByRole("navigation").getByRole("button", { name: "Settings" }).click();
  await page.evaluate(() => window.fake?.hold("openPractice"));
  await page.getByRole("button", { name: "Open practice mode" }).press("Enter");
  await expect(page.getByRole("status").getByText("Opening practice mode")).toBeAttached();
  await expect(page.locator(".whole")).toHaveAttribute("inert", "");
  await page.evaluate(() => window.fake?.letGo("openPractice"));
  await expect(page.getByRole("region", { name: "Practice mode" })).toBeVisible();
  await expect(page.locator(".whole")).not.toHaveAttribute("inert");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByRole("grid")).toBeFocused();

  await page.getByRole("button", { name: "Leave practice" }).press("Enter");
  await expect(page.getByRole("region", { name: "Practice mode" })).toHaveCount(0);
  await expect(page.getByRole("grid")).toBeFocused();
});

test("where practice mode does not open, no key has begun anything meanwhile, and its button has the focus again", async ({
  page,
  open,
}) => {
  await open("troubles=none&fail=openPractice:diskFull");
  await page.getByRole("navigation").getByRole("button", { name: "Settings" }).click();
  const button = page.getByRole("button", { name: "Open practice mode" });
  await page.evaluate(() => window.fake?.hold("openPractice"));
  await button.press("Enter");
  await expect(page.locator(".whole")).toHaveAttribute("inert", "");
  await page.keyboard.press("Control+n");
  await page.keyboard.press("/");
  await page.evaluate(() => window.fake?.letGo("openPractice"));
  await expect(page.getByRole("alert")).toContainText("The disk is full");
  await expect(button).toBeFocused();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("what is answered while practice mode is being left opens nothing, before or afterwards", async ({ page, open }) => {
  await open("scene=practice");
  await page.getByRole("navigation").getByRole("button", { name: "Needs attention" }).click();
  await page.evaluate(() => window.fake?.hold("subaccount"));
  await page.evaluate(() => window.fake?.hold("leavePractice"));
  await page
    .getByRole("main")
    .getByRole("button", { name: /^Hand over…/ })
    .first()
    .click();
  await page.getByRole("button", { name: "Leave practice" }).click();
  await expect(page.locator(".whole")).toHaveAttribute("inert", "");
  await page.evaluate(() => window.fake?.letGo("subaccount"));
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(await page.evaluate(() => window.fake?.calls)).not.toContain("handOverCard");
  await page.evaluate(() => window.fake?.letGo("leavePractice"));
  await expect(page.getByRole("region", { name: "Practice mode" })).toHaveCount(0);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(await page.evaluate(() => window.fake?.calls)).not.toContain("handOverCard");
});
