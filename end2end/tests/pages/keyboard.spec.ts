import type { Page } from "@playwright/test";

import { expect, test } from "../../support/alongside.ts";
import { open, PAGES } from "../../support/pages.ts";
import { currentStop, type Stop, stopsInOrder } from "../../support/stops.ts";

test.use({ viewport: { width: 1280, height: 800 } });

for (const it of PAGES) {
  test(`${it.name}: the tab key reaches everything, in order and in sight`, async ({ page, expectStatus }) => {
    await open(page, it, expectStatus);
    const wanted = await page.evaluate(stopsInOrder);
    const stops: Stop[] = [];
    for (const _ of wanted) {
      const stop = await tab(page);
      if (stop) stops.push(stop);
    }
    expect(stops.map(({ at, name }) => ({ at, name }))).toEqual(wanted);
    expect(stops[0]?.name).toBe("a “Skip to the page”");
    expect.soft(stops.filter((stop) => !stop.isOutlined || !stop.isOnScreen), "out of sight").toEqual([]);
    const after = await tab(page);
    expect.soft(after?.at ?? wanted[0]?.at, "the focus is free to leave, or to begin again").toBe(wanted[0]?.at);

    // From the top once more, past the masthead.
    await open(page, it, expectStatus);
    await tab(page);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/#main$/);
    const main = await page.locator("main").evaluate((element) => [...document.querySelectorAll("*")].indexOf(element));
    const next = await tab(page);
    // A page whose main part has nothing to stop at leads on to what comes after it.
    expect(next?.name, "where the skip link leads").toBe(wanted.find(({ at }) => at > main)?.name);
  });
}

async function tab(page: Page): Promise<Stop | undefined> {
  await page.keyboard.press("Tab");
  return page.evaluate(currentStop);
}
