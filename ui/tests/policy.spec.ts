import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test as plain, type Page } from "@playwright/test";
import { hostileNames } from "../src/fake/data";
import { serve } from "./serve";
import { expect, test, watch } from "./window";

const dist = fileURLToPath(new URL("../dist", import.meta.url));

function shipped(): { name: string; text: string }[] {
  return readdirSync(dist, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(html|js|css)$/.test(name))
    .map((name) => ({ name, text: readFileSync(join(dist, name), "utf8") }));
}

/** Stands in for the program around the window, with answers of the shape the Rust side gives. */
async function insideTheProgram(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const row = {
      sid: `AC${"0".repeat(31)}1`,
      name: "Acme Cold Storage",
      status: "active",
      keySids: [`SK${"0".repeat(31)}1`],
      saved: 1,
      unsaved: 0,
      removed: 0,
      notHandedOver: 1,
      customerNumber: "",
      tags: [],
      oldestKeyAt: null,
      unfinished: 0,
      spend: { amount: "38.12", currency: "USD" },
      spendAsOf: null,
      notReadable: null,
      gone: false,
    };
    const key = {
      sid: row.keySids[0],
      name: "Acme Cold Storage - DicksonOne",
      region: "us1",
      keyType: "standard",
      createdAt: null,
      state: "saved",
      provedAt: null,
      proofDue: false,
      refusedAt: null,
      handedOver: null,
      postponedAt: null,
    };
    const connection = {
      accountSid: `AC${"0".repeat(28)}face`,
      name: "Northwind Monitoring",
      trial: false,
      balance: null,
      connectedAt: "2026-11-01T00:00:00Z",
    };
    const service = {
      id: "dicksonone",
      name: "DicksonOne",
      place: "",
      fields: [
        { value: "accountSid", label: "Account SID" },
        { value: "keySid", label: "API SID" },
        { value: "secret", label: "API Secret" },
      ],
    };
    const list = { rows: [row], readAt: "2026-11-23T12:00:00Z", oddities: null };
    const answers: Record<string, unknown> = {
      start: {
        list,
        unfinished: [],
        operations: [],
        putOff: [],
        state: {
          practice: false,
          version: "0.1.0",
          platform: "linux",
          keychainName: "GNOME Keyring",
          dataFolder: "/home/dana",
          connection,
          services: [service],
          preferences: { service: "dicksonone", sort: { column: "name", descending: false }, keyAgeLimitMonths: 12, hiddenColumns: {} },
          recordsNotice: null,
        },
      },
      subaccounts: list,
      subaccount: { row, keys: [key], note: "", suspendedHere: null, keysReadAt: null, unfinished: [], activity: [] },
      refresh_subaccount: { row, keys: [key], note: "", suspendedHere: null, keysReadAt: null, unfinished: [], activity: [] },
      unfinished: [],
      batches: [],
      replacements: [],
      hand_over_card: {
        accountSid: row.sid,
        accountName: row.name,
        keySid: key.sid,
        keyName: key.name,
        service,
        provedAt: null,
        proofDue: false,
        refusedAt: null,
        handedOver: null,
        state: "saved",
      },
      "plugin:event|listen": 1,
    };
    const commands: string[] = [];
    Object.assign(window, {
      commands,
      __TAURI_INTERNALS__: {
        transformCallback: () => 1,
        invoke: (command: string) => {
          commands.push(command);
          return command === "begin" ? Promise.reject({ kind: "offline", changed: "no" }) : Promise.resolve(answers[command] ?? null);
        },
      },
    });
  });
}

plain("the shipped window runs inside the program under its policy and with the prototype frozen", async ({ page }) => {
  const problems: string[] = [];
  const server = await serve("dist");
  await watch(page, problems);
  await insideTheProgram(page);
  await page.goto(server.address);
  await page.getByText("Acme Cold Storage").click();
  await page.getByRole("button", { name: "Hand over…" }).click();
  await expect(page.getByRole("dialog", { name: "Hand over to DicksonOne Acme Cold Storage" })).toBeVisible();
  const commands = await page.evaluate(() => (window as unknown as { commands: string[] }).commands);
  for (const command of ["start", "laid_out", "painted", "begin", "subaccount", "hand_over_card"]) expect(commands).toContain(command);
  expect(problems).toEqual([]);
  server.close();
});

plain("the shipped window says in words when the program around it is missing", async ({ page }) => {
  const problems: string[] = [];
  const server = await serve("dist");
  await watch(page, problems);
  await page.goto(server.address);
  await expect(page.getByRole("heading", { name: "Subvault could not start" })).toBeVisible();
  server.close();
});

plain("the shipped window contains nothing of the made-up backend, no data: address and no inline script or style", () => {
  const files = shipped();
  expect(files.some(({ name }) => name.endsWith(".js"))).toBe(true);
  for (const { name, text } of files) {
    expect(text, name).not.toMatch(/Northwind|not-a-real-secret|planned: /);
    expect(text, name).not.toMatch(/url\(\s*["']?data:/);
    expect(text, name).not.toMatch(/\beval\(|new Function\(/);
  }
  const page = files.find(({ name }) => name === "index.html")?.text ?? "";
  expect(page).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon\w+=/);
});

plain("the background has its colour before any script has run, in light and in dark", async ({ browser }) => {
  const server = await serve("dist");
  for (const [colorScheme, colour] of [
    ["light", "rgb(246, 247, 249)"],
    ["dark", "rgb(18, 22, 29)"],
  ] as const) {
    const context = await browser.newContext({ javaScriptEnabled: false, colorScheme });
    const page = await context.newPage();
    await page.goto(server.address);
    await expect(page.locator("html")).toHaveCSS("background-color", colour);
    await context.close();
  }
  server.close();
});

test("hostile names are shown as text on every screen, and change nothing", async ({ page, open }) => {
  await open("names=hostile&rows=40");
  for (const name of hostileNames.slice(0, 3)) {
    const part = name
      .replace(/[\u202A-\u202E]/g, "")
      .slice(0, 8)
      .trim();
    await page.getByRole("searchbox").fill(part);
    await page.locator(".body .row").first().click();
    await expect(page.locator(".detail .heading bdi")).toBeVisible();
    await page.keyboard.press("Escape");
  }
  await page.getByRole("searchbox").fill("");
  for (const screen of ["Needs attention", "Activity", "Settings"])
    await page.getByRole("navigation").getByRole("button", { name: screen }).click();
  expect(await page.title()).toBe("Subvault");
  expect(await page.locator("img").count()).toBe(0);
  await page.getByRole("navigation").getByRole("button", { name: "Subaccounts" }).click();
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  expect(sideways).toBe(false);
});

test("a hand-over card isolates a name written from right to left, and shows what turns it", async ({ page, open }) => {
  await open("names=hostile&rows=40&troubles=none");
  await page.getByRole("searchbox").fill("etnomolas");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Hand over…" }).click();
  const name = page.getByRole("dialog").locator("h2 bdi");
  await expect(name).toHaveText(/^\[U\+202E\]etnomolas sbaL\[U\+202C\] Cold Storage$/);
  await expect(name).toHaveCSS("unicode-bidi", "isolate");
});
