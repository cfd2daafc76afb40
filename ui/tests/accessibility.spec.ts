import type { Locator, Page } from "@playwright/test";
import { nothingWaits, openUnfinished, rowOf } from "./attention";
import { choose, chooseForKey } from "./pane";
import { accessibilityProblems, expect, test } from "./window";

type View = { name: string; parameters: string; prepare?: (page: Page) => Promise<void> };

const go = (screen: string) => (page: Page) => page.getByRole("navigation").getByRole("button", { name: screen }).click();
const openAcme = (page: Page) => page.getByText("Acme Cold Storage").first().click();
const failed = `fail=createSubaccount:keychainLocked:yes:saveInKeychain`;

async function check(page: Page): Promise<void> {
  await go("Settings")(page);
  await page.getByRole("button", { name: "Check my computer" }).click();
  await page.getByRole("button", { name: "Check now" }).click();
  await page.getByRole("button", { name: "Check again" }).waitFor();
}

async function createNew(page: Page): Promise<void> {
  await page.getByRole("button", { name: "New subaccount" }).first().click();
  await page.getByLabel("Customer’s name").fill("Blue Ridge Vaccines");
  await page.keyboard.press("Enter");
}

const confirmBefore = async (page: Page) => {
  await openAcme(page);
  await page.getByRole("button", { name: "Show API Secret" }).click();
  await page.getByRole("dialog", { name: "Confirm that it is you" }).getByLabel("Recovery passphrase").waitFor();
};

