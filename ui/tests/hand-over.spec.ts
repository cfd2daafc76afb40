import { makeInTheBackground, readyInTheBackground } from "./making";
import { nothingWaits } from "./attention";
import { expect, test } from "./window";

test("a secret is in the page only while it is shown, and is hidden when the window is left", async ({ page, open }) => {
  await open("troubles=none");
  await page.getByText("Acme Cold Storage").first().click();
  const secret = () => page.evaluate(() => document.documentElement.outerHTML.includes("not-a-real-secret"));
  const detail = page.getByRole("region", { name: "Acme Cold Storage" });
  await detail.getByRole("button", { name: "Copy API Secret" }).click();
  await expect.poll(() => page.evaluate(() => window.fake?.clipboard)).toContain("not-a-real-secret");
  expect(await secret()).toBe(false);

  await detail.getByRole("button", { name: "Show API Secret" }).click();
  await expect(detail.getByText(/Hidden again in \d+ s/)).toBeVisible();
  expect(await secret()).toBe(true);
  await page.evaluate(() => window.dispatchEvent(new Event("blur")));
  await expect(detail.getByText(/Hidden again/)).toBeHidden();
  expect(await secret()).toBe(false);
});

test("a secret shown beside the list does not stay beside the card of another customer", async ({ page, open }) => {
  await open("troubles=none");
  await makeInTheBackground(page, "Blue Ridge Vaccines");
  const ready = await readyInTheBackground(page, "Blue Ridge Vaccines");
  await page.getByText("Acme Cold Storage").first().click();
  const detail = page.locator(".detail");
  await detail.getByRole("button", { name: "Show API Secret" }).click();
  await expect(detail.getByRole("img", { name: "not-a-real-secret" })).toBeVisible();
  await ready.getByRole("button", { name: "Hand over…" }).click();
  await expect(page.getByRole("dialog", { name: "Hand over to DicksonOne Blue Ridge Vaccines" })).toBeVisible();
  await expect(detail.getByRole("img", { name: "not-a-real-secret" })).toHaveCount(0);
});

test("a shown secret hides by itself, and the clipboard says when it was cleared", async ({ page, open }) => {
  await open("troubles=none&clipboard=3");
  await page.getByText("Acme Cold Storage").first().click();
  await page.getByRole("button", { name: "Hand over…" }).click();
  const card = page.getByRole("dialog");
  await card.getByRole("button", { name: "Show API Secret" }).click();
  await expect(card.getByText(/Hidden again/)).toBeVisible();
  await card.getByRole("button", { name: "Copy secret" }).click();
  await expect(card.getByText("The clipboard was cleared.")).toBeVisible({ timeout: 10_000 });
  await expect(card.getByText(/Hidden again/)).toBeHidden({ timeout: 10_000 });
  expect(await page.evaluate(() => window.fake?.clipboard)).toBeNull();
});

test("the values come in the order and the words of the chosen service", async ({ page, open }) => {
  await open("troubles=none");
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByLabel("New keys are named and handed over for").selectOption("Tines");
  await page.getByRole("button", { name: "Subaccounts" }).click();
  await page.getByText("Acme Cold Storage").first().click();
  await page.getByRole("button", { name: "Hand over…" }).click();
  const card = page.getByRole("dialog", { name: "Hand over to Tines" });
  await expect(card.locator(".values .label")).toHaveText(["API Key", "Secret", "Account SID"]);
});

for (const { service, boxes, ticked } of [
  { service: "Two boxes", boxes: ["Key", "Password"], ticked: "I have pasted both into Two boxes for Acme Cold Storage" },
  {
    service: "Four boxes",
    boxes: ["Customer", "Account", "Key", "Password"],
    ticked: "I have pasted all four into Four boxes for Acme Cold Storage",
  },
]) {
  test(`a service of another shape is asked what it asks for: ${service}`, async ({ page, open }) => {
    await open("troubles=none");
    await page.getByRole("button", { name: "Settings" }).click();
    await page.getByLabel("New keys are named and handed over for").selectOption(service);
    await page.getByRole("button", { name: "Subaccounts" }).click();
    await page.getByText("Acme Cold Storage").first().click();
    await page.getByRole("button", { name: "Hand over…" }).click();
    const card = page.getByRole("dialog", { name: `Hand over to ${service}` });
    await expect(card.locator(".values .label")).toHaveText(boxes);
    for (const [done, box] of boxes.entries()) {
      await card.getByRole("button", { name: new RegExp(`^Copy.* ${box}$`) }).click();
      await expect(card.locator(".tick.isDone")).toHaveCount(done + 1);
    }
    await card.getByRole("checkbox", { name: ticked }).check();
    await card.getByRole("button", { name: "Done" }).click();
    await expect(page.getByText(`Handed over to ${service}`)).toBeVisible();
  });
}

test("putting the hand-over off leaves a visible mark", async ({ page, open }) => {
  await open(nothingWaits);
  await page.getByRole("button", { name: "New subaccount" }).click();
  await page.getByLabel("Customer’s name").fill("Blue Ridge Vaccines");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Do this later" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.getByRole("searchbox").fill("blue ridge");
  await expect(page.getByText("1 not handed over")).toBeVisible();
  await page.getByRole("button", { name: "Needs attention 1", exact: false }).first().click();
  await page.getByRole("button", { name: "Hand over… Blue Ridge Vaccines" }).click();
  await expect(page.getByRole("dialog", { name: "Blue Ridge Vaccines" })).toBeVisible();
});

