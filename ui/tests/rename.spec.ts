import { choose } from "./pane";
import { expect, test } from "./window";

const openFirst = "Acme Cold Storage";

test("a subaccount is renamed from its page by keyboard alone, and is in the list at once", async ({ page, open }) => {
  await open("troubles=none");
  await page.getByText(openFirst, { exact: true }).first().click();
  await choose(page, "Rename…");
  const dialog = page.getByRole("dialog", { name: `Rename ${openFirst}` });
  const name = dialog.getByLabel("New name");
  await expect(name).toHaveValue(openFirst);
  await expect(name).toBeFocused();
  await name.fill("Harbour Clinic Group");
  await name.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Actions" })).toBeFocused();
  await expect(page.getByRole("heading", { name: "Harbour Clinic Group" })).toBeVisible();
  await page.getByRole("searchbox").fill("Harbour Clinic Group");
  await expect(page.getByRole("grid").getByText("Harbour Clinic Group")).toBeVisible();
  await page.getByRole("button", { name: "Activity" }).click();
  await expect(page.getByText("Subaccount renamed")).toBeVisible();
});

test("its own name is nobody else’s, another one’s is asked about, and none at all is not taken", async ({ page, open }) => {
  await open("troubles=none");
  await page.getByText(openFirst, { exact: true }).first().click();
  await choose(page, "Rename…");
  const dialog = page.getByRole("dialog");
  const button = dialog.getByRole("button", { name: "Rename" });
  await expect(button).toBeEnabled();
  await expect(dialog.getByRole("alert")).toHaveCount(0);
  const name = dialog.getByLabel("New name");
  await name.fill("");
  await expect(dialog.getByText("Type a name.")).toBeVisible();
  await expect(button).toBeDisabled();
  await name.fill("Baywood Bakery");
  await expect(dialog.getByText("A subaccount already has this name.")).toBeVisible();
  await expect(button).toBeDisabled();
  await dialog.getByRole("checkbox").check();
  await button.press("Enter");
  await expect(page.getByRole("heading", { name: "Baywood Bakery" })).toBeVisible();
});

test("one that a colleague made meanwhile is shown with the choice, and nothing is renamed before it is made", async ({ page, open }) => {
  await open("troubles=none&meanwhile=Blue Ridge Vaccines");
  await page.getByText(openFirst, { exact: true }).first().click();
  await choose(page, "Rename…");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("New name").fill("Blue Ridge Vaccines");
  await dialog.getByRole("button", { name: "Rename" }).press("Enter");
  await expect(dialog.getByText("and nothing was renamed", { exact: false })).toBeVisible();
  await dialog.getByRole("checkbox").check();
  await dialog.getByRole("button", { name: "Rename" }).press("Enter");
  await expect(page.getByRole("heading", { name: "Blue Ridge Vaccines" })).toBeVisible();
});

test("a rename that did not work says so and can be tried again", async ({ page, open }) => {
  await open("troubles=none");
  await page.getByText(openFirst, { exact: true }).first().click();
  await choose(page, "Rename…");
  await page.evaluate(() => window.fake?.fail("renameSubaccount:twilioTrouble:unknown"));
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("New name").fill("Harbour Clinic Group");
  await dialog.getByRole("button", { name: "Rename" }).press("Enter");
  await expect(dialog.getByRole("alert")).toContainText("Twilio has trouble at the moment");
  await page.evaluate(() => window.fake?.mend());
  await dialog.getByRole("button", { name: "Try again" }).press("Enter");
  await expect(page.getByRole("heading", { name: "Harbour Clinic Group" })).toBeVisible();
});

test("a closed subaccount is not renamed", async ({ page, open }) => {
  await open("troubles=none");
  await page.getByRole("button", { name: "Closed", exact: false }).first().click();
  await page.getByRole("grid").getByRole("row").nth(1).click();
  await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Actions" })).toHaveCount(0);
});
