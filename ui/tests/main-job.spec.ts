import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./window";

const accountSid = `AC${"0".repeat(28)}face`;
const authToken = "0".repeat(31) + "1";

/** Begins to make a subaccount and closes the dialog: it goes on by itself, as slowly as the test wants. */
async function makeInTheBackground(page: Page, name: string): Promise<void> {
  await page.evaluate(() => window.fake?.hold("createSubaccount"));
  await page.getByRole("button", { name: "New subaccount" }).click();
  await page.getByLabel("Customer’s name").fill(name);
  await page.keyboard.press("Enter");
  await expect(page.getByText("Creating the subaccount")).toBeVisible();
  await page.getByRole("button", { name: "Close and let it run" }).click();
}

/** Lets it come to its end; resolves to the notice that says so. */
async function readyInTheBackground(page: Page, name: string): Promise<Locator> {
  await page.evaluate(() => window.fake?.letGo("createSubaccount"));
  const ready = page.getByRole("status").filter({ hasText: `The key is ready for ${name}` });
  await expect(ready).toBeVisible();
  return ready;
}

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
  await expect(card.getByText("Key tested")).toBeVisible();
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

test("putting the hand-over off leaves a visible mark", async ({ page, open }) => {
  await open("troubles=none");
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

test("a name that is taken asks before another is made, and a changed name asks anew", async ({ page, open }) => {
  await open("troubles=none");
  await page.getByRole("button", { name: "New subaccount" }).click();
  const name = page.getByLabel("Customer’s name");
  const create = page.getByRole("button", { name: "Create subaccount" });
  await name.fill("acme cold storage");
  await expect(page.getByText("A subaccount already has this name.")).toBeVisible();
  await expect(create).toBeDisabled();
  await name.press("Enter");
  await page.getByRole("checkbox").check();
  await expect(create).toBeEnabled();
  await name.fill("Acme Cold Storage");
  await expect(page.getByRole("checkbox")).not.toBeChecked();
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
async function giveUpWhileLooking(page: Page, preview: string): Promise<void> {
  await page.evaluate((method) => window.fake?.hold(method), preview);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.evaluate((method) => window.fake?.letGo(method), preview);
}

test("nothing is created once the form is gone, however late its name was looked at", async ({ page, open }) => {
  await open("troubles=none");
  const created = () => page.evaluate(() => window.fake?.calls.filter((call) => call.startsWith("create")));
  await page.getByRole("button", { name: "New subaccount" }).click();
  await page.getByLabel("Customer’s name").fill("Blue Ridge Vaccines");
  await expect(page.getByText("Blue Ridge Vaccines - DicksonOne")).toBeVisible();
  await giveUpWhileLooking(page, "previewSubaccount");
  expect(await created()).toEqual([]);

  await page.getByText("Acme Cold Storage").first().click();
  await page.locator(".detail").getByRole("button", { name: "New API key…" }).click();
  await expect(page.getByLabel("Key name")).toHaveValue("Acme Cold Storage - DicksonOne");
  await giveUpWhileLooking(page, "previewKey");
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
  await expect(card.locator(".steps li")).toHaveText([/Subaccount created/, /API key created/, /saved/i, /tested/i]);
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

test("practice mode is marked on every screen and can be left from any", async ({ page, open }) => {
  await open("scene=welcome");
  await page.getByRole("button", { name: "Try it with made-up data" }).click();
  for (const screen of ["Needs attention", "Activity", "Settings", "Subaccounts"]) {
    await page.getByRole("navigation").getByRole("button", { name: screen }).click();
    await expect(page.getByRole("region", { name: "Practice mode" })).toBeVisible();
  }
  await page.getByRole("region", { name: "Practice mode" }).getByRole("button", { name: "Leave practice" }).click();
  await expect(page.getByRole("heading", { name: "Welcome to Subvault" })).toBeVisible();
  await expect(page.getByText("Practice mode.")).toBeHidden();
});

test("while practice mode is being opened nothing can be begun, that is said, and the focus goes on in it", async ({ page, open }) => {
  await open("troubles=none");
  await page.getByRole("navigation").getByRole("button", { name: "Settings" }).click();
  await page.evaluate(() => window.fake?.hold("openPractice"));
  await page.getByRole("button", { name: "Open practice mode" }).press("Enter");
  await expect(page.getByRole("status").getByText("Opening practice mode")).toBeAttached();
  await expect(page.locator(".whole")).toHaveAttribute("inert", "");
  await page.evaluate(() => window.fake?.letGo("openPractice"));
  await expect(page.getByRole("region", { name: "Practice mode" })).toBeVisible();
  await expect(page.locator(".whole")).not.toHaveAttribute("inert");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByRole("grid")).toBeFocused();

  await page.getByRole("button", { name: "Leave practice" }).press("Enter");
  await expect(page.getByRole("region", { name: "Practice mode" })).toHaveCount(0);
  await expect(page.getByRole("grid")).toBeFocused();
});

test("where practice mode does not open, no key has begun anything meanwhile, and its button has the focus again", async ({
  page,
  open,
}) => {
  await open("troubles=none&fail=openPractice:diskFull");
  await page.getByRole("navigation").getByRole("button", { name: "Settings" }).click();
  const button = page.getByRole("button", { name: "Open practice mode" });
  await page.evaluate(() => window.fake?.hold("openPractice"));
  await button.press("Enter");
  await expect(page.locator(".whole")).toHaveAttribute("inert", "");
  await page.keyboard.press("Control+n");
  await page.keyboard.press("/");
  await page.evaluate(() => window.fake?.letGo("openPractice"));
  await expect(page.getByRole("alert")).toContainText("The disk is full");
  await expect(button).toBeFocused();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("what is answered while practice mode is being left opens nothing, before or afterwards", async ({ page, open }) => {
  await open("scene=practice");
  await page.getByRole("navigation").getByRole("button", { name: "Needs attention" }).click();
  await page.evaluate(() => window.fake?.hold("subaccount"));
  await page.evaluate(() => window.fake?.hold("leavePractice"));
  await page
    .getByRole("main")
    .getByRole("button", { name: /^Hand over…/ })
    .first()
    .click();
  await page.getByRole("button", { name: "Leave practice" }).click();
  await expect(page.locator(".whole")).toHaveAttribute("inert", "");
  await page.evaluate(() => window.fake?.letGo("subaccount"));
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(await page.evaluate(() => window.fake?.calls)).not.toContain("handOverCard");
  await page.evaluate(() => window.fake?.letGo("leavePractice"));
  await expect(page.getByRole("region", { name: "Practice mode" })).toHaveCount(0);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(await page.evaluate(() => window.fake?.calls)).not.toContain("handOverCard");
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
