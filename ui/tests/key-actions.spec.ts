import type { Locator, Page } from "@playwright/test";
import { chooseForKey } from "./pane";
import { accessibilityProblems, expect, test } from "./window";

const toKeys = (page: Page) => page.getByRole("navigation").getByRole("button", { name: "Keys" }).click();
const grid = (page: Page) => page.getByRole("grid", { name: "Keys" });
const row = (page: Page, name: string) => grid(page).locator(".body .row").filter({ hasText: name }).first();
const calls = (page: Page, name: string) => page.evaluate((wanted) => window.fake?.calls.filter((call) => call === wanted).length, name);
const bar = (page: Page) => page.getByRole("group", { name: /selected$/ });

/** The menu of a row, by keys or by the right button. */
async function menuOf(page: Page, of: Locator): Promise<Locator> {
  await of.click({ button: "right" });
  return page.getByRole("menu");
}

/** Has the list show a row, and answers it: of a thousand only those near the view are drawn. */
async function find(page: Page, text: string): Promise<Locator> {
  await page.getByRole("searchbox").fill(text);
  return grid(page).locator(".body .row").first();
}

const acme = "Acme Cold Storage - DicksonOne";

test("a key's menu has what can be done with it, and the danger last", async ({ page, open }) => {
  await open("elsewhere=20&refresh=asked");
  await toKeys(page);
  const items = page.getByRole("menuitem");
  await menuOf(page, await find(page, acme));
  await expect(items).toHaveText(["Prove", "Replace…", "Rename…", "Hand over…", "Copy API SID", "Revoke…"]);
  await page.keyboard.press("Escape");
  await menuOf(page, await find(page, "dickson key"));
  await expect(items).toHaveText(["I have its secret…", "Replace…", "Rename…", "Copy API SID", "Revoke…"]);
  await page.keyboard.press("Escape");
  await find(page, "");
  await menuOf(page, row(page, "Gone at Twilio"));
  await expect(items).toHaveText(["Copy API SID"]);
  await page.keyboard.press("Escape");
  await menuOf(page, row(page, "Unfinished"));
  await expect(items).toHaveText(["Finish…"]);
  await items.first().click();
  await expect(page.getByRole("dialog").first()).toBeVisible();
  await expect.poll(() => calls(page, "finish")).toBe(1);
});

test("a key of a suspended subaccount is not proved: every key would be refused there", async ({ page, open }) => {
  await open("troubles=none&refresh=asked");
  await toKeys(page);
  await find(page, "delta vaccines");
  await menuOf(page, row(page, "suspended"));
  const prove = page.getByRole("menuitem", { name: "Prove" });
  await expect(prove).toHaveAttribute("aria-disabled", "true");
  await expect(page.getByText("Only where the subaccount is active.")).toBeVisible();
  await prove.press("Enter");
  expect(await calls(page, "proveKey")).toBe(0);
});

test("proving from the list says that the key works, or why that failed, and copying its SID says so", async ({ page, open }) => {
  await open("troubles=none&refresh=asked");
  await toKeys(page);
  const one = await find(page, acme);
  await menuOf(page, one);
  await page.getByRole("menuitem", { name: "Prove" }).click();
  await expect(page.getByText("Acme Cold Storage - DicksonOne works, proved just now")).toBeVisible();
  await page.evaluate(() => window.fake?.fail("proveKey:keyRefused:no::1"));
  await menuOf(page, one);
  await page.getByRole("menuitem", { name: "Prove" }).click();
  await expect(page.getByText("Twilio refused this key", { exact: false })).toBeVisible();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("works, proved just now", { exact: false })).toBeVisible();
  await menuOf(page, one);
  await page.getByRole("menuitem", { name: "Copy API SID" }).click();
  await expect(page.getByText("API SID copied.")).toBeVisible();
  expect(await page.evaluate(() => window.fake?.clipboard)).toMatch(/^SK/);
});

test("a key is renamed from its card: its own name is nobody else’s, and another key’s is pointed out", async ({ page, open }) => {
  await open("troubles=none&refresh=asked");
  const taken = page.getByText("A key of this subaccount has this name", { exact: false });
  await page.getByText("Acme Cold Storage", { exact: true }).first().click();
  await chooseForKey(page, "Rename…");
  const dialog = page.getByRole("dialog", { name: "Acme Cold Storage" });
  const name = dialog.getByLabel("New name");
  await expect(name).toBeFocused();
  await expect(name).toHaveValue(acme);
  await name.fill("");
  await expect(dialog.getByText("Type a name.")).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Rename" })).toBeDisabled();
  await name.fill(acme.toUpperCase());
  await expect(dialog.getByRole("button", { name: "Rename" })).toBeEnabled();
  await expect(taken).toHaveCount(0);
  await name.fill("Acme - n8n");
  await name.press("Enter");
  await expect(page.getByText("The key is now named Acme - n8n")).toBeVisible();
  await expect(page.locator(".detail").getByRole("heading", { name: "Acme - n8n" })).toBeVisible();
  // It has two keys of one name.
  await page.getByText("Cedar Valley Clinic", { exact: true }).first().click();
  await chooseForKey(page, "Rename…");
  await expect(taken).toHaveCount(1);
});

