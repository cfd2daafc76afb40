import type { Page } from "@playwright/test";
import { hostile } from "./hostile";
import { accessibilityProblems, expect, test } from "./window";

const toActivity = (page: Page) => page.getByRole("navigation").getByRole("button", { name: "Activity" }).click();
const grid = (page: Page) => page.getByRole("grid", { name: "Activity" });
const rows = (page: Page) => grid(page).locator(".body .row");
const pane = (page: Page) => page.locator(".entry");
const kind = (page: Page) => page.getByLabel("Kind", { exact: true });
const time = (page: Page) => page.getByLabel("Time", { exact: true });
const called = (page: Page, method: string) =>
  page.evaluate((name) => window.fake?.calls.filter((call) => call.startsWith(name)) ?? [], method);

test("what was done is a grid with who did it: the newest first, sorted by a column, and a row opens with the keys alone", async ({
  page,
  open,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await open("troubles=none");
  await toActivity(page);
  await expect(grid(page).getByRole("columnheader")).toHaveText(["Time", "What", "Customer", "Who", "API SID"]);
  await expect(grid(page).getByRole("columnheader", { name: "Time" })).toHaveAttribute("aria-sort", "descending");
  const customers = () => grid(page).locator(".body .whom").allTextContents();
  const newestFirst = await customers();
  expect(newestFirst[0]).toContain("Acme Cold Storage");
  await expect(rows(page).first().locator(".who")).toHaveText(/dana\s*DANA-LAPTOP/);
  await grid(page).getByRole("button", { name: "Time" }).click();
  expect(await customers()).toEqual([...newestFirst].reverse());
  await grid(page).getByRole("button", { name: "Customer" }).click();
  await expect(grid(page).getByRole("columnheader", { name: "Customer" })).toHaveAttribute("aria-sort", "ascending");
  expect(await customers()).toEqual([...newestFirst].sort());
  await expect(grid(page).getByRole("columnheader", { name: "API SID" })).not.toHaveAttribute("aria-sort", /./);
  await page.getByRole("heading", { name: "Activity" }).focus();
  await page.keyboard.press("F6");
  await page.keyboard.press("F6");
  await expect(grid(page)).toBeFocused();
  await page.keyboard.press("End");
  const customer = (await grid(page).locator(".row.active .whom").textContent())?.trim() ?? "";
  await page.keyboard.press("Enter");
  await expect(pane(page)).toBeFocused();
  await expect(pane(page)).toContainText(customer);
  await page.keyboard.press("Escape");
  await expect(pane(page)).toHaveCount(0);
  await expect(grid(page)).toBeFocused();
});

test("one entry says everything, with Twilio’s request to copy, and leads to its customer", async ({ page, open }) => {
  await open("troubles=none");
  await toActivity(page);
  await rows(page).filter({ hasText: "API key created" }).click();
  await expect(pane(page).getByRole("heading")).toContainText("API key created");
  await expect(pane(page).getByRole("heading").locator("time")).toHaveText(/\w+day, .*\d:\d\d:\d\d/);
  await expect(pane(page)).toContainText("dana");
  await expect(pane(page)).toContainText("DANA-LAPTOP");
  await expect(pane(page)).toContainText(" - DicksonOne");
  const request = pane(page).getByRole("textbox", { name: "Twilio’s request" });
  await expect(request).toHaveValue(/^RQ[0-9a-f]{32}$/);
  await request.focus();
  const selected = () =>
    request.evaluate((box: HTMLInputElement) => box.value.slice(box.selectionStart ?? 0, box.selectionEnd ?? 0).length);
  expect(await selected()).toBe(34);
  await expect(pane(page).getByText("Twilio’s support asks for this", { exact: false })).toBeVisible();
  await expect(pane(page).getByRole("textbox", { name: "API SID" })).toHaveValue(/^SK/);
  await pane(page).getByRole("button", { name: "Copy Account SID" }).click();
  await expect.poll(() => page.evaluate(() => window.fake?.clipboard)).toMatch(/^AC/);
  const customer = (await pane(page).locator(".value").first().textContent())?.trim() ?? "";
  await pane(page).getByRole("button", { name: "Open customer" }).press("Enter");
  await expect(page.getByRole("region", { name: customer })).toBeFocused();
  await expect(page.getByRole("grid", { name: "Subaccounts" })).toBeVisible();
});

test("who deleted a key elsewhere is not known, and there is no request of it", async ({ page, open }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await open("troubles=none");
  await toActivity(page);
  const deleted = rows(page).filter({ hasText: "Key deleted at Twilio" });
  await expect(deleted.locator(".who")).toHaveText("Not known");
  await deleted.click();
  await expect(pane(page)).toContainText("Not known");
  await expect(pane(page).getByRole("textbox", { name: "Twilio’s request" })).toHaveCount(0);
});

test("a search by customer or SID asks once it is typed, and Enter opens what it found", async ({ page, open }) => {
  await open("troubles=none&activity=400");
  await toActivity(page);
  await expect(grid(page)).toBeVisible();
  const before = (await called(page, "activity")).length;
  const search = page.getByRole("searchbox");
  await search.pressSequentially("cedar clinic");
  await expect(page.getByText(/^\d+ entries found$/)).toBeAttached();
  expect((await called(page, "activity")).length - before).toBeLessThan(4);
  await expect(rows(page).filter({ hasNotText: "Cedar Valley Clinic" })).toHaveCount(0);
  await expect(rows(page).first()).toBeVisible();
  const accountSid = (await page.evaluate(() => window.fake?.sids[8])) ?? "";
  await search.fill(accountSid);
  await search.press("Enter");
  await expect(pane(page)).toBeFocused();
  await expect(pane(page)).toContainText(accountSid);
});

test("kind and time narrow it, stay while another screen is looked at, and what is left empty names them", async ({ page, open }) => {
  await open("troubles=none&activity=400");
  await toActivity(page);
  await kind(page).selectOption("Phone numbers");
  await expect(rows(page).first()).toContainText("Phone number moved");
  await expect(rows(page).filter({ hasNotText: "Phone number" })).toHaveCount(0);
  await time(page).selectOption("Last 7 days");
  const found = page.getByText(/^\d+ entr(y|ies) found$/);
  await expect(found).toBeAttached();
  const said = await found.textContent();
  await page.getByRole("navigation").getByRole("button", { name: "Keys" }).click();
  await toActivity(page);
  await expect(kind(page)).toHaveValue("numbers");
  await expect(found).toHaveText(said ?? "");
  await time(page).selectOption("Today");
  await expect(page.getByRole("heading", { name: "Nothing found" })).toBeVisible();
  await expect(page.getByText("Looked for: Phone numbers, Today.")).toBeVisible();
  await page.getByRole("button", { name: "Show all entries" }).press("Enter");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await expect(grid(page)).toBeVisible();
  await expect(kind(page)).toHaveValue("");
  await page.getByRole("searchbox").fill("nobody of this name");
  await expect(page.getByRole("heading", { name: "No customer here has this name or SID" })).toBeVisible();
});

test("days are chosen from one to another, both of them in it", async ({ page, open }) => {
  // What was done some hours ago was done today, whenever this is run.
  await page.clock.setFixedTime(new Date().setHours(12, 0, 0, 0));
  await open("troubles=none");
  await toActivity(page);
  await time(page).selectOption("From … to");
  const day = (later: number) =>
    page.evaluate((days) => {
      const date = new Date();
      date.setDate(date.getDate() + days);
      return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
    }, later);
  const [from, to] = [page.getByLabel("From", { exact: true }), page.getByLabel("To", { exact: true })];
  await from.fill(await day(0));
  await to.fill(await day(0));
  await to.blur();
  await expect(rows(page).first()).toContainText("Today");
  await expect(grid(page).getByText("Yesterday")).toHaveCount(0);
  await to.fill(await day(-3));
  await to.blur();
  await expect(page.getByRole("alert")).toHaveText("The first day comes after the last one.");
  await expect(from).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByText(/Looked for: from .*, to /)).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
});

