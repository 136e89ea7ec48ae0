// `test` for the checks of single pages: knows how to open each of them as whoever looks at it.

import type { BrowserContext, Page, Response } from "@playwright/test";

import { expect, test as base } from "./alongside.ts";
import type { Listed } from "./pages.ts";
import { type Place, Viewers } from "./viewers.ts";

export { expect };

/** A page that has been opened, for those who look at it. */
export interface Opened {
  it: Listed;
  answer: Response;
  page: Page;
  context: BrowserContext;
  baseURL: string;
}

export const test = base.extend<{ open: (it: Listed) => Promise<Response> }, { viewers: Viewers }>({
  viewers: [
    async ({ browser }, use, { project }) => {
      await use(new Viewers(browser, project.use as Place));
    },
    { scope: "worker" },
  ],
  open: async ({ page, context, viewers, expectStatus }, use) =>
    use(async (it) => {
      const status = it.status ?? 200;
      if (status >= 400) expectStatus(status);
      await context.addCookies(await viewers.cookiesOf(it.viewer));
      const path = typeof it.path === "string" ? await viewers.filled(it.path) : await viewers.pathIn(it.path.letter);
      const opened = await page.goto(path);
      if (it.isUnfolded) await unfold(page);
      const answer = it.typed ? await send(page, it.typed) : opened;
      if (answer?.status() !== status) {
        throw new Error(`${path} answered with ${answer?.status()} instead of ${status}.`);
      }
      if (await page.locator("leptos-island").count()) {
        await page.locator("html[data-islands=awake]").waitFor({ state: "attached" });
      }
      if (it.isUnfolded) await unfold(page);
      return answer;
    }),
});

async function unfold(page: Page): Promise<void> {
  await page.locator("details").evaluateAll((all) => all.forEach((fold) => fold.setAttribute("open", "")));
}

/** Fills in the form of the page that has these fields, the first if there are none, and sends it with its first button. */
async function send(page: Page, typed: Record<string, string>): Promise<Response> {
  const [first] = Object.keys(typed);
  const forms = page.getByRole("main").locator("form");
  const form = first === undefined ? forms.first() : forms.filter({ has: page.locator(`[name="${first}"]`) });
  for (const [name, value] of Object.entries(typed)) {
    const field = form.locator(`[name="${name}"]`);
    const choice = form.locator(`:is([type=radio], [type=checkbox])[name="${name}"][value="${value}"]`);
    // What stands hidden is what the page was made with: another tab may have moved on since.
    const hidden = form.locator(`[type=hidden][name="${name}"]`);
    if (await hidden.count()) await hidden.evaluate((it, old) => it.setAttribute("value", old), value);
    else await ((await choice.count()) ? choice.check() : field.fill(value));
  }
  const answered = page.waitForResponse((it) => it.request().isNavigationRequest() && it.request().method() === "POST");
  await form.locator("button").first().click();
  const answer = await answered;
  await page.waitForLoadState();
  return answer;
}
