import { expect, test } from "./window";

test("everything is tried when the button is pressed and not before, one thing after the other, and again", async ({ page, open }) => {
  await open("platform=windows");
  await page.getByRole("navigation").getByRole("button", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Check my computer" }).click();
  await expect(page.getByRole("heading", { name: "Check my computer" })).toBeFocused();
  await expect(page.getByRole("navigation").getByRole("button", { name: "Settings" })).toHaveAttribute("aria-current", "page");
  expect(await page.evaluate(() => window.fake?.calls.includes("checkComputer"))).toBe(false);
  await expect(page.getByRole("button", { name: "Copy report for support" })).toBeHidden();

  await page.getByRole("button", { name: "Check now" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Everything works as it should." })).toBeVisible();
  await expect(page.getByRole("heading", { name: /, works$/ })).toHaveCount(6);
  await page.getByRole("button", { name: "Check again" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Everything works as it should." })).toBeVisible();
  expect(await page.evaluate(() => window.fake?.calls.filter((call) => call === "checkComputer").length)).toBe(2);

  await page.getByRole("button", { name: "Copy report for support" }).click();
  await expect(page.getByText("It holds no secrets and no customers’ names.")).toBeVisible();
  expect(await page.evaluate(() => window.fake?.clipboard)).toContain("Keychain: Fine");
  await page.getByRole("button", { name: "Back", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Settings" })).toBeFocused();
});

test("what does not work says what to do, beside it, with a button where one helps", async ({ page, open }) => {
  await open("check=keychain:keychainFull&check=clock:clockWrongZone");
  await page.getByRole("navigation").getByRole("button", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Check my computer" }).click();
  await page.getByRole("button", { name: "Check now" }).click();
  await expect(page.getByText("One thing does not work.", { exact: false })).toBeVisible();
  const keychain = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: /does not work/ }) });
  await expect(keychain).toContainText("is full");
  await expect(keychain.getByText("Details for support")).toBeVisible();
  await keychain.getByRole("button", { name: /^Open / }).click();
  expect(await page.evaluate(() => window.fake?.calls.includes("openLink"))).toBe(true);
  await expect(page.getByRole("listitem").filter({ hasText: "wrong time zone" })).toContainText("2 hours ahead of Twilio’s");
});

test("a keychain that takes long is said to wait for a password box", async ({ page, address }) => {
  await page.goto(`${address}?delay=2&steps=60000`);
  await page.getByRole("navigation").getByRole("button", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Check my computer" }).click();
  await page.getByRole("button", { name: "Check now" }).click();
  await expect(page.getByText("Look for a password box behind this window.", { exact: false })).toBeVisible();
  await expect(page.getByRole("button", { name: "Checking" })).toBeDisabled();
});

test("a failure of the keychain while creating leads to the check, and the way back leads back", async ({ page, open }) => {
  await open("troubles=none&fail=createSubaccount:keychainLocked:no:check:1");
  await page.getByRole("button", { name: "New subaccount" }).click();
  await page.getByLabel("Customer’s name").fill("Blue Ridge Vaccines");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Check my computer" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(page.getByRole("heading", { name: "Check my computer" })).toBeVisible();
  await page.getByRole("button", { name: "Back", exact: true }).click();
  await expect(page.getByRole("searchbox")).toBeVisible();
});

test("without a connection to Twilio the check is there from the sign-in form, and names what is in the way", async ({ page, open }) => {
  await open("scene=welcome&fail=connect:proxy&check=twilio:proxy&check=clock:clockNotCompared");
  await page.getByRole("button", { name: "Connect your Twilio account" }).click();
  await page.getByLabel("Account SID").fill(`AC${"0".repeat(32)}`);
  await page.getByLabel("Auth Token", { exact: true }).fill("0".repeat(32));
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByRole("button", { name: "Check my computer" }).click();
  await page.getByRole("button", { name: "Check now" }).click();
  await expect(page.getByText("Your network’s proxy stopped the connection", { exact: false })).toBeVisible();
  await expect(page.getByRole("heading", { name: /^Clock ?, not found out$/ })).toBeVisible();
  await page.getByRole("button", { name: "Back", exact: true }).click();
  await expect(page.getByLabel("Account SID")).toBeVisible();
});

test("a proxy that wants a sign-in says what to set where, and what it offers", async ({ page, open }) => {
  await open("check=network:proxyOverruled&check=twilio:proxySignInUnsupported");
  await page.getByRole("navigation").getByRole("button", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Check my computer" }).click();
  await page.getByRole("button", { name: "Check now" }).click();
  const settings = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: /^Network settings/ }) });
  await expect(settings).toContainText("HTTPS_PROXY names another proxy");
  await expect(settings).toContainText("through the proxy http://proxy.example:3128");
  await expect(page.getByText("The proxy wants a sign-in that Subvault does not have", { exact: false })).toBeVisible();
});

test("who opens the connection is named before anything is sent, and is asked about once", async ({ page, open }) => {
  await open("scene=welcome&fail=connect:inspected&check=twilio:inspected");
  await page.getByRole("button", { name: "Connect your Twilio account" }).click();
  await page.getByLabel("Account SID").fill(`AC${"0".repeat(32)}`);
  await page.getByLabel("Auth Token", { exact: true }).fill("0".repeat(32));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText("Somebody reads along on the way to Twilio");
  await page.getByRole("alert").getByRole("button", { name: "Check my computer" }).click();
  await page.getByRole("button", { name: "Check now" }).click();
  const twilio = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: /^Connection to Twilio/ }) });
  await expect(twilio).toContainText("Acme Inspection CA opens the connection");
  await twilio.getByRole("button", { name: /^Allow/ }).click();
  await expect(twilio).toContainText("which you allowed");
});