export const views: View[] = [
  { name: "locked", parameters: "locked" },
  { name: "locked-system", parameters: "locked&lock=system&platform=windows" },
  { name: "locked-both", parameters: "locked&lock=system,passphrase&platform=macos" },
  { name: "locked-token", parameters: "locked&lock=none" },
  { name: "no-lock-notice", parameters: "lock=offer&scene=empty" },
  {
    name: "locked-forgot",
    parameters: "locked",
    prepare: (page) => page.getByText("Forgot the passphrase?").click(),
  },
  {
    name: "locked-wrong",
    parameters: "locked",
    prepare: async (page) => {
      await page.getByLabel("Recovery passphrase").fill("not this one");
      await page.keyboard.press("Enter");
      await page.getByText("That is not the passphrase").waitFor();
    },
  },
  { name: "confirm", parameters: "stale", prepare: confirmBefore },
  {
    name: "settings-no-lock",
    parameters: "lock=none",
    prepare: async (page) => {
      await go("Settings")(page);
      await page.getByText("Subvault does not lock yet.").scrollIntoViewIfNeeded();
    },
  },
  {
    name: "settings-lock",
    parameters: "lock=system,passphrase",
    prepare: async (page) => {
      await go("Settings")(page);
      await page.getByRole("main").getByRole("button", { name: "Lock now" }).scrollIntoViewIfNeeded();
    },
  },
  { name: "welcome", parameters: "scene=welcome" },
  {
    name: "connect",
    parameters: "scene=welcome",
    prepare: (page) => page.getByRole("button", { name: "Connect your Twilio account" }).click(),
  },
  {
    name: "connect-refused",
    parameters: "scene=welcome&fail=connect:wrongSignIn",
    prepare: async (page) => {
      await page.getByRole("button", { name: "Connect your Twilio account" }).click();
      await page.getByLabel("Account SID").fill(`AC${"0".repeat(32)}`);
      await page.getByLabel("Auth Token", { exact: true }).fill("0".repeat(32));
      await page.keyboard.press("Enter");
      await page.getByRole("alert").waitFor();
    },
  },
  {
    name: "connect-wrong-box",
    parameters: "scene=welcome",
    prepare: async (page) => {
      await page.getByRole("button", { name: "Connect your Twilio account" }).click();
      await page.getByLabel("Account SID").fill(`SK${"0".repeat(32)}`);
      await page.keyboard.press("Enter");
      await page.getByText("This is an API key, not the account.").waitFor();
    },
  },
  { name: "subaccounts", parameters: "" },
  { name: "records-restored", parameters: "records=restored" },
  { name: "records-empty", parameters: "records=empty" },
  {
    name: "secret-on-the-clipboard",
    parameters: "",
    prepare: async (page) => {
      await openAcme(page);
      await page.getByRole("button", { name: "Copy API Secret" }).click();
      await page.getByText(/The clipboard is cleared in/).waitFor();
    },
  },
  {
    name: "page-not-opened",
    parameters: "scene=welcome&fail=openLink:pageNotOpened",
    prepare: async (page) => {
      await page.getByRole("button", { name: "Connect your Twilio account" }).click();
      await page.getByRole("button", { name: "Open the Twilio Console" }).click();
      await page.getByText("The page did not open.", { exact: false }).waitFor();
    },
  },
  {
    name: "detail-emptied-keychain",
    parameters: "fail=showSecret:sealingKeyMissing",
    prepare: async (page) => {
      await openAcme(page);
      await page.getByRole("button", { name: "Show API Secret" }).click();
      await page.getByRole("alert").waitFor();
    },
  },
  {
    name: "detail-suspended",
    parameters: "",
    prepare: async (page) => {
      await page.getByRole("button", { name: /^Suspended/ }).click();
      await page.getByRole("grid").getByRole("row").nth(1).click();
      await page.getByRole("button", { name: "New API key…" }).waitFor();
    },
  },
  {
    name: "making-ended",
    parameters: "rows=40&fail=finish:keyUnusableRemoved",
    prepare: async (page) => {
      await go("Needs attention")(page);
      await page.getByRole("button", { name: "Try again" }).click();
      await page.getByRole("button", { name: "Create it now" }).waitFor();
    },
  },
  { name: "subaccounts-found", parameters: "", prepare: (page) => page.getByRole("searchbox").fill("sk0000") },
  { name: "subaccounts-nothing-found", parameters: "", prepare: (page) => page.getByRole("searchbox").fill("nobody") },
  { name: "subaccounts-empty", parameters: "scene=empty" },
  { name: "subaccounts-offline", parameters: "scene=offline" },
  { name: "subaccounts-refused", parameters: "fail=refresh:wrongSignIn" },
  { name: "subaccounts-reading", parameters: "scene=first&fail=refresh:twilioTrouble" },
  { name: "subaccounts-hostile", parameters: "names=hostile" },
  { name: "detail", parameters: "", prepare: openAcme },
  {
    name: "detail-save-to-a-file",
    parameters: "",
    prepare: async (page) => {
      await openAcme(page);
      await chooseForKey(page, "Save to a file…");
      await page.getByRole("button", { name: "Save a locked file…" }).click();
    },
  },
  {
    name: "detail-secret-shown",
    parameters: "",
    prepare: async (page) => {
      await openAcme(page);
      await page.getByRole("button", { name: "Show API Secret" }).click();
      await page.getByText(/Hidden again/).waitFor();
    },
  },
  {
    name: "detail-unfinished",
    parameters: "",
    prepare: async (page) => {
      await page
        .getByRole("button", { name: /^Needs attention/ })
        .last()
        .click();
      await page.getByText("Unfinished", { exact: true }).first().click();
      await page.getByRole("button", { name: "Try again" }).waitFor();
    },
  },
  {
    name: "detail-removed",
    parameters: "",
    prepare: async (page) => {
      await page
        .getByRole("button", { name: /^Needs attention/ })
        .last()
        .click();
      await page.getByText("Key removed at Twilio", { exact: true }).first().click();
      await page.getByText("so it no longer works anywhere", { exact: false }).waitFor();
    },
  },
  {
    name: "detail-activity",
    parameters: "",
    prepare: async (page) => {
      await openAcme(page);
      await page.getByRole("tab", { name: "Activity" }).click();
    },
  },
  {
    name: "new-subaccount",
    parameters: "",
    prepare: async (page) => {
      await page.keyboard.press("Control+n");
      await page.getByLabel("Customer’s name").fill("Acme Cold Storage");
      await page.getByRole("dialog").getByRole("checkbox").waitFor();
    },
  },
  {
    name: "rename",
    parameters: "",
    prepare: async (page) => {
      await openAcme(page);
      await choose(page, "Rename…");
      await page.getByLabel("New name").fill("Baywood Bakery");
      await page.getByRole("dialog").getByRole("checkbox").waitFor();
    },
  },
  {
    name: "new-key",
    parameters: "",
    prepare: async (page) => {
      await openAcme(page);
      await page.getByRole("button", { name: "New API key…" }).click();
      await expect(page.getByLabel("Key name")).toHaveValue(/Acme/);
    },
  },
  {
    name: "making",
    parameters: "steps=60000",
    prepare: async (page) => {
      await createNew(page);
      await page.getByText("Checking that everything is ready").waitFor();
    },
  },
  {
    name: "making-failed",
    parameters: failed,
    prepare: async (page) => {
      await createNew(page);
      await page.getByRole("button", { name: "Try again" }).waitFor();
    },
  },
  {
    name: "hand-over",
    parameters: "",
    prepare: async (page) => {
      await createNew(page);
      await page.getByRole("button", { name: "Copy Account SID" }).click();
      await page.getByRole("button", { name: "Copy API SID" }).click();
    },
  },
  {
    name: "delete-question",
    parameters: failed,
    prepare: async (page) => {
      await createNew(page);
      await page.getByRole("button", { name: "Delete this key at Twilio" }).click();
    },
  },
  {
    name: "close-question",
    parameters: "",
    prepare: async (page) => {
      await page.evaluate(() => window.fake?.askToClose());
      await page.getByRole("dialog", { name: "Not everything is safe yet" }).waitFor();
    },
  },
  { name: "attention", parameters: "", prepare: go("Needs attention") },
  { name: "attention-nothing", parameters: nothingWaits, prepare: go("Needs attention") },
  {
    name: "attention-opened",
    parameters: "later=noKey~7~waits for their lawyer",
    prepare: async (page) => {
      await openUnfinished(page);
      await rowOf(page, /with a key older than/)
        .getByRole("button", { expanded: false })
        .first()
        .click();
      await page.getByRole("button", { name: /^Put off Granite/ }).click();
      await page.getByRole("radio", { name: "Other day…" }).check();
      await page.getByRole("button", { name: "Put off", exact: true }).click();
    },
  },
  {
    name: "attention-put-off",
    parameters: "later=noKey~7~waits for their lawyer&later=oldKeys~3",
    prepare: async (page) => {
      await go("Needs attention")(page);
      await page.getByRole("button", { name: "Put off 2" }).click();
    },
  },
  { name: "activity", parameters: "", prepare: go("Activity") },
  { name: "settings", parameters: "", prepare: go("Settings") },
  { name: "backup-first", parameters: "", prepare: go("Backup") },
  {
    name: "backup-passphrase",
    parameters: "",
    prepare: async (page) => {
      await go("Backup")(page);
      await page.getByLabel("Passphrase", { exact: true }).fill("elephant");
      await page.getByText("One word is not enough.").waitFor();
    },
  },
  { name: "backup", parameters: "scene=backup", prepare: go("Backup") },
  { name: "backup-failing", parameters: "scene=backup-failing", prepare: go("Backup") },
  { name: "backup-failing-elsewhere", parameters: "scene=backup-failing" },
  { name: "backup-plain-file", parameters: "scene=backup-plain", prepare: go("Backup") },
  {
    name: "backup-readable-question",
    parameters: "scene=backup",
    prepare: async (page) => {
      await go("Backup")(page);
      await page.getByLabel("Bitwarden").check();
      await page.getByRole("button", { name: "Save readable secrets…" }).click();
    },
  },
  { name: "restore", parameters: "scene=welcome", prepare: (page) => page.getByRole("button", { name: "Restore a backup…" }).click() },
  {
    name: "restore-refused",
    parameters: "scene=welcome",
    prepare: async (page) => {
      await page.getByRole("button", { name: "Restore a backup…" }).click();
      await page.getByLabel("Recovery passphrase").fill("something else");
      await page.keyboard.press("Enter");
      await page.getByRole("alert").waitFor();
    },
  },
  {
    name: "check-computer",
    parameters: "",
    prepare: async (page) => {
      await go("Settings")(page);
      await page.getByRole("button", { name: "Check my computer" }).click();
    },
  },
  { name: "check-computer-fine", parameters: "", prepare: check },
  {
    name: "check-computer-troubles",
    parameters: "check=keychain:keychainLocked&check=dataFolder:littleSpace&check=twilio:proxy&check=clock:clockWrongZone",
    prepare: check,
  },
  { name: "practice", parameters: "scene=practice" },
  { name: "disconnected", parameters: "scene=disconnected" },
  { name: "start-failed", parameters: "fail=start:recordsNewer" },
];

