import type { Page } from "@playwright/test";
import { openUnfinished } from "./attention";
import { expect, test } from "./window";

const passphrase = "correct horse battery staple";
const customer = "Acme Cold Storage";

const heading = (page: Page) => page.getByRole("heading", { name: "Subvault is locked" });
const box = (page: Page) => page.getByLabel("Recovery passphrase");

async function unlock(page: Page): Promise<void> {
  await box(page).fill(passphrase);
  await page.keyboard.press("Enter");
  await expect(page.getByText(customer).first()).toBeVisible();
}

test("locking leaves no name on the screen, in the title or in the page, and the passphrase brings all back", async ({ page, open }) => {
  await open();
  await page.getByText(customer).first().click();
  await page.keyboard.press("Control+l");
  await expect(heading(page)).toBeVisible();
  await expect(box(page)).toBeFocused();
  const left = await page.evaluate(() => document.documentElement.outerHTML + document.title);
  for (const name of [customer, "Northwind", "AC0000", "SK0000"]) expect(left).not.toContain(name);
  await unlock(page);
  await expect(page.getByRole("heading", { name: "Subaccounts" })).toBeVisible();
});

test("the button in the rail locks as well", async ({ page, open }) => {
  await open("lock=system");
  await page.getByRole("button", { name: "Lock now" }).click();
  await page.getByRole("button", { name: "Unlock with Windows Hello" }).click();
  await expect(page.getByText(customer).first()).toBeVisible();
});

test("a wrong passphrase is said so, and after the third there is a wait that counts down", async ({ page, open }) => {
  await open("locked");
  for (let wrong = 0; wrong < 3; wrong += 1) {
    await box(page).fill("something else");
    await page.keyboard.press("Enter");
    if (wrong < 2) await expect(page.getByText("That is not the passphrase")).toBeVisible();
    await expect(page.getByText("Checking")).toHaveCount(0);
  }
  await expect(page.getByText(/You can try again in \d s/)).toBeVisible();
  await page.keyboard.press("Enter");
  const tries = () => page.evaluate(() => window.fake?.calls.filter((call) => call === "unlockWithPassphrase").length);
  expect(await tries()).toBe(3);
  await expect(page.getByText(/You can try again/)).toHaveCount(0, { timeout: 8_000 });
  await unlock(page);
});

test("the whole lock screen works by keyboard alone", async ({ page, open }) => {
  await open("locked&lock=system,passphrase");
  await expect(box(page)).toBeFocused();
  await page.keyboard.type(passphrase);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Show the passphrase" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Unlock", exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByText(customer).first()).toBeVisible();
});

test("a question of the system’s that is answered after the passphrase unlocked starts nothing anew", async ({ page, open }) => {
  await open("locked&lock=system,passphrase");
  await page.evaluate(() => window.fake?.hold("unlockWithSystem"));
  await page.getByRole("button", { name: "Unlock with Windows Hello" }).click();
  await unlock(page);
  await page.getByRole("searchbox").fill("acme");
  const starts = () => page.evaluate(() => window.fake?.calls.filter((call) => call === "start").length);
  const before = await starts();
  await page.evaluate(() => window.fake?.letGo("unlockWithSystem"));
  expect(await starts()).toBe(before);
  await expect(page.getByRole("searchbox")).toHaveValue("acme");
});

test("while it is locked the page asks for nothing but the ways to unlock", async ({ page, open }) => {
  await open("locked");
  await page.keyboard.press("Control+n");
  await page.keyboard.press("/");
  const calls = await page.evaluate(() => window.fake?.calls ?? []);
  expect(calls.filter((call) => !["start", "lockState", "laidOut", "painted", "active"].includes(call))).toEqual([]);
});

