import type { Page } from "@playwright/test";
import { accessibilityProblems, expect, test } from "./window";

const grid = (page: Page) => page.getByRole("grid");
const pane = (page: Page) => page.locator(".replacement");
const called = (page: Page, method: string) =>
  page.evaluate((name) => window.fake?.calls.filter((call) => call === name).length ?? 0, method);
const toKeys = (page: Page) => page.getByRole("navigation").getByRole("button", { name: "Keys" }).press("Enter");

async function press(page: Page, ...all: string[]): Promise<void> {
  for (const key of all) await page.keyboard.press(key);
}

test("a key is replaced from start to end by keyboard alone", async ({ page, open }) => {
  await open("troubles=none&refresh=asked");
  await toKeys(page);
  await page.keyboard.press("Control+f");
  await page.keyboard.type("acme cold storage");
  await press(page, "ArrowDown", "Shift+F10");
  await expect(page.getByRole("menuitem", { name: "Replace…" })).toBeVisible();
  await press(page, "ArrowDown", "Enter");
  const dialog = page.getByRole("dialog", { name: "Replacing a key of Acme Cold Storage" });
  const form = page.getByRole("dialog", { name: "Replace a key of Acme Cold Storage" });
  await expect(form).toContainText("Both work, so nothing stops.");
  await expect(form.getByLabel("Name of the new key")).toBeFocused();
  // The old key's own name is no other one's.
  await expect(form.getByLabel("Name of the new key")).toHaveValue("Acme Cold Storage - DicksonOne");
  await expect(form).not.toContainText("has this name");
  await page.evaluate(() => window.fake?.hold("replacements"));
  await page.keyboard.press("Enter");
  await expect(dialog.or(page.getByRole("dialog", { name: /^Hand over to/ }))).toBeVisible();
  const card = page.getByRole("dialog", { name: "Hand over to DicksonOne Acme Cold Storage" });
  await expect(card.getByRole("button", { name: "Copy" }).first()).toBeFocused();
  // Later: it is found again where it stands.
  await page.evaluate(() => window.fake?.letGo("replacements"));
  await page.keyboard.press("Escape");
  await expect(card).toHaveCount(0);
  await expect(grid(page).getByText("being replaced, 2 of 4")).toBeVisible();
  const view = page.getByRole("group", { name: "Keys to show" }).getByRole("button", { name: "Replacing 1" });
  await view.press("Enter");
  await expect(view).toBeFocused();
  await expect(grid(page)).toContainText("Put off");
  await grid(page).focus();
  await press(page, "ArrowDown", "Enter");
  await expect(pane(page)).toBeFocused();
  await pane(page).getByRole("button", { name: "Hand over…" }).press("Enter");
  await card.getByRole("checkbox").press("Space");
  await card.getByRole("button", { name: "Done" }).press("Enter");
  await expect(pane(page).getByRole("button", { name: "Hand over again…" })).toBeFocused();
  await expect(grid(page)).toContainText("Its next text or call");
  // The first look finds nothing, the second does.
  const look = pane(page).getByRole("button", { name: "Look now" });
  await look.press("Enter");
  await expect(pane(page)).toContainText("Nothing was sent since");
  await look.press("Enter");
  await expect(pane(page).getByRole("button", { name: "Delete the old key…" })).toBeFocused();
  await press(page, "Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Delete the old key", exact: true }).press("Enter");
  await expect(pane(page).getByRole("heading", { name: "Old key deleted" })).toBeVisible();
  await expect(grid(page)).toContainText("Nobody");
});

test("a key is replaced from its card, and goes on from there", async ({ page, open }) => {
  await open("troubles=none&refresh=asked");
  await page.getByText("Acme Cold Storage", { exact: true }).first().click();
  const cards = page.locator(".detail").getByRole("article");
  await cards
    .first()
    .getByRole("button", { name: /^More for/ })
    .press("Enter");
  await page.getByRole("menuitem", { name: "Replace…" }).press("Enter");
  await page.getByRole("button", { name: "Make the new key" }).press("Enter");
  await page.getByRole("button", { name: "Do this later" }).click();
  const old = cards.filter({ hasText: "Being replaced, 2 of 4" });
  await old.getByRole("button", { name: /^More for/ }).press("Enter");
  await expect(page.getByRole("menuitem", { name: "Replace…" })).toHaveAccessibleDescription("It is being replaced already.");
  await page.keyboard.press("Escape");
  await old.getByRole("button", { name: "Go on…" }).press("Enter");
  await expect(pane(page)).toBeFocused();
  await expect(page.getByRole("heading", { name: "Replacing a key of Acme Cold Storage" })).toBeVisible();
});

