import type { Locator, Page } from "@playwright/test";
import { choose } from "./pane";
import { accessibilityProblems, expect, test } from "./window";

const acme = "Acme Cold Storage";
const pane = (page: Page) => page.locator(".detail");
const called = (page: Page, method: string) =>
  page.evaluate((name) => window.fake?.calls.filter((call) => call === name).length ?? 0, method);
const becomes = (dialog: Locator) => dialog.getByRole("combobox", { name: /^What becomes of \+/ });
const typed = (dialog: Locator) => dialog.getByLabel("3. Type the name of the customer");

/** Opens the first suspended subaccount; resolves to its name. */
async function openSuspended(page: Page): Promise<string> {
  await page
    .getByRole("group", { name: "Show" })
    .getByRole("button", { name: /^Suspended/ })
    .click();
  const row = page.getByRole("grid").getByRole("row").nth(1);
  const name = (await row.locator("b").textContent())?.trim() ?? "";
  await row.click();
  await expect(pane(page)).toContainText("This subaccount is suspended.");
  return name;
}

/** Opens the dialog about it. */
async function toClose(page: Page): Promise<{ name: string; dialog: Locator }> {
  const name = await openSuspended(page);
  await choose(page, "Close…");
  return { name, dialog: page.getByRole("dialog", { name: new RegExp(`^Close a subaccount of .* ${name}$`) }) };
}

test("one that is active is suspended first, which its dialog says and leads to", async ({ page, open }) => {
  await open("troubles=none");
  await page.getByText(acme, { exact: true }).first().click();
  await choose(page, "Close…");
  const dialog = page.getByRole("dialog", { name: /^Close a subaccount of/ });
  await expect(dialog).toContainText("It has to be suspended first.");
  await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
  await dialog.getByRole("button", { name: "Suspend…" }).press("Enter");
  await expect(page.getByRole("dialog", { name: /^Suspend a subaccount of/ })).toBeVisible();
  expect(await called(page, "numbers")).toBe(0);
});

test("by keyboard alone its numbers go where somebody wants them, its name is typed, and it is closed", async ({ page, open }) => {
  await open("troubles=none&numbers=3");
  const { name, dialog } = await toClose(page);
  await expect(dialog.getByRole("button", { name: "Leave it suspended" })).toBeFocused();
  await expect(dialog).toContainText("This is for ever. Nobody can open it again, and 30 days later, on ");
  await expect(dialog).toContainText("No alarm will ever leave it again.");
  await expect(dialog).toContainText("If a number cannot be moved, nothing is closed.");
  await expect(becomes(dialog)).toHaveCount(3);
  await becomes(dialog).nth(1).focus();
  await page.keyboard.press("ArrowDown");
  // It is found by what is typed of its name.
  const find = dialog.getByLabel("Find the subaccount by its name or SID");
  await expect(find).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(find).toHaveCount(0);
  await expect(becomes(dialog).nth(1)).toBeFocused();
  await becomes(dialog).nth(1).selectOption({ label: "Move to another subaccount…" });
  await find.fill("nobody at all");
  await expect(dialog).toContainText("No active subaccount has this in its name or SID.");
  await find.fill("acme cold");
  await page.keyboard.press("Enter");
  await expect(becomes(dialog).nth(1)).toBeFocused();
  await expect(becomes(dialog).nth(1).locator("option:checked")).toHaveText(`Move to \u2068${acme}\u2069`);
  await becomes(dialog).nth(2).selectOption({ label: "Release for ever" });
  await expect(dialog).toContainText("nobody can be sure of getting it back");
  const close = dialog.getByRole("button", { name: "Move 2 numbers, release 1, then close" });
  await expect(close).toBeDisabled();
  await typed(dialog).fill("somebody else");
  await expect(close).toBeDisabled();
  await typed(dialog).fill(name.toUpperCase());
  await expect(close).toBeEnabled();
  await typed(dialog).press("Enter");
  await expect(page.getByText(`${name} is closed`)).toBeVisible();
  await expect(dialog).toHaveCount(0);
  await expect(pane(page)).toContainText("This subaccount is closed for good.");
  await expect(page.getByRole("button", { name: "Actions" })).toHaveCount(0);
  await pane(page).getByRole("tab", { name: "Numbers" }).click();
  await expect(pane(page)).toContainText("A closed subaccount has no phone numbers.");
  await pane(page).getByRole("tab", { name: "Activity" }).click();
  await expect(pane(page)).toContainText("Subaccount closed");
  await expect(pane(page)).toContainText(/Phone number \+1 202 555 \d{4} moved to Northwind Monitoring/);
  await expect(pane(page)).toContainText(/Phone number \+1 202 555 \d{4} moved to Acme Cold Storage/);
});