test("of more than a thousand the newest are shown, and more when asked for", async ({ page, open }) => {
  await open("troubles=none&activity=1333");
  await toActivity(page);
  await expect(page.getByText("The newest 200 of 1,340 entries are shown.")).toBeVisible();
  await page.getByRole("button", { name: "Show 500 more" }).press("Enter");
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "701");
  await expect(page.getByRole("button", { name: "Show 500 more" })).toBeFocused();
  await page.getByRole("button", { name: "Show 500 more" }).press("Enter");
  await page.getByRole("button", { name: "Show 140 more" }).press("Enter");
  await expect(page.getByText("1,340 entries.")).toBeVisible();
  await expect(grid(page)).toBeFocused();
  await page.keyboard.press("End");
  await expect(rows(page).last()).toHaveClass(/active/);
});

test("everything that is left is written into a file, more than is shown, without a secret", async ({ page, open }) => {
  await open("troubles=none&activity=1333");
  await toActivity(page);
  await page.getByRole("button", { name: "Export list…" }).press("Enter");
  await page.getByRole("menuitem", { name: "1,340 entries as CSV" }).press("Enter");
  await expect(page.getByText(/1,340 entries are in .*Activity\.csv.* No secret is in it\./)).toBeVisible();
  expect(await called(page, "saveTable ")).toEqual(["saveTable Activity.csv 1340"]);
  await kind(page).selectOption("Connection and backup");
  await expect(page.getByRole("button", { name: "Export list…" })).toBeDisabled();
  await kind(page).selectOption("Phone numbers");
  await page.evaluate(() => window.fake?.fail("saveTable:diskFull:no::1"));
  await page.getByRole("button", { name: "Export list…" }).click();
  await page.getByRole("menuitem", { name: /^\d+ entries for Excel$/ }).click();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect.poll(() => called(page, "saveTable ")).toHaveLength(2);
});

