// What `cargo xtask bench` asks a browser: when there is something to see on a slow phone, and what it weighs.

import { defineConfig } from "@playwright/test";

import { browserArguments } from "./support/browser.ts";

export default defineConfig({
  testDir: "bench",
  outputDir: "test-results",
  workers: 1,
  retries: 0,
  timeout: 300_000,
  use: {
    viewport: { width: 360, height: 740 },
    locale: "en-GB",
    launchOptions: { executablePath: process.env["CHROMIUM"] || "/usr/bin/chromium", args: browserArguments },
  },
});
