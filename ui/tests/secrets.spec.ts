import type { Page } from "@playwright/test";
import { expect, test } from "./window";

/** Everything that can be taken along by selecting: by the mouse, by the keys, and by the page's own means. */
async function selected(page: Page): Promise<string> {
  const got: string[] = [];
  const note = async () => void got.push(await page.evaluate(() => String(getSelection())));
  await page.keyboard.press("ControlOrMeta+a");
  await note();
  const box = await page.getByRole("img", { name: "not-a-real" }).first().boundingBox();
  if (box === null) throw new Error("nothing is shown");
  await page.mouse.click(box.x + 5, box.y + box.height / 2, { clickCount: 3 });
  await note();
  await page.mouse.move(box.x - 60, box.y - 30);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width + 20, box.y + box.height + 30, { steps: 5 });
  await page.mouse.up();
  await note();
  await page.evaluate(() => getSelection()?.selectAllChildren(document.body));
  await note();
  return got.join("\n");
}

test("a shown secret cannot be selected, and Ctrl+C on it does what Copy does", async ({ page, open }) => {
  await open("troubles=none");
  await page.getByText("Acme Cold Storage").first().click();
  await page.getByRole("button", { name: "Show API Secret" }).click();
  const secret = page.getByRole("img", { name: "not-a-real-secret" });
  await expect(secret).toBeVisible();
  expect(await selected(page)).not.toContain("not-a-real");
  await page.evaluate(() => getSelection()?.removeAllRanges());
  await secret.focus();
  await page.keyboard.press("Control+c");
  await expect.poll(() => page.evaluate(() => window.fake?.clipboard)).toContain("not-a-real-secret");
  expect(await page.evaluate(() => window.fake?.calls.filter((call) => call === "copyValue").length)).toBe(1);
  await page.getByRole("button", { name: "Hide API Secret" }).click();
  await expect
    .poll(() => page.evaluate(() => window.fake?.calls.filter((call) => call.startsWith("secretOnScreen"))))
    .toEqual(["secretOnScreen true", "secretOnScreen false"]);
});

test("a token that is shown while it is typed stays in a covered box", async ({ page, open }) => {
  await open("scene=disconnected");
  await page
    .getByRole("button", { name: /Connect/ })
    .first()
    .click();
  const box = page.getByLabel("Auth Token", { exact: true });
  await box.fill("not-a-real-token");
  await page.getByRole("button", { name: "Show Auth Token" }).click();
  await expect(page.getByRole("img", { name: "Auth Token: not-a-real-token" })).toBeVisible();
  await expect(box).toHaveAttribute("type", "password");
  expect(await selected(page)).not.toContain("not-a-real");
  await page.evaluate(() => window.dispatchEvent(new Event("blur")));
  await expect(page.getByRole("img", { name: "Auth Token: not-a-real-token" })).toHaveCount(0);
});
