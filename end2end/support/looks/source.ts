// What the server sends: no script that is not needed, few bytes, and headings that tell where one is.

import { expect, type Opened } from "../opening.ts";
import { READING_AT_MOST, SCRIPTS_AT_MOST, weigh } from "../weight.ts";

/** The page is plain, light and in order. */
export async function source({ it, answer, page, context }: Opened): Promise<void> {
  const html = await answer.text();
  const hasIsland = html.includes("<leptos-island");
  const headers = await answer.allHeaders();
  const policy = headers["content-security-policy"] ?? "";
  expect.soft(/<script/i.test(html), "has a script").toBe(hasIsland);
  expect.soft(policy, "the policy").toContain("default-src 'none'");
  expect.soft(policy.includes("script-src"), "the policy lets scripts run").toBe(hasIsland);
  // The policy stops it, so that it only looks as if it did something.
  expect.soft(/<[^>]* style=/.test(html), "has a style attribute").toBe(false);

  await expect.soft(page).toHaveTitle(it.status === 422 ? /^Error: \S.* · Alongside$/ : /^\S.* · Alongside$/);
  // Signed in, leaving signs out on the way.
  const leave = page.getByRole("banner").getByRole(it.viewer === "anybody" ? "link" : "button");
  await expect.soft(leave.filter({ hasText: "Leave this site" })).toHaveCount(1);
  // Whoever looks over a shoulder learns nothing from the tab, nor whoever looks into the browser later.
  if (it.viewer !== "anybody") await expect.soft(page).not.toHaveTitle(/mental|health|recovery/i);
  expect.soft(headers["cache-control"], "how long it is kept").toBe(it.isKept ? "no-cache" : "no-store");
  await expect.soft(page.locator("html")).toHaveAttribute("lang", "en-GB");
  const headings = await page.locator("h1, h2, h3, h4, h5, h6").evaluateAll((all) =>
    all.map((heading) => ({ level: Number(heading.localName.slice(1)), text: heading.textContent })),
  );
  expect.soft(headings.filter(({ level }) => level === 1), "headings of the first level").toHaveLength(1);
  // What has to be put right comes before the page's own heading, a level below it.
  const skipping = headings.filter(({ level }, at) => level > (headings[at - 1]?.level ?? 1) + 1);
  expect.soft(skipping, "headings more than one level below the one before").toEqual([]);

  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const body = answer.request().postData() ?? "";
  const weight = await weigh(answer.url(), { cookie, body });
  const files = JSON.stringify(weight.files);
  expect.soft(weight.sheets, "stylesheets").toBeGreaterThan(0);
  expect.soft(weight.reading, `document, styles and fonts: ${files}`).toBeLessThanOrEqual(READING_AT_MOST);
  expect.soft(weight.scripts, `all scripts: ${files}`).toBeLessThanOrEqual(SCRIPTS_AT_MOST);
  expect.soft(weight.scripts > 0, `loads scripts: ${files}`).toBe(hasIsland);
}
