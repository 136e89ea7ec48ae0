// The journeys, on both engines, with scripts on and off; and a closer look at each page, once.
// `cargo xtask test` starts the servers and says where they are; support/settings.ts tells what it has to say.

import { defineConfig } from "@playwright/test";

import type { AlongsideOptions } from "./support/alongside.ts";
import { browserArguments } from "./support/browser.ts";
import { type Server, settingsFrom } from "./support/settings.ts";

const settings = settingsFrom(process.env);
if (typeof settings === "string") {
  // Thrown, it would come with a page of stack around the one sentence that matters.
  console.error(settings);
  process.exit(2);
}

const { sqlite, postgres, demo, chromium } = settings;

const journeys = [sqlite, postgres].flatMap((server) =>
  [true, false].map((javaScriptEnabled) => ({
    name: `${server.engine}, scripts ${javaScriptEnabled ? "on" : "off"}`,
    testDir: "tests/journeys",
    // What is about scripts only is not skipped without them: there it is no test at all.
    ...(javaScriptEnabled ? {} : { grepInvert: /@scripts/ }),
    use: { ...of(server), javaScriptEnabled },
  })),
);

function of({ url, engine, data, terminal }: Server) {
  return { baseURL: url, engine, dataFolder: data, terminal };
}

export default defineConfig<AlongsideOptions>({
  outputDir: "test-results",
  // A test that passes now and then is a broken test.
  retries: 0,
  forbidOnly: true,
  workers: 2,
  fullyParallel: true,
  timeout: 30_000,
  use: {
    // A phone: the journeys are made where most people make them.
    viewport: { width: 360, height: 740 },
    // What moves is for the eye alone, and would hold up each step by a quarter of a second.
    contextOptions: { reducedMotion: "reduce" },
    locale: "en-GB",
    timezoneId: "Europe/London",
    // It would slow down every test for the few that fail, which keep their page (support/alongside.ts). To see all
    // of what one of them did, run it alone with `--trace on`.
    trace: "off",
    launchOptions: {
      executablePath: chromium,
      args: browserArguments,
    },
  },
  projects: [
    ...journeys,
    {
      // What a page is made of does not depend on the engine, and axe cannot run with scripts off.
      name: "pages",
      testDir: "tests/pages",
      use: of(sqlite),
    },
    {
      // What only time fills is looked at where time has gone by.
      name: "pages of the demo",
      testDir: "tests/demo",
      use: { ...of(demo), trace: "off" },
    },
    // The helpers that are easier wrong than they look. No browser.
    { name: "helpers", testDir: "tests/support" },
  ],
});
