import type { Page } from "@playwright/test";
import { accessibilityProblems, expect, test } from "./window";

const scene = "replacing=7&troubles=none&refresh=asked";
const grid = (page: Page) => page.getByRole("grid");
const pane = (page: Page) => page.locator(".replacement");
const row = (page: Page, name: string) => grid(page).getByRole("row").filter({ hasText: name }).first();
const called = (page: Page, method: string) =>
  page.evaluate((name) => window.fake?.calls.filter((call) => call === name).length ?? 0, method);

async function toReplacing(page: Page): Promise<void> {
  await page.getByRole("navigation").getByRole("button", { name: "Keys" }).press("Enter");
  await page
    .getByRole("group", { name: "Keys to show" })
    .getByRole("button", { name: /^Replacing/ })
    .press("Enter");
}

test("what waits for its user is first, and what is done stands below it for a while", async ({ page, open }) => {
  await open(scene);
  await toReplacing(page);
  await expect(page.getByRole("group", { name: "Keys to show" }).getByRole("button", { name: "Replacing 6" })).toBeFocused();
  await expect(grid(page).locator(".body .waits > span")).toHaveText([
    "You",
    "You",
    "You",
    "Its next text or call",
    "Its next text or call",
    "Put off",
    "Nobody",
  ]);
  await expect(grid(page).locator(".body .stands .below").first()).toHaveText("2 of 4: hand over");
  // What only divides them is passed over by the keys.
  await grid(page).focus();
  for (let down = 0; down < 8; down += 1) await page.keyboard.press("ArrowDown");
  await expect(grid(page).locator(".row.active")).toContainText("Old key deleted");
  await page.keyboard.press("ArrowUp");
  await expect(grid(page).locator(".row.active")).toContainText("Put off");
  await row(page, "Done lately").click();
  await expect(pane(page)).toHaveCount(0);
});

test("a key that is being replaced says so among all keys, and more of them are chosen among the old ones", async ({ page, open }) => {
  await open(scene);
  await toReplacing(page);
  await page.getByRole("button", { name: "Replace more keys…" }).press("Enter");
  await expect(
    page.getByRole("group", { name: "Show", exact: true }).getByRole("button", { name: /^Older than 12 months/ }),
  ).toHaveAttribute("aria-pressed", "true");
  await expect(grid(page)).toBeFocused();
  await page.getByRole("group", { name: "Show", exact: true }).getByRole("button", { name: /^All/ }).click();
  await page.getByRole("searchbox").fill("acme cold");
  await expect(grid(page).getByText("being replaced, 2 of 4").first()).toBeVisible();
});

test("where nothing is being replaced there is nothing to choose", async ({ page, open }) => {
  await open("troubles=none&refresh=asked");
  await page.getByRole("navigation").getByRole("button", { name: "Keys" }).click();
  await expect(grid(page)).toBeVisible();
  await expect(page.getByRole("group", { name: "Keys to show" })).toHaveCount(0);
});

