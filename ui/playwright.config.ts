import { defineConfig } from "@playwright/test";

// A worker clears its browser context and goes on with it, which takes half as long as making another for each test. Playwright has it
// for component tests and does not document it; without it everything passes just the same.
process.env.PW_TEST_REUSE_CONTEXT = "1";

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  fullyParallel: true,
  workers: 2,
  // Set where a second chance is given and told: `cargo xtask test`.
  retries: Number(process.env.RETRIES ?? 0),
  reporter: "list",
  timeout: 30_000,
  expect: { timeout: 5_000 },
  use: {
    viewport: { width: 1280, height: 800 },
    locale: "en-US",
    // The system's own browser: none is ever downloaded.
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
});
