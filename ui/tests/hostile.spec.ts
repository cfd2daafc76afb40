import type { Locator, Page } from "@playwright/test";
import { hostile } from "./hostile";
import { expect, test } from "./window";

declare global {
  interface Window {
    hostileRan?: unknown;
    harmDone: () => string[];
  }
}

const all = `troubles=none&rows=${hostile.length}`;

test.beforeEach(async ({ page }) => {
  test.setTimeout(240_000);
  await page.addInitScript((names) => {
    window.givenNames = names;
  }, hostile);
  await page.addInitScript(defineHarm);
});

/** Notes every request that is made from now on, and everything that asks the user something by itself. */
function watchForRequests(page: Page): string[] {
  const seen: string[] = [];
  page.on("request", (request) => seen.push(request.url()));
  page.on("dialog", (dialog) => {
    seen.push(dialog.message());
    void dialog.dismiss();
  });
  page.on("popup", (popup) => seen.push(popup.url()));
  return seen;
}

/** Gives the page `harmDone`, which says what a hostile text has done to it, if anything. */
function defineHarm(): void {
  window.harmDone = () => {
    const harm: string[] = [];
    const { clientWidth, clientHeight, scrollWidth } = document.documentElement;
    if (window.hostileRan !== undefined) harm.push("a script ran");
    if (document.title !== "Subvault") harm.push(`the title is ${document.title}`);
    if (scrollWidth > clientWidth) harm.push(`the page is ${scrollWidth} wide`);
    if (document.querySelector("img, iframe, object, embed, video, audio, base, form[action], a[href], script:not([src])"))
      harm.push("there is an element that nobody put there");
    const heights = new Set(
      [...document.querySelectorAll("[role=grid] .body .row")].map((row) => Math.round(row.getBoundingClientRect().height)),
    );
    if (heights.size > 1) harm.push(`rows are ${[...heights].join(" and ")} high`);
    for (const dialog of document.querySelectorAll("dialog[open]")) {
      const { left, top, right, bottom } = dialog.getBoundingClientRect();
      if (left < 0 || top < 0 || right > clientWidth || bottom > clientHeight) harm.push("a dialog does not fit into the window");
      if (dialog.scrollWidth > dialog.clientWidth) harm.push("a dialog is scrolled sideways");
    }
    for (const part of document.querySelectorAll(".detail, .screen, main")) {
      if (part.scrollWidth > part.clientWidth + 1) harm.push(`${part.className || part.tagName} is scrolled sideways`);
    }
    return harm;
  };
}

const harm = (page: Page): Promise<string[]> => page.evaluate(() => window.harmDone());

/**
 * Fills each text into all of the boxes, as `fill` does, and answers what harm each did. The loop is in the page, since there are
 * hundreds of texts and a way to the page and back takes longer than what is looked at.
 */
async function harmOfTyping(page: Page, boxes: Locator[], send: "and sends it" | null = null): Promise<string[]> {
  const elements = await Promise.all(boxes.map((box) => box.elementHandle()));
  return page.evaluate(
    async ({ elements, texts, send }) => {
      const fill = (box: HTMLInputElement, text: string) => {
        box.value = text;
        box.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
      };
      const harm: string[] = [];
      for (const text of texts) {
        for (const box of elements) fill(box as HTMLInputElement, text);
        if (send !== null) (elements.at(-1) as HTMLInputElement).form?.requestSubmit();
        // What follows from it is drawn then.
        await new Promise((done) => setTimeout(done));
        harm.push(...window.harmDone().map((done) => `${JSON.stringify(text)}: ${done}`));
      }
      return harm;
    },
    { elements, texts: [...hostile], send },
  );
}

test("there are more than two hundred hostile texts", () => {
  expect(hostile.length).toBeGreaterThanOrEqual(200);
});

