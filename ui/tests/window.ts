/** The window in a browser: the made-up backend, the program's own policy, and the prototype frozen as the program freezes it. */
import { test as base, expect, type Page } from "@playwright/test";
import axe from "axe-core";
import type { FakeControl } from "../src/fake/control";
import { serve } from "./serve";

declare global {
  interface Window {
    fake?: FakeControl;
    violations: string[];
  }
}

type Open = (parameters?: string) => Promise<void>;

export const test = base.extend<{ open: Open; problems: string[] }, { address: string }>({
  address: [
    // Playwright reads from the pattern that nothing else is needed.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const server = await serve("dist-fake");
      await use(server.address);
      server.close();
    },
    { scope: "worker" },
  ],

  /** What went wrong in the page; a test fails when there is any. */
  problems: [
    async ({ page }, use) => {
      const problems: string[] = [];
      await watch(page, problems);
      await use(problems);
      expect(problems).toEqual([]);
    },
    { auto: true },
  ],

  open: async ({ page, address }, use) => {
    await use(async (parameters = "") => {
      await page.goto(`${address}?${parameters}&delay=2&steps=10`);
      await page.locator("main").first().waitFor();
      await expect(page.getByText("Opening Subvault")).toHaveCount(0);
      // What comes after the first frame is there: until then nothing can be asked over the page.
      await page.locator("dialog").first().waitFor({ state: "attached" });
    });
  },
});

/** Freezes the prototype before anything runs, and gathers errors and violations of the policy. */
export async function watch(page: Page, problems: string[]): Promise<void> {
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  await page.addInitScript(() => {
    Object.freeze(Object.prototype);
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
}

/** Everything axe finds, serious or not. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ""}`));
  });
}

export { expect, axe };
