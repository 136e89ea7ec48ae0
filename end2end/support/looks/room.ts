// Whether everything has room: on a narrow screen, with large text, and under a thumb.

import type { Page } from "@playwright/test";

import { expect, type Opened } from "../opening.ts";
import { cutOff, stickingOut } from "../overflow.ts";
import { targets } from "../targets.ts";

/** In pixels. The letters of a neighbour may reach one pixel into it. */
const THUMB = 44 - 1;
/** The least from one line to the next where links stand in the text (WCAG 2.5.8). */
const LINE = 24;

/** There is room on a narrow screen, for large text and for a thumb. Leaves large text behind. */
export async function room({ page }: Opened): Promise<void> {
  await page.setViewportSize({ width: 360, height: 740 });
  const all = await page.evaluate(targets);
  expect(all.length).toBeGreaterThan(0);
  const small = all.filter((target) => (target.isInSentence ? target.lineHeight < LINE : target.height < THUMB));
  expect.soft(small, "too small to tap").toEqual([]);

  await page.setViewportSize({ width: 320, height: 640 });
  expect.soft(await page.evaluate(stickingOut), "at 320 pixels").toEqual([]);

  await enlargeText(page);
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 740 });
    expect.soft(await page.evaluate(stickingOut), `with large text at ${width} pixels`).toEqual([]);
    expect.soft(await page.evaluate(cutOff), `cut off with large text at ${width} pixels`).toEqual([]);
  }
}

/** Twice the text size in the browser's own settings, which queries in em follow too. */
async function enlargeText(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
  const size = await page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize));
  expect(size, "the page follows the reader's own text size").toBe(32);
}