test("the watch for harm sees a script, a wide page, a row out of line and a request", async ({ page, open }) => {
  await open("rows=20&troubles=none");
  const seen = watchForRequests(page);
  await page.evaluate(() => {
    window.hostileRan = 1;
    const wide = document.createElement("div");
    Object.assign(wide.style, { position: "absolute", width: "5000px", height: "1px" });
    document.documentElement.append(wide);
    document.querySelector<HTMLElement>("[role=grid] .body .row")?.style.setProperty("height", "90px");
    const style = document.createElement("link");
    Object.assign(style, { rel: "stylesheet", href: `${document.querySelector<HTMLLinkElement>("link[rel=stylesheet]")?.href}?again` });
    document.head.append(style);
  });
  await expect.poll(() => seen.length).toBe(1);
  expect((await harm(page)).map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual(
    expect.arrayContaining(["a script", "the page", "rows are"]),
  );
});

for (const [width, height] of [
  [1280, 800],
  [800, 560],
] as const) {
  test(`as names and SIDs from Twilio they are text in every row, at ${width} by ${height}`, async ({ page, open }) => {
    await page.setViewportSize({ width, height });
    // Nothing reads the list again, which would take back what is told here.
    await open(`${all}&names=hostile&refresh=asked`);
    const seen = watchForRequests(page);
    await page.evaluate((texts) => {
      const row = {
        status: "active",
        keySids: [],
        saved: 0,
        unsaved: 0,
        removed: 0,
        notHandedOver: 0,
        customerNumber: "",
        tags: [],
        oldestKeyAt: null,
        unfinished: 0,
        spend: null,
        spendAsOf: null,
        notReadable: null,
        gone: false,
      } as const;
      window.fake?.emit(
        "rowsChanged",
        texts.map((text) => ({ ...row, sid: text, keySids: [text], name: text, tags: [] })),
      );
    }, hostile);
    const body = page.getByRole("grid");
    const rows = async () => Number(await body.getAttribute("aria-rowcount"));
    await expect.poll(rows).toBeGreaterThan(hostile.length + 1);
    const end = await body.evaluate((list) => list.scrollHeight);
    for (let at = 0; at < end; at += height / 2) {
      await body.evaluate((list, at) => list.scrollTo(0, at), at);
      expect(await harm(page), `scrolled to ${at}`).toEqual([]);
    }
    expect(seen).toEqual([]);
  });
}

const portion = 70;
for (let from = 0; from < hostile.length; from += portion)
  test(`beside the list, and on the hand-over card, each is text, from ${from}`, async ({ page, open }) => {
    await open(`${all}&names=hostile`);
    const seen = watchForRequests(page);
    const sids = await page.evaluate(() => window.fake?.sids ?? []);
    expect(sids.length).toBe(hostile.length);
    let cards = 0;
    for (const [place, sid] of [...sids.entries()].slice(from, from + portion)) {
      await page.getByRole("searchbox").fill(sid);
      await page.keyboard.press("Enter");
      // Looked for at shorter intervals than an expectation is.
      await page.locator(".detail .sid code", { hasText: sid }).waitFor();
      await page.locator(".detail .heading bdi").waitFor();
      await page.locator(".detail").getByText("Secrets live in").waitFor();
      expect(await harm(page), JSON.stringify(hostile[place])).toEqual([]);
      // Not every made-up subaccount has a key that is saved.
      const handOver = page.getByRole("button", { name: "Hand over…" }).first();
      if ((await handOver.count()) === 0) continue;
      cards += 1;
      await handOver.click();
      await page.getByRole("dialog").waitFor();
      expect(await harm(page), JSON.stringify(hostile[place])).toEqual([]);
      await page
        .getByRole("dialog")
        .getByRole("button", { name: /^(Do this later|Close)$/ })
        .first()
        .click();
      await page.getByRole("dialog").waitFor({ state: "hidden" });
    }
    expect(cards).toBeGreaterThan(Math.min(portion, hostile.length - from) / 2);
    expect(seen).toEqual([]);
  });

test("typed into the search and into the name of a new customer, each is text", async ({ page, open }) => {
  await open("troubles=none&rows=20");
  const seen = watchForRequests(page);
  expect(await harmOfTyping(page, [page.getByRole("searchbox")])).toEqual([]);
  await page.getByRole("searchbox").fill("");
  await page.getByRole("button", { name: "New subaccount" }).click();
  expect(await harmOfTyping(page, [page.getByLabel("Customer’s name")])).toEqual([]);
  await page.keyboard.press("Escape");
  expect(seen).toEqual([]);
});

test("typed into the name of a key and into the sign-in form, each is text", async ({ page, open }) => {
  await open("troubles=none&rows=20");
  const seen = watchForRequests(page);
  await page.getByText("Acme Cold Storage").first().click();
  await page.getByRole("button", { name: "New API key…" }).first().click();
  expect(await harmOfTyping(page, [page.getByRole("dialog").getByRole("textbox")])).toEqual([]);
  expect(seen).toEqual([]);
  await open("scene=welcome&fail=connect:subaccountInsteadOfParent");
  const later = watchForRequests(page);
  await page.getByRole("button", { name: "Connect your Twilio account" }).click();
  const boxes = [page.getByLabel("Account SID"), page.getByLabel("Auth Token", { exact: true })];
  expect(await harmOfTyping(page, boxes, "and sends it")).toEqual([]);
  expect(later).toEqual([]);
});

test("as what a failure speaks of, and as its lines for support, each is text", async ({ page, open }) => {
  await open("troubles=none&rows=20");
  await expect(page.getByText("Up to date", { exact: false })).toBeVisible();
  const seen = watchForRequests(page);
  const harmDone = await page.evaluate(
    async (texts) => {
      const harm: string[] = [];
      let id = 1_000;
      for (const text of texts) {
        const failure = {
          kind: "subaccountInsteadOfParent",
          changed: "no",
          subject: text,
          unfinished: null,
          code: 20003,
          status: 401,
          requestId: text,
          words: text,
          technical: text,
        } as const;
        id += 1;
        const refresh = {
          id,
          kind: "refresh" as const,
          subject: { name: null, accountSid: null, keySid: null, entry: null },
          steps: [],
          checks: [],
          batch: null,
          items: [],
          canStop: true,
          beganAt: new Date().toISOString(),
        };
        window.fake?.emit("operationsChanged", [{ ...refresh, outcome: null }]);
        window.fake?.emit("operationsChanged", [{ ...refresh, outcome: { is: "failed", failure } }]);
        await new Promise((done) => setTimeout(done));
        await new Promise((done) => setTimeout(done));
        const details = document.querySelector("[role=alert] details");
        if (!details?.textContent?.includes(text.trim().slice(0, 20))) harm.push(`${JSON.stringify(text)}: it is not in the notice`);
        details?.setAttribute("open", "");
        harm.push(...window.harmDone().map((done) => `${JSON.stringify(text)}: ${done}`));
      }
      return harm;
    },
    [...hostile],
  );
  expect(harmDone).toEqual([]);
  expect(seen).toEqual([]);
});

test("as names under Needs attention, under Activity and of keys that were passed over, they are text", async ({ page, open }) => {
  await open(`rows=${hostile.length}&names=hostile`);
  const seen = watchForRequests(page);
  for (const screen of ["Needs attention", "Activity"]) {
    await page.getByRole("navigation").getByRole("button", { name: screen }).click();
    await expect(page.getByRole("heading", { name: screen })).toBeVisible();
    expect(await harm(page), screen).toEqual([]);
  }
  expect(seen).toEqual([]);
  await open("scene=backup&passed-given");
  const later = watchForRequests(page);
  await page.getByRole("navigation").getByRole("button", { name: "Backup" }).click();
  await page.getByRole("button", { name: "Put back…" }).click();
  await page.getByLabel("Recovery passphrase").fill("walnut ferry cobalt thursday");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/Not put back, /)).toContainText("window.hostileRan");
  expect(await harm(page)).toEqual([]);
  expect(later).toEqual([]);
});

