// `test` for everything here: Playwright's own, which also knows the engine and fails on any trouble in the browser.

import { test as base, expect } from "@playwright/test";

import { Outbox } from "./mail.ts";
import type { Engine } from "./settings.ts";
import { Trouble } from "./trouble.ts";

export { expect };

/** What a project says about its server. */
export interface AlongsideOptions {
  engine: Engine;
  dataFolder: string;
}

interface AlongsideFixtures {
  /** The mail that this project's server has sent. */
  outbox: Outbox;
  /** Says that the test brings about an answer from 400 up. Anything else of that kind fails it. */
  expectStatus: (status: number) => void;
  /** Says that the test leaves for this address. What the browser then sees is made here: nothing leaves the machine. */
  expectLeaving: (address: string) => Promise<void>;
  trouble: Trouble;
}

export const test = base.extend<AlongsideOptions & AlongsideFixtures>({
  engine: ["sqlite", { option: true }],
  dataFolder: ["", { option: true }],
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
  expectStatus: async ({ trouble }, use) => use((status) => trouble.expectStatus(status)),
  expectLeaving: async ({ context, trouble }, use) =>
    use(async (address) => {
      const { host, origin } = new URL(address);
      trouble.expectHost(host);
      await context.route(`${origin}/**`, (route) =>
        route.fulfill({ contentType: "text/html", body: "<!DOCTYPE html><title>Elsewhere</title><h1>Elsewhere</h1>" }),
      );
    }),
});