test("a failure that has nothing to do with this computer does not offer to check it", async ({ page, open }) => {
  await open("troubles=none&fail=createSubaccount:nameRefused:no:check:1");
  await page.getByRole("button", { name: "New subaccount" }).click();
  await page.getByLabel("Customer’s name").fill("Blue Ridge Vaccines");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog").getByRole("alert")).toBeVisible();
  await expect(page.getByRole("button", { name: "Check my computer" })).toBeHidden();
});

test("a lost sealing key leads to Backup, where it can be put back", async ({ page, open }) => {
  await open("scene=backup&check=keychain:sealingKeyMissing");
  await page.getByRole("navigation").getByRole("button", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Check my computer" }).click();
  await page.getByRole("button", { name: "Check now" }).click();
  await page.getByRole("listitem").getByRole("button", { name: "Open Backup" }).click();
  await expect(page.getByRole("heading", { name: "Put back what is missing" })).toBeVisible();
});

for (const [problem, words] of [
  ["keychainSeveralItems", "holds several entries of one name"],
  ["keychainEarlierToken", "still holds the Auth Token of an account you disconnected"],
] as const) {
  test(`what is not needed in the keychain (${problem}) is removed by its button, which says how much, and all is tried again`, async ({
    page,
    open,
  }) => {
    await open(`check=keychain:${problem}`);
    await page.getByRole("navigation").getByRole("button", { name: "Settings" }).click();
    await page.getByRole("button", { name: "Check my computer" }).click();
    await page.getByRole("button", { name: "Check now" }).click();
    const keychain = page.getByRole("listitem").filter({ hasText: words });
    const remove = keychain.getByRole("button", { name: "Remove what is not needed" });
    await page.evaluate(() => window.fake?.fail("tidyKeychain:keychainLocked"));
    await remove.press("Enter");
    await expect(page.getByText("is locked", { exact: false }).first()).toBeVisible();
    await page.evaluate(() => window.fake?.mend());
    const checks = () => page.evaluate(() => window.fake?.calls.filter((call) => call === "checkComputer").length);
    expect(await checks()).toBe(1);
    await remove.press("Enter");
    await expect(page.getByText("Removed from Credential Manager: 1 entry.")).toBeVisible();
    await expect.poll(checks).toBe(2);
  });
}
