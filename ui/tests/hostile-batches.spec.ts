import type { Page } from "@playwright/test";
import { hostile } from "./hostile";
import { expect, test } from "./window";

/** What a name has done to the page, if anything. */
function harm(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const { clientWidth, clientHeight, scrollWidth } = document.documentElement;
    if (scrollWidth > clientWidth) found.push(`the page is ${scrollWidth} wide`);
    if (document.querySelector("img, iframe, object, embed, a[href], script:not([src])")) found.push("there is an element of its own");
    for (const dialog of document.querySelectorAll("dialog[open], [role=dialog]")) {
      const { left, top, right, bottom } = dialog.getBoundingClientRect();
      if (left < 0 || top < 0 || right > clientWidth || bottom > clientHeight) found.push("a dialog does not fit into the window");
      if (dialog.scrollWidth > dialog.clientWidth) found.push("a dialog is scrolled sideways");
    }
    for (const part of document.querySelectorAll(".bar, .rows, [role=group]")) {
      if (part.scrollWidth > part.clientWidth + 1) found.push(`${part.className} is scrolled sideways`);
    }
    return found;
  });
}

test.beforeEach(async ({ page }) => {
  test.setTimeout(120_000);
  await page.setViewportSize({ width: 800, height: 560 });
  await page.addInitScript((names) => {
    window.givenNames = names;
  }, hostile);
});

test("hostile names are text in the bar, in the question about all of them, and in what became of each", async ({ page, open }) => {
  await open(`troubles=none&rows=${hostile.length}&names=hostile&refresh=asked&fail=suspendSubaccount:twilioTrouble:no::40`);
  await page.getByRole("grid").focus();
  await page.keyboard.press("Control+a");
  const button = page.getByRole("button", { name: /^Suspend \d/ });
  await expect(button).toBeVisible();
  expect(await harm(page)).toEqual([]);
  await button.click();
  const dialog = page.getByRole("dialog", { name: /^Suspend/ });
  await expect(dialog).toBeVisible();
  expect(await harm(page)).toEqual([]);
  await dialog.getByRole("button", { name: /^Suspend \d/ }).click();
  await expect(page.locator(".rail .block")).toContainText("1 with a result", { timeout: 60_000 });
  await page.keyboard.press("Control+j");
  await page.getByRole("button", { name: /^Show result/ }).click();
  await expect(page.getByRole("dialog", { name: "Result" }).locator("li.failed")).toHaveCount(40);
  expect(await harm(page)).toEqual([]);
});

test("the longest hostile names fit into the question about one of them, with its buttons in view", async ({ page, open }) => {
  const longest = [...hostile].sort((left, right) => right.length - left.length).slice(0, 16);
  await open(`troubles=none&rows=${hostile.length}&names=hostile&refresh=asked`);
  const found: string[] = [];
  for (const name of longest) {
    await page.evaluate((given) => {
      const sid = window.fake?.sids[0] ?? "";
      const row = { sid, name: given, status: "active", keySids: [], saved: 0, unsaved: 0, removed: 0, notHandedOver: 0 } as const;
      const rest = {
        customerNumber: "",
        oldestKeyAt: null,
        tags: [],
        unfinished: 0,
        spend: null,
        spendAsOf: null,
        notReadable: null,
        gone: false,
      };
      window.fake?.emit("rowsChanged", [{ ...row, keySids: [], ...rest }]);
    }, name);
    await page.getByRole("searchbox").fill(await page.evaluate(() => window.fake?.sids[0] ?? ""));
    await page
      .getByRole("grid")
      .getByRole("row")
      .nth(1)
      .click({ button: "right", position: { x: 300, y: 10 } });
    await page.getByRole("menuitem", { name: "Suspend…" }).click();
    await expect(page.getByRole("dialog").locator("button.danger")).toBeInViewport({ ratio: 1 });
    found.push(...(await harm(page)).map((one) => `${JSON.stringify(name)}: ${one}`));
    await page.keyboard.press("Escape");
  }
  expect(found).toEqual([]);
});

test("hostile names are text where a number is moved to them and where they are closed, and no dialog is torn by one", async ({
  page,
  open,
}) => {
  await open(`troubles=none&rows=${hostile.length}&names=hostile&refresh=asked&numbers=2`);
  const suspended = await page.evaluate(() => window.fake?.sids[3] ?? "");
  await page.getByRole("searchbox").fill(suspended);
  await page
    .getByRole("grid")
    .getByRole("row")
    .nth(1)
    .click({ button: "right", position: { x: 300, y: 10 } });
  await page.getByRole("menuitem", { name: "Close…" }).click();
  const dialog = page.getByRole("dialog", { name: /^Close a subaccount/ });
  const becomes = dialog.getByRole("combobox", { name: /^What becomes of/ });
  await expect(becomes).toHaveCount(2);
  const found: string[] = [];
  const sids = await page.evaluate(() => window.fake?.sids ?? []);
  for (const [place, name] of hostile.entries()) {
    if (name.length < 40 && !/[<{\u202e]/.test(name)) continue;
    await becomes.first().selectOption({ label: "Move to another subaccount…" });
    await dialog.getByLabel("Find the subaccount by its name or SID").fill(sids[place] ?? "");
    const buttons = dialog.locator(".picker button");
    // The one that is closed, and those that are not active, are no place for a number.
    if ((await buttons.count()) === 0) {
      await page.keyboard.press("Escape");
      continue;
    }
    found.push(...(await harm(page)).map((one) => `${JSON.stringify(name)}: ${one}`));
    await buttons.first().click();
    found.push(...(await harm(page)).map((one) => `${JSON.stringify(name)}: ${one}`));
    await expect(dialog.getByRole("button", { name: "Leave it suspended" })).toBeInViewport({ ratio: 1 });
  }
  expect(found).toEqual([]);
});
