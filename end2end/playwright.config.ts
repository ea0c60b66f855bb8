// The product in a real browser. `cargo xtask test` runs it on both databases; by hand, after `cargo xtask web` and a release
// build: `npx playwright test`.
import { defineConfig, devices } from "@playwright/test";

const phone = { ...devices["Pixel 7"], viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 };
const desktop = { ...devices["Desktop Chrome"], viewport: { width: 1280, height: 800 } };

// What a test is for is said by tags: `@plain` works without JavaScript too, `@look` is about how a page looks.
const everything = [
  { name: "phone", use: phone },
  { name: "desktop", use: desktop, grep: /@look/ },
  { name: "nojs", use: { ...phone, javaScriptEnabled: false }, grep: /@plain/ },
];
// How a page looks does not depend on the database, and neither does what becomes of a file (`@once`).
const onSecondEngine = [
  { name: "phone", use: phone, grepInvert: /@look|@once/ },
  { name: "nojs", use: { ...phone, javaScriptEnabled: false }, grep: /@plain/ },
];

export default defineConfig({
  testDir: "flows",
  outputDir: "test-results",
  globalSetup: "./support/start.ts",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  // The longest page, looked at by axe on a busy machine.
  timeout: 60_000,
  expect: { timeout: 7_000 },
  reporter: [["list"]],
  projects: process.env.IKKER_E2E_ENGINE === "postgres" ? onSecondEngine : everything,
  use: {
    locale: "nl-NL",
    timezoneId: "Europe/Amsterdam",
    // A trace of every test takes a third of the time of all; of one that fails: `--trace on`.
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.IKKER_E2E_CHROMIUM ?? "/usr/bin/chromium",
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
