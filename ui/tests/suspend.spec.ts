import type { Page } from "@playwright/test";
import { choose } from "./pane";
import { accessibilityProblems, expect, test } from "./window";

const acme = "Acme Cold Storage";
const grid = (page: Page) => page.getByRole("grid");
const statusOf = (page: Page, name: string) =>
  grid(page)
    .getByRole("row")
    .filter({ has: page.getByText(name, { exact: true }) })
    .locator(".status");
const called = (page: Page, method: string) =>
  page.evaluate((name) => window.fake?.calls.filter((call) => call === name).length ?? 0, method);
const tick = (page: Page, name: string) => grid(page).getByRole("checkbox", { name, exact: true }).check();

test("one is suspended from its pane with the reason, by keyboard alone, and brought back", async ({ page, open }) => {
  await open("troubles=none");
  await page.getByText(acme, { exact: true }).first().click();
  await choose(page, "Suspend…");
  const dialog = page.getByRole("dialog", { name: `Suspend a subaccount of \u2068Northwind Monitoring\u2069 ${acme}` });
  await expect(dialog).toContainText("Its alarms are not sent.");
  await expect(dialog).toContainText("You can reactivate it at any time.");
  // What changes nothing is the default.
  await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
  await dialog.getByLabel("Reason").fill("Has not paid since September");
  await dialog.getByLabel("Reason").press("Enter");
  await expect(page.getByText(`${acme} is suspended`)).toBeVisible();
  await expect(page.getByRole("button", { name: "Actions" })).toBeFocused();
  const pane = page.locator(".detail");
  await expect(pane).toContainText("Suspended here just now · \u2068Has not paid since September\u2069");
  await expect(pane.getByRole("button", { name: "New API key…" })).toHaveAccessibleDescription("Not while the subaccount is suspended.");
  await expect(statusOf(page, acme)).toHaveText("Suspended");
  await choose(page, "Reactivate…");
  await expect(page.getByRole("dialog").getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.getByRole("button", { name: `Reactivate ${acme}` }).press("Enter");
  await expect(page.getByText(`${acme} is active again`)).toBeVisible();
  await expect(statusOf(page, acme)).toHaveText("Active");
  await expect(pane.getByText("Suspended here")).toHaveCount(0);
  await page.getByRole("navigation").getByRole("button", { name: "Activity" }).click();
  await expect(page.getByText("Subaccount suspended")).toBeVisible();
  await expect(page.getByText("Subaccount reactivated")).toBeVisible();
});

test("whoever suspends one is reminded of it on the day they chose, and by default in two weeks", async ({ page, open }) => {
  await open("troubles=none&age-limit=0&keyless=none");
  await page.getByText(acme, { exact: true }).first().click();
  await choose(page, "Suspend…");
  const dialog = page.getByRole("dialog");
  const remind = dialog.getByLabel("Remind me in Needs attention");
  await expect(remind.locator("option:checked")).toHaveText(/^in 14 days, on /);
  await remind.selectOption({ label: "Other day…" });
  await dialog.getByLabel("Day", { exact: true }).fill("2020-01-01");
  await dialog.getByLabel("Reason").fill("Has not paid");
  await dialog.getByRole("button", { name: `Suspend ${acme}` }).press("Enter");
  await expect(dialog.getByRole("alert")).toContainText("Choose a day after today");
  await expect(dialog.getByLabel("Day", { exact: true })).toBeFocused();
  expect(await called(page, "suspendSubaccount")).toBe(0);
  const tomorrow = await page.evaluate(() => {
    const day = new Date(Date.now() + 86_400_000);
    return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, "0")}-${String(day.getDate()).padStart(2, "0")}`;
  });
  await dialog.getByLabel("Day", { exact: true }).fill(tomorrow);
  await dialog.getByRole("button", { name: `Suspend ${acme}` }).press("Enter");
  await expect.poll(() => called(page, "putOff")).toBe(1);
  await page.getByRole("navigation").getByRole("button", { name: "Needs attention" }).click();
  await page.getByRole("button", { name: "Put off 1", exact: true }).click();
  await expect(page.getByRole("main")).toContainText(/Reminder for .*: \u2068Has not paid\u2069/);
});

test("whoever wants no reminder of one gets none, and each of several that are suspended together gets one once it is", async ({
  page,
  open,
}) => {
  await open("troubles=none");
  await page.getByText(acme, { exact: true }).first().click();
  await choose(page, "Suspend…");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Remind me in Needs attention").selectOption({ label: "Do not remind me" });
  await dialog.getByRole("button", { name: `Suspend ${acme}` }).click();
  await expect(page.getByText(`${acme} is suspended`)).toBeVisible();
  expect(await called(page, "putOff")).toBe(0);
  await page.evaluate(() => window.fake?.hold("suspendSubaccount"));
  for (const name of ["Acme Foods", "Acme Logistics"]) await tick(page, name);
  await page.getByRole("button", { name: "Suspend 2…" }).click();
  await dialog.getByRole("button", { name: "Suspend 2 subaccounts" }).click();
  await expect(dialog).toHaveCount(0);
  expect(await called(page, "putOff")).toBe(0);
  await page.evaluate(() => window.fake?.letGo("suspendSubaccount"));
  await expect.poll(() => called(page, "putOff")).toBe(2);
});

test("that the reminder was not kept is said, and can be tried again: it is suspended all the same", async ({ page, open }) => {
  await open("troubles=none&fail=putOff:diskFull:no::1");
  await page.getByText(acme, { exact: true }).first().click();
  await choose(page, "Suspend…");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: `Suspend ${acme}` })
    .click();
  await expect(page.getByText("The disk is full.", { exact: false })).toBeVisible();
  await expect(statusOf(page, acme)).toHaveText("Suspended");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect.poll(() => called(page, "putOff")).toBe(2);
});

test("Esc and Cancel leave it as it was", async ({ page, open }) => {
  await open("troubles=none");
  await page.getByText(acme, { exact: true }).first().click();
  for (const key of ["Escape", "Enter"]) {
    await choose(page, "Suspend…");
    await expect(page.getByRole("dialog").getByRole("button", { name: "Cancel" })).toBeFocused();
    await page.keyboard.press(key);
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
  expect(await called(page, "suspendSubaccount")).toBe(0);
  await expect(statusOf(page, acme)).toHaveText("Active");
});

test("what Twilio refuses is said in the dialog, and can be tried again", async ({ page, open }) => {
  await open("troubles=none");
  await page.getByText(acme, { exact: true }).first().click();
  await page.evaluate(() => window.fake?.fail("suspendSubaccount:twilioTrouble:unknown"));
  await choose(page, "Suspend…");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: `Suspend ${acme}` }).click();
  await expect(dialog.getByRole("alert")).toContainText("Twilio has trouble at the moment");
  await page.evaluate(() => window.fake?.mend());
  await dialog.getByRole("button", { name: "Try again" }).press("Enter");
  await expect(page.getByText(`${acme} is suspended`)).toBeVisible();
});

test("one that Twilio itself has suspended does not come back from here, and it is said why", async ({ page, open }) => {
  await open();
  await page
    .getByRole("group", { name: "Show" })
    .getByRole("button", { name: /^Suspended/ })
    .click();
  await grid(page).getByRole("row").nth(1).click();
  await expect(page.locator(".detail")).toContainText("Suspended, not from here");
  await page.evaluate(() => window.fake?.fail("reactivateSubaccount:suspendedByTwilio"));
  await choose(page, "Reactivate…");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /^Reactivate / }).click();
  await expect(dialog.getByRole("alert")).toContainText("Twilio itself has suspended this subaccount");
});

test("each button of the bar counts what it does, and what none does anything with is named", async ({ page, open }) => {
  await open("troubles=none");
  const show = page.getByRole("group", { name: "Show" });
  await tick(page, acme);
  await expect(page.getByRole("group", { name: "1 selected" }).getByRole("button")).toHaveText(["Suspend 1…", /^Clear/]);
  await show.getByRole("button", { name: /^Suspended/ }).click();
  await grid(page).locator(".body").getByRole("checkbox").first().check();
  await show.getByRole("button", { name: /^Closed/ }).click();
  const closed = grid(page).locator(".body").getByRole("row");
  const name = (await closed.first().locator("b").textContent())?.trim() ?? "";
  await closed.first().getByRole("checkbox").check();
  const bar = page.getByRole("group", { name: "3 selected" });
  await expect(bar.getByRole("button")).toHaveText(["Reactivate 1…", "Suspend 1…", /^Clear/]);
  await expect(bar).toContainText("2 of them not shown");
  await expect(bar).toContainText(`Left out: \u2068${name}\u2069, which is closed.`);
  // No row is covered.
  const [rows, foot] = await Promise.all([grid(page).boundingBox(), bar.boundingBox()]);
  expect((rows?.y ?? 0) + (rows?.height ?? 0)).toBeLessThanOrEqual((foot?.y ?? 0) + 1);
  await bar.getByRole("button", { name: "Clear" }).press("Enter");
  await expect(page.getByRole("group", { name: /selected/ })).toHaveCount(0);
  await expect(grid(page)).toBeFocused();
});

test("ticks that nothing shows any more are counted, and Esc gives them back from a button of the bar", async ({ page, open }) => {
  await open("troubles=none");
  await tick(page, acme);
  await page.getByRole("searchbox").fill("nobody at all");
  const bar = page.getByRole("group", { name: "1 selected" });
  await expect(bar).toContainText("1 of them not shown");
  await bar.getByRole("button", { name: "Suspend 1…" }).focus();
  await page.keyboard.press("Escape");
  await expect(bar).toHaveCount(0);
  await expect(page.getByRole("searchbox")).toHaveValue("nobody at all");
});

test("several are named before they are suspended, and only those that can be are", async ({ page, open }) => {
  await open("troubles=none");
  await grid(page).focus();
  await page.keyboard.press("Control+a");
  const bar = page.getByRole("group", { name: "148 selected" });
  await expect(bar).toContainText("All 148 shown");
  await expect(bar).toContainText(/Left out: .*closed/);
  const button = bar.getByRole("button", { name: /^Suspend/ });
  const count = Number((await button.textContent())?.match(/\d+/)?.[0]);
  await button.click();
  const dialog = page.getByRole("dialog", { name: new RegExp(`^Suspend ${count} subaccounts of`) });
  await expect(dialog.getByRole("group", { name: "Subaccounts" }).getByRole("listitem")).toHaveCount(count);
  await expect(dialog).toContainText("Their alarms are not sent.");
  await dialog.getByRole("button", { name: `Suspend ${count} subaccounts` }).click();
  await expect(dialog).toHaveCount(0);
  await expect.poll(() => called(page, "suspendSubaccount"), { timeout: 15_000 }).toBe(count);
  // Those that nothing was done with stay ticked.
  await expect(page.getByRole("group", { name: `${148 - count} selected` })).toBeVisible();
});

test("without Twilio nothing is suspended, and it is said why", async ({ page, open }) => {
  await open("scene=offline&troubles=none");
  await tick(page, acme);
  const button = page.getByRole("button", { name: "Suspend 1…" });
  await expect(button).toBeDisabled();
  await expect(button).toHaveAccessibleDescription("Twilio cannot be reached.");
  await page.getByText(acme, { exact: true }).first().click({ button: "right" });
  await expect(page.getByRole("menuitem", { name: "Suspend…" })).toHaveAccessibleDescription("Twilio cannot be reached.");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`the bar and the dialogs are accessible, ${colorScheme}`, async ({ page, open }) => {
    await page.emulateMedia({ colorScheme });
    await open();
    await grid(page).focus();
    await page.keyboard.press("Control+a");
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole("button", { name: /^Suspend \d/ }).click();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /^Reactivate \d/ }).click();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await page.getByText(acme, { exact: true }).first().click();
    await choose(page, "Suspend…");
    expect(await accessibilityProblems(page)).toEqual([]);
  });
}
