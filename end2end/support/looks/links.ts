import { expect, type Opened } from "../opening.ts";
import { isListed } from "../pages.ts";

/** Every link leads somewhere, and to a page that is looked at. */
export async function links({ page, baseURL }: Opened): Promise<void> {
  const here = new URL(page.url()).pathname;
  const all = page.locator("a[href]");
  const hrefs = new Set(await all.evaluateAll((found) => found.map((link) => (link as HTMLAnchorElement).href)));
  const ours = [...hrefs].filter((href) => href.startsWith(`${baseURL}/`)).map((href) => new URL(href));

  // With the browser's cookies, and without the browser: what fails here is said here.
  const dead: string[] = [];
  const unlisted: string[] = [];
  for (const { pathname, search } of ours) {
    const answer = await page.request.get(pathname + search);
    if (answer.status() >= 400 && pathname !== here) dead.push(`${pathname}${search} answers with ${answer.status()}`);
    const isPage = answer.headers()["content-type"]?.startsWith("text/html");
    // The page that one lands on: some ask for the password first.
    const landed = new URL(answer.url()).pathname;
    if (answer.ok() && isPage && !isListed(landed)) unlisted.push(landed);
  }
  expect.soft(dead).toEqual([]);
  expect.soft(unlisted, "pages that support/pages.ts does not list, so that nobody looks at them").toEqual([]);

  const anchors = ours.filter((href) => href.pathname === here && href.hash.length > 1);
  for (const { hash } of anchors) {
    await expect(page.locator(`[id="${decodeURIComponent(hash.slice(1))}"]`)).toHaveCount(1);
  }
}