test("many numbers can go one way at once, and each can still go another", async ({ page, open }) => {
  await open("troubles=none&numbers=40");
  const { dialog } = await toClose(page);
  const all = dialog.getByRole("combobox", { name: "What becomes of all of them" });
  await expect(all.locator("option:checked")).toHaveText("Move to \u2068Northwind Monitoring\u2069");
  await all.selectOption({ label: "Release for ever" });
  await expect(dialog.getByRole("button", { name: "Release 40 numbers and close" })).toBeDisabled();
  await becomes(dialog).nth(1).selectOption({ label: "Move to \u2068Northwind Monitoring\u2069" });
  await expect(all.locator("option:checked")).toHaveText("Each as below");
  await all.selectOption({ label: "Move to another subaccount…" });
  await dialog.getByLabel("Find the subaccount by its name or SID").fill("acme cold");
  await page.keyboard.press("Enter");
  await expect(all).toBeFocused();
  await expect(dialog.getByRole("button", { name: "Move 40 numbers, then close" })).toBeDisabled();
});

test("who is there is asked before, and whoever does not say it closes nothing", async ({ page, open }) => {
  await open("troubles=none&stale&numbers=0");
  const { name, dialog } = await toClose(page);
  await expect(dialog).toContainText("It has no phone number, so none is lost.");
  await typed(dialog).fill(name);
  const close = dialog.getByRole("button", { name: "Close it for ever" });
  await close.click();
  const confirm = page.getByRole("dialog", { name: "Confirm that it is you" });
  await confirm.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Nothing was changed at Twilio.");
  expect(await called(page, "closeSubaccount")).toBe(0);
  await close.click();
  await confirm.getByLabel("Recovery passphrase").fill("correct horse battery staple");
  await page.keyboard.press("Enter");
  await expect(page.getByText(`${name} is closed`)).toBeVisible();
});

