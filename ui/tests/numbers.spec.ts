import type { Page } from "@playwright/test";
import { accessibilityProblems, expect, test } from "./window";

const acme = "Acme Cold Storage";
const pane = (page: Page) => page.locator(".detail");
const called = (page: Page, method: string) =>
  page.evaluate((name) => window.fake?.calls.filter((call) => call === name).length ?? 0, method);
const cards = (page: Page) => pane(page).getByRole("tabpanel").getByRole("listitem");
const first = "+1 202 555 0100";

async function toNumbers(page: Page): Promise<void> {
  await page.getByText(acme, { exact: true }).first().click();
  await pane(page).getByRole("tab", { name: "Credentials" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(pane(page).getByRole("tab", { name: "Numbers" })).toBeFocused();
}

test("numbers are read when somebody looks at them, and say how old they are", async ({ page, open }) => {
  await open("troubles=none&numbers=3");
  await page.getByText(acme, { exact: true }).first().click();
  await expect(pane(page)).toContainText("Works, proved");
  expect(await called(page, "numbers")).toBe(0);
  await page.evaluate(() => window.fake?.hold("numbers"));
  await toNumbers(page);
  await expect(pane(page)).toContainText("Reading its phone numbers from Twilio");
  await page.evaluate(() => window.fake?.letGo("numbers"));
  await expect(cards(page)).toHaveCount(3);
  await expect(cards(page).first()).toContainText(first);
  await expect(cards(page).first()).toContainText("Text and call");
  await expect(cards(page).last()).toContainText("Call only");
  await expect(pane(page)).toContainText("Last month its numbers cost $3.45.");
  await expect(pane(page)).toContainText("Read from Twilio just now.");
  await page.evaluate(() => window.fake?.addNumber(window.fake?.sids[0] ?? ""));
  await pane(page).getByRole("button", { name: "Read again" }).press("Enter");
  await expect(cards(page)).toHaveCount(4);
  await expect(pane(page).getByRole("button", { name: "Read again" })).toBeFocused();
});

test("that there is none, and that none could be read, is said", async ({ page, open }) => {
  await open("troubles=none&numbers=0");
  await toNumbers(page);
  await expect(pane(page)).toContainText("It has no phone number.");
  await open("troubles=none&numbers=1&numbers-cut&fail=numbers:twilioTrouble:no::1");
  await toNumbers(page);
  await expect(pane(page).getByRole("alert")).toContainText("Twilio has trouble at the moment");
  await pane(page).getByRole("button", { name: "Try again" }).press("Enter");
  await expect(cards(page)).toHaveCount(1);
  await expect(pane(page)).toContainText("There may be more than these.");
});

test("without Twilio it is said that numbers are kept nowhere, and they come once it can be reached", async ({ page, open }) => {
  await open("scene=offline&troubles=none&numbers=1");
  await toNumbers(page);
  await expect(pane(page)).toContainText("Twilio cannot be reached. Phone numbers are kept nowhere here");
  expect(await called(page, "numbers")).toBe(0);
  await page.evaluate(() => window.fake?.setOffline(false));
  await page.locator(".rail").getByRole("button", { name: "Try again" }).click();
  await expect(cards(page)).toHaveCount(1);
});

test("by keyboard alone a number is moved to another subaccount, after it was said what that stops", async ({ page, open }) => {
  await open("troubles=none&numbers=2");
  await toNumbers(page);
  const move = pane(page).getByRole("button", { name: `Move… ${first}` });
  await move.press("Enter");
  const dialog = page.getByRole("dialog", { name: new RegExp(`^Move a phone number of a subaccount of .*${acme}$`) });
  await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
  await expect(dialog).toContainText("this customer’s alarms can no longer leave by this number");
  await expect(dialog).toContainText("its webhooks");
  await expect(dialog).toContainText("A2P");
  await page.keyboard.press("Escape");
  await expect(move).toBeFocused();
  await move.press("Enter");
  await dialog.getByLabel("Where it goes").selectOption({ label: "Move to another subaccount…" });
  await dialog.getByLabel("Find the subaccount by its name or SID").fill("harbor");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(dialog.getByLabel("Where it goes")).toBeFocused();
  await expect(dialog.getByLabel("Where it goes").locator("option:checked")).toHaveText(/^Move to \u2068Harbor /);
  await dialog.getByRole("button", { name: `Move ${first}` }).press("Enter");
  await expect(page.getByText(new RegExp(`^\\${first} now belongs to Harbor`))).toBeVisible();
  await expect(cards(page)).toHaveCount(1);
  await pane(page).getByRole("tab", { name: "Activity" }).click();
  await expect(pane(page)).toContainText(new RegExp(`Phone number \\${first} moved to Harbor`));
  await page.getByRole("navigation").getByRole("button", { name: "Activity" }).click();
  await expect(page.getByRole("grid")).toContainText(new RegExp(`\\${first} to Harbor`));
});

test("a number that the main account keeps, or another subaccount has, is moved here", async ({ page, open }) => {
  await open("troubles=none&numbers=2");
  await toNumbers(page);
  await pane(page).getByRole("button", { name: "Move one here…" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: new RegExp(`^Give a phone number to a subaccount of .*${acme}$`) });
  await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
  await expect(dialog).toContainText("That account has no phone number.");
  await expect(dialog.getByRole("button", { name: "Move it here" })).toBeDisabled();
  await dialog.getByLabel("From which account").selectOption({ label: "Another subaccount…" });
  await dialog.getByLabel("Find the subaccount by its name or SID").fill("harbor seafood");
  await page.keyboard.press("Enter");
  await expect(dialog.getByLabel("From which account").locator("option:checked")).toHaveText("Harbor Seafood");
  await dialog.getByRole("radio").first().check();
  await expect(dialog).toContainText("What is sent with it from the account that has it stops.");
  expect(await accessibilityProblems(page)).toEqual([]);
  await dialog.getByRole("button", { name: /^Move \+1 202 555 \d{4} here$/ }).press("Enter");
  await expect(page.getByText(`now belongs to ${acme}`, { exact: false })).toBeVisible();
  await expect(cards(page)).toHaveCount(3);
  await pane(page)
    .getByRole("button", { name: /^Move… / })
    .first()
    .click();
  await page
    .getByRole("button", { name: `Move ${first}` })
    .last()
    .click();
  await expect(cards(page)).toHaveCount(2);
  await pane(page).getByRole("button", { name: "Move one here…" }).click();
  await dialog.getByRole("radio", { name: first }).check();
  await dialog.getByRole("button", { name: `Move ${first} here` }).click();
  await expect(cards(page)).toHaveCount(3);
});

test("a number is released once it was typed and it was said who is there; moving it is offered before", async ({ page, open }) => {
  await open("troubles=none&numbers=2&stale");
  await toNumbers(page);
  const release = pane(page).getByRole("button", { name: `Release… ${first}` });
  await release.press("Enter");
  const dialog = page.getByRole("dialog", { name: /^Release a phone number of a subaccount of/ });
  await expect(dialog.getByRole("button", { name: "Keep the number" })).toBeFocused();
  await expect(dialog).toContainText("Nobody can be sure of getting it back");
  await dialog.getByRole("button", { name: "Move…" }).press("Enter");
  await expect(page.getByRole("dialog", { name: /^Move a phone number/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await release.press("Enter");
  const button = dialog.getByRole("button", { name: `Release ${first}` });
  for (const wrong of ["", acme, "+1 202 555 0101", "0100"]) {
    await dialog.getByLabel("Type the number to release it").fill(wrong);
    await expect(button).toBeDisabled();
  }
  await dialog.getByLabel("Type the number to release it").fill("1 (202) 555-0100");
  await page.keyboard.press("Enter");
  const confirm = page.getByRole("dialog", { name: "Confirm that it is you" });
  await confirm.getByLabel("Recovery passphrase").fill("correct horse battery staple");
  await page.keyboard.press("Enter");
  await expect(page.getByText(`${first} is released`)).toBeVisible();
  await expect(cards(page)).toHaveCount(1);
});

test("why Twilio refuses to move one is said in the dialog, and after it was closed in a notice", async ({ page, open }) => {
  await open("troubles=none&numbers=1");
  await toNumbers(page);
  await page.evaluate(() => window.fake?.fail("moveNumber:numberNeedsAddress"));
  await pane(page)
    .getByRole("button", { name: /^Move…/ })
    .click();
  const dialog = page.getByRole("dialog", { name: /^Move a phone number/ });
  const move = dialog.getByRole("button", { name: `Move ${first}` });
  await move.click();
  await expect(dialog.getByRole("alert")).toContainText("This number needs an address where it is to go");
  await expect(dialog.getByRole("alert")).toContainText("Nothing was changed at Twilio.");
  await page.evaluate(() => window.fake?.hold("moveNumber"));
  await move.click();
  await expect(dialog).toContainText("Moving it at Twilio");
  await page.keyboard.press("Escape");
  await page.evaluate(() => window.fake?.letGo("moveNumber"));
  await expect(page.getByText("This number needs an address where it is to go.", { exact: false })).toBeVisible();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(dialog).toBeVisible();
});

for (const [kind, width, height, scheme, text] of [
  ["wide and light", 1180, 760, "light", 100],
  ["wide and dark", 1180, 760, "dark", 100],
  ["small", 800, 560, "light", 100],
  ["small with large text", 800, 560, "dark", 200],
] as const)
  test(`axe finds nothing in the numbers and their dialogs, and they fit: ${kind}`, async ({ page, open }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme });
    await open("troubles=none&numbers=12");
    await page.evaluate((percent) => (document.documentElement.style.fontSize = `${percent}%`), text);
    await toNumbers(page);
    await expect(cards(page)).toHaveCount(12);
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await pane(page).evaluate((one) => one.scrollWidth - one.clientWidth)).toBeLessThanOrEqual(1);
    for (const name of [/^Move…/, /^Release…/]) {
      await pane(page).getByRole("button", { name }).first().click();
      const dialog = page.getByRole("dialog").last();
      expect(await accessibilityProblems(page)).toEqual([]);
      expect(await dialog.evaluate((one) => one.scrollWidth - one.clientWidth)).toBeLessThanOrEqual(1);
      await expect(dialog.locator("[data-cancel]")).toBeInViewport({ ratio: 0.9 });
      await page.keyboard.press("Escape");
    }
  });
