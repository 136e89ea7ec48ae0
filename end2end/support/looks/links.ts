import type { Page } from "@playwright/test";

import { expect, type Opened } from "../opening.ts";
import { isListed } from "../pages.ts";

interface Answer {
  status: number;
  isPage: boolean;
  /** The page that one lands on: some ask for the password first. */
  landed: string;
}

/** What each viewer was answered. The same links stand on every page of theirs. */
const answered = new Map<string, Answer>();

/** Every link leads somewhere, and to a page that is looked at. */
export async function links({ it, page, baseURL }: Opened): Promise<void> {
  const here = new URL(page.url()).pathname;
  const all = page.locator("a[href]");
  const hrefs = new Set(await all.evaluateAll((found) => found.map((link) => (link as HTMLAnchorElement).href)));
  const ours = [...hrefs].filter((href) => href.startsWith(`${baseURL}/`)).map((href) => new URL(href));

  // With the browser's cookies, and without the browser: what fails here is said here.
  const dead: string[] = [];
  const unlisted: string[] = [];
  for (const { pathname, search } of ours) {
    const asked = `${it.viewer} ${pathname}${search}`;
    const answer = answered.get(asked) ?? (await ask(page, pathname + search));
    answered.set(asked, answer);
    const { status, isPage, landed } = answer;
    if (status >= 400 && pathname !== here) dead.push(`${pathname}${search} answers with ${status}`);
    if (status < 300 && isPage && !isListed(landed)) unlisted.push(landed);
  }
  expect.soft(dead).toEqual([]);
  expect.soft(unlisted, "pages that support/pages.ts does not list, so that nobody looks at them").toEqual([]);

  const anchors = ours.filter((href) => href.pathname === here && href.hash.length > 1);
  for (const { hash } of anchors) {
    await expect(page.locator(`[id="${decodeURIComponent(hash.slice(1))}"]`)).toHaveCount(1);
  }
}

async function ask(page: Page, path: string): Promise<Answer> {
  const answer = await page.request.get(path);
  const isPage = answer.headers()["content-type"]?.startsWith("text/html") ?? false;
  return { status: answer.status(), isPage, landed: new URL(answer.url()).pathname };
}
