// Listens to everything that goes wrong in a browser while a test runs, so that no test has to remember to.

import type { BrowserContext } from "@playwright/test";

/** The browser's own line about a bad answer, or none. Requests and answers are watched, and say more. */
const BROWSERS_OWN = /^Failed to load resource: /;
/** What a test may want to be refused: pages, forms, and what islands fetch. Never a part of a page. */
const ASKED_BY_SOMEBODY = ["document", "fetch", "xhr"];

export class Trouble {
  readonly #found: string[] = [];
  /** Statuses that the test wants, and whether each has come. */
  readonly #statuses = new Map<number, boolean>();
  readonly #refusals: { status: number; what: string; isAsked: boolean }[] = [];
  readonly #hosts: Set<string>;
  /** Where a test leaves for. */
  readonly #elsewhere = new Set<string>();

  constructor(baseURL: string) {
    this.#hosts = new Set([new URL(baseURL).host]);
  }

  async watch(context: BrowserContext, javaScriptEnabled: boolean): Promise<void> {
    context.on("console", (it) => {
      if (!["error", "warning"].includes(it.type()) || BROWSERS_OWN.test(it.text())) return;
      this.#found.push(`console ${it.type()} on ${it.location().url}: ${it.text()}`);
    });
    context.on("weberror", (it) => this.#found.push(`error in a script: ${it.error().message}`));
    context.on("request", (it) => {
      const { protocol, host } = new URL(it.url());
      // Data and blob addresses ask nobody anything.
      if (protocol.startsWith("http") && !this.#hosts.has(host)) this.#found.push(`foreign host asked: ${it.url()}`);
    });
    context.on("requestfailed", (it) => {
      const why = it.failure()?.errorText ?? "no reason given";
      // With scripts off the browser fetches none, and says so as if a policy had forbidden it.
      if (!javaScriptEnabled && it.resourceType() === "script" && why === "csp") return;
      // Nothing leaves the machine, so whoever is sent on elsewhere by an answer of ours arrives nowhere.
      if (this.#elsewhere.has(new URL(it.url()).host)) return;
      // The browser lets go of what it no longer needs when somebody moves on to another page.
      if (why !== "net::ERR_ABORTED") this.#found.push(`no answer: ${it.method()} ${it.url()} (${why})`);
    });
    context.on("response", (it) => {
      if (it.status() < 400) return;
      const request = it.request();
      const isAsked = ASKED_BY_SOMEBODY.includes(request.resourceType());
      this.#refusals.push({ status: it.status(), what: `${request.method()} ${it.url()}`, isAsked });
    });
    if (!javaScriptEnabled) return;
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (it) => {
        console.error(`the content security policy stopped ${it.violatedDirective} ${it.blockedURI}`);
      });
    });
  }

  /** The test brings about an answer with this status. That it comes is then a must. */
  expectStatus(status: number): void {
    this.#statuses.set(status, false);
  }

  expectLeavingFor(host: string): void {
    this.#hosts.add(host);
    this.#elsewhere.add(host);
  }

  /** Everything that went wrong, a line each. */
  lines(): string[] {
    const lines = [...this.#found];
    for (const { status, what, isAsked } of this.#refusals) {
      if (isAsked && this.#statuses.has(status)) this.#statuses.set(status, true);
      else lines.push(`answered with ${status}: ${what}`);
    }
    for (const [status, came] of this.#statuses) {
      if (!came) lines.push(`no answer with ${status} came, though the test expected one`);
    }
    return lines;
  }
}
