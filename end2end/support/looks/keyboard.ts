import type { Locator, Page } from "@playwright/test";

import { expect, type Opened } from "../opening.ts";
import { currentStop, type Stop, stopsInOrder } from "../stops.ts";

/** The tab key reaches everything, in order and in sight; where the skip link leads. The page was just opened. */
export async function keyboard({ it, page }: Opened): Promise<void> {
  const inOrder = await page.evaluate(stopsInOrder);
  expect(inOrder[0]?.name).toBe("a “Skip to the page”");
  // Where something has to be put right, the focus is on the summary of it, and its first link comes next.
  const faults = page.getByRole("alert").getByRole("link");
  const fault = it.status && (it.typed || (await faults.count())) ? faults.first() : undefined;
  const reached = fault ? undefined : await pastTheMasthead(page, inOrder);
  const start = fault ? await place(fault) : reached?.at;
  const first = Math.max(0, inOrder.findIndex(({ at }) => at === start));
  // All the way round, from there.
  const wanted = [...inOrder.slice(first), ...inOrder.slice(0, first)];
  const stops = reached ? [reached] : [];
  // On the way one press may lead out of the page.
  for (let press = 0; press <= wanted.length && stops.length < wanted.length; press++) {
    const stop = await tab(page);
    if (stop) stops.push(stop);
  }
  expect(stops.map(({ at, name }) => ({ at, name }))).toEqual(wanted);
  expect.soft(stops.filter((stop) => !stop.isOutlined || !stop.isOnScreen), "out of sight").toEqual([]);
  const after = await tab(page);
  expect.soft(after?.at ?? wanted[0]?.at, "the focus is free to leave, or to begin again").toBe(wanted[0]?.at);
}

/** From the top over the skip link to the first stop behind it, if the page has one. */
async function pastTheMasthead(page: Page, inOrder: { at: number; name: string }[]): Promise<Stop | undefined> {
  const skip = await tab(page);
  expect(skip?.at, "the first stop").toBe(inOrder[0]?.at);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#main$/);
  const main = await place(page.locator("main"));
  const next = await tab(page);
  // A page whose main part has nothing to stop at leads on to what comes after it.
  expect(next?.name, "where the skip link leads").toBe(inOrder.find(({ at }) => at > main)?.name);
  return next;
}

/** Its place among the page's elements. */
async function place(of: Locator): Promise<number> {
  return of.evaluate((element) => [...document.querySelectorAll("*")].indexOf(element));
}

async function tab(page: Page): Promise<Stop | undefined> {
  await page.keyboard.press("Tab");
  return page.evaluate(currentStop);
}