const first = { name: "light", width: 1280, height: 800, dark: false, text: 100 };
const sizes = [
  first,
  { name: "dark", width: 1280, height: 800, dark: true, text: 100 },
  { name: "small", width: 800, height: 560, dark: false, text: 100 },
  { name: "large-text", width: 1280, height: 800, dark: false, text: 200 },
  { name: "small-large-text-dark", width: 800, height: 560, dark: true, text: 200 },
];

/** With SUBVAULT_SHOTS set to a folder, a picture of each view is left there. */
const shots = process.env.SUBVAULT_SHOTS;

const toSize = async (page: Page, { width, height, dark, text }: typeof first) => {
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme: dark ? "dark" : "light", reducedMotion: "reduce" });
  await page.evaluate((percent) => (document.documentElement.style.fontSize = `${percent}%`), text);
};

const cutOffSideways = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("html, .page, .list, .detail, .welcome, .form-screen, .locked, .alone, .screen, .rail, dialog[open]")]
      .filter((element) => element.scrollWidth > element.clientWidth + 1)
      .map((element) => element.className || element.tagName),
  );

// One page for all sizes: loading it and going to a view takes longer than looking at it.
for (const view of views) {
  test(`${view.name}: nothing for axe to find, nothing cut off sideways, at any size, in light and dark`, async ({ page, open }) => {
    test.setTimeout(90_000);
    await toSize(page, first);
    await open(view.parameters);
    await view.prepare?.(page);
    for (const size of sizes) {
      await toSize(page, size);
      await page.waitForTimeout(120);
      if (shots !== undefined) await page.screenshot({ path: `${shots}/${view.name}.${size.name}.png` });
      expect(await accessibilityProblems(page), size.name).toEqual([]);
      expect(await cutOffSideways(page), size.name).toEqual([]);
    }
  });
}

