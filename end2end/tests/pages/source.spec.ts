// What the server sends: no script that is not needed, few bytes, and headings that tell where one is.

import { expect, test } from "../../support/alongside.ts";
import { open, PAGES } from "../../support/pages.ts";
import { weigh } from "../../support/weight.ts";

const READING_AT_MOST = 40 * 1024;
const SCRIPTS_AT_MOST = 80 * 1024;

for (const it of PAGES) {
  test(`${it.name}: is plain, light and in order`, async ({ page, context, baseURL, expectStatus }) => {
    const answer = await open(page, it, expectStatus);
    const html = await answer.text();
    const hasIsland = html.includes("<leptos-island");
    const policy = (await answer.allHeaders())["content-security-policy"] ?? "";
    expect.soft(/<script/i.test(html), "has a script").toBe(hasIsland);
    expect.soft(policy, "the policy").toContain("default-src 'none'");
    expect.soft(policy.includes("script-src"), "the policy lets scripts run").toBe(hasIsland);
    // The policy stops it, so that it only looks as if it did something.
    expect.soft(/<[^>]* style=/.test(html), "has a style attribute").toBe(false);

    await expect.soft(page).toHaveTitle(/^\S.* · Alongside$/);
    await expect.soft(page.locator("html")).toHaveAttribute("lang", "en-GB");
    const headings = await page.locator("h1, h2, h3, h4, h5, h6").evaluateAll((all) =>
      all.map((heading) => ({ level: Number(heading.localName.slice(1)), text: heading.textContent })),
    );
    expect.soft(headings.filter(({ level }) => level === 1), "headings of the first level").toHaveLength(1);
    const skipping = headings.filter(({ level }, at) => level > (headings[at - 1]?.level ?? 0) + 1);
    expect.soft(skipping, "headings more than one level below the one before").toEqual([]);

    const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
    const weight = await weigh(new URL(it.path, baseURL).href, cookie);
    const files = JSON.stringify(weight.files);
    expect.soft(weight.sheets, "stylesheets").toBeGreaterThan(0);
    expect.soft(weight.reading, `document, styles and fonts: ${files}`).toBeLessThanOrEqual(READING_AT_MOST);
    expect.soft(weight.scripts, `all scripts: ${files}`).toBeLessThanOrEqual(SCRIPTS_AT_MOST);
    expect.soft(weight.scripts > 0, `loads scripts: ${files}`).toBe(hasIsland);
  });

  test(`${it.name}: is whole when one comes back to it`, async ({ page, expectStatus }) => {
    await open(page, it, expectStatus);
    const looks = () => page.locator("body").evaluate((body) => ({ ...getComputedStyle(body) }.font));
    const before = await looks();
    // The browser has kept it, and only asks whether it is still the same.
    await open(page, it, expectStatus);
    expect(await looks()).toBe(before);
  });
}