test("nothing of one customer stays on the next one’s card: no secret, no tick, no consent", async ({ page, open }) => {
  await open("troubles=none");
  await makeInTheBackground(page, "Blue Ridge Vaccines");
  await page.getByText("Acme Cold Storage").first().click();
  await page.getByRole("button", { name: "Hand over…" }).first().click();
  const acme = page.getByRole("dialog", { name: /Acme Cold Storage/ });
  await acme.getByRole("button", { name: "Copy secret API Secret" }).click();
  await acme.getByRole("button", { name: /^Show/ }).click();
  await acme.getByRole("checkbox").check();
  await expect(acme.getByRole("button", { name: "Done" })).toBeEnabled();
  await expect(acme.getByRole("img", { name: "not-a-real-secret" })).toBeVisible();
  const ready = await readyInTheBackground(page, "Blue Ridge Vaccines");
  await ready.getByRole("button", { name: "Hand over…" }).click();
  const other = page.getByRole("dialog", { name: /Blue Ridge Vaccines/ });
  await expect(other.getByRole("heading")).toContainText("Blue Ridge Vaccines");
  await expect(other.getByRole("img", { name: "not-a-real-secret" })).toHaveCount(0);
  await expect(other.getByText("copied", { exact: true })).toHaveCount(0);
  await expect(other.getByRole("checkbox")).not.toBeChecked();
  await expect(other.getByRole("button", { name: "Done" })).toBeDisabled();
  await page.keyboard.press("Escape");
  await expect(page.getByText("Marked as not handed over yet:")).toBeVisible();
});

test("putting a hand-over off is written down once, and closes no other card that is open by then", async ({ page, open }) => {
  await open("troubles=none");
  await makeInTheBackground(page, "Blue Ridge Vaccines");
  const ready = await readyInTheBackground(page, "Blue Ridge Vaccines");
  await page.getByText("Acme Cold Storage").first().click();
  await page.locator(".detail").getByRole("button", { name: "New API key…" }).click();
  await page.getByLabel("Key name").fill("Acme freezer 7");
  await page.keyboard.press("Enter");
  await expect(
    page.getByRole("dialog", { name: /^Hand over to .*Acme Cold Storage/ }).getByRole("button", { name: "Do this later" }),
  ).toBeVisible();
  await page.evaluate(() => window.fake?.hold("postponeHandOver"));
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await ready.getByRole("button", { name: "Hand over…" }).click();
  const other = page.getByRole("dialog", { name: /Blue Ridge Vaccines/ });
  await expect(other).toBeVisible();
  await page.evaluate(() => window.fake?.letGo("postponeHandOver"));
  await expect(page.getByText("Marked as not handed over yet:")).toBeVisible();
  await expect(other).toBeVisible();
  expect(await page.evaluate(() => window.fake?.calls.filter((call) => call === "postponeHandOver").length)).toBe(1);
});

test("a copied secret is counted down on every screen, once, and moves nothing", async ({ page, open }) => {
  await open("troubles=none");
  const left = page.getByText(/The clipboard is cleared in \d+ s/);
  await page.getByText("Acme Cold Storage").first().click();
  await expect(page.getByText("Up to date", { exact: false })).toBeVisible();
  await expect(page.getByRole("button", { name: "Copy API Secret" })).toBeVisible();
  await expect(page.getByText("Reading keys")).toBeHidden();
  const places = () =>
    page.evaluate(() =>
      [...document.querySelectorAll(".rail *, main, main *")].map((element) => JSON.stringify(element.getBoundingClientRect())),
    );
  const before = await places();
  await page.getByRole("button", { name: "Copy API Secret" }).click();
  await expect(left).toHaveCount(1);
  await expect(left).toBeInViewport({ ratio: 1 });
  expect(await places()).toEqual(before);
  for (const screen of ["Needs attention", "Activity", "Backup", "Settings", "Subaccounts"]) {
    await page.getByRole("navigation").getByRole("button", { name: screen }).click();
    await expect(left, screen).toHaveCount(1);
    await expect(left, screen).toBeInViewport({ ratio: 1 });
  }
  await page.getByRole("button", { name: "New subaccount" }).click();
  await expect(left).toHaveCount(1);
  await expect(page.getByRole("dialog").getByText(/The clipboard is cleared in \d+ s/)).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Hand over…" }).click();
  await expect(left).toHaveCount(1);
  await expect(page.getByRole("dialog").locator("footer")).toContainText(/The clipboard is cleared in \d+ s/);
});

test("when the clipboard was cleared it is said for a moment, and then no more", async ({ page, open }) => {
  await open("troubles=none&clipboard=1");
  await page.getByText("Acme Cold Storage").first().click();
  await page.getByRole("button", { name: "Copy API Secret" }).click();
  await page.getByRole("navigation").getByRole("button", { name: "Activity" }).click();
  await expect(page.getByText("The clipboard was cleared.")).toBeVisible();
  await expect(page.getByText("The clipboard was cleared.")).toBeHidden({ timeout: 10_000 });
});