const toBackup = go("Backup");
const mainButtons: (View & { button: string })[] = [
  { name: "locked", parameters: "locked", button: "Unlock" },
  { name: "welcome", parameters: "scene=welcome", button: "Connect your Twilio account" },
  {
    name: "connect",
    parameters: "scene=welcome",
    prepare: (page) => page.getByRole("button", { name: "Connect your Twilio account" }).click(),
    button: "Connect",
  },
  {
    name: "restore",
    parameters: "scene=welcome",
    prepare: (page) => page.getByRole("button", { name: "Restore a backup…" }).click(),
    button: "Restore",
  },
  { name: "subaccounts", parameters: "", button: "New subaccount" },
  { name: "backup-first", parameters: "", prepare: toBackup, button: "Set the passphrase and back up" },
  { name: "backup", parameters: "scene=backup", prepare: toBackup, button: "Back up now" },
  {
    name: "check-computer",
    parameters: "",
    button: "Check now",
    prepare: async (page) => {
      await go("Settings")(page);
      await page.getByRole("button", { name: "Check my computer" }).click();
    },
  },
  { name: "start-failed", parameters: "fail=start:recordsInUse", button: "Try again" },
  { name: "new-subaccount", parameters: "", prepare: (page) => page.keyboard.press("Control+n"), button: "Create subaccount" },
  {
    name: "rename",
    parameters: "",
    button: "Rename",
    prepare: async (page) => {
      await openAcme(page);
      await choose(page, "Rename…");
    },
  },
  {
    name: "new-key",
    parameters: "",
    button: "Create API key",
    prepare: async (page) => {
      await openAcme(page);
      await page.getByRole("button", { name: "New API key…" }).click();
    },
  },
  { name: "making", parameters: "steps=60000", prepare: createNew, button: "Close and let it run" },
  { name: "hand-over", parameters: "", prepare: createNew, button: "Done" },
];

/** Whether all of it is in the window, with nothing over it. */
async function isWhollySeen(target: Locator): Promise<void> {
  await expect(target).toBeInViewport({ ratio: 0.99 });
  await expect
    .poll(() =>
      target.evaluate((element) => {
        const { left, top, right, bottom } = element.getBoundingClientRect();
        const [across, down] = [(left + right) / 2, (top + bottom) / 2];
        // The corners of a button are round.
        const points = [
          [left + 4, down],
          [right - 4, down],
          [across, top + 4],
          [across, bottom - 4],
        ] as const;
        return points.every(([x, y]) => element.contains(document.elementFromPoint(x, y)));
      }),
    )
    .toBe(true);
}

test.describe("in the smallest window with text at 200 %", () => {
  test.beforeEach(async ({ page }) => {
    await page.setViewportSize({ width: 800, height: 560 });
    await page.addInitScript(() => document.addEventListener("DOMContentLoaded", () => (document.documentElement.style.fontSize = "200%")));
  });

  test("the first row of the list is in view", async ({ page, open }) => {
    await open();
    await isWhollySeen(page.getByRole("grid").getByRole("row").nth(1));
  });

  for (const { name, parameters, prepare, button } of mainButtons) {
    test(`the main button of ${name} is in view`, async ({ page, open }) => {
      await open(parameters);
      await prepare?.(page);
      await isWhollySeen(page.getByRole("button", { name: button, exact: true }));
    });
  }
});
