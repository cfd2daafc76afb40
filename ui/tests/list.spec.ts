import { expect, test } from "./window";

test("any SID says whose it is, pasted as people paste", async ({ page, open }) => {
  await open("troubles=none");
  await page.getByText("Acme Cold Storage").first().click();
  await page.getByRole("button", { name: "Copy API SID" }).click();
  const copied = () => page.evaluate(() => window.fake?.clipboard ?? "");
  await expect.poll(copied).toMatch(/^SK/);
  const keySid = await copied();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+f");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.keyboard.insertText(`  “${keySid}”\n`);
  const rows = page.getByRole("grid").getByRole("row");
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText("Acme Cold Storage");
  await expect(rows.nth(1).locator("mark")).toContainText(keySid.slice(-4));
  await page.keyboard.press("Enter");
  await expect(page.getByText("This is the key you searched for.")).toBeVisible();
});

test("the Account SID of one's own account is recognised", async ({ page, open }) => {
  await open();
  await page.getByRole("searchbox").fill(`AC${"0".repeat(28)}face`);
  await expect(page.getByText("This is your own account")).toBeVisible();
  await page.getByRole("searchbox").fill(`AC${"f".repeat(32)}`);
  await expect(page.getByText("No subaccount here has this SID")).toBeVisible();
  await page.getByRole("button", { name: "Show all subaccounts" }).click();
  await expect(page.getByRole("grid")).toHaveAttribute("aria-rowcount", "149");
  await expect(page.getByRole("searchbox")).toBeFocused();
});

test("the counts on the filters are those of the rows they leave", async ({ page, open }) => {
  await open();
  const filters = page.getByRole("group", { name: "Show" }).getByRole("button");
  for (const filter of await filters.all()) {
    const count = Number((await filter.textContent())?.match(/\d+/)?.[0]);
    await filter.click();
    await expect(filter).toHaveAttribute("aria-pressed", "true");
    await expect(page.getByRole("grid")).toHaveAttribute("aria-rowcount", String(count + 1));
  }
});

test("columns sort both ways and the choice is kept", async ({ page, open }) => {
  await open();
  const grid = page.getByRole("grid");
  await grid.getByRole("button", { name: "This month" }).click();
  await expect(grid.getByRole("columnheader", { name: "This month" })).toHaveAttribute("aria-sort", "descending");
  const amounts = async () => (await grid.locator(".body .spend").allTextContents()).map((text) => Number(text.replace(/[^\d.]/g, "")));
  const falling = await amounts();
  expect(falling).toEqual([...falling].sort((left, right) => right - left));
  await grid.getByRole("button", { name: "This month" }).click();
  const rising = await amounts();
  expect(rising).toEqual([...rising].sort((left, right) => left - right));
  expect(await page.evaluate(() => window.fake?.calls.filter((call) => call === "setPreferences").length)).toBe(2);
});

test("keys move through ten thousand rows, and the row they are on is always in view", async ({ page, open }) => {
  await open("rows=10000&troubles=none");
  const grid = page.getByRole("grid");
  await expect(grid).toHaveAttribute("aria-rowcount", "10001");
  await grid.focus();
  for (const [key, index] of [
    ["ArrowDown", 2],
    ["ArrowDown", 3],
    ["End", 10001],
    ["ArrowUp", 10000],
    ["Home", 2],
  ] as const) {
    await page.keyboard.press(key);
    const active = page.locator(".row.active");
    await expect(active).toHaveAttribute("aria-rowindex", String(index));
    await expect(active).toBeInViewport();
    await expect(grid).toHaveAttribute("aria-activedescendant", (await active.getAttribute("id")) ?? "");
  }
  await page.keyboard.press("PageDown");
  await expect(page.locator(".row.active")).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.locator(".detail")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(grid).toBeFocused();
});

for (const rows of [1000, 10_000]) {
  test(`every keystroke narrows the list and is measured, with ${rows} rows`, async ({ page, open }) => {
    test.setTimeout(90_000);
    await open(`rows=${rows}&troubles=none`);
    const grid = page.getByRole("grid");
    await expect(grid).toHaveAttribute("aria-rowcount", String(rows + 1));
    await expect(page.getByText("Up to date", { exact: false })).toBeVisible({ timeout: 20_000 });
    const search = page.getByRole("searchbox");
    for (const text of ["acme cold", "storage", "westfield"]) {
      await search.fill("");
      await search.focus();
      let before = rows + 1;
      for (const letter of text) {
        await page.evaluate(() => performance.clearMeasures());
        await page.keyboard.type(letter);
        await page.waitForFunction(() =>
          ["keystroke-to-ready", "keystroke-to-list"].every((name) => performance.getEntriesByName(name).length > 0),
        );
        const left = await page.evaluate(() => Number(document.querySelector("[role=grid]")?.getAttribute("aria-rowcount") ?? 1));
        expect(left).toBeLessThanOrEqual(before);
        before = left;
      }
      expect(before).toBeLessThan(rows);
    }
  });
}

