// `test` for everything here: Playwright's own, which also knows the engine and fails on any trouble in the browser.

import { writeFile } from "node:fs/promises";

import { test as base, type BrowserContext, expect, type Page } from "@playwright/test";

import { Outbox } from "./mail.ts";
import type { Engine } from "./settings.ts";
import type { Terminal } from "./terminal.ts";
import { Trouble } from "./trouble.ts";

export { expect };

/** What a project says about its server. */
export interface AlongsideOptions {
  engine: Engine;
  dataFolder: string;
  /** Of whoever holds the machine. */
  terminal: Terminal;
}

interface AlongsideFixtures {
  /** The mail that this project's server has sent. */
  outbox: Outbox;
  /** Says that the test brings about an answer from 400 up. Anything else of that kind fails it. */
  expectStatus: (status: number) => void;
  /**
   * Says that the test leaves for this address. Behind a link the browser then sees a page that is made here; where
   * an answer of ours sends it, it sees nothing, for requests that come of a redirect cannot be answered here.
   */
  expectLeaving: (address: string) => Promise<void>;
  /** Opens another browser, which knows nothing of the first: another device, or another person. */
  anotherBrowser: () => Promise<Page>;
  trouble: Trouble;
}

export const test = base.extend<AlongsideOptions & AlongsideFixtures>({
  engine: ["sqlite", { option: true }],
  dataFolder: ["", { option: true }],
  terminal: [{ binary: "", environment: {} }, { option: true }],
  outbox: async ({ dataFolder }, use) => use(new Outbox(dataFolder)),
  trouble: async ({ baseURL }, use) => {
    const trouble = new Trouble(baseURL ?? "");
    await use(trouble);
    expect(trouble.lines(), "Something went wrong in the browser while this test ran").toEqual([]);
  },
  context: async ({ context, javaScriptEnabled, trouble }, use) => {
    await trouble.watch(context, javaScriptEnabled !== false);
    await use(context);
  },
  page: async ({ page }, use, it) => {
    await use(page);
    // What the page was made of tells more than a picture of it.
    if (it.status !== it.expectedStatus) await writeFile(it.outputPath("page.html"), await page.content().catch(String));
  },
  anotherBrowser: async ({ browser, javaScriptEnabled, trouble }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      // Set up like the first: Playwright sees to that.
      const context = await browser.newContext();
      contexts.push(context);
      await trouble.watch(context, javaScriptEnabled !== false);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },
  expectStatus: async ({ trouble }, use) => use((status) => trouble.expectStatus(status)),
  expectLeaving: async ({ context, trouble }, use) =>
    use(async (address) => {
      const { host, origin } = new URL(address);
      trouble.expectLeavingFor(host);
      await context.route(`${origin}/**`, (route) =>
        route.fulfill({ contentType: "text/html", body: "<!DOCTYPE html><title>Elsewhere</title><h1>Elsewhere</h1>" }),
      );
    }),
});