test("several are renamed by the service's pattern at once, each can be changed, and what fails is tried again", async ({ page, open }) => {
  await open("elsewhere=20&rows=40&refresh=asked");
  await toKeys(page);
  await page.getByRole("searchbox").fill("dickson key");
  await expect(grid(page).locator(".body .row").first()).toContainText("dickson key");
  await grid(page).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await bar(page).getByRole("button", { name: "Rename 2…" }).click();
  const dialog = page.getByRole("dialog", { name: "Rename 2 keys" });
  const boxes = dialog.getByRole("textbox");
  await expect(boxes).toHaveCount(2);
  await dialog.getByRole("button", { name: "Name them by the service’s pattern" }).click();
  await expect(boxes.first()).toHaveValue(/ - DicksonOne$/);
  await boxes.nth(1).fill("by hand");
  await dialog.getByRole("button", { name: "Rename 2 keys" }).click();
  await expect(dialog).toHaveCount(0);
  await expect.poll(() => calls(page, "renameKey")).toBe(2);
  await page.getByRole("searchbox").fill("by hand");
  await expect(grid(page).locator(".body .row")).toHaveCount(1);
  await expect(bar(page)).toHaveCount(0);
});

test("revoking one that was handed over takes the customer's name, and the focus is on what changes nothing", async ({ page, open }) => {
  await open("troubles=none&refresh=asked");
  await page.getByText("Acme Cold Storage", { exact: true }).first().click();
  await chooseForKey(page, "Revoke…");
  const dialog = page.getByRole("dialog", { name: /^Revoke a key of a subaccount of .*Northwind Monitoring.* Acme Cold Storage$/ });
  await expect(dialog.getByRole("button", { name: "Keep the key" })).toBeFocused();
  await expect(dialog.getByText("Twilio does not tell who uses it.")).toBeVisible();
  await expect(dialog.getByText(/DicksonOne.* was given this key on/)).toBeVisible();
  const revoke = dialog.getByRole("button", { name: "Revoke the key" });
  await expect(revoke).toBeDisabled();
  const box = dialog.getByLabel("Type the name of the customer to revoke it");
  await box.fill("Acme Cold Stor");
  await box.press("Enter");
  await expect(revoke).toBeDisabled();
  expect(await calls(page, "revokeKey")).toBe(0);
  await box.fill("  acme  cold storage");
  await expect(dialog.getByText("The name is right.")).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  await box.press("Enter");
  await expect(page.getByText("Acme Cold Storage - DicksonOne is revoked")).toBeVisible();
  await expect(page.locator(".detail").getByText("No API key yet.", { exact: false })).toBeVisible();
});