test("a list that comes back after a search without a hit begins at its first row", async ({ page, open }) => {
  await open("rows=1000&troubles=none");
  const grid = page.getByRole("grid");
  await grid.focus();
  await page.keyboard.press("End");
  await expect(page.locator(".row.active")).toHaveAttribute("aria-rowindex", "1001");
  await page.getByRole("searchbox").fill("nobody");
  await expect(page.getByText("Nothing found")).toBeVisible();
  await expect(grid).toHaveCount(0);
  await page.getByRole("button", { name: "Show all subaccounts" }).click();
  await expect(grid).toHaveAttribute("aria-rowcount", "1001");
  await expect(grid.locator(".body .row").first()).toHaveAttribute("aria-rowindex", "2");
  await expect(grid.locator(".body .row").first()).toBeInViewport();
});

test("typing creates no row elements", async ({ page, open }) => {
  await open("rows=1000&troubles=none");
  await expect(page.getByText("Up to date", { exact: false })).toBeVisible();
  await page.evaluate(() => {
    const body = document.querySelector(".grid .window");
    const counted = window as unknown as { added: number };
    counted.added = 0;
    if (body !== null) {
      new MutationObserver((changes) => {
        for (const change of changes)
          for (const node of change.addedNodes) if (node instanceof HTMLElement && node.matches("[role=row]")) counted.added += 1;
      }).observe(body, { childList: true });
    }
  });
  await page.getByRole("searchbox").pressSequentially("a", { delay: 20 });
  await page.getByRole("searchbox").press("Backspace");
  await page.getByRole("searchbox").fill("nobody");
  await expect(page.getByText("Nothing found")).toBeVisible();
  await page.getByRole("searchbox").fill("");
  await expect(page.getByRole("grid")).toBeVisible();
  expect(await page.evaluate(() => (window as unknown as { added: number }).added)).toBe(0);
});

test("offline, everything saved is shown with its age, found, copied and shown", async ({ page, open }) => {
  await open("scene=offline&troubles=none");
  await expect(page.getByText("Twilio cannot be reached. Showing what was saved 3 hours ago.", { exact: false })).toBeVisible();
  await expect(page.getByText("Offline. Showing what was saved 3 hours ago")).toBeVisible();
  await page.getByRole("searchbox").fill("acme cold");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Copy API Secret" }).click();
  await expect.poll(() => page.evaluate(() => window.fake?.clipboard)).toContain("not-a-real-secret");
  await page.getByRole("button", { name: "Show API Secret" }).click();
  await expect(page.getByText(/Hidden again/)).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await page.evaluate(() => window.fake?.setOffline(false));
  // There is one, where everything is read anew.
  await page.getByRole("button", { name: "Try again" }).press("Enter");
  await expect(page.getByRole("contentinfo").getByRole("button", { name: "Refresh" })).toBeFocused();
  await expect(page.getByText("Up to date", { exact: false })).toBeVisible();
});

test("what is read out about being offline does not change with the time that passes", async ({ page, open }) => {
  await open("scene=offline&troubles=none");
  await expect(page.getByRole("status").filter({ hasText: "Twilio cannot be reached" })).toHaveText("Twilio cannot be reached.");
});

test("the focus stays on the button that reads anew and stops", async ({ page, open }) => {
  await open("refresh=asked&troubles=none&delay=1000");
  await page.getByRole("button", { name: "Refresh" }).press("Enter");
  const stop = page.getByRole("button", { name: "Stop" });
  await expect(stop).toBeFocused();
  await stop.press("Enter");
  await expect(page.getByRole("button", { name: "Refresh" })).toBeFocused();
});