test("a name that cannot be used keeps the new key from being made", async ({ page, open }) => {
  await open("troubles=none&refresh=asked");
  await toKeys(page);
  await grid(page).locator(".body .row").first().click({ button: "right" });
  await page.getByRole("menuitem", { name: "Replace…" }).click();
  await page.getByLabel("Name of the new key").fill("");
  await expect(page.getByRole("dialog")).toContainText("Type a name.");
  await expect(page.getByRole("button", { name: "Make the new key" })).toBeDisabled();
  await page.keyboard.press("Escape");
  expect(await called(page, "createKey")).toBe(0);
});

test("what did not work is said step by step, and the name can be changed", async ({ page, open }) => {
  await open("troubles=none&refresh=asked&fail=createKey:keyLimit:no:createKey:1");
  await toKeys(page);
  await grid(page).locator(".body .row").first().click({ button: "right" });
  await page.getByRole("menuitem", { name: "Replace…" }).click();
  await page.getByRole("button", { name: "Make the new key" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: /^Replacing a key of/ });
  await expect(dialog.getByRole("alert")).toBeVisible();
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("group", { name: "Keys to show" })).toHaveCount(0);
});

test("several are replaced together, and what cannot be is named with why", async ({ page, open }) => {
  await open("replacing=1&refresh=asked");
  await toKeys(page);
  await expect(page.getByRole("button", { name: "Replacing 1" })).toBeVisible();
  await grid(page).focus();
  await page.keyboard.press("Control+a");
  const bar = page.getByRole("group", { name: /selected$/ });
  await expect(bar).toContainText("Replace also leaves out");
  await expect(bar).toContainText("which is being replaced");
  await expect(bar).toContainText("suspended");
  await page.keyboard.press("Escape");
  await page.getByRole("searchbox").fill("labs dickson");
  await grid(page).focus();
  await page.keyboard.press("Control+a");
  const replace = page.getByRole("button", { name: /^Replace \d+ keys…/ });
  const several = Number((await replace.textContent())?.match(/\d+/)?.[0]);
  expect(several).toBeGreaterThan(1);
  await replace.press("Enter");
  const dialog = page.getByRole("dialog", { name: `Replace ${several} keys` });
  const boxes = dialog.getByRole("textbox");
  await expect(boxes).toHaveCount(several);
  await expect(boxes.first()).toBeFocused();
  await boxes.first().fill("");
  await expect(dialog.getByRole("button", { name: `Make ${several} new keys` })).toBeDisabled();
  await boxes.first().fill("A new name");
  await dialog.getByRole("button", { name: `Make ${several} new keys` }).press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("button", { name: `Replacing ${several + 1}` })).toBeVisible();
  // What a batch makes is not told of one by one.
  await expect(page.getByText("The key is ready", { exact: false })).toHaveCount(0);
  await expect(page.getByText(`${several} new keys are being made.`)).toBeVisible();
});

for (const [scheme, width, height] of [
  ["light", 1180, 760],
  ["dark", 800, 560],
] as const)
  test(`the dialogs for one and for several are accessible, ${scheme}`, async ({ page, open }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme });
    await open("names=hostile&refresh=asked");
    await toKeys(page);
    const rows = grid(page).locator(".body .row");
    await page.getByRole("searchbox").fill("dickson");
    await rows.nth(2).click({ button: "right" });
    await page.getByRole("menuitem", { name: "Replace…" }).click();
    await expect(page.getByLabel("Name of the new key")).toBeVisible();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await grid(page).focus();
    await page.keyboard.press("Control+a");
    await page.getByRole("button", { name: /^Replace \d+ keys…/ }).click();
    await expect(page.getByRole("dialog").getByRole("textbox").first()).toBeFocused();
    expect(await accessibilityProblems(page)).toEqual([]);
  });