test("Esc revokes nothing, and a new key can be made first", async ({ page, open }) => {
  await open("troubles=none&refresh=asked");
  await toKeys(page);
  await menuOf(page, await find(page, acme));
  await page.getByRole("menuitem", { name: "Revoke…" }).click();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(grid(page)).toBeFocused();
  expect(await calls(page, "revokeKey")).toBe(0);
  await menuOf(page, await find(page, acme));
  await page.getByRole("menuitem", { name: "Revoke…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "New API key…" }).click();
  await expect(page.getByRole("dialog", { name: "New API key for Acme Cold Storage" })).toBeVisible();
});

test("what a key was not revoked for is said also where its dialog is closed by then, and opens it again", async ({ page, open }) => {
  await open("troubles=none&refresh=asked&elsewhere=1");
  await toKeys(page);
  await menuOf(page, await find(page, "reporting"));
  await page.getByRole("menuitem", { name: "Revoke…" }).click();
  await page.evaluate(() => window.fake?.fail("revokeKey:twilioTrouble:unknown::1"));
  await page.evaluate(() => window.fake?.hold("revokeKey"));
  await page.getByRole("dialog").getByRole("button", { name: "Revoke the key" }).click();
  await expect(page.getByRole("dialog").getByText("Revoking")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.evaluate(() => window.fake?.letGo("revokeKey"));
  await expect(page.getByText("Twilio has trouble at the moment", { exact: false })).toBeVisible();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("dialog", { name: /^Revoke a key/ })).toBeVisible();
});

test("one that could not be revoked says so and can be tried again", async ({ page, open }) => {
  await open("troubles=none&refresh=asked&elsewhere=1");
  await toKeys(page);
  await menuOf(page, await find(page, "reporting"));
  await page.getByRole("menuitem", { name: "Revoke…" }).click();
  await page.evaluate(() => window.fake?.fail("revokeKey:twilioTrouble:unknown::1"));
  const dialog = page.getByRole("dialog");
  // It was not handed over from here: nobody's name is to be typed.
  await expect(dialog.getByRole("textbox")).toHaveCount(0);
  await dialog.getByRole("button", { name: "Revoke the key" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Twilio has trouble at the moment");
  await dialog.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("is revoked", { exact: false })).toBeVisible();
  await expect(page.getByText("Nothing found")).toBeVisible();
});

test("several are named, and their number is typed", async ({ page, open }) => {
  await open("troubles=none&refresh=asked");
  await toKeys(page);
  await grid(page).focus();
  await page.keyboard.press("ArrowDown");
  for (let more = 0; more < 2; more++) await page.keyboard.press("Shift+ArrowDown");
  const names = await grid(page).locator('.body .row[aria-selected="true"] .key b').allTextContents();
  expect(names).toHaveLength(3);
  await bar(page).getByRole("button", { name: "Revoke 3…" }).click();
  const dialog = page.getByRole("dialog", { name: "Revoke 3 keys of" });
  await expect(dialog.getByRole("group", { name: "Keys" }).locator("li b")).toHaveText([...names].sort());
  await expect(dialog.getByRole("button", { name: "Keep the keys" })).toBeFocused();
  const revoke = dialog.getByRole("button", { name: "Revoke 3 keys" });
  const box = dialog.getByLabel("Type 3 to revoke them all");
  for (const wrong of ["2", "33", "three", ""]) {
    await box.fill(wrong);
    await expect(revoke).toBeDisabled();
  }
  await box.fill(" 3 ");
  expect(await accessibilityProblems(page)).toEqual([]);
  await revoke.click();
  await expect(dialog).toHaveCount(0);
  await expect.poll(() => calls(page, "revokeKey")).toBe(3);
  await expect(bar(page)).toHaveCount(0);
});

test("each button says of how many, and a line names what is left out and why", async ({ page, open }) => {
  await open("elsewhere=1&refresh=asked");
  await toKeys(page);
  for (const name of ["Unfinished", "Gone at Twilio"]) await row(page, name).locator(".tick").click();
  for (const text of ["reporting", "delta vaccines"]) await (await find(page, text)).locator(".tick").click();
  await expect(bar(page)).toHaveAccessibleName("4 selected");
  await expect(bar(page).getByRole("button")).toHaveText(["Replace 1 key…", "Rename 2…", "Revoke 2…", /Clear/]);
  await expect(
    bar(page).getByText(
      /^Left out: .*, which is unfinished; .*, which Twilio no longer has\. Replace also leaves out .*, whose subaccount is suspended\.$/,
    ),
  ).toBeVisible();
  await (await find(page, acme)).locator(".tick").click();
  await expect(bar(page).getByRole("button", { name: "Prove 1" })).toBeVisible();
  await expect(
    bar(page).getByText(/Prove also leaves out .*, whose secret is not here; .*, whose subaccount is suspended\.$/),
  ).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  await bar(page).getByRole("button", { name: "Prove 1" }).click();
  await expect.poll(() => calls(page, "proveKey")).toBe(1);
  await expect(bar(page)).toHaveAccessibleName("4 selected");
  await grid(page).focus();
  await page.keyboard.press("Escape");
  await expect(bar(page)).toHaveCount(0);
});

test("without a connection nothing is changed at Twilio, and the reason is said", async ({ page, open }) => {
  await open("scene=offline&elsewhere=1");
  await toKeys(page);
  await (await find(page, "reporting")).locator(".tick").click();
  for (const name of ["Rename 1…", "Revoke 1…"]) await expect(bar(page).getByRole("button", { name })).toBeDisabled();
  await expect(bar(page).getByText("Twilio cannot be reached.")).toBeVisible();
  await menuOf(page, await find(page, "reporting"));
  await expect(page.getByRole("menuitem", { name: "Copy API SID" })).toHaveAttribute("aria-disabled", "false");
  await expect(page.getByRole("menuitem", { name: "Revoke…" })).toHaveAttribute("aria-disabled", "true");
});

for (const [name, width, height, scheme, text] of [
  ["wide and dark", 1280, 800, "dark", 100],
  ["small", 800, 560, "light", 100],
  ["small with large text", 800, 560, "dark", 200],
] as const)
  test(`axe finds nothing in the dialogs, and they fit: ${name}`, async ({ page, open }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme });
    await open("troubles=none&refresh=asked");
    await page.evaluate((percent) => (document.documentElement.style.fontSize = `${percent}%`), text);
    await toKeys(page);
    for (const action of ["Rename…", "Revoke…"]) {
      await menuOf(page, await find(page, acme));
      await page.getByRole("menuitem", { name: action }).click();
      const dialog = page.getByRole("dialog").last();
      await expect(dialog).toBeVisible();
      expect(await accessibilityProblems(page)).toEqual([]);
      expect(await dialog.evaluate((one) => one.scrollWidth - one.clientWidth)).toBeLessThanOrEqual(1);
      await expect(dialog.locator("[data-cancel], .button.primary").first()).toBeInViewport({ ratio: 0.9 });
      await page.keyboard.press("Escape");
    }
  });
