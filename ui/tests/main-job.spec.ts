import type { Page } from "@playwright/test";
import { makeInTheBackground, readyInTheBackground } from "./making";
import { expect, test } from "./window";

const accountSid = `AC${"0".repeat(28)}face`;
const authToken = "0".repeat(31) + "1";

test("the whole main job is done with the keyboard alone", async ({ page, open }) => {
  await open("scene=welcome&rows=20&troubles=none");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Connect your Twilio account" })).toBeFocused();
  await page.keyboard.press("Enter");

  await expect(page.getByLabel("Account SID")).toBeFocused();
  await page.keyboard.type(`  "${accountSid}" `);
  await page.keyboard.press("Tab");
  await expect(page.getByLabel("Auth Token", { exact: true })).toBeFocused();
  await page.keyboard.type(authToken);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Subaccounts", exact: true })).toBeVisible();

  await page.keyboard.press("Control+n");
  await expect(page.getByLabel("Customer’s name")).toBeFocused();
  await page.keyboard.type("Blue Ridge Vaccines");
  await expect(page.getByText("Blue Ridge Vaccines - DicksonOne")).toBeVisible();
  await page.keyboard.press("Enter");

  const card = page.getByRole("dialog", { name: "Hand over to DicksonOne Blue Ridge Vaccines" });
  await expect(card).toBeVisible();
  await expect(card.getByText("Key proved")).toBeVisible();
  await expect(card.getByRole("button", { name: "Copy Account SID" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(card.getByRole("listitem").filter({ hasText: "Account SID" }).getByText("copied", { exact: true })).toBeAttached();
  expect(await page.evaluate(() => window.fake?.clipboard)).toMatch(/^AC/);

  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect.poll(() => page.evaluate(() => window.fake?.clipboard)).toMatch(/^SK/);
  await page.keyboard.press("Tab");
  await expect(card.getByRole("button", { name: "Show API Secret" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(card.getByRole("button", { name: "Copy secret API Secret" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect.poll(() => page.evaluate(() => window.fake?.clipboard)).toContain("not-a-real-secret");
  await expect(card.getByText(/The clipboard is cleared in \d+ s/)).toBeVisible();

  await page.keyboard.press("Tab");
  await expect(card.getByRole("button", { name: "Done" })).toBeDisabled();
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(card.getByRole("button", { name: "Done" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(card).toBeHidden();
  await expect(page.getByText("Handed over: Blue Ridge Vaccines")).toBeVisible();
  expect(await page.evaluate(() => window.fake?.calls.filter((call) => call === "recordHandOver").length)).toBe(1);

  await page.keyboard.press("/");
  await page.keyboard.type("ridge");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Blue Ridge Vaccines", exact: true })).toBeVisible();
  await expect(page.getByText("Handed over to DicksonOne")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("grid")).toBeFocused();
});

test("a name that is taken asks before another is made, and a changed name asks anew", async ({ page, open }) => {
  await open("troubles=none");
  await page.getByRole("button", { name: "New subaccount" }).click();
  const name = page.getByLabel("Customer’s name");
  const create = page.getByRole("button", { name: "Create subaccount" });
  await name.fill("acme cold storage");
  await expect(page.getByText("A subaccount already has this name.")).toBeVisible();
  await expect(create).toBeDisabled();
  await name.press("Enter");
  await page.getByRole("dialog").getByRole("checkbox").check();
  await expect(create).toBeEnabled();
  await name.fill("Acme Cold Storage");
  await expect(page.getByRole("dialog").getByRole("checkbox")).not.toBeChecked();
  await expect(create).toBeDisabled();
  expect(await page.evaluate(() => window.fake?.calls.includes("createSubaccount"))).toBe(false);
});

test("a long customer's name keeps the customer when the key's name is cut", async ({ page, open }) => {
  await open("troubles=none");
  await page.getByRole("button", { name: "New subaccount" }).click();
  await page.getByLabel("Customer’s name").fill("The Very Long Name Of A Regional Cold Chain Storage Holding 1");
  await expect(page.getByText("Shortened to fit Twilio’s 64 characters.")).toBeVisible();
  await expect(page.getByText(/^The Very Long.*… - DicksonOne$/)).toBeVisible();
  await page.getByLabel("Customer’s name").fill("x".repeat(65));
  await expect(page.getByText("The name is too long.", { exact: false })).toBeVisible();
  await expect(page.getByRole("button", { name: "Create subaccount" })).toBeDisabled();
});

test("a new key for a customer that exists takes the suggested name and the same safe path", async ({ page, open }) => {
  await open("troubles=none");
  await page.getByText("Baywood", { exact: false }).first().click();
  await page.getByRole("button", { name: "New API key…" }).click();
  await expect(page.getByLabel("Key name")).toHaveValue(/ - DicksonOne$/);
  await expect(page.getByText("Standard", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Create API key" }).click();
  await expect(page.getByRole("dialog", { name: /^Hand over to DicksonOne Baywood/ })).toBeVisible();
});

/** Who asked for something to be made and then closed the form, before the name was looked at. */
async function giveUpWhileLooking(page: Page): Promise<void> {
  await page.evaluate(() => window.fake?.hold("check"));
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.evaluate(() => window.fake?.letGo("check"));
}

test("nothing is created once the form is gone, however late its name was looked at", async ({ page, open }) => {
  await open("troubles=none");
  const created = () => page.evaluate(() => window.fake?.calls.filter((call) => call.startsWith("create")));
  await page.getByRole("button", { name: "New subaccount" }).click();
  await page.getByLabel("Customer’s name").fill("Blue Ridge Vaccines");
  await expect(page.getByText("Blue Ridge Vaccines - DicksonOne")).toBeVisible();
  await giveUpWhileLooking(page);
  expect(await created()).toEqual([]);

  await page.getByText("Acme Cold Storage").first().click();
  await page.locator(".detail").getByRole("button", { name: "New API key…" }).click();
  await expect(page.getByLabel("Key name")).toHaveValue("Acme Cold Storage - DicksonOne");
  await giveUpWhileLooking(page);
  expect(await created()).toEqual([]);
});

for (const [where, place] of [
  ["in the box", "Customer’s name"],
  ["on the button", "Create subaccount"],
] as const) {
  test(`Enter that is held down ${where} creates once, and closes nothing that comes up for it`, async ({ page, open }) => {
    await open("troubles=none");
    await page.getByRole("button", { name: "New subaccount" }).click();
    await page.getByLabel("Customer’s name").fill("Blue Ridge Vaccines");
    await expect(page.getByText("Blue Ridge Vaccines - DicksonOne")).toBeVisible();
    await page.evaluate(() => window.fake?.hold("createSubaccount"));
    await page
      .getByRole("dialog")
      .getByLabel(place)
      .or(page.getByRole("button", { name: place }))
      .focus();
    await page.keyboard.down("Enter");
    await expect(page.getByRole("button", { name: "Close and let it run" })).toBeFocused();
    await page.keyboard.down("Enter");
    await page.keyboard.down("Enter");
    await page.keyboard.up("Enter");
    await page.evaluate(() => window.fake?.letGo("createSubaccount"));
    await expect(page.getByRole("dialog", { name: "Hand over to DicksonOne Blue Ridge Vaccines" })).toBeVisible();
    expect(await page.evaluate(() => window.fake?.calls.filter((call) => call === "createSubaccount").length)).toBe(1);
  });
}

test("closing the dialog lets the creation go on and says when the key is ready", async ({ page, open }) => {
  await open("troubles=none");
  await makeInTheBackground(page, "Blue Ridge Vaccines");
  await expect(page.getByText("Subvault goes on with Blue Ridge Vaccines")).toBeVisible();
  const ready = await readyInTheBackground(page, "Blue Ridge Vaccines");
  await ready.getByRole("button", { name: "Hand over…" }).click();
  await expect(page.getByRole("dialog", { name: "Blue Ridge Vaccines" })).toBeVisible();
});

test("a notice that is dismissed gives the focus to what is there, on the page and in a dialog", async ({ page, open }) => {
  await open("troubles=none&rows=10");
  await makeInTheBackground(page, "Blue Ridge Vaccines");
  await (await readyInTheBackground(page, "Blue Ridge Vaccines")).getByRole("button", { name: "Dismiss" }).press("Enter");
  await expect(page.getByRole("button", { name: "Dismiss" })).toHaveCount(0);
  await expect(page.getByRole("grid")).toBeFocused();

  await makeInTheBackground(page, "Green Ridge Vaccines");
  const ready = await readyInTheBackground(page, "Green Ridge Vaccines");
  await page.getByRole("button", { name: "New subaccount" }).click();
  await ready.getByRole("button", { name: "Dismiss" }).press("Enter");
  await expect(page.getByLabel("Customer’s name")).toBeFocused();
});

test("a form that waited for another creation has the focus once that has ended", async ({ page, open }) => {
  await open("troubles=none&rows=10");
  await makeInTheBackground(page, "Blue Ridge Vaccines");
  await page.getByText("Acme Cold Storage").first().click();
  await page.locator(".detail").getByRole("button", { name: "New API key…" }).click();
  await expect(page.getByRole("button", { name: "Close and let it run" })).toBeFocused();
  await page.evaluate(() => window.fake?.letGo("createSubaccount"));
  await expect(page.getByLabel("Key name")).toBeFocused();
});

test("the steps on a card are those of its own key, whatever else is made meanwhile", async ({ page, open }) => {
  await open("troubles=none");
  await makeInTheBackground(page, "Blue Ridge Vaccines");
  const ready = await readyInTheBackground(page, "Blue Ridge Vaccines");

  await page.evaluate(() => window.fake?.hold("createKey"));
  await page.getByText("Acme Cold Storage").first().click();
  await page.locator(".detail").getByRole("button", { name: "New API key…" }).click();
  await page.getByLabel("Key name").fill("Acme freezer 7");
  await page.keyboard.press("Enter");
  await expect(page.getByText("If you close this, it goes on")).toBeVisible();
  await ready.getByRole("button", { name: "Hand over…" }).click();
  const card = page.getByRole("dialog", { name: "Hand over to DicksonOne Blue Ridge Vaccines" });
  await expect(card.locator(".steps li")).toHaveText([/Subaccount created/, /API key created/, /saved/i, /proved/i]);
});

test("closing while something is not safe asks first, and staying is the default", async ({ page, open }) => {
  await open();
  await page.evaluate(() => window.fake?.askToClose());
  const question = page.getByRole("dialog", { name: "Not everything is safe yet" });
  await expect(question.getByRole("button", { name: "Keep open" })).toBeFocused();
  expect(await page.evaluate(() => window.fake?.calls.includes("asksAboutClosing"))).toBe(true);
  await page.keyboard.press("Enter");
  await expect(question).toBeHidden();
  expect(await page.evaluate(() => window.fake?.calls.includes("quitAnyway"))).toBe(false);
  await page.evaluate(() => window.fake?.askToClose());
  await question.getByRole("button", { name: "Close anyway" }).click();
  await expect.poll(() => page.evaluate(() => window.fake?.calls.includes("quitAnyway"))).toBe(true);
});

test("a question that is asked in the moment after another was answered stays open", async ({ page, open }) => {
  await open();
  await page.evaluate(() => window.fake?.askToClose());
  const question = page.getByRole("dialog", { name: "Not everything is safe yet" });
  await expect(question).toBeVisible();
  const wasClosed = await question.evaluate(async (dialog: HTMLDialogElement) => {
    const heard = new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
    dialog.querySelector<HTMLElement>("[data-cancel]")?.click();
    // The page closes the dialog before this goes on, and the browser says so only after it.
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    const wasClosed = !dialog.open;
    window.fake?.askToClose();
    await heard;
    return wasClosed;
  });
  expect(wasClosed).toBe(true);
  await expect(question.getByRole("button", { name: "Keep open" })).toBeFocused();
});

test("disconnecting says what stays, and what is saved can still be found and copied", async ({ page, open }) => {
  await open("troubles=none");
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Disconnect…" }).click();
  await expect(page.getByText("Saved credentials stay on this computer", { exact: false })).toBeVisible();
  await page.getByRole("button", { name: "Disconnect", exact: true }).click();
  await expect(page.getByText("Not connected", { exact: true })).toBeVisible();
  await page.getByRole("navigation").getByRole("button", { name: "Subaccounts" }).click();
  await page.getByText("Acme Cold Storage").first().click();
  await page.getByRole("button", { name: "Copy API Secret" }).click();
  await expect.poll(() => page.evaluate(() => window.fake?.clipboard)).toContain("not-a-real-secret");
});

test("the window is told once that the first screen has been painted", async ({ page, open }) => {
  await open();
  await expect.poll(() => page.evaluate(() => window.fake?.calls.filter((call) => call === "painted").length)).toBe(1);
});

test("a key is created under the name that was typed, and the customer stays the customer", async ({ page, open }) => {
  await open("troubles=none");
  await page.getByText("Acme Cold Storage").first().click();
  await page.getByRole("button", { name: "New API key…" }).click();
  await expect(page.getByLabel("Key name")).toHaveValue("Acme Cold Storage - DicksonOne");
  await page.getByLabel("Key name").fill("  Acme freezer 7 - DicksonOne ");
  await page.keyboard.press("Enter");
  const card = page.getByRole("dialog", { name: "Hand over to DicksonOne Acme Cold Storage" });
  await card.getByRole("button", { name: "Do this later" }).click();
  await expect(page.locator(".detail").getByRole("heading", { name: "Acme freezer 7 - DicksonOne", exact: true })).toBeVisible();
  await expect(page.locator(".detail").getByRole("heading", { name: "Acme Cold Storage", exact: true })).toBeVisible();
});
