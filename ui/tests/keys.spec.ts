import type { Page } from "@playwright/test";
import { accessibilityProblems, expect, test } from "./window";

const toKeys = (page: Page) => page.getByRole("navigation").getByRole("button", { name: "Keys" }).click();
const grid = (page: Page) => page.getByRole("grid", { name: "Keys" });
const rows = (page: Page) => grid(page).locator(".body .row");
const view = (page: Page, name: string) => page.getByRole("group", { name: "Show" }).getByRole("button", { name });

test("the keys of all subaccounts are one list, with what needs a person first", async ({ page, open }) => {
  await open("elsewhere=20&refresh=asked");
  await toKeys(page);
  await expect(page.getByRole("heading", { level: 1, name: "Keys" })).toBeFocused();
  await expect(grid(page).getByRole("columnheader").filter({ hasText: /./ })).toHaveText([
    "Key",
    "Type",
    "Age",
    "Secret",
    "Handed over",
    "Proved",
  ]);
  await expect(rows(page).locator(".secret").nth(0)).toHaveText("Unfinished");
  await expect(rows(page).locator(".secret").nth(1)).toHaveText("Gone at Twilio");
  await expect(rows(page).locator(".handedOver").nth(2)).toHaveText("Not handed over");
  const elsewhere = rows(page).filter({ hasText: "dickson key" }).filter({ hasText: "or Main" }).first();
  await expect(elsewhere).toContainText("Made elsewhere");
  await expect(elsewhere).toContainText("Not known");
  await expect(rows(page).filter({ hasText: "dickson key" }).filter({ hasText: "IE1" }).first()).toBeVisible();
  // Whose it is stands below a name that does not say it.
  await expect(elsewhere.locator(".key .below")).toContainText(/^[A-Z][a-z]+ .* · SK0000/);
});

test("each view has as many keys as it says, and one that has none is not shown", async ({ page, open }) => {
  await open("elsewhere=20");
  await toKeys(page);
  for (const name of ["Secret not here", "Not handed over", "Older than 12 months", "Gone at Twilio", "All"]) {
    const chip = view(page, name);
    const count = Number((await chip.textContent())?.match(/\d+$/)?.[0]);
    await chip.click();
    await expect(grid(page)).toHaveAttribute("aria-rowcount", String(count + 1));
  }
  await open("troubles=none");
  await toKeys(page);
  await expect(view(page, "All")).toBeVisible();
  await expect(view(page, "Gone at Twilio")).toHaveCount(0);
});

test("a type narrows what is shown, and the foot says how many of all are left", async ({ page, open }) => {
  await open("elsewhere=20&rows=40&refresh=asked");
  await toKeys(page);
  const all = Number(await grid(page).getAttribute("aria-rowcount")) - 1;
  await page.getByLabel("Type", { exact: true }).selectOption("Standard or Main");
  const left = Number(await grid(page).getAttribute("aria-rowcount")) - 1;
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(all);
  await expect(page.getByText(`${left} of ${all} keys.`)).toBeVisible();
  await expect(page.getByText(/All subaccounts were read \d+ min ago\./)).toBeVisible();
});

test("a key is found by its name, its customer and any SID, and what was found is marked", async ({ page, open }) => {
  await open("elsewhere=20&refresh=asked");
  await toKeys(page);
  const search = page.getByRole("searchbox");
  await search.fill("dickson cedar");
  await expect(rows(page).first().locator("mark").first()).toHaveText("dickson", { ignoreCase: true });
  const accountSid = (await page.evaluate(() => window.fake?.sids[3])) ?? "";
  await search.fill(accountSid);
  await expect(rows(page).first().locator(".key .below")).toContainText("Account SID");
  await search.fill(`AC${"f".repeat(32)}`);
  await expect(page.getByText("No key and no subaccount here has this SID")).toBeVisible();
  await page.getByRole("button", { name: "Show all keys" }).click();
  await expect(search).toBeFocused();
  await expect(search).toHaveValue("");
});

