import { expect, test } from "./window";

test("what nobody sees is taken out of a name as it is typed and pasted, and the caret stays", async ({ page, open }) => {
  await open("troubles=none");
  await page.getByRole("button", { name: "New subaccount" }).click();
  const name = page.getByLabel("Customer’s name");
  const taken = page.getByText("Extra spaces and characters that cannot be seen were taken out.");
  await name.pressSequentially("Acme Cold");
  await expect(name).toHaveValue("Acme Cold");
  await expect(taken).toHaveCount(0);
  for (let step = 0; step < 4; step++) await name.press("ArrowLeft");
  await page.keyboard.insertText("\u200bBlue\u00a0\u00a0");
  await expect(name).toHaveValue("Acme Blue Cold");
  await expect(taken).toBeVisible();
  await page.keyboard.type("X");
  await expect(name).toHaveValue("Acme Blue XCold");
  await name.fill("");
  await expect(taken).toHaveCount(0);
  await page.keyboard.insertText("\ufeff \u202eCafe\u0301\u00ad  Nord\u3000");
  await expect(name).toHaveValue("Café Nord ");
  await page.getByRole("button", { name: "Create subaccount" }).click();
  await expect(page.getByRole("dialog", { name: "Hand over to DicksonOne Café Nord" })).toBeVisible();
});

test("a name that looks the same as another warns, and the other one can be opened", async ({ page, open }) => {
  await open("troubles=none");
  const calls = () => page.evaluate(() => window.fake?.calls.includes("createSubaccount"));
  await page.getByRole("button", { name: "New subaccount" }).click();
  const name = page.getByLabel("Customer’s name");
  for (const typed of ["Acme Cold Storage\u200b", "Acme\u00a0Cold Storage", "Acme  Cold  Storage"]) {
    await name.fill(typed);
    await expect(page.getByText("A subaccount already has this name.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Create subaccount" })).toBeDisabled();
    await name.fill("");
  }
  await name.fill("ácme cold storäge");
  await expect(page.getByText("A subaccount has a name that looks the same.")).toBeVisible();
  expect(await calls()).toBe(false);
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Open AC/ })
    .click();
  await expect(page.getByRole("region", { name: "Acme Cold Storage" })).toBeVisible();
});

test("one that a colleague made meanwhile is shown with the choice, and another one is made only when that is wanted", async ({
  page,
  open,
}) => {
  await open("troubles=none&meanwhile=Blue Ridge Vaccines");
  await page.getByRole("button", { name: "New subaccount" }).click();
  await page.getByLabel("Customer’s name").fill("Blue Ridge Vaccines");
  await page.keyboard.press("Enter");
  await expect(page.getByText("It has one that was not in the list yet, and nothing was created.", { exact: false })).toBeVisible();
  await expect(page.getByText("A subaccount already has this name.")).toBeVisible();
  await expect(page.getByLabel("Customer’s name")).toHaveValue("Blue Ridge Vaccines");
  await expect(page.getByRole("button", { name: "Create subaccount" })).toBeDisabled();
  await page.getByRole("dialog").getByRole("checkbox").check();
  await page.getByRole("button", { name: "Create subaccount" }).click();
  await expect(page.getByRole("dialog", { name: "Hand over to DicksonOne Blue Ridge Vaccines" })).toBeVisible();
});

test("a key that is called like another of its subaccount is named, and can be made", async ({ page, open }) => {
  await open("troubles=none");
  await page.getByText("Acme Cold Storage").first().click();
  await page.getByRole("button", { name: "New API key…" }).first().click();
  await expect(page.getByText("A key of this subaccount has this name, or one that looks the same:", { exact: false })).toBeVisible();
  await page.getByLabel("Key name").fill("Second alarm\u200b system");
  await expect(page.getByLabel("Key name")).toHaveValue("Second alarm system");
  await expect(page.getByText("A key of this subaccount has this name", { exact: false })).toHaveCount(0);
});
