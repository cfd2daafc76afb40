import { expect, test } from "./window";

test("how old the list is stands in one line, with a button that keeps its name", async ({ page, open }) => {
  await open("refresh=asked&troubles=none");
  const state = page.getByRole("contentinfo").locator(".state");
  const oneLine = async () => expect((await state.boundingBox())?.height).toBeLessThan(2.5 * 16);
  await expect(state.getByText(/^Read .* ago$/)).toBeVisible();
  await oneLine();
  await state.getByRole("button", { name: "Refresh" }).click();
  await expect(state.getByText("Up to date, read just now")).toBeAttached();
  await expect(state.getByText("Read just now", { exact: true })).toBeVisible();
  await oneLine();
});

test("with less room the rail is signs, whose names are in tooltips and for readers", async ({ page, open }) => {
  await page.setViewportSize({ width: 800, height: 560 });
  await open("troubles=none");
  const rail = page.locator(".rail");
  expect((await rail.boundingBox())?.width).toBeLessThan(5 * 16);
  for (const name of ["Subaccounts", "Needs attention", "Activity", "Backup", "Settings"]) {
    const button = rail.getByRole("button", { name });
    await expect(button).toHaveAttribute("title", name);
    await expect(button.locator("svg")).toBeInViewport({ ratio: 1 });
  }
  await expect(rail.getByRole("region", { name: "Twilio account" })).toHaveAttribute("title", "Northwind Monitoring");
  // All columns fit beside it.
  await expect(page.getByRole("columnheader")).toHaveText(["", "Name", "Status", "Credentials", "This month"]);
});

test("cards stand beside each other on a wide window, and opening a form in one moves none of the others", async ({ page, open }) => {
  await page.setViewportSize({ width: 1600, height: 900 });
  await open("scene=backup");
  await page.getByRole("navigation").getByRole("button", { name: "Backup" }).click();
  const place = async (name: string) => (await page.getByRole("heading", { name, exact: true }).boundingBox()) ?? { x: 0, y: 0 };
  const names = ["Backups", "Recovery passphrase", "Restore a backup"];
  const before = await Promise.all(names.map(place));
  expect(new Set(before.map(({ y }) => y)).size).toBe(1);
  expect(before.map(({ x }) => x)).toEqual([...before.map(({ x }) => x)].sort((left, right) => left - right));
  await page.getByRole("button", { name: "Change…" }).click();
  await expect(page.locator("#change-old")).toBeVisible();
  expect(await Promise.all(names.map(place))).toEqual(before);
  await page.setViewportSize({ width: 800, height: 560 });
  const narrow = await Promise.all(names.map(place));
  expect(new Set(narrow.map(({ x }) => x)).size).toBe(1);
});
