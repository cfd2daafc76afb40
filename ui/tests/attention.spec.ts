import type { Page } from "@playwright/test";
import { nothingWaits, openUnfinished, rowOf, toAttention } from "./attention";
import { accessibilityProblems, expect, test } from "./window";

const badge = (page: Page) => page.getByRole("navigation").getByRole("button", { name: "Needs attention" }).locator(".number");
const chips = (page: Page) => page.getByRole("group", { name: "Show" }).getByRole("button");
const titles = (page: Page) => page.locator("[data-task] b");
const calls = (page: Page, name: string) => page.evaluate((wanted) => window.fake?.calls.filter((call) => call === wanted).length, name);
const main = (page: Page, row: RegExp) => rowOf(page, row).locator("[data-main]").first();

test("what can stop an alarm is first, what is alike is one row, and the rail counts the rows", async ({ page, open }) => {
  await open("refresh=asked");
  await toAttention(page);
  await expect(titles(page)).toHaveText([
    "Granite Labs",
    "Pinecrest Hospital",
    "Ironwood Museum",
    "Meridian Foods",
    /^\d+ customers with a key older than 12 months$/,
    /^\d+ customers without an API key$/,
  ]);
  await expect(badge(page)).toHaveText("6");
  await expect(chips(page)).toHaveText([/All\s+6/, /Keys\s+6/]);
  await expect(rowOf(page, "Ironwood Museum")).toContainText(/since /);
  const keyless = rowOf(page, /without an API key/);
  await expect(keyless).toContainText("more");
  await keyless.getByRole("button", { expanded: false }).first().click();
  await keyless
    .getByRole("button", { name: /^New API key… / })
    .first()
    .click();
  await expect(page.getByRole("dialog", { name: /^New API key for/ })).toBeVisible();
});

test("with P and Enter a row is put off until tomorrow, waits under Put off, and comes back when it is wanted", async ({ page, open }) => {
  await open("refresh=asked");
  await toAttention(page);
  await main(page, /Granite Labs/).focus();
  await page.keyboard.press("p");
  await expect(page.getByRole("radio", { name: "Tomorrow" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Put off Granite Labs" })).toBeFocused();
  await page.keyboard.press("p");
  await page.getByLabel("Why, if you like").fill("waits for their lawyer");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Until then it is under Put off.")).toBeVisible();
  await expect(titles(page).first()).toHaveText("Pinecrest Hospital");
  await expect(main(page, /Pinecrest Hospital/)).toBeFocused();
  await expect(badge(page)).toHaveText("5");
  await page.getByRole("button", { name: "Put off 1", exact: true }).click();
  await expect(titles(page)).toHaveText(["Granite Labs"]);
  await expect(rowOf(page, "Granite Labs")).toContainText("waits for their lawyer");
  await page.getByRole("button", { name: "Bring back now Granite Labs" }).click();
  await expect(titles(page)).toHaveCount(6);
  await expect(main(page, /Granite Labs/)).toBeFocused();
  await expect(chips(page)).toHaveCount(2);
});

test("what was put off is back on its day and says why it was, and before that day it is not there", async ({ page, open }) => {
  await open("refresh=asked&later=oldKeys~0~waits for the audit&later=noKey~1");
  await toAttention(page);
  const row = rowOf(page, /with a key older than/);
  await expect(row).toContainText("Put off until today:");
  await expect(row).toContainText("waits for the audit");
  await expect(page.getByRole("main").getByText("without an API key")).toHaveCount(0);
  await expect(badge(page)).toHaveText("5");
});

test("another day is one after today, and no other is kept", async ({ page, open }) => {
  await open("refresh=asked");
  await toAttention(page);
  await page.getByRole("button", { name: /^Put off \d+ customers without/ }).click();
  await page.getByRole("radio", { name: "Other day…" }).check();
  const putOff = page.getByRole("button", { name: "Put off", exact: true });
  await putOff.click();
  await expect(page.getByRole("alert")).toContainText("Choose a day after today");
  await expect(page.getByLabel("Day", { exact: true })).toBeFocused();
  const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel("Day", { exact: true }).fill(day(-1));
  await putOff.click();
  expect(await calls(page, "putOff")).toBe(0);
  await page.getByLabel("Day", { exact: true }).fill(day(40));
  await putOff.click();
  await expect(page.getByRole("main").getByText("without an API key")).toHaveCount(0);
  expect(await calls(page, "putOff")).toBe(1);
});

test("that something was not put off is said in its row, and can be tried again", async ({ page, open }) => {
  await open("refresh=asked&fail=putOff:diskFull:no::1");
  await toAttention(page);
  await page.getByRole("button", { name: "Put off Granite Labs" }).click();
  await page.keyboard.press("Enter");
  const row = rowOf(page, "Granite Labs");
  await expect(row.getByRole("alert")).toContainText("The disk is full");
  await row.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("main").getByText("Granite Labs")).toHaveCount(0);
});

test("arrows go from row to row, open one and close it", async ({ page, open }) => {
  await open("refresh=asked");
  await toAttention(page);
  await main(page, /Granite Labs/).focus();
  await page.keyboard.press("ArrowDown");
  const unfinished = main(page, /Pinecrest Hospital/);
  await expect(unfinished).toBeFocused();
  const card = page.getByRole("article", { name: "Unfinished" });
  await page.keyboard.press("ArrowRight");
  await expect(card.getByRole("button", { name: "Delete this key at Twilio" })).toBeVisible();
  await page.keyboard.press("ArrowLeft");
  await expect(card).toHaveCount(0);
  await page.keyboard.press("End");
  await expect(main(page, /without an API key/)).toBeFocused();
  await page.keyboard.press("Home");
  await expect(main(page, /Granite Labs/)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: /^New API key for/ })).toBeVisible();
});

