import type { Page } from "@playwright/test";
import { failureActions } from "../src/failures/failureActions";
import type { FailureKind, StepName } from "../src/wire";
import { en } from "../src/words/en";
import { openUnfinished } from "./attention";
import { expect, test } from "./window";

const kinds = Object.keys(failureActions) as FailureKind[];
const words = (kind: FailureKind) => en.failures.sentences[kind]({ subject: null, keychain: "Credential Manager", secretWaits: false });

/** A key that could not be used and was deleted again has changed something, of which nothing is left. */
const unchanged = (kind: FailureKind) =>
  ["keyDeleted", "keyUnusableRemoved"].includes(kind) ? "Nothing of it is left at Twilio." : "Nothing was changed at Twilio.";

/** These lead to a question or back to a form instead of being told; lock.spec and names.spec have those. */
const isTold = (kind: FailureKind) => !["askAgain", "nameTaken"].includes(kind);

const accountSid = `AC${"0".repeat(28)}face`;

test("every failure of connecting is said in words, next to the right box, with something to do", async ({ page, open }) => {
  test.setTimeout(90_000);
  await open("scene=welcome");
  await page.getByRole("button", { name: "Connect your Twilio account" }).click();
  const sid = page.getByLabel("Account SID");
  const token = page.getByLabel("Auth Token", { exact: true });
  for (const kind of kinds.filter(isTold)) {
    await page.evaluate((plan) => {
      window.fake?.mend();
      window.fake?.fail(plan);
    }, `connect:${kind}`);
    await sid.fill(accountSid);
    await token.fill("0".repeat(32));
    await token.press("Enter");
    const { title } = words(kind);
    await page.locator(".failure .title, .field .words b").filter({ hasText: title }).waitFor();
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

/** Twilio answers after a minute, which passes when it is told to. */
const slowly = "scene=welcome&rows=5&delay=2&steps=60000";

async function beginToConnect(page: Page, address: string, parameters = ""): Promise<void> {
  await page.clock.install();
  await page.goto(`${address}?${slowly}${parameters}`);
  await page.getByRole("button", { name: "Connect your Twilio account" }).click();
  await page.getByLabel("Account SID").fill(accountSid);
  await page.getByLabel("Auth Token", { exact: true }).fill("0".repeat(32));
  await page.keyboard.press("Enter");
  await expect(page.getByText("Asking Twilio")).toBeVisible();
}

/** Twilio's answer to what was asked before comes now. */
async function answerNow(page: Page): Promise<void> {
  await page.clock.fastForward(60_000);
  await page.clock.runFor(1_000);
}

for (const [answer, parameters] of [
  ["yes", ""],
  ["no", "&fail=connect:wrongSignIn"],
] as const) {
  test(`a check that takes long can be cancelled, and a late ${answer} changes nothing`, async ({ page, address }) => {
    await beginToConnect(page, address, parameters);
    await page.getByRole("button", { name: "Cancel" }).click();
    await expect(page.getByRole("heading", { name: "Welcome to Subvault" })).toBeVisible();
    await answerNow(page);
    await expect(page.getByRole("heading", { name: "Welcome to Subvault" })).toBeVisible();
    const calls = await page.evaluate(() => window.fake?.calls ?? []);
    expect(calls).toContain("cancelConnect");
    expect(calls).not.toContain("refresh");
  });
}

test("a cancelled check leaves the next one alone, whatever Twilio answers it", async ({ page, address }) => {
  await beginToConnect(page, address);
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Connect your Twilio account" }).click();
  await page.getByLabel("Account SID").fill(accountSid);
  await answerNow(page);
  await expect(page.getByRole("heading", { name: "Connect your Twilio account" })).toBeVisible();
  await expect(page.getByLabel("Account SID")).toHaveValue(accountSid);
  await page.getByLabel("Auth Token", { exact: true }).fill("0".repeat(32));
  await page.keyboard.press("Enter");
  await expect(page.getByText("Asking Twilio")).toBeVisible();
  await answerNow(page);
  await expect(page.getByRole("grid")).toBeVisible();
});

test("where it was too late to cancel, that is said, and the form that is open by then stays open", async ({ page, address }) => {
  await beginToConnect(page, address, "&fail=cancelConnect:internal");
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Connect your Twilio account" }).click();
  await answerNow(page);
  await expect(page.getByText("It was too late to cancel. Connected to Northwind Monitoring")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Connect your Twilio account" })).toBeVisible();
  await page.getByRole("button", { name: "Back" }).click();
  await expect(page.getByRole("grid")).toBeVisible();
});

test("every failure of creating stays in the dialog, in words, with a button", async ({ page, open }) => {
  test.setTimeout(180_000);
  await open("troubles=none");
  let number = 0;
  for (const kind of kinds.filter(isTold)) {
    await page.evaluate((plan) => {
      window.fake?.mend();
      window.fake?.fail(plan);
    }, `createSubaccount:${kind}:no:check:1`);
    await page.keyboard.press("Control+n");
    await page.getByLabel("Customer’s name").fill(`Customer ${++number}`);
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    // Looked for at shorter intervals than an expectation is: there are about a hundred kinds.
    await dialog
      .locator(".failure .title")
      .filter({ hasText: words(kind).title })
      .waitFor();
    await expect(dialog.getByRole("alert").getByText(unchanged(kind), { exact: false }), kind).toBeVisible();
    expect(await dialog.getByRole("alert").getByRole("button").count(), kind).toBeGreaterThan(0);
    await dialog.getByRole("button", { name: "Close" }).last().click();
    await dialog.waitFor({ state: "hidden" });
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

test("a key that is deleted late closes nothing that was opened meanwhile", async ({ page, open }) => {
  await open("troubles=none&rows=10&fail=createSubaccount:keychainLocked:yes:saveInKeychain:1");
  await page.getByRole("button", { name: "New subaccount" }).click();
  await page.getByLabel("Customer’s name").fill("Blue Ridge Vaccines");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Delete this key at Twilio" }).click();
  await page.evaluate(() => window.fake?.hold("deleteUnfinishedKey"));
  await page
    .getByRole("dialog", { name: /^Delete this key at Twilio/ })
    .getByRole("button", { name: "Delete the key" })
    .click();
  await page.evaluate(() => window.fake?.askToClose());
  await page.getByRole("button", { name: "Keep open" }).click();
  await page
    .getByRole("dialog", { name: /Blue Ridge Vaccines/ })
    .getByRole("button", { name: "Close", exact: true })
    .click();
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.getByRole("button", { name: "New subaccount" }).click();
  await page.evaluate(() => window.fake?.letGo("deleteUnfinishedKey"));
  await expect(page.getByText("The key was deleted at Twilio.")).toBeVisible();
  await expect(page.getByLabel("Customer’s name")).toBeVisible();
});

test("a failure inside a question leads to where it says", async ({ page, open }) => {
  await open("rows=40&fail=deleteUnfinishedKey:notConnected");
  await (await openUnfinished(page)).getByRole("button", { name: "Delete this key at Twilio" }).click();
  const question = page.getByRole("dialog", { name: /^Delete this key at Twilio/ });
  await question.getByRole("button", { name: "Delete the key" }).click();
  await question.getByRole("button", { name: "Connect again" }).click();
  await expect(question).toBeHidden();
  await expect(page.getByLabel("Account SID")).toBeVisible();
});

test("a card can be closed although that it was put off cannot be written down", async ({ page, open }) => {
  await open("troubles=none&fail=postponeHandOver:diskFull");
  await page.getByRole("button", { name: "New subaccount" }).click();
  await page.getByLabel("Customer’s name").fill("Blue Ridge Vaccines");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Do this later" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(page.getByText("Still not handed over: Blue Ridge Vaccines")).toBeVisible();
});

test("what is unfinished waits under Needs attention, and is finished from there", async ({ page, open }) => {
  await open("rows=40");
  await page.getByRole("navigation").getByRole("button", { name: "Needs attention" }).click();
  await expect(page.getByRole("heading", { name: "Needs attention" })).toBeFocused();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("dialog", { name: /^Hand over to DicksonOne/ })).toBeVisible();
});

test("the focus goes back to what opened a card, and on where that is done with and gone", async ({ page, open }) => {
  await open("refresh=asked");
  await page.getByRole("navigation").getByRole("button", { name: "Needs attention" }).click();
  const button = page
    .getByRole("main")
    .getByRole("button", { name: /^Hand over…/ })
    .first();
  const name = (await button.textContent()) ?? "";
  const same = page.getByRole("main").getByRole("button").filter({ hasText: name.trim() });
  await button.press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Do this later" }).press("Enter");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(same).toBeFocused();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByRole("checkbox").check();
  await page.getByRole("dialog").getByRole("button", { name: "Done" }).press("Enter");
  await expect(same).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "Needs attention" })).toBeFocused();
});

test("a card that is still being opened does not come up over the screen that is shown by then", async ({ page, open }) => {
  await open("refresh=asked");
  await page.getByRole("navigation").getByRole("button", { name: "Needs attention" }).click();
  await page.evaluate(() => window.fake?.hold("subaccount"));
  await page
    .getByRole("main")
    .getByRole("button", { name: /^Hand over…/ })
    .first()
    .click();
  await page.getByRole("navigation").getByRole("button", { name: "Settings" }).click();
  await expect(page.getByRole("heading", { name: "Settings" })).toBeFocused();
  await page.evaluate(() => window.fake?.letGo("subaccount"));
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(await page.evaluate(() => window.fake?.calls)).not.toContain("handOverCard");
});

test("a question that failed keeps the focus, and so does its other try", async ({ page, open }) => {
  await open("rows=40&refresh=asked&fail=deleteUnfinishedKey:twilioTrouble");
  await (await openUnfinished(page)).getByRole("button", { name: "Delete this key at Twilio" }).click();
  const question = page.getByRole("dialog", { name: /^Delete this key at Twilio/ });
  const confirm = question.getByRole("button", { name: "Delete the key" });
  await page.evaluate(() => window.fake?.hold("deleteUnfinishedKey"));
  await confirm.press("Enter");
  await expect(confirm).toBeDisabled();
  await page.keyboard.press("Enter");
  await page.evaluate(() => window.fake?.letGo("deleteUnfinishedKey"));
  await expect(question.getByRole("alert")).toBeVisible();
  await expect(confirm).toBeFocused();
  await page.evaluate(() => window.fake?.hold("deleteUnfinishedKey"));
  await question.getByRole("button", { name: "Try again" }).press("Enter");
  await expect(question.getByRole("alert")).toHaveCount(0);
  await expect(confirm).toBeFocused();
  await page.evaluate(() => window.fake?.letGo("deleteUnfinishedKey"));
  await expect(question.getByRole("alert")).toBeVisible();
  await expect(confirm).toBeFocused();
  expect(await page.evaluate(() => window.fake?.calls.filter((call) => call === "deleteUnfinishedKey").length)).toBe(2);
});

test("a failure that comes while somebody is about to press a button does not move it", async ({ page, open }) => {
  await open("troubles=none&fail=refreshSubaccount:authTokenMissing");
  // What is offered above the list has its place before anything is measured.
  await expect(page.getByRole("button", { name: "Set it up…" })).toBeVisible();
  await page.evaluate(() => window.fake?.hold("refreshSubaccount"));
  await page.getByText("Acme Cold Storage").first().click();
  const copy = page.getByRole("button", { name: "Copy API Secret" });
  await expect(page.getByText("Reading keys")).toBeVisible();
  const before = await copy.boundingBox();
  await page.evaluate(() => window.fake?.letGo("refreshSubaccount"));
  await expect(page.getByText("Not read anew")).toBeVisible();
  await expect(page.getByRole("alert")).toContainText("The Auth Token is no longer saved");
  expect(await copy.boundingBox()).toEqual(before);
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

test("a desktop that has no clipboard for programs is named as that, and the secret is shown instead", async ({ page, open }) => {
  await open("troubles=none&fail=copyValue:clipboardNotOffered:no");
  await page.getByText("Acme Cold Storage").first().click();
  await page.getByRole("button", { name: "Copy API Secret" }).click();
  const notice = page.getByRole("alert").filter({ hasText: "This desktop has no clipboard for programs" });
  await notice.getByRole("button", { name: "Show the API Secret" }).click();
  await expect(page.getByRole("button", { name: "Hide API Secret" })).toBeVisible();
  await expect(notice).toHaveCount(0);
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

test("what was begun and never made is created anew under the same name, not tried again", async ({ page, open }) => {
  await open("troubles=none&rows=10&fail=createSubaccount:outcomeUnknown:unknown:createSubaccount:1&fail=finish:notCreated:no::1");
  await page.getByRole("button", { name: "New subaccount" }).click();
  await page.getByLabel("Customer’s name").fill("Blue Ridge Vaccines");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Finish" }).click();
  await expect(dialog.getByText("Nothing was made", { exact: true })).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Try again" })).toHaveCount(0);
  await dialog.getByRole("button", { name: "Create it now" }).click();
  await expect(page.getByRole("dialog", { name: "Hand over to DicksonOne Blue Ridge Vaccines" })).toBeVisible();
  const calls = await page.evaluate(() => window.fake?.calls.filter((call) => ["finish", "createSubaccount", "createKey"].includes(call)));
  expect(calls).toEqual(["createSubaccount", "finish", "createSubaccount"]);
});

test("a key that had to be deleted unused is created anew for the same customer under the same name", async ({ page, open }) => {
  await open("rows=40&fail=finish:keyUnusableRemoved:no::1");
  const unfinished = await openUnfinished(page);
  const keyName = (await unfinished.getByRole("heading").locator("bdi").textContent()) ?? "";
  expect(keyName).toContain(" - DicksonOne");
  await unfinished.getByRole("button", { name: "Try again" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("The new key was unusable and has been deleted")).toBeVisible();
  await expect(dialog.getByRole("button", { name: /^(Try again|Finish)$/ })).toHaveCount(0);
  await dialog.getByRole("button", { name: "Create it now" }).click();
  const card = page.getByRole("dialog", { name: /^Hand over to DicksonOne/ });
  await expect(card).toBeVisible();
  const customer = (await card.locator("h2 bdi").textContent()) ?? "";
  await card.getByRole("button", { name: "Do this later" }).click();
  await page.getByRole("navigation").getByRole("button", { name: "Subaccounts" }).click();
  await page.getByRole("searchbox").fill(customer);
  await page.keyboard.press("Enter");
  await expect(page.locator(".detail").getByRole("heading", { name: keyName, exact: true })).toHaveCount(2);
  const calls = await page.evaluate(() => window.fake?.calls.filter((call) => ["finish", "createSubaccount", "createKey"].includes(call)));
  expect(calls).toEqual(["finish", "createKey"]);
});

test("what has ended meanwhile is neither tried again nor made a second time", async ({ page, open }) => {
  await open("rows=40&fail=finish:unknownHere:no::1");
  await (await openUnfinished(page)).getByRole("button", { name: "Try again" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("Subvault no longer has this")).toBeVisible();
  await expect(dialog.getByText("Twilio does not have this any more")).toHaveCount(0);
  await expect(dialog.getByRole("alert").getByRole("button")).toHaveText(["Show the list"]);
  await dialog.getByRole("button", { name: "Show the list" }).click();
  await expect(page.getByRole("grid")).toBeVisible();
});

test("a name that Twilio did not take comes back to be changed, a key’s and a customer’s", async ({ page, open }) => {
  await open("troubles=none&fail=createKey:nameRefused:no:check:1&fail=createSubaccount:nameRefused:no:check:1");
  await page.getByText("Acme Cold Storage").first().click();
  await page.getByRole("button", { name: "New API key…" }).click();
  await page.getByLabel("Key name").fill("Acme freezer 7");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Change the name" }).click();
  await expect(page.getByRole("dialog", { name: "New API key for Acme Cold Storage" })).toBeVisible();
  await expect(page.getByLabel("Key name")).toHaveValue("Acme freezer 7");
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "New subaccount" }).click();
  await page.getByLabel("Customer’s name").fill("Blue Ridge Vaccines");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Change the name" }).click();
  await expect(page.getByLabel("Customer’s name")).toHaveValue("Blue Ridge Vaccines");
  await expect(page.getByText("Blue Ridge Vaccines - DicksonOne")).toBeVisible();
});

test("a page that does not open says so, also over a dialog, and can be tried again", async ({ page, open }) => {
  await open("troubles=none&rows=10&fail=createSubaccount:trialSubaccountLimit:no:check:1&fail=openLink:pageNotOpened:no::2");
  const words = page.getByText("The page did not open.", { exact: false });
  await page.getByRole("button", { name: "New subaccount" }).click();
  await page.getByLabel("Customer’s name").fill("Blue Ridge Vaccines");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Open the Twilio Console" }).click();
  await expect(words).toBeVisible();
  await page.getByRole("dialog").getByRole("status").filter({ has: words }).getByRole("button", { name: "Try again" }).click();
  await expect(words).toBeVisible();
  await page.getByRole("dialog").getByRole("status").filter({ has: words }).getByRole("button", { name: "Try again" }).click();
  await expect(words).toBeHidden();
  expect(await page.evaluate(() => window.fake?.calls.filter((call) => call === "openLink").length)).toBe(3);
});

test("a keychain without a program to show it says so where its button is", async ({ page, open }) => {
  await open("platform=linux&fail=openLink:keychainManagerMissing:no::1");
  await page.getByRole("navigation").getByRole("button", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Open GNOME Keyring" }).click();
  await expect(page.getByText("No program to look into GNOME Keyring was found.", { exact: false })).toBeVisible();
});

test("an emptied keychain leads to Backup, and to a new key only where no passphrase was ever set", async ({ page, open }) => {
  await open("scene=backup&fail=showSecret:sealingKeyMissing");
  await page.getByText("Acme Cold Storage").first().click();
  await page.getByRole("button", { name: "Show API Secret" }).click();
  const notice = page.getByRole("alert");
  await expect(notice).toContainText("The key to the sealed copies is missing");
  await expect(notice.getByRole("button", { name: "New API key…" })).toHaveCount(0);
  await notice.getByRole("button", { name: "Open Backup" }).click();
  await expect(page.getByRole("heading", { name: "Put back what is missing" })).toBeVisible();

  await open("fail=showSecret:sealingKeyMissing");
  await page.getByText("Acme Cold Storage").first().click();
  await page.getByRole("button", { name: "Show API Secret" }).click();
  await notice.getByRole("button", { name: "New API key…" }).click();
  await expect(page.getByRole("dialog", { name: "New API key for Acme Cold Storage" })).toBeVisible();
});

test("an Account SID that could not be copied says so beside it and can be tried again", async ({ page, open }) => {
  await open("troubles=none&fail=copyAccountSid:clipboardUnavailable:no::1");
  await page.getByText("Acme Cold Storage").first().click();
  await page.getByRole("button", { name: "Copy Account SID" }).click();
  await expect(page.locator(".detail header").getByText("The clipboard could not be used")).toBeVisible();
  await page.locator(".detail header").getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("The clipboard could not be used")).toBeHidden();
  await expect.poll(() => page.evaluate(() => window.fake?.clipboard)).toMatch(/^AC/);
});

test("records that were damaged say how old the copy is and where the damaged file lies", async ({ page, open }) => {
  const notice = page.getByRole("alert").filter({ hasText: "records" });
  await open("records=restored");
  await expect(notice).toContainText(/newest good copy, taken \w+ \d+, \d{4}, \d+:\d\d/);
  await expect(notice.locator("code")).toHaveText(/damaged-2026-11-23T08-14-05Z$/);
  await notice.getByRole("button", { name: "Understood" }).click();
  await expect(notice).toHaveCount(0);
  await open("records=gone");
  await expect(notice).toContainText("newest good copy");
  await expect(notice.locator("code")).toHaveCount(0);
  await open("records=empty");
  await expect(notice).toContainText("Secrets are still in Credential Manager.");
  await expect(notice.locator("code")).toHaveText(/damaged-2026-11-23T08-14-05Z$/);
  await open("records=no-copy");
  await expect(notice).toContainText("The records themselves are sound.");
});
