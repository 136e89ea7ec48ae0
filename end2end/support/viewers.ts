// Who looks at the pages: people made through the site's own forms, once for each worker, when first asked for.

import type { Browser, BrowserContext, Page } from "@playwright/test";

import { Outbox } from "./mail.ts";
import { join, newPerson, register } from "./people.ts";

/** Nobody in particular; or somebody signed in, who has taken no course, read one lesson, or read them all. */
export type Viewer = "anybody" | "newcomer" | "learner" | "finisher";

type Cookies = Awaited<ReturnType<BrowserContext["cookies"]>>;

export class Viewers {
  readonly #browser: Browser;
  readonly #baseURL: string;
  readonly #outbox: Outbox;
  readonly #made = new Map<string, Promise<unknown>>();

  constructor(browser: Browser, baseURL: string, dataFolder: string) {
    this.#browser = browser;
    this.#baseURL = baseURL;
    this.#outbox = new Outbox(dataFolder);
  }

  /** What a browser holds in which this viewer is signed in. */
  async cookiesOf(viewer: Viewer): Promise<Cookies> {
    if (viewer === "anybody") return [];
    return this.#once(viewer, async (page) => {
      await join(page, this.#outbox, newPerson("Robin"));
      if (viewer !== "newcomer") await this.#read(page, viewer === "learner" ? 1 : 3);
      return page.context().cookies();
    });
  }

  /** The path in a letter to somebody, which opening does not use up. */
  async pathIn(letter: "confirm" | "reset"): Promise<string> {
    return this.#once(letter, async (page) => {
      const person = newPerson("Kim");
      await register(page, person);
      if (letter === "reset") {
        await page.goto("/forgotten");
        await page.getByLabel("Your e-mail address").fill(person.email);
        await page.getByRole("button", { name: "Send me a link" }).click();
      }
      return new URL(await this.#outbox.linkTo(person.email, new RegExp(`/${letter}/`))).pathname;
    });
  }

  async #read(page: Page, lessons: number): Promise<void> {
    await page.goto("/courses/how-this-place-works");
    await page.getByRole("button", { name: "Take this course" }).click();
    for (let read = 0; read < lessons; read++) {
      await page.getByRole("button", { name: "I have read this" }).click();
      await page.getByText(`${read + 1} of 3 read`).last().waitFor();
    }
  }

  /** With scripts off, so that nothing depends on when an island wakes. */
  #once<T>(what: string, make: (page: Page) => Promise<T>): Promise<T> {
    const known = this.#made.get(what);
    if (known) return known as Promise<T>;
    const making = (async () => {
      const context = await this.#browser.newContext({ baseURL: this.#baseURL, javaScriptEnabled: false });
      try {
        return await make(await context.newPage());
      } finally {
        await context.close();
      }
    })();
    this.#made.set(what, making);
    return making;
  }
}