test("Ctrl F searches the list that is open, and a row opens its subaccount with that key first", async ({ page, open }) => {
  await open("elsewhere=20&refresh=asked");
  await toKeys(page);
  await grid(page).focus();
  await page.keyboard.press("Control+f");
  const search = page.getByRole("searchbox", { name: "Search by key" });
  await expect(search).toBeFocused();
  await search.fill("reporting");
  await page.keyboard.press("ArrowDown");
  await expect(grid(page)).toBeFocused();
  await page.keyboard.press("Enter");
  const pane = page.locator(".detail");
  await expect(pane).toBeFocused();
  await expect(pane.getByRole("article").first()).toContainText("reporting");
  await expect(pane.getByText("This is the key you searched for.")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(pane).toHaveCount(0);
  await expect(grid(page)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(search).toHaveValue("");
});

test("the list is written into a file without secrets: what is shown, or what is ticked", async ({ page, open }) => {
  await open("elsewhere=20&rows=40&refresh=asked");
  await toKeys(page);
  const saved = () => page.evaluate(() => window.fake?.calls.filter((call) => call.startsWith("saveTable ")));
  await page.getByRole("searchbox").fill("reporting");
  const found = await rows(page).count();
  expect(found).toBeGreaterThan(1);
  await page.getByRole("button", { name: "Export list…" }).press("Enter");
  await page.getByRole("menuitem", { name: `${found} keys as CSV` }).press("Enter");
  await expect(page.getByText(/keys are in .*Keys\.csv.*, without their secrets\./)).toBeVisible();
  expect(await saved()).toEqual([`saveTable Keys.csv ${found}`]);
  await rows(page).first().locator(".tick").click();
  await page.evaluate(() => window.fake?.fail("saveTable:diskFull:no::1"));
  await page.getByRole("button", { name: "Export list…" }).click();
  await page.getByRole("menuitem", { name: "1 key for Excel" }).click();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect.poll(saved).toEqual([`saveTable Keys.csv ${found}`, "saveTable Keys.xlsx 1"]);
});

test("a pane does not follow from one list to the other", async ({ page, open }) => {
  await open("troubles=none");
  await page.getByText("Acme Cold Storage").first().click();
  await expect(page.locator(".detail")).toBeVisible();
  await toKeys(page);
  await expect(grid(page)).toBeVisible();
  await expect(page.locator(".detail")).toHaveCount(0);
});

test("what could not be read is named below the list and read again by itself", async ({ page, open }) => {
  await open("keys-refused=2&refresh=asked");
  await toKeys(page);
  const names = "2 could not be read: \u2068Acme Cold Storage\u2069, \u2068Baywood Blood Bank\u2069.";
  await expect(page.getByText(names, { exact: false })).toBeVisible();
  await page.getByRole("button", { name: "Read these again" }).press("Enter");
  await expect(page.getByText("could not be read", { exact: false })).toHaveCount(0);
  await expect(grid(page)).toBeFocused();
  expect(await page.evaluate(() => window.fake?.calls.filter((call) => call === "refresh"))).toEqual([]);
  expect(await page.evaluate(() => window.fake?.calls.filter((call) => call === "readSubaccount").length)).toBe(2);
});

test("before anything was read rows to come are shown, and they come with the refresh", async ({ page, open }) => {
  await open("scene=first&hold=refresh");
  await toKeys(page);
  await expect(page.getByText("Reading the keys of your subaccounts from Twilio…")).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.evaluate(() => window.fake?.letGo("refresh"));
  await expect(grid(page)).toBeVisible();
  await expect(page.getByText("All subaccounts were read just now.", { exact: false })).toBeVisible();
});

test("without a connection to Twilio the list says how old it is, and reads nothing again", async ({ page, open }) => {
  await open("scene=offline&keys-refused=1");
  await toKeys(page);
  await expect(page.getByText("Showing what was saved 3 hours ago.", { exact: false })).toBeVisible();
  await expect(grid(page)).toBeVisible();
  await expect(page.getByText("1 could not be read", { exact: false })).toBeVisible();
  await expect(page.getByRole("button", { name: "Read these again" })).toHaveCount(0);
});

test("where there is no key it is said what belongs here", async ({ page, open }) => {
  await open("scene=empty");
  await toKeys(page);
  await expect(page.getByRole("heading", { name: "No keys yet" })).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole("button", { name: "Go to Subaccounts" }).click();
  await expect(page.getByRole("heading", { name: "No subaccounts yet" })).toBeVisible();
});

test("keys that cannot be read from the records say so, with another try", async ({ page, open }) => {
  await open("fail=keys:recordsBroken:no::1&refresh=asked");
  await toKeys(page);
  await expect(page.getByRole("alert")).toBeVisible();
  await page.getByRole("alert").getByRole("button", { name: "Try again" }).press("Enter");
  await expect(grid(page)).toBeVisible();
  await expect(page.getByRole("searchbox")).toBeFocused();
});

test("keys of a thousand subaccounts follow a refresh in few questions", async ({ page, open }) => {
  await open("rows=1000&refresh=asked");
  await toKeys(page);
  await expect(grid(page)).toBeVisible();
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(page.getByText("All subaccounts were read just now.", { exact: false })).toBeVisible();
  const questions = await page.evaluate(() => window.fake?.calls.filter((call) => call === "keys").length);
  expect(questions).toBeLessThan(30);
});

test("every keystroke narrows ten thousand keys", async ({ page, open }) => {
  test.setTimeout(90_000);
  await open("rows=10000&troubles=none&refresh=asked");
  await toKeys(page);
  await expect(grid(page)).toBeVisible({ timeout: 20_000 });
  const search = page.getByRole("searchbox");
  await search.focus();
  let before = Number(await grid(page).getAttribute("aria-rowcount"));
  const took: number[] = [];
  for (const letter of "westfield") {
    await page.evaluate(() => performance.clearMeasures());
    await page.keyboard.type(letter);
    await page.waitForFunction(() => performance.getEntriesByName("keystroke-to-ready").length > 0);
    took.push(await page.evaluate(() => performance.getEntriesByName("keystroke-to-ready")[0]?.duration ?? -1));
    const left = Number(await grid(page).getAttribute("aria-rowcount"));
    expect(left).toBeLessThanOrEqual(before);
    before = left;
  }
  expect(took.every((milliseconds) => milliseconds >= 0)).toBe(true);
  test.info().annotations.push({ type: "milliseconds", description: took.map((one) => one.toFixed(1)).join(" ") });
});

for (const [name, width, height, scheme, text] of [
  ["wide and light", 1280, 800, "light", 100],
  ["wide and dark", 1280, 800, "dark", 100],
  ["small", 800, 560, "light", 100],
  ["small with large text", 800, 560, "dark", 200],
] as const)
  test(`axe finds nothing in the list and its pane, and nothing is cut off sideways: ${name}`, async ({ page, open }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme });
    await open("elsewhere=20&keys-refused=1&refresh=asked");
    await page.evaluate((percent) => (document.documentElement.style.fontSize = `${percent}%`), text);
    await toKeys(page);
    const cutOff = () =>
      page.evaluate(() =>
        [...document.querySelectorAll("html, .list, .detail, .screen, .rail")]
          .filter((element) => element.scrollWidth > element.clientWidth + 1)
          .map((element) => element.className),
      );
    await expect(grid(page)).toBeVisible();
    expect([await accessibilityProblems(page), await cutOff()]).toEqual([[], []]);
    await rows(page).nth(1).click();
    await expect(page.locator(".detail").getByText("Secrets live in")).toBeVisible();
    expect([await accessibilityProblems(page), await cutOff()]).toEqual([[], []]);
  });

test("names that people made to break a window are text", async ({ page, open }) => {
  await open("names=hostile&elsewhere=12&refresh=asked");
  await toKeys(page);
  await expect(grid(page)).toBeVisible();
  await page.getByRole("searchbox").fill("onerror");
  await expect(rows(page).first()).toContainText("<img src=x");
  await expect(page.locator(".list img, .list script")).toHaveCount(0);
  await expect(page).toHaveTitle("Subvault");
});
