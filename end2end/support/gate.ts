// Holds requests back for as long as a test likes: a slow line, without its whims.

import type { BrowserContext, Page } from "@playwright/test";

export interface Gate {
  /** Lets everything through, what waits and what comes. */
  open: () => void;
}

/** Holds back whatever matches, until the gate is opened. */
export async function holdBack(where: BrowserContext | Page, what: string | RegExp): Promise<Gate> {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  await where.route(what, async (route) => {
    await opened;
    // Whoever moved on to another page no longer waits for it.
    await route.continue().catch(() => {});
  });
  return { open };
}
