import { sentences } from "../src/failures";
import type { FailureKind, StepName } from "../src/wire";
import { expect, test } from "./window";

const kinds = Object.keys(sentences) as FailureKind[];
const words = (kind: FailureKind) => sentences[kind]({ subject: null, keychain: "Credential Manager", secretWaits: false });

const accountSid = `AC${"0".repeat(28)}face`;

test("every failure of connecting is said in words, next to the right box, with something to do", async ({ page, open }) => {
  test.setTimeout(90_000);
  await open("scene=welcome");
  await page.getByRole("button", { name: "Connect your Twilio account" }).click();
  const sid = page.getByLabel("Account SID");
  const token = page.getByLabel("Auth Token", { exact: true });
  for (const kind of kinds) {
    await page.evaluate((plan) => {
      window.fake?.mend();
      window.fake?.fail(plan);
    }, `connect:${kind}`);
    await sid.fill(accountSid);
    await token.fill("0".repeat(32));
    await token.press("Enter");
    const { title } = words(kind);
    await expect(page.locator(".failure .title, .field .words b").filter({ hasText: title }), kind).toBeVisible();
    const besideSid = (await sid.getAttribute("aria-invalid")) === "true";
    const besideToken = (await token.getAttribute("aria-invalid")) === "true";
    if (besideSid) await expect(sid, kind).toBeFocused();
    else if (besideToken) await expect(token, kind).toBeFocused();
    else expect(await page.getByRole("alert").getByRole("button").count(), kind).toBeGreaterThan(0);
  }
  expect(await page.evaluate(() => window.fake?.calls.includes("refresh"))).toBe(false);
});

test("an API key in the box of the Account SID is told apart from a mistyped SID", async ({ page, open }) => {
  await open("scene=welcome");
  await page.getByRole("button", { name: "Connect your Twilio account" }).click();
  await page.getByLabel("Account SID").fill(`SK${"0".repeat(32)}`);
  await page.keyboard.press("Enter");
  await expect(page.getByText("This is an API key, not the account.")).toBeVisible();
  await page.getByLabel("Account SID").fill("AC12");
  await page.keyboard.press("Enter");
  await expect(page.getByText("This is not a whole Account SID.")).toBeVisible();
});

test("a check that takes long can be left, and its late answer does not take the screen away", async ({ page, address }) => {
  await page.goto(`${address}?scene=welcome&delay=2&steps=600&rows=5&fail=connect:wrongSignIn`);
  await page.getByRole("button", { name: "Connect your Twilio account" }).click();
  await page.getByLabel("Account SID").fill(accountSid);
  await page.getByLabel("Auth Token", { exact: true }).fill("0".repeat(32));
  await page.keyboard.press("Enter");
  await expect(page.getByText("Asking Twilio")).toBeVisible();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("heading", { name: "Welcome to Subvault" })).toBeVisible();
  await page.waitForTimeout(900);
  await expect(page.getByRole("heading", { name: "Welcome to Subvault" })).toBeVisible();
});

test("every failure of creating stays in the dialog, in words, with a button", async ({ page, open }) => {
  test.setTimeout(120_000);
  await open("troubles=none");
  let number = 0;
  for (const kind of kinds) {
    await page.evaluate((plan) => {
      window.fake?.mend();
      window.fake?.fail(plan);
    }, `createSubaccount:${kind}:no:check:1`);
    await page.keyboard.press("Control+n");
    await page.getByLabel("Customer’s name").fill(`Customer ${++number}`);
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await expect(dialog.locator(".failure .title").filter({ hasText: words(kind).title }), kind).toBeVisible();
    await expect(dialog.getByRole("alert").getByText("Nothing was changed at Twilio.", { exact: false }), kind).toBeVisible();
    expect(await dialog.getByRole("alert").getByRole("button").count(), kind).toBeGreaterThan(0);
    await dialog.getByRole("button", { name: "Close" }).last().click();
    await expect(dialog).toBeHidden();
  }
});