test("before a secret is shown they say again who they are, and cancelling shows nothing", async ({ page, open }) => {
  await open("stale");
  await page.getByText(customer).first().click();
  const show = page.getByRole("button", { name: "Show API Secret" });
  await show.click();
  const question = page.getByRole("dialog", { name: "Confirm that it is you" });
  await expect(box(page)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(question).toBeHidden();
  await expect(page.getByText("It was not confirmed")).toBeVisible();
  await expect(page.getByText(/Hidden again/)).toHaveCount(0);
  await show.click();
  await box(page).fill(passphrase);
  await page.keyboard.press("Enter");
  await expect(page.getByText(/Hidden again/)).toBeVisible();
});

test("without a way to unlock it says so, and locking does nothing else", async ({ page, open }) => {
  await open("lock=none");
  await page.keyboard.press("Control+l");
  await expect(page.getByText("Subvault cannot lock yet.")).toBeVisible();
  await page.getByRole("navigation").getByRole("button", { name: "Settings" }).click();
  await expect(page.getByText("Subvault does not lock yet.")).toBeVisible();
  await page.getByRole("button", { name: "Set a recovery passphrase…" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Backup");
});

test("the chosen times are kept, and the clipboard counts down from its own", async ({ page, open }) => {
  await open();
  await page.getByRole("navigation").getByRole("button", { name: "Settings" }).click();
  await page.getByLabel("Take a copied secret off the clipboard after").selectOption("90");
  await page.getByLabel("Lock when nobody does anything for").selectOption("15");
  await page.getByRole("navigation").getByRole("button", { name: "Subaccounts" }).click();
  await page.getByText(customer).first().click();
  await page.getByRole("button", { name: "Copy API Secret" }).first().click();
  await expect(page.getByText(/The clipboard is cleared in (90|89|88) s/).first()).toBeVisible();
  await page.getByRole("navigation").getByRole("button", { name: "Settings" }).click();
  await expect(page.getByLabel("Lock when nobody does anything for")).toHaveValue("15");
});

test("moving and typing tells that somebody is there, and not at every move", async ({ page, open }) => {
  await open();
  for (let move = 0; move < 30; move += 1) await page.mouse.move(100 + move, 100 + move);
  await page.getByRole("searchbox").fill("acme");
  const told = await page.evaluate(() => window.fake?.calls.filter((call) => call === "active").length);
  expect(told).toBe(1);
});

test("before keys are exported they say again who they are, and cancelling writes nothing", async ({ page, open }) => {
  await open("stale&scene=backup");
  await page.getByRole("navigation").getByRole("button", { name: "Backup" }).click();
  await page.getByLabel("Bitwarden").check();
  const save = page.getByRole("button", { name: "Save readable secrets…" });
  await save.click();
  await page.getByRole("dialog").getByRole("button", { name: "Save readable secrets…" }).click();
  const question = page.getByRole("dialog", { name: "Confirm that it is you" });
  await expect(question.getByLabel("Recovery passphrase")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByText("It was not confirmed")).toBeVisible();
  await expect(page.getByText("This file holds readable secrets:")).toHaveCount(0);
  await page.getByRole("dialog").getByRole("button", { name: "Save readable secrets…" }).click();
  await question.getByLabel("Recovery passphrase").fill(passphrase);
  await page.keyboard.press("Enter");
  await expect(page.getByText("This file holds readable secrets:")).toBeVisible();
});

test("before an unfinished key is deleted they say again who they are, and cancelling deletes nothing", async ({ page, open }) => {
  await open("stale&rows=40");
  const unfinished = await openUnfinished(page);
  await unfinished.getByRole("button", { name: "Delete this key at Twilio" }).click();
  const asked = page.getByRole("dialog", { name: /^Delete this key at Twilio/ });
  await asked.getByRole("button", { name: "Delete the key" }).click();
  const question = page.getByRole("dialog", { name: "Confirm that it is you" });
  await expect(question.getByLabel("Recovery passphrase")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(asked.getByText("It was not confirmed")).toBeVisible();
  await expect(unfinished).toHaveCount(1);
  await asked.getByRole("button", { name: "Delete the key" }).click();
  await question.getByLabel("Recovery passphrase").fill(passphrase);
  await page.keyboard.press("Enter");
  await expect(page.getByText("The key was deleted at Twilio.")).toBeVisible();
  await expect(unfinished).toHaveCount(0);
});

test("the question about closing lies over everything, also where they were asked who they are", async ({ page, open }) => {
  await open("stale&rows=40");
  await (await openUnfinished(page)).getByRole("button", { name: "Delete this key at Twilio" }).click();
  await page
    .getByRole("dialog", { name: /^Delete this key at Twilio/ })
    .getByRole("button", { name: "Delete the key" })
    .click();
  const confirm = page.getByRole("dialog", { name: "Confirm that it is you" });
  await expect(confirm.getByLabel("Recovery passphrase")).toBeFocused();
  await page.evaluate(() => window.fake?.askToClose());
  await expect(confirm).toBeHidden();
  const question = page.getByRole("dialog", { name: "Not everything is safe yet" });
  await expect(question.getByRole("button", { name: "Keep open" })).toBeFocused();
  await question.getByRole("button", { name: "Keep open" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(page.getByRole("article", { name: "Unfinished" })).toHaveCount(1);
});

const token = "0123456789abcdef0123456789abcdef";
const tokenBox = (page: Page) => page.getByLabel("Auth Token of your Twilio account");

test("where the system’s check does not answer it stays locked, and the account’s Auth Token unlocks", async ({ page, open }) => {
  await open("locked&lock=system&fail=unlockWithSystem:cannotAskNow");
  await page.getByRole("button", { name: "Unlock with Windows Hello" }).click();
  await expect(page.getByText("The computer cannot ask at the moment")).toBeVisible();
  await expect(heading(page)).toBeVisible();
  await page.getByRole("button", { name: "Unlock with your Twilio account’s Auth Token instead" }).click();
  await expect(tokenBox(page)).toBeFocused();
  await page.keyboard.type("f".repeat(32));
  await page.keyboard.press("Enter");
  await expect(page.getByText("Twilio does not accept this Auth Token")).toBeVisible();
  await expect(heading(page)).toBeVisible();
  await tokenBox(page).fill(token);
  await page.keyboard.press("Enter");
  await expect(page.getByText(customer).first()).toBeVisible();
});

test("a question of the system’s that nobody answers leaves the Auth Token to be taken", async ({ page, open }) => {
  await open("locked&lock=system");
  await page.evaluate(() => window.fake?.hold("unlockWithSystem"));
  await page.getByRole("button", { name: "Unlock with Windows Hello" }).click();
  await page.getByRole("button", { name: "Unlock with your Twilio account’s Auth Token instead" }).click();
  await tokenBox(page).fill(token);
  await page.keyboard.press("Enter");
  await expect(page.getByText(customer).first()).toBeVisible();
});

test("where nothing else opens a lock of before, the Auth Token is asked for at once", async ({ page, open }) => {
  await open("locked&lock=none");
  await expect(tokenBox(page)).toBeFocused();
  await page.keyboard.type(token);
  await page.keyboard.press("Enter");
  await expect(page.getByText(customer).first()).toBeVisible();
});

test("where a passphrase unlocks, the Auth Token is not offered", async ({ page, open }) => {
  await open("locked&lock=system,passphrase");
  await expect(box(page)).toBeVisible();
  await expect(page.getByText("Auth Token")).toHaveCount(0);
});

test("until something unlocks for sure a passphrase is asked for, and it can be put off until the next start", async ({ page, open }) => {
  await open("lock=offer&scene=empty");
  const notice = page.getByText("Subvault does not lock: there is no sure way yet to unlock it again.");
  await expect(notice).toBeVisible();
  await page.getByRole("button", { name: "Later" }).click();
  await expect(notice).toHaveCount(0);
  await page.reload();
  await expect(notice).toBeVisible();
  await page.getByRole("button", { name: "Set it up…" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Backup");
});

test("the system’s check counts once it has worked", async ({ page, open }) => {
  await open("lock=offer");
  await page.keyboard.press("Control+l");
  await expect(page.getByText("Subvault cannot lock yet.")).toBeVisible();
  await page.getByRole("navigation").getByRole("button", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Try Windows Hello…" }).click();
  await expect(page.getByText("It worked. Subvault locks by itself from now on.")).toBeVisible();
  await page.keyboard.press("Control+l");
  await expect(heading(page)).toBeVisible();
});

test("a check that cannot ask locks nothing, and the passphrase is named instead", async ({ page, open }) => {
  await open("lock=offer&fail=unlockWithSystem:cannotAskNow");
  await page.getByRole("navigation").getByRole("button", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Try Windows Hello…" }).click();
  await expect(page.getByText("This computer cannot ask at the moment, so it cannot unlock Subvault.")).toBeVisible();
  await expect(page.getByText("Subvault does not lock yet.")).toBeVisible();
});

test("before a secret is copied they say again who they are, once for all of two minutes, and cancelling copies nothing", async ({
  page,
  open,
}) => {
  await open("stale");
  await page.getByText(customer).first().click();
  const copy = page.getByRole("button", { name: "Copy API Secret" }).first();
  await copy.click();
  const question = page.getByRole("dialog", { name: "Confirm that it is you" });
  await expect(box(page)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(question).toBeHidden();
  await expect(page.getByText("It was not confirmed")).toBeVisible();
  await expect(page.getByText(/The clipboard is cleared in/)).toHaveCount(0);
  await copy.click();
  await box(page).fill(passphrase);
  await page.keyboard.press("Enter");
  await expect(page.getByText(/The clipboard is cleared in/).first()).toBeVisible();
  await page.getByRole("button", { name: "Hand over…" }).first().click();
  const card = page.getByRole("dialog", { name: /^Hand over to/ });
  await card.getByRole("button", { name: "Copy secret API Secret" }).click();
  await expect(card.getByText(/The clipboard is cleared in/)).toBeVisible();
  await expect(question).toBeHidden();
});

test("the box for the file of an export comes first, and who they are is asked after it", async ({ page, open }) => {
  await open("stale&scene=backup");
  await page.getByRole("navigation").getByRole("button", { name: "Backup" }).click();
  await page.getByLabel("Bitwarden").check();
  await page.evaluate(() => window.fake?.hold("chooseExportFile"));
  await page.getByRole("button", { name: "Save readable secrets…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Save readable secrets…" }).click();
  const question = page.getByRole("dialog", { name: "Confirm that it is you" });
  await expect.poll(() => page.evaluate(() => window.fake?.calls.includes("chooseExportFile"))).toBe(true);
  await expect(question).toHaveCount(0);
  await page.evaluate(() => window.fake?.letGo("chooseExportFile"));
  await expect(question.getByLabel("Recovery passphrase")).toBeFocused();
});
