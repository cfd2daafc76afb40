/** Recovery passphrase, backups, restoring, and files for other programs, on the made-up Rust side. */
import type { Page } from "@playwright/test";
import { nothingWaits } from "./attention";
import { chooseForKey } from "./pane";
import { expect, test } from "./window";

const good = "walnut ferry cobalt thursday";

const toBackup = (page: Page) => page.getByRole("navigation").getByRole("button", { name: "Backup" }).click();

test("a recovery passphrase is offered quietly while secrets are kept and none is set, until it is", async ({ page, open }) => {
  await open();
  await page.getByRole("button", { name: "Set it up…" }).click();
  await expect(page.getByRole("heading", { name: "Set a recovery passphrase" })).toBeVisible();
  const set = page.getByRole("button", { name: "Set the passphrase and back up" });
  await expect(set).toBeDisabled();
  await page.getByLabel("Passphrase", { exact: true }).fill("elephant");
  await expect(page.getByText("One word is not enough.")).toBeVisible();
  await page.getByLabel("The same once more").fill("elephant");
  await expect(set).toBeDisabled();
  await page.getByLabel("Passphrase", { exact: true }).fill(good);
  await expect(page.getByText("The two are not the same yet.")).toBeVisible();
  await page.getByLabel("The same once more").fill(good);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Backup", exact: true })).toBeFocused();
  await expect(page.getByText("Backed up. The file was opened again and compared.")).toBeVisible();
  await page.getByRole("navigation").getByRole("button", { name: "Subaccounts" }).click();
  await expect(page.getByRole("button", { name: "Set it up…" })).toHaveCount(0);
});

test("an offer that is put off comes back at the next start, not before", async ({ page, open }) => {
  await open();
  await page.getByRole("button", { name: "Later" }).click();
  await expect(page.getByRole("button", { name: "Set it up…" })).toHaveCount(0);
  await toBackup(page);
  await page.getByRole("navigation").getByRole("button", { name: "Subaccounts" }).click();
  await expect(page.getByRole("button", { name: "Set it up…" })).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("button", { name: "Set it up…" })).toBeVisible();
});