test("a suspended subaccount is spoken of on the day that somebody wanted to be reminded, and else not", async ({ page, open }) => {
  await open(`refresh=asked&${nothingWaits}`);
  const suspended = await page.evaluate(() => window.fake?.sids[3]);
  await open(`refresh=asked&${nothingWaits}&later=suspended:${suspended}~0`);
  await toAttention(page);
  await expect(chips(page)).toHaveText([/All\s+1/, /Subaccounts\s+1/]);
  await expect(page.getByRole("main").getByText(/^Suspended.* Reactivate or close it\.$/)).toBeVisible();
  const reactivate = page.getByRole("button", { name: /^Reactivate… / });
  await reactivate.press("Enter");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Reactivate / })
    .press("Enter");
  await expect(page.getByText("is active again", { exact: false })).toBeVisible();
  await expect(reactivate).toHaveCount(0);
  await expect.poll(() => calls(page, "takeUp")).toBe(1);
  await open(`refresh=asked&${nothingWaits}&later=suspended:${suspended}~5`);
  await expect(badge(page)).toHaveCount(0);
});

test("what was put off and is done is forgotten, so that the same is spoken of when it comes up again", async ({ page, open }) => {
  await open("refresh=asked&troubles=none");
  const handedOver = await page.evaluate(() => window.fake?.sids[0]);
  await open(`refresh=asked&troubles=none&later=notHandedOver:${handedOver}~14&later=noKey~14`);
  await toAttention(page);
  await expect.poll(() => calls(page, "takeUp")).toBe(1);
  await expect(page.getByRole("button", { name: "Put off 1", exact: true })).toBeVisible();
});

test("where nothing needs attention it is said, and when that was looked at", async ({ page, open }) => {
  await open(`refresh=asked&${nothingWaits}`);
  await expect(badge(page)).toHaveCount(0);
  await toAttention(page);
  await expect(page.getByText("Nothing needs attention")).toBeVisible();
  await expect(page.getByText(/^Last checked with Twilio \d+ min ago\.$/)).toBeVisible();
});

test("after how many months a key is old is chosen in Settings, also never, and is kept", async ({ page, open }) => {
  await open("refresh=asked&troubles=none&keyless=none");
  await page.getByRole("navigation").getByRole("button", { name: "Settings" }).click();
  const box = page.getByLabel("Keys count as old after");
  await expect(box.getByRole("option")).toHaveText(["6 months", "12 months", "18 months", "24 months", "Never"]);
  await expect(box).toHaveValue("12");
  await box.selectOption("24 months");
  await toAttention(page);
  await expect(titles(page).filter({ hasText: /with a key older than 24 months$/ })).toBeVisible();
  await page.getByRole("navigation").getByRole("button", { name: "Settings" }).click();
  await expect(box).toHaveValue("24");
  await box.selectOption("Never");
  await expect(badge(page)).toHaveCount(0);
  expect(await calls(page, "setPreferences")).toBe(2);
});

test("without a connection it is said why no key can be made, and what is kept can be put off", async ({ page, open }) => {
  await open("scene=disconnected");
  await toAttention(page);
  const button = page.getByRole("button", { name: "New API key… Granite Labs" });
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await expect(button).toHaveAccessibleDescription(/\S/);
  await button.click({ force: true });
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.getByRole("button", { name: "Put off Granite Labs" }).click();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main").getByText("Granite Labs")).toHaveCount(0);
});

for (const [room, width, height, size] of [
  ["a small window", 800, 560, 100],
  ["text of twice the size", 1180, 760, 200],
  ["text of twice the size in a small window", 800, 560, 200],
] as const) {
  test(`everything can be read and pressed in ${room}`, async ({ page, open }) => {
    await page.setViewportSize({ width, height });
    await open("refresh=asked&names=hostile&later=oldKeys~0~waits for the audit");
    await page.evaluate((percent) => (document.documentElement.style.fontSize = `${percent}%`), size);
    await openUnfinished(page);
    await page
      .getByRole("button", { name: /^Put off / })
      .first()
      .click();
    await page.getByRole("radio", { name: "Other day…" }).check();
    const beyond = await page.locator("main").evaluate((element) => element.scrollWidth - element.clientWidth);
    expect(beyond).toBeLessThanOrEqual(0);
    expect(await accessibilityProblems(page)).toEqual([]);
  });
}