test("numbers that have changed meanwhile are read again and said, and what was decided of the others stays", async ({ page, open }) => {
  await open("troubles=none&numbers=2");
  const { name, dialog } = await toClose(page);
  await becomes(dialog).nth(0).selectOption({ label: "Release for ever" });
  await page.evaluate(() => {
    for (const sid of window.fake?.sids ?? []) window.fake?.addNumber(sid);
  });
  await typed(dialog).fill(name);
  await dialog.getByRole("button", { name: "Move 1 number, release 1, then close" }).click();
  const alert = dialog.getByRole("alert");
  await expect(alert).toContainText("Its phone numbers have changed at Twilio. It was not closed.");
  await expect(alert).toContainText("Nothing was changed at Twilio.");
  await expect(alert).toBeFocused();
  await expect(becomes(dialog)).toHaveCount(3);
  await expect(becomes(dialog).nth(0).locator("option:checked")).toHaveText("Release for ever");
  await expect(dialog.getByText("New", { exact: true })).toHaveCount(1);
  expect(await accessibilityProblems(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Move 2 numbers, release 1, then close" }).click();
  await expect(page.getByText(`${name} is closed`)).toBeVisible();
});

test("where a number cannot be moved nothing is closed, and what was moved before is said and is not there any more", async ({
  page,
  open,
}) => {
  await open("troubles=none&numbers=2");
  const { name, dialog } = await toClose(page);
  await typed(dialog).fill(name);
  await expect(becomes(dialog)).toHaveCount(2);
  await page.evaluate(() => window.fake?.hold("moveNumber"));
  await dialog.getByRole("button", { name: "Move 2 numbers, then close" }).click();
  await expect(dialog).toContainText("Moving its numbers, 0 of 2 done");
  await page.evaluate(() => {
    void window.fake?.letGo("moveNumber");
    window.fake?.hold("moveNumber");
  });
  await expect(dialog).toContainText("Moving its numbers, 1 of 2 done");
  await page.evaluate(() => window.fake?.fail("moveNumber:numberNeedsAddress"));
  await page.evaluate(() => window.fake?.letGo("moveNumber"));
  await expect(dialog.getByRole("alert")).toContainText("This number needs an address where it is to go");
  await expect(dialog).toContainText("What was done before this stays done");
  await expect(becomes(dialog)).toHaveCount(1);
  await page.evaluate(() => window.fake?.mend());
  await becomes(dialog).first().selectOption({ label: "Release for ever" });
  await dialog.getByRole("button", { name: "Release 1 number and close" }).click();
  await expect(page.getByText(`${name} is closed`)).toBeVisible();
});

test("without all of its numbers it is not closed: what keeps them from being read is said, and can be tried again", async ({
  page,
  open,
}) => {
  await open("troubles=none&numbers=1&fail=numbers:twilioTrouble:no::1");
  const { name, dialog } = await toClose(page);
  await expect(dialog.getByRole("alert")).toContainText("Twilio has trouble at the moment");
  await typed(dialog).fill(name);
  await expect(dialog.getByRole("button", { name: "Close it for ever" })).toBeDisabled();
  await dialog.getByRole("button", { name: "Try again" }).press("Enter");
  await expect(dialog.getByRole("button", { name: "Move 1 number, then close" })).toBeEnabled();
  await open("troubles=none&numbers=1&numbers-cut");
  const cut = await toClose(page);
  await expect(cut.dialog).toContainText("Without all of its numbers it is not closed from here.");
  await typed(cut.dialog).fill(cut.name);
  await expect(cut.dialog.getByRole("button", { name: "Move 1 number, then close" })).toBeDisabled();
});

test("one whose dialog is closed while it goes on shows as running work, and says what it failed with", async ({ page, open }) => {
  await open("troubles=none&numbers=2");
  const { name, dialog } = await toClose(page);
  await typed(dialog).fill(name);
  await page.evaluate(() => window.fake?.hold("moveNumber"));
  await dialog.getByRole("button", { name: "Move 2 numbers, then close" }).click();
  await expect(dialog).toContainText("Moving its numbers, 0 of 2 done");
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(page.locator(".rail .block")).toContainText("Closing a subaccount");
  await page.evaluate(() => window.fake?.fail("moveNumber:numberNotMoved"));
  await page.evaluate(() => window.fake?.letGo("moveNumber"));
  await expect(page.getByText("The phone number was not moved.", { exact: false })).toBeVisible();
  await page.evaluate(() => window.fake?.mend());
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(dialog.getByRole("button", { name: "Leave it suspended" })).toBeFocused();
});

test("without Twilio nothing is closed, and it is said why", async ({ page, open }) => {
  await open("scene=offline&troubles=none");
  await page.getByText(acme, { exact: true }).first().click({ button: "right" });
  await expect(page.getByRole("menuitem", { name: "Close…" })).toHaveAccessibleDescription("Twilio cannot be reached.");
});

for (const [kind, width, height, scheme, text] of [
  ["wide and light", 1180, 760, "light", 100],
  ["wide and dark", 1180, 760, "dark", 100],
  ["small", 800, 560, "light", 100],
  ["small with large text", 800, 560, "dark", 200],
] as const)
  test(`axe finds nothing in the dialog, and it fits: ${kind}`, async ({ page, open }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme });
    await open("troubles=none&numbers=40");
    await page.evaluate((percent) => (document.documentElement.style.fontSize = `${percent}%`), text);
    await page.getByRole("searchbox").fill(await page.evaluate(() => window.fake?.sids[3] ?? ""));
    await page.getByRole("grid").getByRole("row").nth(1).click({ button: "right" });
    await page.getByRole("menuitem", { name: "Close…" }).click();
    const dialog = page.getByRole("dialog", { name: /^Close a subaccount/ });
    await expect(becomes(dialog)).toHaveCount(40);
    await expect(dialog.getByRole("button", { name: "Leave it suspended" })).toBeInViewport({ ratio: 0.9 });
    await becomes(dialog).first().selectOption({ label: "Move to another subaccount…" });
    await expect(dialog.getByLabel("Find the subaccount by its name or SID")).toBeInViewport();
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await dialog.evaluate((one) => one.scrollWidth - one.clientWidth)).toBeLessThanOrEqual(1);
  });