test("it is looked whether the new key is in use, by keyboard alone, and then the old one is deleted", async ({ page, open }) => {
  await open(scene);
  await toReplacing(page);
  await grid(page).focus();
  for (let down = 0; down < 4; down += 1) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(pane(page)).toBeFocused();
  await expect(pane(page)).toContainText("Nothing was sent since");
  await expect(pane(page)).toContainText("Twilio does not tell which key sent");
  await pane(page).getByRole("button", { name: "Look now" }).press("Enter");
  // What was pressed is gone: the next step's button has the focus.
  const deleteOld = pane(page).getByRole("button", { name: "Delete the old key…" });
  await expect(deleteOld).toBeFocused();
  await expect(pane(page)).toContainText("Something was sent after the hand-over");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: /^Delete the old key of a subaccount of/ });
  await expect(dialog.getByRole("button", { name: "Keep the old key" })).toBeFocused();
  await expect(dialog.getByRole("textbox")).toHaveCount(0);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(pane(page).getByRole("heading", { name: "Old key deleted" })).toBeVisible();
  await expect(pane(page).getByRole("button", { name: "Give up replacing…" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Replacing 5" })).toBeVisible();
});

test("the word of its user is asked for before it is taken", async ({ page, open }) => {
  await open(scene);
  await toReplacing(page);
  await row(page, "Its next text or call").click();
  await pane(page).getByRole("button", { name: "It is in use…" }).press("Enter");
  const question = page.getByRole("dialog", { name: /^Is the new key in use\?/ });
  await expect(question.getByRole("button", { name: "Go on waiting" })).toBeFocused();
  await page.keyboard.press("Escape");
  expect(await called(page, "sayInUse")).toBe(0);
  await pane(page).getByRole("button", { name: "It is in use…" }).press("Enter");
  await question.getByRole("button", { name: "It is in use" }).press("Enter");
  await expect(pane(page).getByText("Somebody said here that it is in use")).toBeVisible();
  await expect(pane(page).getByRole("button", { name: "Delete the old key…" })).toBeFocused();
});

test("without waiting the old key is deleted only once the customer's name was typed", async ({ page, open }) => {
  await open(scene);
  await toReplacing(page);
  const waiting = row(page, "Its next text or call");
  const name = (await waiting.locator("b").textContent())?.trim() ?? "";
  await waiting.click();
  await pane(page).getByRole("button", { name: "Delete it without waiting…" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: /^Delete the old key of/ });
  await expect(dialog.getByRole("button", { name: "Keep waiting" })).toBeFocused();
  await expect(dialog).toContainText("No text and no call has been seen since.");
  const confirm = dialog.getByRole("button", { name: "Delete the old key" });
  await expect(confirm).toBeDisabled();
  await dialog.getByRole("textbox").fill(name.slice(0, -1));
  await expect(confirm).toBeDisabled();
  await dialog.getByRole("textbox").fill(name.toUpperCase());
  await expect(dialog).toContainText("The name is right.");
  await confirm.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(pane(page).getByRole("heading", { name: "Old key deleted" })).toBeVisible();
});

test("what keeps the old key from being deleted is said in the dialog, and nothing is deleted", async ({ page, open }) => {
  await open(scene);
  await toReplacing(page);
  await row(page, "4 of 4").click();
  await page.evaluate(() => window.fake?.fail("deleteReplacedKey:keyRefused:no"));
  await pane(page).getByRole("button", { name: "Delete the old key…" }).click();
  const dialog = page.getByRole("dialog", { name: /^Delete the old key of/ });
  await dialog.getByRole("button", { name: "Delete the old key", exact: true }).click();
  await expect(dialog.getByRole("alert")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(pane(page).getByRole("button", { name: "Delete the old key…" })).toBeVisible();
});

test("giving up says which key dies, and asks for the name where somebody was given it", async ({ page, open }) => {
  await open(scene);
  await toReplacing(page);
  await row(page, "2 of 4").click();
  await pane(page).getByRole("button", { name: "Give up replacing…" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: /^Give up replacing a key of/ });
  await expect(dialog.getByRole("definition")).toHaveCount(2);
  await expect(dialog).toContainText("The old key goes on working.");
  await expect(dialog.getByRole("button", { name: "Go on replacing" })).toBeFocused();
  await expect(dialog.getByRole("textbox")).toHaveCount(0);
  await dialog.getByRole("button", { name: "Delete the new key" }).press("Enter");
  await expect(pane(page)).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Replacing 5" })).toBeVisible();
  await expect(grid(page)).toBeFocused();
  const waiting = row(page, "Its next text or call");
  const name = (await waiting.locator("b").textContent())?.trim() ?? "";
  await waiting.click();
  await pane(page).getByRole("button", { name: "Give up replacing…" }).press("Enter");
  await expect(dialog.getByRole("button", { name: "Delete the new key" })).toBeDisabled();
  await dialog.getByRole("textbox").fill(name);
  await dialog.getByRole("textbox").press("Enter");
  await expect(page.getByRole("button", { name: "Replacing 4" })).toBeVisible();
  expect(await called(page, "giveUpReplacing")).toBe(2);
});

test("with the last one the view goes, and all keys are shown", async ({ page, open }) => {
  await open("replacing=1&troubles=none&refresh=asked");
  await toReplacing(page);
  await row(page, "2 of 4").click();
  await pane(page).getByRole("button", { name: "Give up replacing…" }).press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Delete the new key" }).press("Enter");
  await expect(page.getByRole("grid", { name: "Keys" })).toBeFocused();
  await expect(page.getByRole("group", { name: "Keys to show" })).toHaveCount(0);
});

test("without Twilio nothing is looked for and no key dies, and it is said why", async ({ page, open }) => {
  await open("scene=offline&replacing=7&troubles=none");
  await toReplacing(page);
  await row(page, "Its next text or call").click();
  for (const name of ["Look now", "Delete it without waiting…", "Give up replacing…"]) {
    const button = pane(page).getByRole("button", { name });
    await expect(button).toBeDisabled();
    await expect(button).toHaveAccessibleDescription("Twilio cannot be reached.");
  }
  await expect(pane(page).getByRole("button", { name: "It is in use…" })).toBeEnabled();
  await expect(pane(page).getByRole("button", { name: "Hand over again…" })).toBeEnabled();
});

for (const [name, width, height, scheme, text] of [
  ["wide and light", 1180, 760, "light", 100],
  ["wide and dark", 1180, 760, "dark", 100],
  ["small", 800, 560, "light", 100],
  ["small with large text", 800, 560, "dark", 200],
] as const)
  test(`axe finds nothing in the list, the pane and the dialogs, and nothing is cut off sideways: ${name}`, async ({ page, open }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme });
    await open("replacing=7&names=hostile&refresh=asked");
    await page.evaluate((percent) => (document.documentElement.style.fontSize = `${percent}%`), text);
    await toReplacing(page);
    const cutOff = () =>
      page.evaluate(() =>
        [...document.querySelectorAll("html, .list, .replacement, dialog[open]")]
          .filter((element) => element.scrollWidth > element.clientWidth + 1)
          .map((element) => element.className),
      );
    await expect(grid(page)).toBeVisible();
    expect([await accessibilityProblems(page), await cutOff()]).toEqual([[], []]);
    await row(page, "Its next text or call").click();
    expect([await accessibilityProblems(page), await cutOff()]).toEqual([[], []]);
    for (const button of ["Delete it without waiting…", "Give up replacing…"]) {
      await pane(page).getByRole("button", { name: button }).press("Enter");
      await expect(page.getByRole("dialog")).toBeVisible();
      expect([await accessibilityProblems(page), await cutOff()]).toEqual([[], []]);
      await page.keyboard.press("Escape");
    }
  });