test("a backup that fails says so on every screen, and one that works takes it back", async ({ page, open }) => {
  await open("scene=backup-failing");
  await expect(page.getByText("The last backup failed. The folder was not there.")).toBeVisible();
  await page.getByRole("button", { name: "Open Backup…" }).click();
  await page.evaluate(() => window.fake?.fail("backUpNow:backupFolderMissing"));
  await page.getByRole("button", { name: "Back up now" }).click();
  await expect(page.getByRole("alert")).toContainText("The folder is not there");
  await page.evaluate(() => window.fake?.mend());
  await page.getByRole("main").getByRole("button", { name: "Try again" }).press("Enter");
  await expect(page.getByRole("heading", { name: "Backup", exact: true })).toBeFocused();
  await expect(page.getByText("Backed up. The file was opened again and compared.")).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("a backup that lacks secrets names their keys under Backup, with what to do, and is not called good", async ({ page, open }) => {
  await open("scene=backup-lacking");
  await toBackup(page);
  const screen = page.getByRole("main");
  await expect(screen).toContainText(
    "“\u2068Acme Cold Storage - DicksonOne\u2069” of \u2068Acme Cold Storage\u2069. Restore an older backup that has it, or make new API keys.",
  );
  await expect(screen).toContainText(
    "Saved since and not in it yet: “\u2068Harbour Clinic - DicksonOne\u2069” of \u2068Harbour Clinic\u2069. Back up now to keep it too.",
  );
});

test("a running backup can be stopped, which is no failure", async ({ page, open }) => {
  await open("scene=backup&steps=400");
  await toBackup(page);
  // The status bar has a Stop of its own while everything is read from Twilio.
  const screen = page.getByRole("main");
  await screen.getByRole("button", { name: "Back up now" }).press("Enter");
  await expect(screen.getByRole("button", { name: "Stop" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(screen.getByRole("button", { name: "Back up now" })).toBeFocused();
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("a key that is held down on the backup’s button starts it, and does not stop it again", async ({ page, open }) => {
  await open("scene=backup");
  await toBackup(page);
  await page.evaluate(() => window.fake?.hold("backUpNow"));
  const screen = page.getByRole("main");
  await screen.getByRole("button", { name: "Back up now" }).focus();
  await page.keyboard.down("Enter");
  await expect(screen.getByRole("button", { name: "Stop" })).toBeFocused();
  await page.keyboard.down("Enter");
  await page.keyboard.up("Enter");
  await page.evaluate(() => window.fake?.letGo("backUpNow"));
  await expect(page.getByText("Backed up. The file was opened again and compared.")).toBeVisible();
  expect(await page.evaluate(() => window.fake?.calls)).not.toContain("stopOperations");
});

test("changing the passphrase asks for the one of now", async ({ page, open }) => {
  await open("scene=backup");
  await toBackup(page);
  const change = page.getByRole("button", { name: "Change…" });
  await change.press("Enter");
  await expect(page.getByLabel("Passphrase of now")).toBeFocused();
  await page.getByRole("button", { name: "Cancel" }).press("Enter");
  await expect(change).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.type("not that one");
  await page.getByLabel("New passphrase").fill("lantern orbit pickle museum");
  await page.getByLabel("The same once more").fill("lantern orbit pickle museum");
  await page.getByRole("button", { name: "Change the passphrase" }).click();
  await expect(page.getByRole("alert")).toContainText("That is not the passphrase");
  await page.getByLabel("Passphrase of now").fill(good);
  await page.getByRole("button", { name: "Change the passphrase" }).click();
  await expect(
    page.getByText("14 backups in C:\\Users\\Dana\\Documents\\Subvault backups still open with the passphrase before."),
  ).toBeVisible();
  await expect(page.getByText(/^The recovery passphrase was changed, .* A backup was made with it\.$/)).toBeVisible();
  await expect(change).toBeFocused();
});

test("a space at an end of a new passphrase is said aloud and not taken, and one letter typed in two ways is one", async ({
  page,
  open,
}) => {
  await open("scene=backup");
  await toBackup(page);
  await page.getByRole("button", { name: "Change…" }).click();
  const said = page.locator("#change-strength");
  const change = page.getByRole("button", { name: "Change the passphrase" });
  await page.getByLabel("Passphrase of now").fill(good);
  for (const space of [" ", "\u00a0", "\u3000"]) {
    for (const text of [`${space}lantern orbit pickle museum`, `lantern orbit pickle museum${space}`]) {
      await page.getByLabel("New passphrase").fill(text);
      await page.getByLabel("The same once more").fill(text);
      await expect(said).toContainText("There is a space at the beginning or the end.");
      await expect(change).toBeDisabled();
    }
  }
  await page.getByLabel("New passphrase").fill("lantern orbit pickle caf\u00e9");
  await page.getByLabel("The same once more").fill("lantern orbit pickle caf\u00e9 ");
  await expect(page.getByText("The two are not the same yet.")).toBeVisible();
  await page.getByLabel("The same once more").fill("lantern orbit pickle cafe\u0301");
  await expect(page.getByText("The two are not the same yet.")).toHaveCount(0);
  await change.click();
  await expect(page.getByText("The recovery passphrase was changed, and all")).toBeVisible();
});

test("what is said of a passphrase stays while more of it is typed, until there is something else to say", async ({ page, open }) => {
  await open("scene=backup");
  await toBackup(page);
  await page.getByRole("button", { name: "Change…" }).click();
  const said = page.locator("#change-strength");
  const box = page.getByLabel("New passphrase");
  await expect(said).toContainText("Four or more words");
  await box.fill("elephant");
  await expect(said).toContainText("One word is not enough.");
  const changes = await said.evaluateHandle((element) => {
    const seen: string[] = [];
    new MutationObserver(() => seen.push(element.textContent ?? "")).observe(element, {
      childList: true,
      characterData: true,
      subtree: true,
    });
    return seen;
  });
  const measured = () => page.evaluate(() => window.fake?.calls.filter((call) => call === "passphraseStrength").length ?? 0);
  const before = await measured();
  await box.press("End");
  await box.pressSequentially("s");
  await expect.poll(measured).toBe(before + 1);
  await page.evaluate(() => window.fake?.letGo("passphraseStrength"));
  expect(await changes.jsonValue()).toEqual([]);
  await box.fill("");
  await expect(said).toContainText("Four or more words");
});

test("restoring from the welcome screen takes the door, the file and the passphrase", async ({ page, open }) => {
  await open("scene=welcome");
  await page.getByRole("button", { name: "Restore a backup…" }).click();
  const passphrase = page.getByLabel("Recovery passphrase");
  await expect(passphrase).toBeFocused();
  await passphrase.fill("not that one");
  await page.getByRole("button", { name: "Restore" }).click();
  await expect(page.getByRole("alert")).toContainText("The passphrase does not open this backup");
  await expect(passphrase).toBeFocused();
  await passphrase.fill(good);
  await page.keyboard.press("Enter");
  await expect(page.getByText("The keys are restored, and each was proved at Twilio.")).toBeVisible();
});

test("what could not be switched on is not shown as if it were, and is tried again as it was", async ({ page, open }) => {
  await open("scene=backup&fail=setDailyBackup:backupFolderUnwritable");
  await toBackup(page);
  const daily = page.getByRole("checkbox", { name: /Back up each day/ });
  await expect(daily).toBeChecked();
  await daily.click();
  await expect(page.getByRole("alert")).toContainText("Subvault may not write there");
  await expect(daily).toBeChecked();
  await page.evaluate(() => window.fake?.mend());
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(daily).not.toBeChecked();
});

test("what was chosen on the other computer is chosen here after a restore", async ({ page, open }) => {
  await open("scene=welcome");
  await page.getByRole("button", { name: "Restore a backup…" }).click();
  await page.getByLabel("Recovery passphrase").fill(good);
  await page.keyboard.press("Enter");
  await page.getByRole("navigation").getByRole("button", { name: "Settings" }).click();
  await expect(page.getByLabel("Lock when nobody does anything for")).toHaveValue("15");
});

test("a file that is no backup is refused before a passphrase is asked for", async ({ page, open }) => {
  await open("scene=welcome&fail=chooseBackup:notABackup");
  await page.getByRole("button", { name: "Restore a backup…" }).click();
  await expect(page.getByRole("alert")).toContainText("This file is not a backup of Subvault");
  await expect(page.getByLabel("Recovery passphrase")).toHaveCount(0);
  await page.getByRole("button", { name: "Correct it" }).click();
  await expect.poll(() => page.evaluate(() => window.fake?.calls.filter((call) => call === "chooseBackup").length)).toBe(2);
});

test("one key goes into a file of its own for another program", async ({ page, open }) => {
  await open("scene=backup");
  await page.getByText("Acme Cold Storage").first().click();
  await chooseForKey(page, "Save to a file…");
  const dialog = page.getByRole("dialog", { name: /Acme Cold Storage/ });
  await dialog.getByLabel("Bitwarden").check();
  await dialog.getByRole("button", { name: "Save readable secrets…" }).click();
  const question = page.getByRole("dialog", { name: "Save readable secrets?" });
  await expect(question).toContainText("the secret of a key");
  await question.getByRole("button", { name: "Save readable secrets…" }).click();
  await expect(page.getByText("1 key saved in")).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "More for API key" })).toBeFocused();
});

test("a file that is written late closes no dialog that was opened meanwhile", async ({ page, open }) => {
  await open("scene=backup");
  await page.getByText("Acme Cold Storage").first().click();
  await chooseForKey(page, "Save to a file…");
  const dialog = page.getByRole("dialog", { name: /^Save for a password manager/ });
  await dialog.getByRole("button", { name: "Save a locked file…" }).click();
  await page.keyboard.type(good);
  await dialog.getByLabel("The same once more").fill(good);
  await page.evaluate(() => window.fake?.hold("exportKeys"));
  await page.keyboard.press("Enter");
  await expect.poll(() => page.evaluate(() => window.fake?.calls.includes("exportKeys"))).toBe(true);
  await dialog.getByRole("button", { name: "Close" }).click();
  await page.getByRole("button", { name: "Hand over…" }).first().click();
  const card = page.getByRole("dialog", { name: /^Hand over to/ });
  await expect(card).toBeVisible();
  await page.evaluate(() => window.fake?.letGo("exportKeys"));
  await expect(page.getByText("1 key saved in")).toBeVisible();
  await expect(card).toBeVisible();
});

test("the passphrase of a locked file is typed where its button was, and the focus goes back to that", async ({ page, open }) => {
  await open("scene=backup");
  await toBackup(page);
  const locked = page.getByRole("button", { name: "Save a locked file…" });
  await locked.press("Enter");
  await expect(page.getByLabel("Passphrase for the file")).toBeFocused();
  await page.getByRole("button", { name: "Cancel" }).press("Enter");
  await expect(locked).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.type(good);
  await page.getByLabel("The same once more").fill(good);
  await page.keyboard.press("Enter");
  await expect(page.getByText(/keys saved in/)).toBeVisible();
  await expect(locked).toBeFocused();
});

test("readable secrets are asked about once more, and offered for deletion", async ({ page, open }) => {
  await open("scene=backup");
  await toBackup(page);
  await page.getByLabel("Bitwarden").check();
  await page.getByRole("button", { name: "Save readable secrets…" }).click();
  const question = page.getByRole("dialog");
  await expect(question).toContainText("for everybody to read");
  await question.getByRole("button", { name: "Cancel" }).click();
  expect(await page.evaluate(() => window.fake?.calls.includes("exportKeys"))).toBe(false);
  await page.getByRole("button", { name: "Save readable secrets…" }).click();
  await question.getByRole("button", { name: "Save readable secrets…" }).click();
  await expect(page.getByText("This file holds readable secrets:")).toBeVisible();
  await page.getByRole("button", { name: "Delete the file" }).press("Enter");
  await expect(page.getByText("The readable file was deleted.")).toBeVisible();
  await expect(page.getByText("This file holds readable secrets:")).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "Hand keys to another program" })).toBeFocused();
});

test("an emptied keychain is put back with the recovery passphrase, and a wrong one changes nothing", async ({ page, open }) => {
  await open("scene=backup");
  await toBackup(page);
  const part = page.locator("section").filter({ has: page.getByRole("heading", { name: "Put back what is missing" }) });
  await part.getByRole("button", { name: "Put back…" }).press("Enter");
  await expect(part.getByLabel("Recovery passphrase")).toBeFocused();
  const go = part.getByRole("button", { name: "Put back", exact: true });
  await expect(go).toBeDisabled();
  await part.getByLabel("Recovery passphrase").fill("not that one");
  await go.click();
  await expect(page.getByRole("alert")).toContainText("That is not the passphrase");
  await expect(part.getByLabel("Recovery passphrase")).toHaveValue("not that one");
  await part.getByLabel("Recovery passphrase").fill(good);
  await page.keyboard.press("Enter");
  await expect(page.getByText("3 secrets put back into Credential Manager.")).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await expect(part.getByLabel("Recovery passphrase")).toHaveCount(0);
  await expect(part.getByRole("button", { name: "Put back…" })).toBeFocused();
  expect(await page.evaluate(() => window.fake?.calls.filter((call) => call === "putBackMissing").length)).toBe(2);
});

test("what could not be put back or saved to a file is named, and stays until it was read", async ({ page, open }) => {
  await open("scene=backup&passed=Acme&passed=Borealis");
  await toBackup(page);
  const part = page.locator("section").filter({ has: page.getByRole("heading", { name: "Put back what is missing" }) });
  await part.getByRole("button", { name: "Put back…" }).click();
  await part.getByLabel("Recovery passphrase").fill(good);
  await page.keyboard.press("Enter");
  const named = /as their secrets could not be read: “\W*Acme - DicksonOne\W*” of \W*Acme\W*, “\W*Borealis - DicksonOne/;
  await expect(page.getByText(/Not put back, /)).toContainText(named);
  await page.getByRole("button", { name: "Understood" }).click();
  await expect(page.getByText(/Not put back, /)).toHaveCount(0);
  await page.getByLabel("Bitwarden").check();
  await page.getByRole("button", { name: "Save readable secrets…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Save readable secrets…" }).click();
  await expect(page.getByText(/Not in it, /)).toContainText(named);
});

test("ten minutes after readable secrets were saved, every screen offers to delete them", async ({ page, open }) => {
  await page.clock.install();
  await open("scene=backup");
  const offer = page.getByText("A file with readable secrets is still on this computer.");
  await toBackup(page);
  await page.getByLabel("Bitwarden").check();
  await page.getByRole("button", { name: "Save readable secrets…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Save readable secrets…" }).click();
  await expect(page.getByText("This file holds readable secrets:")).toBeVisible();
  await page.getByRole("navigation").getByRole("button", { name: "Subaccounts" }).click();
  await page.clock.fastForward("09:00");
  await expect(page.getByRole("grid")).toBeVisible();
  await expect(offer).toHaveCount(0);
  await page.clock.fastForward("01:30");
  await expect(offer).toBeVisible();
  await page.getByRole("navigation").getByRole("button", { name: "Activity" }).click();
  await expect(offer).toBeVisible();
  await page.getByRole("button", { name: "Show it…" }).click();
  await page.getByRole("button", { name: "Delete the file" }).click();
  await page.getByRole("navigation").getByRole("button", { name: "Activity" }).click();
  await expect(offer).toHaveCount(0);
});

test("what was put off more than a day ago waits under Needs attention and not above every screen, until it is done", async ({
  page,
  open,
}) => {
  await open(`put-off=23&${nothingWaits}`);
  const strip = page.getByRole("status").filter({ hasText: "on this computer only" });
  const row = page.getByRole("main").getByRole("listitem").filter({ hasText: "The secrets of your keys are on this computer only." });
  const attention = page.getByRole("navigation").getByRole("button", { name: "Needs attention" });
  await expect(strip).toBeVisible();
  await attention.click();
  await expect(page.getByText("Nothing needs attention")).toBeVisible();
  await open(`put-off=25&${nothingWaits}`);
  await expect(attention).toContainText("1");
  await attention.click();
  await expect(strip).toHaveCount(0);
  await row.getByRole("button", { name: "Set it up…" }).click();
  await page.getByLabel("Passphrase", { exact: true }).fill(good);
  await page.getByLabel("The same once more").fill(good);
  await page.keyboard.press("Enter");
  await expect(page.getByText("Backed up. The file was opened again and compared.")).toBeVisible();
  await attention.click();
  await expect(page.getByText("Nothing needs attention")).toBeVisible();
  await expect(strip).toHaveCount(0);
});

test("the time of the first putting off is kept, and forgotten once it is done", async ({ page, open }) => {
  await open("troubles=none");
  const kept = () => page.evaluate(() => window.fake?.calls.filter((call) => call === "setPreferences").length);
  await page.getByRole("button", { name: "Later" }).click();
  await expect.poll(kept).toBe(1);
  await toBackup(page);
  await page.getByLabel("Passphrase", { exact: true }).fill(good);
  await page.getByLabel("The same once more").fill(good);
  await page.keyboard.press("Enter");
  await expect(page.getByText("Backed up. The file was opened again and compared.")).toBeVisible();
  await expect.poll(kept).toBe(2);
});
