import type { Locator, Page } from "@playwright/test";
import { box, elsewhere, foundGrid, lookFor, openAdopting, resultGrid, savedKey, secret, toKeys } from "./adopting";
import { hostile } from "./hostile";
import { accessibilityProblems, expect, test } from "./window";

const called = (page: Page, method: string) =>
  page.evaluate((name) => window.fake?.calls.filter((call) => call === name).length ?? 0, method);
const block = (page: Page) => page.locator(".rail .block");
const rows = (page: Page) => page.getByRole("grid").locator(".body .row");
const adopt = (page: Page, label: string) => page.getByRole("button", { name: label, exact: true });

/** Two keys with their secrets, one with a secret that does not fit it, one without, one that is saved, and one of nobody here. */
function pasted(): string {
  const [first, second, wrong, without] = elsewhere(0, 1, 2, 3);
  return [
    `API SID: ${first}\nAPI Secret: ${secret}`,
    `${secret} ${second}`,
    `${wrong} ${"Wrong".repeat(6)}XX`,
    `SK${"f".repeat(32)} ${secret}`,
    `${savedKey} ${secret}`,
    `${without}`,
  ].join("\n\n");
}

test("keys are found in what is pasted, proved, and kept, with what does not fit on top and said why", async ({ page, open }) => {
  await open("elsewhere=20&rows=60&troubles=none&refresh=asked");
  await openAdopting(page);
  await expect(page.getByRole("heading", { level: 1, name: "Adopt keys" })).toBeFocused();
  await expect(page.getByRole("button", { name: "Look for keys" })).toBeDisabled();
  await lookFor(page, pasted());
  await expect(page.getByRole("heading", { name: "6 keys found" })).toBeFocused();
  await expect(rows(page).locator(".state .pill")).toHaveText([
    "No secret beside it",
    "Subaccount not known",
    "Ready",
    "Ready",
    "Ready",
    "Saved already",
  ]);
  await expect(page.getByText("3 are to be adopted. 3 are left out.", { exact: false })).toBeVisible();
  expect(await called(page, "adoptKeys")).toBe(0);
  await adopt(page, "Adopt 3 keys").click();
  await expect(page.getByRole("heading", { name: "2 keys are adopted" })).toBeFocused();
  await expect(page.getByText("1 was not adopted.", { exact: false })).toBeVisible();
  await expect(rows(page).locator(".state .pill")).toHaveText(["Refused by Twilio", "Adopted", "Adopted"]);
  await page.getByRole("button", { name: "Show keys" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Keys" })).toBeFocused();
  await page.getByRole("searchbox").fill(elsewhere(0)[0] ?? "");
  await expect(rows(page).first().locator(".secret")).toHaveText("Saved here");
  await expect(block(page)).toHaveCount(0);
});

test("what is pasted is nowhere in the page once it was looked through, and goes to the Rust side once", async ({ page, open }) => {
  await open("elsewhere=20&refresh=asked");
  const everything = () =>
    page.evaluate(() =>
      JSON.stringify([
        document.documentElement.outerHTML,
        [...document.querySelectorAll("input, textarea")].map((one) => (one as HTMLInputElement).value),
        [{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href, history.state, window.name],
        window.fake?.calls,
      ]),
    );
  await openAdopting(page);
  await page.evaluate(() => window.fake?.hold("findKeysInText"));
  await lookFor(page, pasted());
  await expect(box(page)).toHaveValue("");
  await box(page).press("Control+z");
  expect(await everything()).not.toContain("Invented");
  await page.evaluate(() => window.fake?.letGo("findKeysInText"));
  await expect(foundGrid(page)).toBeVisible();
  expect(await everything()).not.toContain("Invented");
  await adopt(page, "Adopt 3 keys").click();
  await expect(resultGrid(page)).toBeVisible();
  expect(await everything()).not.toContain("Invented");
  expect(await called(page, "findKeysInText")).toBe(1);
});

test("while what is pasted can be read, the window is kept out of pictures", async ({ page, open }) => {
  await open("elsewhere=20&refresh=asked");
  await openAdopting(page);
  const shown = () => page.evaluate(() => window.fake?.calls.filter((call) => call.startsWith("secretOnScreen")));
  await box(page).fill("some secret");
  await expect.poll(shown).toEqual(["secretOnScreen true"]);
  await box(page).fill("");
  await expect.poll(shown).toEqual(["secretOnScreen true", "secretOnScreen false"]);
});

test("leaving with keys that were found forgets them, and so does Esc", async ({ page, open }) => {
  await open("elsewhere=20&refresh=asked");
  await openAdopting(page);
  await lookFor(page, pasted());
  await expect(foundGrid(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(box(page)).toBeFocused();
  expect(await called(page, "forgetFoundKeys")).toBe(1);
  await lookFor(page, pasted());
  await expect(foundGrid(page)).toBeVisible();
  await toKeys(page);
  await expect.poll(() => called(page, "forgetFoundKeys")).toBe(2);
  await openAdopting(page);
  await expect(box(page)).toHaveValue("");
  await box(page).press("Escape");
  await expect(page.getByRole("heading", { level: 1, name: "Keys" })).toBeFocused();
  expect(await called(page, "forgetFoundKeys")).toBe(2);
});

test("keys are found in a file, whose name is said; a box that is closed without one changes nothing", async ({ page, open }) => {
  await open("elsewhere=3&refresh=asked&file=none&troubles=none");
  await openAdopting(page);
  await page.getByRole("button", { name: "Open a file…" }).click();
  await expect(page.getByText("Waiting for a file")).toHaveCount(0);
  await expect(box(page)).toBeVisible();
  await open("elsewhere=3&refresh=asked&troubles=none");
  await openAdopting(page);
  await page.getByRole("button", { name: "Open a file…" }).click();
  await expect(page.getByRole("heading", { name: "3 keys found" })).toBeVisible();
  await expect(page.getByText("in config.json")).toBeVisible();
});

test("a file that cannot be read says so where it was chosen, and another one can be", async ({ page, open }) => {
  await open("elsewhere=3&refresh=asked&troubles=none&fail=findKeysInFile:fileNotReadable:no::1");
  await openAdopting(page);
  await page.getByRole("button", { name: "Open a file…" }).click();
  await expect(page.getByRole("alert")).toContainText("This file cannot be read");
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole("button", { name: "Open a file…" }).click();
  await expect(foundGrid(page)).toBeVisible();
});

test("where no key is found it is said what one looks like, and they can look again", async ({ page, open }) => {
  await open("refresh=asked");
  await openAdopting(page);
  await lookFor(page, "a note about something else");
  await expect(page.getByText("An API SID begins with SK", { exact: false })).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole("button", { name: "Look again" }).press("Enter");
  await expect(box(page)).toBeFocused();
});

test("where none of what was found can be adopted there is nothing to press but the way back", async ({ page, open }) => {
  await open("refresh=asked&troubles=none");
  await openAdopting(page);
  await lookFor(page, `${savedKey} ${secret}`);
  await expect(page.getByText("None of these can be adopted.")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Adopt \d/ })).toHaveCount(0);
});

test("offline, keys are found and cannot be adopted, with that reason", async ({ page, open }) => {
  await open("scene=offline&elsewhere=4");
  await openAdopting(page);
  await lookFor(page, `${elsewhere(0)[0]} ${secret}`);
  const button = adopt(page, "Adopt 1 key");
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await expect(button).toHaveAccessibleDescription(/Twilio/);
  await button.click({ force: true });
  expect(await called(page, "adoptKeys")).toBe(0);
});

test("adopting goes on while the page is left and is stopped there, and what became of it is found from the running work", async ({
  page,
  open,
}) => {
  await open("elsewhere=20&refresh=asked&troubles=none");
  await openAdopting(page);
  await page.evaluate(() => window.fake?.hold("adoptKey"));
  await lookFor(page, pasted());
  await adopt(page, "Adopt 3 keys").click();
  await expect(page.getByRole("heading", { name: "0 of 3 tried" })).toBeFocused();
  await expect(page.getByRole("status").filter({ hasText: "Begun: Adopting keys" })).toBeAttached();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole("navigation").getByRole("button", { name: "Activity" }).click();
  await expect(block(page)).toContainText("Adopting keys 0 of 3");
  await page.keyboard.press("Control+j");
  await page.getByRole("button", { name: "Stop: Adopting keys" }).click();
  await page.evaluate(() => window.fake?.letGo("adoptKey"));
  await expect(block(page)).toContainText("1 with a result");
  await expect(page.getByRole("status").filter({ hasText: "Ended: 1 key is adopted" })).toBeAttached();
  await page.getByRole("button", { name: "Show result: Adopting keys" }).click();
  await expect(page.getByRole("heading", { name: "1 key is adopted" })).toBeVisible();
  await expect(rows(page).locator(".state .pill")).toHaveText(["Not tried", "Not tried", "Adopted"]);
  await expect(block(page)).toHaveCount(0);
  await page.getByRole("button", { name: "Adopt more keys…" }).click();
  await expect(box(page)).toBeFocused();
  await toKeys(page);
  await expect(block(page)).toHaveCount(0);
});

test("what Twilio cannot be asked about is on top with why, and keeps no other from being adopted", async ({ page, open }) => {
  await open("elsewhere=20&refresh=asked&troubles=none&fail=adoptKey:twilioTrouble:no::1");
  await openAdopting(page);
  await lookFor(
    page,
    elsewhere(0, 1)
      .map((keySid) => `${keySid} ${secret}`)
      .join("\n"),
  );
  await adopt(page, "Adopt 2 keys").click();
  await expect(page.getByRole("heading", { name: "1 key is adopted" })).toBeVisible();
  await expect(rows(page).first()).toContainText("Twilio");
  await expect(rows(page).nth(1)).toContainText("Adopted");
});

test("where nothing could be tried it is said why, and that they have to be looked for again", async ({ page, open }) => {
  await open("elsewhere=20&refresh=asked&troubles=none&fail=checkBeforeAdopting:keychainLocked:no::1");
  await openAdopting(page);
  await lookFor(page, pasted());
  await adopt(page, "Adopt 3 keys").click();
  await expect(page.getByRole("heading", { name: "The keys were not adopted" })).toBeFocused();
  await expect(page.getByRole("alert")).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole("button", { name: "Adopt more keys…" }).click();
  await lookFor(page, pasted());
  await adopt(page, "Adopt 3 keys").click();
  await expect(page.getByRole("heading", { name: "2 keys are adopted" })).toBeVisible();
});

test("the page is reached from a key whose secret is not here: from its row's menu, and from its card", async ({ page, open }) => {
  await open("elsewhere=20&refresh=asked&troubles=none");
  await toKeys(page);
  await page.getByRole("group", { name: "Show" }).getByRole("button", { name: "Secret not here" }).click();
  await rows(page).first().click();
  const pane = page.locator(".detail");
  await pane.getByRole("article").first().getByRole("button", { name: "I have its secret…" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Adopt keys" })).toBeFocused();
  await expect(pane).toHaveCount(0);
  await page.getByRole("main").getByRole("button", { name: "Keys", exact: true }).click();
  await page.getByRole("grid").focus();
  await page.keyboard.press("Shift+F10");
  await page.getByRole("menuitem", { name: "I have its secret…" }).press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Adopt keys" })).toBeFocused();
});

test("a newcomer without any key finds the page", async ({ page, open }) => {
  await open("scene=empty");
  await openAdopting(page);
  await expect(box(page)).toBeVisible();
});

test("a thousand keys that were found are one list, and the keys of the keyboard move through all of it", async ({ page, open }) => {
  test.setTimeout(60_000);
  await open("rows=1000&elsewhere=1000&refresh=asked&troubles=none&keyless=none");
  await openAdopting(page);
  await page.getByRole("button", { name: "Open a file…" }).click();
  await expect(page.getByRole("heading", { name: "1,000 keys found" })).toBeVisible({ timeout: 20_000 });
  await page.keyboard.press("Tab");
  await foundGrid(page).focus();
  await page.keyboard.press("End");
  await expect(foundGrid(page).locator(".active")).toHaveAttribute("aria-rowindex", "1001");
  expect(await rows(page).count()).toBeLessThan(60);
  await expect(adopt(page, "Adopt 1,000 keys")).toBeInViewport();
});

test("hostile names are text in what was found and in what became of each, and nothing is scrolled sideways", async ({ page, open }) => {
  test.setTimeout(60_000);
  await page.setViewportSize({ width: 800, height: 560 });
  await page.addInitScript((names) => {
    window.givenNames = names;
  }, hostile);
  await open(`names=hostile&rows=${hostile.length}&elsewhere=${hostile.length}&troubles=none&refresh=asked&steps=0`);
  await openAdopting(page);
  const harm = () =>
    page.evaluate(() =>
      [...document.querySelectorAll("html, .page, .column, .frame, .grid, .foot")]
        .filter((element) => element.scrollWidth > element.clientWidth + 1)
        .map((element) => element.className)
        .concat([...document.querySelectorAll("main img, main iframe, main a[href], script:not([src])")].map(({ tagName }) => tagName)),
    );
  await page.getByRole("button", { name: "Open a file…" }).click();
  const lookThrough = async (grid: Locator) => {
    await expect(grid).toBeVisible({ timeout: 30_000 });
    await grid.focus();
    for (let seen = 0; seen < hostile.length; seen += 4) {
      await page.keyboard.press("PageDown");
      expect(await harm()).toEqual([]);
    }
  };
  await lookThrough(foundGrid(page));
  await page.getByRole("button", { name: /^Adopt \d/ }).click();
  await lookThrough(resultGrid(page));
});

for (const [name, width, height, scheme, text] of [
  ["wide and light", 1180, 760, "light", 100],
  ["wide and dark", 1180, 760, "dark", 100],
  ["small", 800, 560, "light", 100],
  ["small with large text", 800, 560, "dark", 200],
] as const)
  test(`axe finds nothing from pasting to the result, and nothing is cut off sideways: ${name}`, async ({ page, open }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme });
    await open("elsewhere=20&refresh=asked&troubles=none&names=hostile");
    await page.evaluate((percent) => (document.documentElement.style.fontSize = `${percent}%`), text);
    const problems = async () => [
      await accessibilityProblems(page),
      await page.evaluate(() =>
        [...document.querySelectorAll("html, .page, .column, .screen, .rail")]
          .filter((element) => element.scrollWidth > element.clientWidth + 1)
          .map((element) => element.className),
      ),
      await page.locator(".page img, .page script").count(),
    ];
    await openAdopting(page);
    expect(await problems()).toEqual([[], [], 0]);
    await lookFor(page, pasted());
    await expect(foundGrid(page)).toBeVisible();
    expect(await problems()).toEqual([[], [], 0]);
    await adopt(page, "Adopt 3 keys").click();
    await expect(resultGrid(page)).toBeVisible();
    expect(await problems()).toEqual([[], [], 0]);
  });