test("the first reading shows that it is reading, then the rows", async ({ page, address }) => {
  await page.goto(`${address}?scene=first&delay=1000&rows=60&troubles=none&hold=refresh`);
  await expect(page.getByText("Reading your subaccounts from Twilio…")).toBeVisible();
  await page.evaluate(() => void window.fake?.letGo("refresh"));
  await expect(page.getByRole("grid")).toHaveAttribute("aria-rowcount", "61");
  await expect(page.getByText("Not read yet").first()).toBeVisible();
  await expect(page.getByRole("progressbar")).toBeVisible();
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page.getByText("Stopped. Not everything was read")).toBeVisible();
});

test("a refresh that could not read some subaccounts says how many, and can be tried again", async ({ page, open }) => {
  await open("unread=3");
  await expect(page.getByText("3 subaccounts could not be read this time")).toBeVisible();
  await expect(page.getByText("Up to date", { exact: false })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
});

test("a subaccount whose usage Twilio refuses says so in its row and its pane, and everything counts as read", async ({ page, open }) => {
  await open("refused=1&troubles=none");
  await expect(page.getByText(/Up to date, read .*\. Of 1 subaccount, a part cannot be read/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Refresh" })).toBeVisible();
  const row = page.getByRole("row", { name: /Acme Cold Storage/ });
  await expect(row).toContainText("Twilio said 404");
  await row.click();
  const pane = page.getByRole("region", { name: /Acme Cold Storage/ });
  await expect(pane).toContainText("This month’s usage of this subaccount cannot be read. Twilio refused it (404, code 20404)");
  await expect(pane).toContainText("The requested resource was not found");
});

test("odd rows of the list are counted, and those without a SID are named", async ({ page, open }) => {
  await open("odd=4&no-sid=Kiosk%E2%80%AE");
  await expect(
    page.getByText("4 rows of Twilio’s list are not as they should be, and are shown as far as they can be read."),
  ).toBeVisible();
  await expect(
    page.getByText("1 row has no Account SID that can be read, and cannot be shown: “\u2068Kiosk[U+202E]\u2069”.", { exact: false }),
  ).toBeVisible();
});

test("with reading at the start switched off, nothing is read until somebody asks", async ({ page, open }) => {
  await open("refresh=asked&troubles=none");
  await expect(page.getByText(/^Read .* ago$/)).toBeVisible();
  await page.getByRole("button", { name: "Settings" }).click();
  const reads = page.getByRole("checkbox", { name: "Read everything from Twilio when Subvault opens or is unlocked" });
  await expect(reads).not.toBeChecked();
  await reads.check();
  await reads.uncheck();
  expect(await page.evaluate(() => window.fake?.calls)).not.toContain("refresh");
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(page.getByText("Up to date", { exact: false })).toBeVisible();
  expect(await page.evaluate(() => window.fake?.calls)).toContain("refresh");
});

test("an account without subaccounts says what one is for", async ({ page, open }) => {
  await open("scene=empty");
  await expect(page.getByRole("heading", { name: "No subaccounts yet" })).toBeVisible();
  await page.locator(".empty").getByRole("button", { name: "New subaccount" }).click();
  await expect(page.getByRole("dialog", { name: "New subaccount" })).toBeVisible();
});

test("a first reading that does not work says why", async ({ page, open }) => {
  await open("scene=first&fail=refresh:twilioTrouble");
  const list = page.getByRole("region", { name: "Subaccounts" });
  await expect(list.getByText("Twilio has trouble at the moment")).toBeVisible();
  await expect(list.getByRole("button", { name: "Open Twilio’s status page" })).toBeVisible();
  await page.evaluate(() => window.fake?.mend());
  await list.getByRole("button", { name: "Try again" }).press("Enter");
  await expect(page.getByRole("heading", { name: "Subaccounts" })).toBeFocused();
  await expect(page.getByRole("grid")).toBeVisible();
});

test("a first reading that was stopped before anything was read can be begun from where the list will be", async ({ page, address }) => {
  await page.goto(`${address}?scene=first&delay=20&troubles=none&hold=refresh`);
  await page.getByRole("button", { name: "Stop" }).press("Enter");
  await page.evaluate(() => window.fake?.letGo("refresh"));
  await page.getByRole("button", { name: "Read them now" }).press("Enter");
  await expect(page.getByRole("heading", { name: "Subaccounts" })).toBeFocused();
  await expect(page.getByRole("grid")).toBeVisible();
});

test("saved subaccounts that could not be read are tried again without losing the place", async ({ page, open }) => {
  await open("troubles=none&refresh=asked");
  await page.evaluate(() => window.fake?.fail("subaccounts:recordsBroken"));
  await page.getByRole("button", { name: "Refresh" }).click();
  const list = page.getByRole("region", { name: "Subaccounts" });
  await expect(list.getByRole("alert")).toBeVisible();
  // It has read to its end: nothing but Try again reads the list now.
  await expect(page.getByRole("contentinfo").getByRole("button", { name: "Refresh" })).toBeVisible();
  await page.evaluate(async () => {
    await window.fake?.letGo("subaccounts");
    window.fake?.mend();
  });
  await list.getByRole("button", { name: "Try again" }).press("Enter");
  await expect(page.getByRole("searchbox")).toBeFocused();
});

test("a sign-in that Twilio no longer takes leads to connecting again", async ({ page, open }) => {
  await open("fail=refresh:notConnected&troubles=none");
  await page.getByRole("alert").getByRole("button", { name: "Connect again" }).click();
  await expect(page.getByRole("heading", { name: "Connect your Twilio account" })).toBeVisible();
  await page.getByRole("button", { name: "Back" }).click();
  await expect(page.getByRole("grid")).toBeVisible();
});

test("at the smallest size the detail covers the list and leads back to it", async ({ page, open }) => {
  await page.setViewportSize({ width: 800, height: 560 });
  await open("troubles=none");
  await page.getByText("Acme Cold Storage").first().click();
  await expect(page.getByRole("button", { name: "Back", exact: true })).toBeVisible();
  await expect(page.locator("section.list")).toHaveAttribute("inert", "");
  await page.getByRole("button", { name: "Back", exact: true }).click();
  await expect(page.getByRole("grid")).toBeFocused();
});

test("a row says how many keys there are and of how many the secret is here, also while something is more pressing", async ({
  page,
  open,
}) => {
  await open();
  const row = async (name: string) => {
    await page.getByRole("searchbox").fill(name);
    return page.getByRole("grid").getByRole("row").nth(1).locator(".credentials");
  };
  await expect(await row("Baywood Blood Bank")).toHaveText(/^\s*1 key, made elsewhere\s*$/);
  const first = page.getByRole("grid").getByRole("row").nth(1);
  await page.getByRole("searchbox").fill("");
  await page
    .getByRole("group", { name: "Show" })
    .getByRole("button", { name: /^Needs attention/ })
    .click();
  const waiting = page.getByRole("grid").getByRole("row").filter({ hasText: "1 not handed over" });
  await expect(waiting.first().locator(".credentials")).toContainText(/\d+ keys?, saved here/);
  await expect(first).toBeVisible();
});

test("with large text in a small window the spend is still there, to see and to sort by", async ({ page, open }) => {
  await page.setViewportSize({ width: 800, height: 560 });
  await page.addInitScript(() => document.addEventListener("DOMContentLoaded", () => (document.documentElement.style.fontSize = "200%")));
  await open("troubles=none");
  const grid = page.getByRole("grid");
  await expect(grid.getByRole("columnheader", { name: "This month" })).toBeHidden();
  await page.getByLabel("Sort by").selectOption("This month");
  const amounts = async () => (await grid.locator(".body .amount").allTextContents()).map((text) => Number(text.replace(/[^\d.]/g, "")));
  await expect(grid.locator(".body .amount").first()).toBeVisible();
  const falling = await amounts();
  expect(falling.length).toBeGreaterThan(2);
  expect(falling).toEqual([...falling].sort((left, right) => right - left));
  await page.getByRole("button", { name: "Turn the order round" }).click();
  const rising = await amounts();
  expect(rising).toEqual([...rising].sort((left, right) => left - right));
  await page.getByRole("searchbox").fill("Acme Cold");
  await page.keyboard.press("Enter");
  await expect(page.locator(".detail").getByText("This month")).toBeVisible();
  await expect(page.locator(".detail .spend b")).toHaveText(/^\$\d+\.\d\d$/);
});

test("a suspended subaccount gets no new key, and it is said why", async ({ page, open }) => {
  await open();
  await page
    .getByRole("group", { name: "Show" })
    .getByRole("button", { name: /^Suspended/ })
    .click();
  await page.getByRole("grid").getByRole("row").nth(1).click();
  const make = page.locator(".detail").getByRole("button", { name: "New API key…" });
  await expect(make).toBeDisabled();
  await expect(make).toHaveAccessibleDescription("Not while the subaccount is suspended.");
});
