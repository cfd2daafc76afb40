import { expect, test } from "./window";

test("F6 goes from the rail to the list and to the pane, and back", async ({ page, open }) => {
  await open("troubles=none");
  const rail = page.getByRole("navigation").getByRole("button", { name: "Subaccounts" });
  const grid = page.getByRole("grid");
  await page.keyboard.press("F6");
  await expect(rail).toBeFocused();
  await page.keyboard.press("F6");
  await expect(grid).toBeFocused();
  // Without a pane there is nothing behind the list.
  await page.keyboard.press("F6");
  await expect(rail).toBeFocused();
  await grid.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.locator(".detail")).toBeFocused();
  await page.keyboard.press("F6");
  await expect(rail).toBeFocused();
  await page.keyboard.press("Shift+F6");
  await expect(page.locator(".detail")).toBeFocused();
  await page.keyboard.press("Shift+F6");
  await expect(grid).toBeFocused();
});

test("F6 leads past a list that the pane covers, and into every screen", async ({ page, open }) => {
  await page.setViewportSize({ width: 800, height: 560 });
  await open("troubles=none");
  await page.getByText("Acme Cold Storage").first().click();
  await page.keyboard.press("F6");
  await page.keyboard.press("F6");
  await expect(page.locator(".detail")).toBeFocused();
  for (const screen of ["Needs attention", "Settings", "Backup"]) {
    const button = page.getByRole("navigation").getByRole("button", { name: screen });
    await button.click();
    await expect(page.getByRole("heading", { level: 1, name: screen })).toBeFocused();
    await page.keyboard.press("Shift+F6");
    await expect(button).toBeFocused();
    await page.keyboard.press("F6");
    await expect(page.getByRole("heading", { level: 1, name: screen })).toBeFocused();
  }
});

test("Esc gives back one thing at a time: the pane, then the search", async ({ page, open }) => {
  await open("troubles=none");
  const search = page.getByRole("searchbox");
  const grid = page.getByRole("grid");
  await search.fill("acme");
  await search.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.locator(".detail")).toBeFocused();
  await grid.focus();
  await page.keyboard.press("Escape");
  await expect(page.locator(".detail")).toHaveCount(0);
  await expect(search).toHaveValue("acme");
  await expect(grid).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(search).toHaveValue("");
  await expect(grid).toBeFocused();
  await search.fill("acme");
  await search.press("Enter");
  await search.focus();
  await search.press("Escape");
  await expect(page.locator(".detail")).toHaveCount(0);
  await expect(search).toHaveValue("acme");
  await expect(search).toBeFocused();
});

for (const key of ["Shift+F10", "ContextMenu"]) {
  test(`${key} opens the menu of the row that the keys are on`, async ({ page, open }) => {
    await open("troubles=none");
    const grid = page.getByRole("grid");
    await grid.focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press(key);
    const menu = page.getByRole("menu", { name: "Acme Cold Storage" });
    await expect(menu.getByRole("menuitem")).toHaveText(["Rename…", "New API key…", "Copy Account SID", "Suspend…", "Close…"]);
    await expect(menu.getByRole("menuitem", { name: "Rename…" })).toBeFocused();
    await page.keyboard.press("ArrowUp");
    await expect(menu.getByRole("menuitem", { name: "Close…" })).toBeFocused();
    await page.keyboard.press("Home");
    await page.keyboard.press("Escape");
    await expect(menu).toHaveCount(0);
    await expect(grid).toBeFocused();
    await page.keyboard.press(key);
    await page.keyboard.press("End");
    for (let up = 0; up < 2; up++) await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await expect(menu).toHaveCount(0);
    await expect(page.getByText("Account SID copied.")).toBeVisible();
    expect(await page.evaluate(() => window.fake?.clipboard)).toMatch(/^AC[0-9a-f]{32}$/);
    await expect(grid).toBeFocused();
  });
}

test("the menu of a row is there for the mouse, stays in the window, and its dialog gives the focus back to the list", async ({
  page,
  open,
}) => {
  await open("troubles=none");
  const grid = page.getByRole("grid");
  const row = grid.getByRole("row").nth(3);
  const { width } = (await row.boundingBox()) ?? { width: 0 };
  await row.click({ button: "right", position: { x: width - 4, y: 10 } });
  const menu = page.getByRole("menu");
  await expect(menu).toBeInViewport({ ratio: 1 });
  await page.mouse.click(5, 5);
  await expect(menu).toHaveCount(0);
  await row.click({ button: "right" });
  await menu.getByRole("menuitem", { name: "Rename…" }).click();
  await expect(page.getByRole("dialog", { name: /Rename/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(grid).toBeFocused();
});

test("the menu of a suspended subaccount says why it gets no new key, and nothing comes of choosing that", async ({ page, open }) => {
  await open();
  await page
    .getByRole("group", { name: "Show" })
    .getByRole("button", { name: /^Suspended/ })
    .click();
  await page.getByRole("grid").getByRole("row").nth(1).click({ button: "right" });
  const item = page.getByRole("menuitem", { name: "New API key…" });
  await expect(item).toHaveAccessibleDescription("Not while the subaccount is suspended.");
  await item.press("Enter");
  await expect(item).toBeVisible();
  await expect(page.getByRole("dialog", { name: "New API key" })).toHaveCount(0);
});

test("columns leave from the last where there is no room, and the name keeps its own", async ({ page, open }) => {
  await open("troubles=none");
  const heads = page.getByRole("grid").getByRole("columnheader");
  const rem = 16;
  // The ticks stand before all of them, and never leave.
  await expect(heads).toHaveText(["", "Name", "Status", "Credentials", "This month"]);
  await page.getByText("Acme Cold Storage").first().click();
  for (const [across, left] of [
    [1280, ["", "Name", "Status", "Credentials"]],
    [1130, ["", "Name", "Credentials"]],
    [1030, ["", "Name"]],
  ] as const) {
    await page.setViewportSize({ width: across, height: 800 });
    await expect(heads).toHaveText([...left]);
    const { width } = (await heads.nth(1).boundingBox()) ?? { width: 0 };
    expect(width).toBeGreaterThanOrEqual(14 * rem);
    // Those that are there are counted as they are where all are.
    await expect(heads.last()).toHaveAttribute("aria-colindex", left.length === 2 ? "2" : "4");
  }
});