const steps: StepName[] = ["createSubaccount", "createKey", "seal", "saveInKeychain", "nameKey", "prove"];
for (const step of steps) {
  test(`a creation that stops at ${step} shows the half-made thing, and Finish makes no second one`, async ({ page, open }) => {
    await open(`troubles=none&rows=10&fail=createSubaccount:connectionLost:unknown:${step}:1`);
    await page.getByRole("button", { name: "New subaccount" }).click();
    await page.getByLabel("Customer’s name").fill("Blue Ridge Vaccines");
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Blue Ridge Vaccines" });
    await expect(dialog.getByText("The connection broke off")).toBeVisible();
    await expect(dialog.getByText("It is not certain whether anything was changed at Twilio.", { exact: false })).toBeVisible();
    await dialog.getByRole("button", { name: "Finish" }).click();
    await expect(page.getByRole("dialog", { name: "Hand over to DicksonOne Blue Ridge Vaccines" })).toBeVisible();
    const created = await page.evaluate(() => window.fake?.calls.filter((call) => call === "createSubaccount").length);
    expect(created).toBe(1);
    await page.getByRole("button", { name: "Do this later" }).click();
    await expect(page.getByRole("dialog")).toBeHidden();
    await page.getByRole("searchbox").fill("Blue Ridge");
    await expect(page.getByRole("grid")).toHaveAttribute("aria-rowcount", "2");
  });
}

test("a half-made key can be deleted at Twilio, but only after a question that names the customer", async ({ page, open }) => {
  await open("troubles=none&rows=10&fail=createSubaccount:keychainLocked:yes:saveInKeychain:1");
  await page.getByRole("button", { name: "New subaccount" }).click();
  await page.getByLabel("Customer’s name").fill("Blue Ridge Vaccines");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Delete this key at Twilio" }).click();
  const question = page.getByRole("dialog", { name: "Delete this key at Twilio Blue Ridge Vaccines" });
  await expect(question).toBeVisible();
  await expect(question.getByText(/SK0000…/)).toBeVisible();
  await expect(question.getByRole("button", { name: "Keep it" })).toBeFocused();
  await question.getByRole("button", { name: "Delete the key" }).click();
  await expect(page.getByText("The key was deleted at Twilio.")).toBeVisible();
});

test("what is unfinished waits under Needs attention, and is finished from there", async ({ page, open }) => {
  await open("rows=40");
  await page.getByRole("navigation").getByRole("button", { name: "Needs attention" }).click();
  await expect(page.getByRole("heading", { name: "Needs attention" })).toBeFocused();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("dialog", { name: /^Hand over to DicksonOne/ })).toBeVisible();
});

test("a copy that does not work says so and can be tried again", async ({ page, open }) => {
  await open("troubles=none&fail=copyValue:clipboardUnavailable:no::1");
  await page.getByText("Acme Cold Storage").first().click();
  await page.getByRole("button", { name: "Copy API Secret" }).click();
  await expect(page.getByText("The clipboard could not be used")).toBeVisible();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("The clipboard could not be used")).toBeHidden();
  await expect.poll(() => page.evaluate(() => window.fake?.clipboard)).toContain("not-a-real-secret");
});

test("a secret that is gone from the keychain leads to a new key", async ({ page, open }) => {
  await open("troubles=none&fail=showSecret:secretNotFound");
  await page.getByText("Acme Cold Storage").first().click();
  await page.getByRole("button", { name: "Show API Secret" }).click();
  await expect(page.getByText("The secret is no longer there")).toBeVisible();
  await page.getByRole("alert").getByRole("button", { name: "New API key…" }).click();
  await expect(page.getByRole("dialog", { name: "New API key for Acme Cold Storage" })).toBeVisible();
});

test("a start that does not work says why and can be tried again", async ({ page, open }) => {
  await open("fail=start:recordsInUse:no::1");
  await expect(page.getByText("Subvault is already open")).toBeVisible();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("grid")).toBeVisible();
});

test("a hand-over that could not be recorded keeps the card open", async ({ page, open }) => {
  await open("troubles=none&fail=recordHandOver:diskFull:no::1");
  await page.getByText("Acme Cold Storage").first().click();
  await page.getByRole("button", { name: "Hand over…" }).click();
  const card = page.getByRole("dialog");
  await card.getByRole("checkbox").check();
  await card.getByRole("button", { name: "Done" }).click();
  await expect(card.getByText("The disk is full")).toBeVisible();
  await card.getByRole("button", { name: "Try again" }).click();
  await expect(card).toBeHidden();
});
