import { expect, test } from "../../support/alongside.ts";
import { isListed, open, PAGES } from "../../support/pages.ts";

for (const it of PAGES) {
  test(`${it.name}: every link leads somewhere`, async ({ page, baseURL, expectStatus }) => {
    await open(page, it, expectStatus);
    const hrefs = await page.locator("a[href]").evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
    const ours = [...new Set(hrefs)].filter((href) => href.startsWith(`${baseURL}/`)).map((href) => new URL(href));

    // With the browser's cookies, and without the browser: what fails here is said here.
    const dead: string[] = [];
    const unlisted: string[] = [];
    for (const { pathname, search } of ours) {
      const answer = await page.request.get(pathname + search);
      if (answer.status() >= 400 && pathname !== it.path) dead.push(`${pathname}${search} answers with ${answer.status()}`);
      const isPage = answer.headers()["content-type"]?.startsWith("text/html");
      if (answer.ok() && isPage && !isListed(pathname)) unlisted.push(pathname);
    }
    expect.soft(dead).toEqual([]);
    expect.soft(unlisted, "pages that support/pages.ts does not list, so that nobody looks at them").toEqual([]);

    const anchors = ours.filter((href) => href.pathname === it.path && href.hash.length > 1);
    for (const { hash } of anchors) await expect(page.locator(`[id="${decodeURIComponent(hash.slice(1))}"]`)).toHaveCount(1);
  });
}