/** Types each text into every box that takes a passphrase on the screen, and sends it where that can be done. */
async function typeIntoPassphrases(page: Page, labels: string[]): Promise<void> {
  const seen = watchForRequests(page);
  const boxes = labels.map((label) => page.getByLabel(label, { exact: true }));
  expect(await harmOfTyping(page, boxes)).toEqual([]);
  for (const box of boxes) await expect(box).toHaveValue(hostile.at(-1) ?? "");
  await boxes.at(-1)?.press("Enter");
  await expect(page.getByText("Checking")).toHaveCount(0);
  expect(await harm(page)).toEqual([]);
  expect(seen).toEqual([]);
}

test("typed into the boxes of a new passphrase, and shown there, each is text", async ({ page, open }) => {
  await open();
  await page.getByRole("button", { name: "Set it up…" }).click();
  await page.getByRole("button", { name: /^Show/ }).first().click();
  await typeIntoPassphrases(page, ["Passphrase", "The same once more"]);
});

test("typed into the boxes that change the passphrase, and of a locked file, each is text", async ({ page, open }) => {
  await open("scene=backup");
  await page.getByRole("navigation").getByRole("button", { name: "Backup" }).click();
  await page.getByRole("button", { name: "Change…" }).click();
  await typeIntoPassphrases(page, ["Passphrase of now", "New passphrase", "The same once more"]);
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Save a locked file…" }).click();
  await typeIntoPassphrases(page, ["Passphrase for the file", "The same once more"]);
});

test("typed into the passphrase that confirms who it is, each is text", async ({ page, open }) => {
  await open("stale");
  await page.getByText("Acme Cold Storage").first().click();
  await page.getByRole("button", { name: "Show API Secret" }).click();
  await expect(page.getByRole("dialog", { name: "Confirm that it is you" })).toBeVisible();
  await typeIntoPassphrases(page, ["Recovery passphrase"]);
});

test("typed into the passphrase of a restore and of putting back, each is text", async ({ page, open }) => {
  await open("scene=welcome");
  await page.getByRole("button", { name: "Restore a backup…" }).click();
  await typeIntoPassphrases(page, ["Recovery passphrase"]);
  await open("scene=backup");
  await page.getByRole("navigation").getByRole("button", { name: "Backup" }).click();
  await page.getByRole("button", { name: "Put back…" }).click();
  await typeIntoPassphrases(page, ["Recovery passphrase"]);
});

test("typed into the passphrase that unlocks, each is text", async ({ page, open }) => {
  await open("locked");
  await typeIntoPassphrases(page, ["Recovery passphrase"]);
});