test("where nothing was done yet it is said what belongs here, and a failure has another try", async ({ page, open }) => {
  await open("scene=empty");
  await toActivity(page);
  await expect(page.getByRole("heading", { name: "Nothing yet" })).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  await open("fail=activity:recordsBroken:no::1&refresh=asked");
  await toActivity(page);
  await page.getByRole("alert").getByRole("button", { name: "Try again" }).press("Enter");
  await expect(grid(page)).toBeVisible();
  await expect(page.getByRole("searchbox")).toBeFocused();
});

test("Ctrl F searches what was done, and Esc gives back the pane and then the search", async ({ page, open }) => {
  await open("troubles=none");
  await toActivity(page);
  await expect(grid(page)).toBeVisible();
  await page.keyboard.press("Control+f");
  const search = page.getByRole("searchbox", { name: "Search by customer or any SID" });
  await expect(search).toBeFocused();
  await search.fill("acme");
  await search.press("ArrowDown");
  await expect(grid(page)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(pane(page)).toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(search).toHaveValue("");
});

test("beside one subaccount each entry says who did it", async ({ page, open }) => {
  await open("troubles=none");
  await page.getByText("Acme Cold Storage").first().click();
  await page.getByRole("tab", { name: "Activity" }).click();
  await expect(page.getByRole("tabpanel").locator("li").first()).toContainText("dana");
  await expect(page.getByRole("tabpanel").locator("li").first()).toContainText("DANA-LAPTOP");
});

test("where the customer has no column, the name stands below what was done", async ({ page, open }) => {
  await page.setViewportSize({ width: 800, height: 560 });
  await page.addInitScript(() => document.addEventListener("DOMContentLoaded", () => (document.documentElement.style.fontSize = "200%")));
  await open("troubles=none");
  await toActivity(page);
  await expect(grid(page).getByRole("columnheader")).toHaveText(["Time", "What"]);
  await expect(grid(page).locator(".body .what").first()).toContainText("Acme Cold Storage");
});

for (const [name, width, height, scheme, text] of [
  ["wide and light", 1280, 800, "light", 100],
  ["wide and dark", 1280, 800, "dark", 100],
  ["small", 800, 560, "light", 100],
  ["small with large text", 800, 560, "dark", 200],
] as const)
  test(`axe finds nothing in what was done and its pane, and nothing is cut off sideways: ${name}`, async ({ page, open }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme });
    await open("activity=60&refresh=asked");
    await page.evaluate((percent) => (document.documentElement.style.fontSize = `${percent}%`), text);
    await toActivity(page);
    const cutOff = () =>
      page.evaluate(() =>
        [...document.querySelectorAll("html, .list, .entry, .screen, .rail")]
          .filter((element) => element.scrollWidth > element.clientWidth + 1)
          .map((element) => element.className),
      );
    await time(page).selectOption("From … to");
    await expect(grid(page)).toBeVisible();
    expect([await accessibilityProblems(page), await cutOff()]).toEqual([[], []]);
    await rows(page).filter({ hasText: "API key created" }).first().click();
    await expect(pane(page)).toBeFocused();
    expect([await accessibilityProblems(page), await cutOff()]).toEqual([[], []]);
  });

test("as names of users and their computers, texts made to break a window are text", async ({ page, open }) => {
  test.setTimeout(90_000);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.addInitScript((names) => (window.givenNames = names), [...hostile]);
  await open(`rows=${hostile.length}&names=hostile&activity=${hostile.length}&refresh=asked`);
  await toActivity(page);
  await page.getByRole("button", { name: /^Show \d+ more$/ }).click();
  await grid(page).focus();
  const harm = () =>
    page.evaluate(() => [
      ...("hostileRan" in window ? ["it ran"] : []),
      ...document.querySelectorAll(".list :is(img, script, iframe, style), .entry :is(img, script, iframe, style)"),
    ]);
  for (let screen = 0; screen < Math.ceil(hostile.length / 8); screen += 1) {
    await page.keyboard.press("PageDown");
    expect(await harm()).toEqual([]);
  }
  await page.keyboard.press("Home");
  for (let down = 0; down < 30; down += 1) {
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(pane(page)).toBeFocused();
    expect(await harm()).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(grid(page)).toBeFocused();
  }
  await expect(page).toHaveTitle("Subvault");
});
