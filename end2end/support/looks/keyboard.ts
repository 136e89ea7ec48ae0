import type { Locator, Page } from "@playwright/test";

import { expect, type Opened } from "../opening.ts";
import { currentStop, type Stop, stopsInOrder } from "../stops.ts";

/** The tab key reaches everything, in order and in sight; where the skip link leads. Begins and ends at any place. */
export async function keyboard({ it, page, open }: Opened): Promise<void> {
  const inOrder = await page.evaluate(stopsInOrder);
  expect(inOrder[0]?.name).toBe("a “Skip to the page”");
  // Where something has to be put right, the focus is on the summary of it, and its first link comes next.
  const faults = page.getByRole("alert").getByRole("link");
  const fault = it.status && (it.typed || (await faults.count())) ? faults.first() : undefined;
  const start = fault && (await place(fault));
  const first = fault ? inOrder.findIndex(({ at }) => at === start) : 0;
  const wanted = [...inOrder.slice(first), ...inOrder.slice(0, first)];
  const stops: Stop[] = [];
  // On the way round one press may lead out of the page.
  for (let press = 0; press <= wanted.length && stops.length < wanted.length; press++) {
    const stop = await tab(page);
    if (stop) stops.push(stop);
  }
  expect(stops.map(({ at, name }) => ({ at, name }))).toEqual(wanted);
  expect.soft(stops.filter((stop) => !stop.isOutlined || !stop.isOnScreen), "out of sight").toEqual([]);
  const after = await tab(page);
  expect.soft(after?.at ?? wanted[0]?.at, "the focus is free to leave, or to begin again").toBe(wanted[0]?.at);
  if (fault) return;

  // From the top once more, past the masthead.
  await open();
  await tab(page);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#main$/);
  const main = await place(page.locator("main"));
  const next = await tab(page);
  // A page whose main part has nothing to stop at leads on to what comes after it.
  expect(next?.name, "where the skip link leads").toBe(wanted.find(({ at }) => at > main)?.name);
}

/** Its place among the page's elements. */
async function place(of: Locator): Promise<number> {
  return of.evaluate((element) => [...document.querySelectorAll("*")].indexOf(element));
}

async function tab(page: Page): Promise<Stop | undefined> {
  await page.keyboard.press("Tab");
  return page.evaluate(currentStop);
}
