// Who looks at the pages: people made through the site's own forms, once for each worker, when first asked for.

import { randomUUID } from "node:crypto";

import type { Browser, BrowserContext, Page } from "@playwright/test";

import { Outbox } from "./mail.ts";
import { tryAll } from "./checks.ts";
import { beginGroup, chooseTutors, givePlace, mark, workWithFramework } from "./group.ts";
import { writePlan } from "./plan.ts";
import { accept, administer, join, newPerson, type Person, register, signIn } from "./people.ts";
import { apply, askToBeTold, beginRound } from "./applying.ts";
import { acceptPolicy, changePolicy, ownPolicy, writePolicy } from "./policies.ts";
import { askForChecks, noteCheck, openCheck, requireOf, writeDown } from "./required.ts";
import { concerned, coverConcerns } from "./concerns.ts";
import { pairUp, supervised } from "./supervising.ts";
import type { Terminal } from "./terminal.ts";
import { PHOTO } from "./photo.ts";
import { addEvidence, askWitness, bringIn, invite, letAssess, printCodes, workWith } from "./training.ts";
import { gather, placed, roles, type Working } from "./working.ts";

/**
 * Nobody in particular; or somebody signed in, who has taken no course, read one lesson, read them all, or made a
 * certificate of that; or who administers an organisation; or supervises somebody who told them what they need; or
 * has a plan, or is the tutor to whom it is shown; or edits courses; or coordinates a group, holds its sessions, or has
 * a place in it; or keeps a round of training, or has applied to it; or keeps frameworks, shows what they can do, or
 * assesses them; or keeps what is required, is asked for it, waits to begin, or sees checks; or issues roles, has one and is on
 * placement, manages them, or looks after the placement; or supervises, or is supervised, or
 * reads what is counted of that; or
 * says who is told of concerns, is told first, stands in, or has raised some. Somebody played is in the demo already.
 */
export type Viewer =
  | "anybody"
  | "newcomer"
  | "learner"
  | "finisher"
  | "certified"
  | "administrator"
  | "supervisor"
  | "planner"
  | "tutor"
  | "editor"
  | "coordinator"
  | "group tutor"
  | "trainee"
  | "round keeper"
  | "applicant"
  | "framework keeper"
  | "candidate"
  | "assessor"
  | "requirement keeper"
  | "volunteer"
  | "somebody waiting"
  | "vetting officer"
  | "role keeper"
  | "on placement"
  | "manager"
  | "placement supervisor"
  | "strand supervisor"
  | "supervisee"
  | "service manager"
  | "covering administrator"
  | "lead"
  | "deputy"
  | "concerned"
  | "played admin"
  | "played expert";

/** A letter with a link in it. */
export type WithLink = "confirm" | "reset" | "invitation" | "address" | "training/join";

/** What is known of the server whose pages are looked at. */
export interface Place {
  baseURL: string;
  dataFolder: string;
  terminal: Terminal;
}

type Cookies = Awaited<ReturnType<BrowserContext["cookies"]>>;

/** Those who have to do with what is required and with checks, and where their pages are. */
interface Required {
  cookies: Record<"requirement keeper" | "volunteer" | "somebody waiting" | "vetting officer", Cookies>;
  paths: Record<string, string>;
}

/** Those who have to do with somebody's competences, and where their pages are. */
interface Training {
  cookies: Record<"framework keeper" | "candidate" | "assessor", Cookies>;
  paths: Record<string, string>;
}

/** Those who meet in supervision, and where their pages are. */
interface Supervised {
  cookies: Record<"strand supervisor" | "supervisee" | "service manager", Cookies>;
  paths: Record<string, string>;
}

/** Those who have to do with concerns, and where their pages are. */
interface Concerned {
  cookies: Record<"covering administrator" | "lead" | "deputy" | "concerned", Cookies>;
  paths: Record<string, string>;
}

/** Those who have to do with somebody's role and placement, and where the roles are. */
interface Worked {
  cookies: Record<"role keeper" | "on placement" | "manager" | "placement supervisor", Cookies>;
  paths: Record<string, string>;
  names: Working["names"];
}

export class Viewers {
  readonly #browser: Browser;
  readonly #place: Place;
  readonly #outbox: Outbox;
  readonly #made = new Map<string, Promise<unknown>>();
  /** What the tutor's browser holds, to whom the planner has shown their plan. */
  #tutor: Cookies = [];
  /** What the browsers of those hold who belong to a group. */
  readonly #grouped = new Map<Viewer, Cookies>();

  constructor(browser: Browser, place: Place) {
    this.#browser = browser;
    this.#place = place;
    this.#outbox = new Outbox(place.dataFolder);
  }

  /** What a browser holds in which this viewer is signed in. */
  async cookiesOf(viewer: Viewer): Promise<Cookies> {
    if (viewer === "anybody") return [];
    if (viewer === "coordinator" || viewer === "group tutor" || viewer === "trainee") {
      await this.#once("group", async (page) => this.#group(page));
      return this.#grouped.get(viewer) ?? [];
    }
    if (viewer === "role keeper" || viewer === "on placement" || viewer === "manager" || viewer === "placement supervisor") {
      return (await this.#worked()).cookies[viewer];
    }
    if (viewer === "covering administrator" || viewer === "lead" || viewer === "deputy" || viewer === "concerned") {
      return (await this.#concerned()).cookies[viewer];
    }
    if (viewer === "strand supervisor" || viewer === "supervisee" || viewer === "service manager") return (await this.#supervised()).cookies[viewer];
    if (viewer === "round keeper" || viewer === "applicant") return (await this.#applied())[viewer];
    return this.#once(viewer, async (page) => {
      if (viewer.startsWith("played ")) {
        await signIn(page, { email: `${viewer.slice(7)}@demo.example`, password: "walking-alongside" });
        return page.context().cookies();
      }
      if (viewer === "administrator") {
        await administer(page, this.#outbox, this.#place.terminal, newPerson("Alex"));
        return page.context().cookies();
      }
      if (viewer === "supervisor") return this.#alongside(page);
      if (viewer === "planner") return this.#planning(page);
      if (viewer === "tutor") {
        await this.cookiesOf("planner");
        return this.#tutor;
      }
      if (viewer === "editor") return this.#editing(page);
      if (viewer === "requirement keeper" || viewer === "volunteer" || viewer === "vetting officer" || viewer === "somebody waiting") {
        return (await this.#required()).cookies[viewer];
      }
      if (viewer === "framework keeper" || viewer === "candidate" || viewer === "assessor") {
        return (await this.#trained()).cookies[viewer];
      }
      await join(page, this.#outbox, newPerson("Robin"));
      if (viewer !== "newcomer") await this.#read(page, viewer === "learner" ? 1 : 3);
      if (viewer === "certified") await this.#certify(page, "Ọlábísí Nguyễn-Łukasiewicz");
      return page.context().cookies();
    });
  }

  /** The path in a letter to somebody, which opening does not use up. */
  async pathIn(letter: WithLink): Promise<string> {
    return this.#once(letter, async (page) => {
      if (letter === "invitation") return this.#invited(page, newPerson("Jo").email);
      const person = newPerson("Kim");
      if (letter === "address") return this.#changingAddress(page, person);
      if (letter === "training/join") {
        await askToBeTold(page, person.knownAs, person.email);
        return new URL(await this.#outbox.linkTo(person.email, /\/training\/join\//)).pathname;
      }
      await register(page, person);
      if (letter === "reset") {
        await page.goto("/forgotten");
        await page.getByLabel("Your e-mail address").fill(person.email);
        await page.getByRole("button", { name: "Send me a link" }).click();
      }
      return new URL(await this.#outbox.linkTo(person.email, new RegExp(`/${letter}/`))).pathname;
    });
  }

  /** A path in which `{organisation}` stands for the one that is administered, and so on. */
  async filled(path: string): Promise<string> {
    if (!path.includes("{")) return path;
    if (path.includes("{last term}")) return path.replace("{last term}", lastTerm(new Date()));
    if (path === "{needs}") return this.#once(path, async (page) => this.#told(page));
    if (path === "{goal}") return this.#once(path, async (page) => this.#found(page, "planner", "/plan", "How close does it feel today?"));
    if (path === "{plan}") return this.#once(path, async (page) => this.#found(page, "tutor", "/plans", /^Robin/));
    if (path === "{check}") return this.#once(path, async (page) => this.#check(page));
    if (path === "{certificate}") return this.#once(path, async (page) => this.#certificate(page));
    if (path === "{withdrawn}") return this.#once(path, async (page) => this.#withdrawn(page));
    if (/^\{(groups|group|session|within|register|member)\}/.test(path)) {
      const group = await this.#once("group", async (page) => this.#group(page));
      return path.replace(/\{(\w+)\}/g, (whole, name: string) => group[name] ?? whole);
    }
    if (/^\{(draft|blank|changed|preview of a check)\}/.test(path)) {
      const written = await this.#once("written", async (page) => this.#written(page));
      return path.replace(/\{([\w ]+)\}/g, (whole, name: string) => written[name] ?? whole);
    }
    if (/^\{(leave|training|public round|unopened|round|criterion|answer|(sent )?application|sent|taken on)\}/.test(path)) {
      const { names } = await this.#applied();
      return path.replace(/\{([\w ]+)\}/g, (whole, name: string) => names[name] ?? whole);
    }
    if (/^\{(requirements?|policy|policies|(own|their) policy|matrix|waiting|theirs required|one required|checks|their check)\}/.test(path)) {
      const { paths } = await this.#required();
      return path.replace(/\{([\w ]+)\}/g, (whole, name: string) => paths[name] ?? whole);
    }
    if (/^\{(frameworks|framework|competence|another competence|assessed|theirs|testimony|voice|together)\}/.test(path)) {
      const { paths } = await this.#trained();
      return path.replace(/\{([\w ]+)\}/g, (whole, name: string) => paths[name] ?? whole);
    }
    if (path.startsWith("{concern ")) {
      const { paths } = await this.#concerned();
      return path.replace(/\{([\w ]+)\}/g, (whole, name: string) => paths[name] ?? whole);
    }
    if (/^\{(pair|planned|begin|came up|led \w+)\}/.test(path)) {
      const { paths } = await this.#supervised();
      return path.replace(/\{([\w ]+)\}/g, (whole, name: string) => paths[name] ?? whole);
    }
    if (/^\{(roles|role|signed|role to sign|placements|arranging|ending|placement|desk|ask|line|agreed)\}/.test(path)) {
      const worked = await this.#worked();
      const paths = path.startsWith("{role") || path.startsWith("{signed") ? worked.paths : await this.#placed();
      return path.replace(/\{([\w ]+)\}/g, (whole, name: string) => paths[name] ?? whole);
    }
    const names = await this.#once("names", async (page) => this.#arranged(page));
    return path.replace(/\{(\w+)\}/g, (whole, name: string) => names[name] ?? whole);
  }

  /** Where a link of a page leads. */
  async #found(page: Page, viewer: Viewer, path: string, name: string | RegExp): Promise<string> {
    await page.context().addCookies(await this.cookiesOf(viewer));
    await page.goto(path);
    return (await page.getByRole("link", { name }).first().getAttribute("href")) ?? "";
  }

  /** Somebody who has written a plan and shows it to a tutor. */
  async #planning(page: Page): Promise<Cookies> {
    const desk = await this.#browser.newContext({ baseURL: this.#place.baseURL, javaScriptEnabled: false });
    // Workers run side by side on the same database, and this one has to be told from the other worker's.
    const lee = newPerson("Lee" + randomUUID().slice(0, 4));
    const link = await this.#invited(await desk.newPage(), lee.email, "Tutor");
    await desk.close();
    const theirs = await this.#browser.newContext({ baseURL: this.#place.baseURL, javaScriptEnabled: false });
    await accept(await theirs.newPage(), link, lee);
    this.#tutor = await theirs.cookies();
    await theirs.close();
    await join(page, this.#outbox, newPerson("Robin"));
    await writePlan(page);
    await page.goto("/plan/share");
    await page.getByRole("button", { name: `Show it to ${lee.knownAs}` }).click();
    return page.context().cookies();
  }

  /** The page that checks a certificate. */
  async #certificate(page: Page): Promise<string> {
    await page.context().addCookies(await this.cookiesOf("certified"));
    await page.goto("/learn/how-this-place-works/certificate");
    return (await page.locator(".certificate section a").getAttribute("href")) ?? "";
  }

  /** The same of one that was withdrawn. */
  async #withdrawn(page: Page): Promise<string> {
    await join(page, this.#outbox, newPerson("Noor"));
    await this.#read(page, 3);
    await this.#certify(page, "Noor");
    const path = await page.locator(".certificate section a").getAttribute("href");
    await page.getByRole("link", { name: "Withdraw it" }).click();
    await page.getByRole("button", { name: "Withdraw it" }).click();
    return path ?? "";
  }

  /** Makes a certificate of the course that was just finished. */
  async #certify(page: Page, name: string): Promise<void> {
    await page.getByRole("link", { name: "Make your certificate" }).click();
    await page.getByRole("radio", { name: "My full name" }).check();
    await page.getByLabel("Your full name, if it should show that").fill(name);
    await page.getByRole("button", { name: "Make my certificate" }).click();
    await page.getByRole("heading", { name: "Certificate", exact: true }).waitFor();
  }

  /** A check question of the second lesson. */
  async #check(page: Page): Promise<string> {
    await page.context().addCookies(await this.cookiesOf("finisher"));
    await page.goto("/learn/how-this-place-works/what-is-kept");
    return (await page.locator(".check form").first().getAttribute("action")) ?? "";
  }

  /** Where the supervisor reads what somebody needs. */
  async #told(page: Page): Promise<string> {
    await page.context().addCookies(await this.cookiesOf("supervisor"));
    await page.goto("/access-needs");
    return (await page.getByRole("link", { name: /^Noor/ }).getAttribute("href")) ?? "";
  }

  /** Invites somebody, lets them join, and says what the pages about them are called. */
  async #arranged(page: Page): Promise<Record<string, string>> {
    const kim = newPerson("Kim");
    const link = await this.#invited(page, kim.email, "Supervisor");
    const organisation = new URL(page.url()).pathname.replace(/\/people$/, "");
    const theirs = await this.#browser.newContext({ baseURL: this.#place.baseURL, javaScriptEnabled: false });
    await accept(await theirs.newPage(), link, kim);
    await theirs.close();
    await page.goto(`${organisation}/people?name=kim`);
    const person = await page.getByRole("link", { name: "Kim" }).first().getAttribute("href");
    await page.goto(person ?? "");
    const engagement = await page.getByRole("link", { name: "Change or end this" }).first().getAttribute("href");
    await page.goto("/organisations");
    const partner = newPerson("Partner");
    await page.getByLabel("What is it called?").fill(partner.email);
    await page.getByRole("radio", { name: "Charity" }).check();
    await page.getByLabel("The e-mail address of its first administrator").fill(partner.email);
    await page.getByRole("button", { name: "Add it" }).click();
    const invite = await page.getByRole("link", { name: "Invite its first administrator" }).first().getAttribute("href");
    const another = (invite ?? "").replace(/\/administrator$/, "");
    await page.goto("/me");
    const away = await page.getByRole("link", { name: "Say when I am away" }).first().getAttribute("href");
    return { organisation, another, person: person ?? "", engagement: engagement ?? "", away: away ?? "" };
  }

  /** Somebody who supervises a volunteer, who has said what they need. */
  async #alongside(page: Page): Promise<Cookies> {
    const administrator = await this.#browser.newContext({ baseURL: this.#place.baseURL, javaScriptEnabled: false });
    const desk = await administrator.newPage();
    // Workers run side by side on the same database, and these two have to be told from the other worker's.
    const [lee, noor] = ["Lee", "Noor"].map((it) => newPerson(it + randomUUID().slice(0, 4))) as [Person, Person];
    await accept(page, await this.#invited(desk, lee.email, "Supervisor"), lee);
    const link = await this.#invited(desk, noor.email, "Volunteer");
    const volunteer = await this.#browser.newContext({ baseURL: this.#place.baseURL, javaScriptEnabled: false });
    const theirs = await volunteer.newPage();
    await accept(theirs, link, noor);
    await theirs.goto("/me/access-needs");
    await theirs.getByLabel("What helps you take part?").fill("A quiet room,\nand a break each hour.");
    await theirs.getByRole("checkbox", { name: /^Whoever supervises/ }).check();
    await theirs.getByRole("button", { name: "Keep this" }).click();
    await volunteer.close();
    await desk.goto(`${new URL(desk.url()).pathname}?name=${noor.knownAs}`);
    await desk.getByRole("link", { name: noor.knownAs }).click();
    await desk.getByRole("link", { name: "Supervisor", exact: true }).click();
    await desk.getByLabel("Who?").selectOption({ label: lee.knownAs });
    await desk.getByRole("button", { name: "Keep this" }).click();
    await administrator.close();
    return page.context().cookies();
  }

  /** Invites somebody, ending up on the page of people, and says where their link leads. */
  async #invited(page: Page, email: string, kind = "Tutor"): Promise<string> {
    await page.context().addCookies(await this.cookiesOf("administrator"));
    await page.goto("/me");
    await page.getByRole("link", { name: /^People of/ }).click();
    await page.getByRole("link", { name: "Invite somebody" }).click();
    await page.getByLabel("Their e-mail address").fill(email);
    await page.getByRole("checkbox", { name: kind, exact: true }).check();
    await page.getByRole("radio", { name: "Volunteer" }).check();
    await page.getByRole("button", { name: "Send the invitation" }).click();
    return new URL(await this.#outbox.linkTo(email, /\/invitation\//)).pathname;
  }

  /** A group with its coordinator, a tutor, and somebody who was at its first session and told us about the next. */
  async #group(page: Page): Promise<Record<string, string>> {
    const context = async () => this.#browser.newContext({ baseURL: this.#place.baseURL, javaScriptEnabled: false });
    // Workers run side by side on the same database, and these have to be told from the other worker's.
    const named = (name: string) => newPerson(name + randomUUID().slice(0, 4));
    const [kim, jo, robin] = [named("Kim"), named("Jo"), named("Robin")];
    const desk = await context();
    const links = [await this.#invited(await desk.newPage(), kim.email, "Coordinator")];
    links.push(await this.#invited(await desk.newPage(), jo.email, "Tutor"));
    await desk.close();
    const [coordinating, holding] = [await context(), await context()];
    const [coordinator, tutor] = [await coordinating.newPage(), await holding.newPage()];
    await accept(coordinator, links[0] ?? "", kim);
    await accept(tutor, links[1] ?? "", jo);
    await join(page, this.#outbox, robin);
    const group = await beginGroup(coordinator, "Spring, Tuesdays");
    await chooseTutors(coordinator, group, [jo.knownAs]);
    await givePlace(coordinator, group, robin.knownAs);
    await workWithFramework(coordinator, group);
    const session = (await coordinator.getByRole("link", { name: /^1\. / }).getAttribute("href")) ?? "";
    const within = group.replace(/\/at\/[^/]+/, "");
    await tutor.goto(within);
    const register = (await tutor.getByRole("link", { name: /^1\. / }).getAttribute("href")) ?? "";
    const next = (await tutor.getByRole("link", { name: /^2\. / }).getAttribute("href")) ?? "";
    for (const [at, as, minutes] of [[register, "Came for a part", "95"], [next, "Told us", ""]] as const) {
      await tutor.goto(at);
      await mark(tutor, robin.knownAs, as, minutes);
    }
    const member = (await tutor.getByRole("link", { name: robin.knownAs }).getAttribute("href")) ?? "";
    for (const [viewer, of] of [["coordinator", coordinating], ["group tutor", holding], ["trainee", page.context()]] as const) {
      this.#grouped.set(viewer, await of.cookies());
    }
    await Promise.all([coordinating.close(), holding.close()]);
    return { groups: group.replace(/\/[^/]+$/, ""), group, session, within, register, member };
  }

  /** A coordinator with rounds, and somebody who is on the list and has applied to three of them. */
  #applied(): Promise<{ "round keeper": Cookies; applicant: Cookies; names: Record<string, string> }> {
    return this.#once("training", async (page) => {
      const desk = await this.#browser.newContext({ baseURL: this.#place.baseURL, javaScriptEnabled: false });
      const lee = newPerson("Lee");
      const link = await this.#invited(await desk.newPage(), lee.email, "Coordinator");
      await desk.close();
      const theirs = await this.#browser.newContext({ baseURL: this.#place.baseURL, javaScriptEnabled: false });
      const coordinator = await theirs.newPage();
      await accept(coordinator, link, lee);
      const jo = newPerson("Jo");
      await askToBeTold(page, jo.knownAs, jo.email);
      await page.goto(await this.#outbox.linkTo(jo.email, /\/training\/join\//));
      await page.getByRole("button", { name: "Put me on the list" }).click();
      const robin = newPerson("Robin");
      await join(page, this.#outbox, robin);
      await page.goto("/training/join");
      const organisation = page.getByLabel("Who should write to you?");
      if (await organisation.count()) await organisation.selectOption({ label: "Our college" });
      await page.getByRole("radio", { name: "Either" }).check();
      await page.getByRole("checkbox", { name: /^I agree/ }).check();
      await page.getByRole("button", { name: "Put me on the list" }).click();
      const names: Record<string, string> = {};
      await beginRound(coordinator, "Autumn, still being written");
      names.unopened = new URL(coordinator.url()).pathname;
      for (const kept of ["application", "sent", "taken on"]) {
        await beginRound(coordinator, "Spring, for everybody");
        const round = new URL(coordinator.url()).pathname;
        await coordinator.getByRole("button", { name: "Open this round" }).click();
        const open = `/training/rounds/${round.split("/").at(-1)}`;
        await page.goto(open);
        await apply(page);
        const application = new URL(page.url()).pathname;
        if (kept === "application") {
          names["public round"] = open;
          names.application = application;
          names.answer = (await page.getByRole("link", { name: "Change my answer: number 1" }).getAttribute("href")) ?? "";
          continue;
        }
        await page.goto(`${application}/adjustments`);
        await page.getByLabel("What would help?").fill("A room without stairs,\nand a break.");
        await page.getByRole("button", { name: "Keep this" }).click();
        await page.getByRole("button", { name: "Send my application" }).click();
        names.training = round.replace(/\/rounds\/.*$/, "");
        names[kept] = `${names.training}/applications/${application.split("/").at(-1)}`;
        names.round = round;
        names["sent application"] = application;
        await coordinator.goto(round);
        names.criterion = (await coordinator.getByRole("link", { name: /^Change: Listens/ }).getAttribute("href")) ?? "";
      }
      await coordinator.goto(`${names["taken on"]}/arrange`);
      await coordinator.getByRole("button", { name: "Take this on" }).click();
      const leave = await this.#outbox.linkTo(jo.email, /\/training\/leave\//);
      names.leave = new URL(leave).pathname;
      return { "round keeper": await theirs.cookies(), applicant: await page.context().cookies(), names };
    });
  }

  /** Somebody who edits courses. */
  async #editing(page: Page): Promise<Cookies> {
    const administrator = await this.#browser.newContext({ baseURL: this.#place.baseURL, javaScriptEnabled: false });
    const lee = newPerson("Lee");
    const link = await this.#invited(await administrator.newPage(), lee.email, "Course editor");
    await administrator.close();
    await accept(page, link, lee);
    return page.context().cookies();
  }

  /** A draft of a course as it came, one that is changed, and one that is blank. Nothing is published. */
  async #written(page: Page): Promise<Record<string, string>> {
    await page.context().addCookies(await this.cookiesOf("editor"));
    const draft = "/editing/looking-after-yourself";
    const changed = "/editing/how-this-place-works";
    for (const course of [draft, changed]) {
      await page.goto(course);
      // Workers share the database: another may have begun it.
      const begin = page.getByRole("button", { name: "Begin a draft" });
      if (await begin.count()) await begin.click();
    }
    await page.goto(`${changed}/lessons/at-your-own-pace`);
    const text = page.getByLabel("The text");
    await text.fill((await text.inputValue()).replace("Welcome. ", "Welcome to you. "));
    await page.getByRole("button", { name: "Keep this" }).click();
    const name = `a-blank-${randomUUID().slice(0, 8)}`;
    await page.goto("/editing/new");
    await page.getByLabel("What is it called in addresses?").fill(name);
    await page.getByRole("button", { name: "Begin it" }).click();
    await page.goto(`${draft}/preview/what-helping-does`);
    const check = await page.locator(".check form").first().getAttribute("action");
    return { draft, changed, blank: `/editing/${name}`, "blank name": name, "preview of a check": check ?? "" };
  }

  async #required(): Promise<Required> {
    return this.#once("required", async (page) => this.#requiring(page));
  }

  /**
   * Somebody of whom two things are required, one of which they did, and a policy that has changed since they accepted
   * it, with those who keep and see that.
   */
  async #requiring(volunteer: Page): Promise<Required> {
    const opened = async () => {
      const context = await this.#browser.newContext({ baseURL: this.#place.baseURL, javaScriptEnabled: false });
      return context.newPage();
    };
    const [desk, coordinator, officer] = [await opened(), await opened(), await opened()];
    await desk.context().addCookies(await this.cookiesOf("administrator"));
    // Workers run side by side on the same database, and these have to be told from the other worker's.
    const unlike = randomUUID().slice(0, 4);
    const noor = newPerson(`Noor${unlike}`);
    await invite(desk, coordinator, this.#outbox, "Coordinator", newPerson("Cody"));
    await invite(desk, officer, this.#outbox, "Vetting", newPerson("Vera"));
    await askForChecks(officer);
    const kind = "Expert by experience";
    await invite(desk, volunteer, this.#outbox, kind, noor);
    await openCheck(officer, noor.knownAs);
    await noteCheck(officer);
    const requirement = await requireOf(coordinator, `fire-${unlike}`, "Fire safety", kind);
    await requireOf(coordinator, `data-${unlike}`, "Keeping data safe", kind);
    const policy = await writePolicy(coordinator, `alone-${unlike}`, "Working alone", kind);
    await volunteer.goto(ownPolicy(policy));
    await acceptPolicy(volunteer);
    await changePolicy(coordinator, policy, "Take a torch in winter.");
    // Somebody else said yes, and nobody has noted their check.
    const waits = await opened();
    await invite(desk, waits, this.#outbox, kind, newPerson(`Ash${unlike}`));
    await coordinator.goto(`${requirement.replace(/\/requirements\/.*/, "/matrix")}?name=${noor.knownAs}`);
    const theirs = (await coordinator.getByRole("link", { name: noor.knownAs }).getAttribute("href")) ?? "";
    const one = `${theirs}/${requirement.split("/").at(-1) ?? ""}`;
    await coordinator.goto(one);
    await writeDown(coordinator);
    const cookies = {
      "requirement keeper": await coordinator.context().cookies(),
      volunteer: await volunteer.context().cookies(),
      "somebody waiting": await waits.context().cookies(),
      "vetting officer": await officer.context().cookies(),
    };
    for (const page of [desk, coordinator, officer, waits]) await page.context().close();
    const requirements = requirement.replace(/\/[^/]+$/, "");
    const up = requirements.replace(/\/[^/]+$/, "");
    return {
      cookies,
      paths: {
        requirements,
        requirement,
        policies: `${up}/policies`,
        policy,
        "own policy": ownPolicy(policy),
        "their policy": `${theirs}/${policy.split("/").at(-1) ?? ""}`,
        matrix: `${up}/matrix`,
        waiting: `${up}/waiting`,
        "theirs required": theirs,
        "one required": one,
        checks: `${up}/checks`,
        "their check": `${up}/checks/people/${theirs.split("/").at(-2) ?? ""}`,
      },
    };
  }

  /** Those who have to do with somebody's role and placement, and where the roles are. */
  #worked(): Promise<Worked> {
    return this.#once("worked", async (person) => {
      const opened = async () => {
        const context = await this.#browser.newContext({ baseURL: this.#place.baseURL, javaScriptEnabled: false });
        return context.newPage();
      };
      const [desk, coordinator, manager, supervisor] = [await opened(), await opened(), await opened(), await opened()];
      await desk.context().addCookies(await this.cookiesOf("administrator"));
      const all = await gather(desk, { coordinator, person, manager, supervisor }, this.#outbox);
      const paths = await roles(all);
      const cookies = {
        "role keeper": await coordinator.context().cookies(),
        "on placement": await person.context().cookies(),
        manager: await manager.context().cookies(),
        "placement supervisor": await supervisor.context().cookies(),
      };
      for (const page of [desk, coordinator, manager, supervisor]) await page.context().close();
      return { cookies, paths, names: all.names };
    });
  }

  /** Those who meet in supervision. */
  #supervised(): Promise<Supervised> {
    return this.#once("supervised", async (supervisee) => {
      const opened = async () => {
        const context = await this.#browser.newContext({ baseURL: this.#place.baseURL, javaScriptEnabled: false });
        return context.newPage();
      };
      const [desk, supervisor, manager] = [await opened(), await opened(), await opened()];
      await desk.context().addCookies(await this.cookiesOf("administrator"));
      await invite(desk, manager, this.#outbox, "Service manager", newPerson("Sue"));
      await manager.goto("/supervision");
      const figures = await manager.getByRole("link", { name: /^Supervision in figures/ }).getAttribute("href");
      const paths = await supervised(await pairUp(desk, { supervisor, supervisee }, this.#outbox));
      const cookies = {
        "strand supervisor": await supervisor.context().cookies(),
        supervisee: await supervisee.context().cookies(),
        "service manager": await manager.context().cookies(),
      };
      for (const page of [desk, supervisor, manager]) await page.context().close();
      return { cookies, paths: { ...paths, "led figures": figures ?? "" } };
    });
  }

  #concerned(): Promise<Concerned> {
    return this.#once("concerned", async (founder) => {
      await founder.context().addCookies(await this.cookiesOf("administrator"));
      const opened: Page[] = [];
      const open = async () => {
        const context = await this.#browser.newContext({ baseURL: this.#place.baseURL, javaScriptEnabled: false });
        const page = await context.newPage();
        opened.push(page);
        return page;
      };
      const covered = await coverConcerns(founder, open, this.#outbox);
      const paths = await concerned(covered);
      const cookies = {
        "covering administrator": await covered.desk.context().cookies(),
        lead: await covered.lead.context().cookies(),
        deputy: await covered.deputy.context().cookies(),
        concerned: await covered.raiser.context().cookies(),
      };
      for (const page of opened) await page.context().close();
      return { cookies, paths };
    });
  }

  /** Where the placement is of whoever has the roles, for each. */
  #placed(): Promise<Record<string, string>> {
    return this.#once("placed", async (person) => {
      const { cookies, names } = await this.#worked();
      const opened = async (viewer: keyof Worked["cookies"]) => {
        const context = await this.#browser.newContext({ baseURL: this.#place.baseURL, javaScriptEnabled: false });
        await context.addCookies(cookies[viewer]);
        return context.newPage();
      };
      await person.context().addCookies(cookies["on placement"]);
      const [coordinator, supervisor] = [await opened("role keeper"), await opened("placement supervisor")];
      const paths = await placed({ coordinator, person, supervisor, names });
      for (const page of [coordinator, supervisor]) await page.context().close();
      return paths;
    });
  }

  async #trained(): Promise<Training> {
    return this.#once("trained", async (page) => this.#training(page));
  }

  /** Somebody who shows what they can do, whoever assesses them, and whoever brought the framework in. */
  async #training(candidate: Page): Promise<Training> {
    const opened = async () => {
      const context = await this.#browser.newContext({ baseURL: this.#place.baseURL, javaScriptEnabled: false });
      return context.newPage();
    };
    const [desk, coordinator, assessor] = [await opened(), await opened(), await opened()];
    await desk.context().addCookies(await this.cookiesOf("administrator"));
    // Workers run side by side on the same database, and these have to be told from the other worker's.
    const [lee, noor] = ["Lee", "Noor"].map((it) => newPerson(it + randomUUID().slice(0, 4))) as [Person, Person];
    const title = `Ours ${randomUUID().slice(0, 4)}`;
    await invite(desk, coordinator, this.#outbox, "Coordinator", newPerson("Cody"));
    await invite(desk, assessor, this.#outbox, "Assessor", lee);
    await bringIn(coordinator, title);
    const framework = new URL(coordinator.url()).pathname;
    const id = framework.split("/").at(-1) ?? "";
    await join(candidate, this.#outbox, noor);
    await letAssess(desk, noor.knownAs, lee.knownAs);
    await workWith(candidate, title);
    for (const code of ["1.1", "2.1"]) {
      await candidate.goto(`/training/competences/${id}/${code}`);
      await addEvidence(candidate, "On the bus", "Somebody talked, and I listened.\nIt took a while.", PHOTO);
      await candidate.getByRole("button", { name: "I am ready" }).click();
    }
    await assessor.goto("/training/assessing");
    await assessor.getByRole("link", { name: /: 1\.1 / }).click();
    const assessed = new URL(assessor.url()).pathname;
    await assessor.getByRole("radio", { name: "Needs a little more" }).check();
    await assessor.getByLabel("What do you tell them?").fill("Say how you ended it.");
    await assessor.getByRole("button", { name: "Keep this" }).click();
    // Others say something of it: a witness by a letter, people who were supported by codes on paper.
    const lou = newPerson("Lou");
    const competence = `/training/competences/${id}/1.1`;
    await askWitness(candidate, competence, lou);
    const testimony = new URL(await this.#outbox.linkTo(lou.email, /\/training\/w\//)).pathname;
    const [code] = await printCodes(candidate, competence);
    const group = await beginGroup(coordinator, `Spring ${randomUUID().slice(0, 4)}`);
    await givePlace(coordinator, group, noor.knownAs);
    const cookies = {
      "framework keeper": await coordinator.context().cookies(),
      candidate: await candidate.context().cookies(),
      assessor: await assessor.context().cookies(),
    };
    for (const page of [desk, coordinator, assessor]) await page.context().close();
    return {
      cookies,
      paths: {
        framework,
        frameworks: framework.replace(/\/[^/]+$/, ""),
        competence,
        "another competence": competence.replace("1.1", "1.2"),
        assessed,
        theirs: assessed.replace(/\/[^/]+$/, ""),
        testimony,
        voice: `/training/w/${code}`,
        together: `/training/assessing/groups/${group.split("/").at(-1)}/${id}`,
      },
    };
  }

  async #changingAddress(page: Page, person: Person): Promise<string> {
    await join(page, this.#outbox, person);
    const { email } = newPerson("Kim");
    await page.goto("/me/address");
    await page.getByLabel("Your new e-mail address").fill(email);
    await page.getByLabel("Your password").fill(person.password);
    await page.getByRole("button", { name: "Send me a link" }).click();
    return new URL(await this.#outbox.linkTo(email, /\/address\//)).pathname;
  }

  async #read(page: Page, lessons: number): Promise<void> {
    await page.goto("/courses/how-this-place-works");
    await page.getByRole("button", { name: "Take this course" }).click();
    for (let read = 0; read < lessons; read++) {
      await tryAll(page, false);
      await page.getByRole("button", { name: "I have read this" }).click();
      await page.getByText(`${read + 1} of 3 finished`).last().waitFor();
    }
  }

  /** With scripts off, so that nothing depends on when an island wakes. */
  #once<T>(what: string, make: (page: Page) => Promise<T>): Promise<T> {
    const known = this.#made.get(what);
    if (known) return known as Promise<T>;
    const making = (async () => {
      const context = await this.#browser.newContext({ baseURL: this.#place.baseURL, javaScriptEnabled: false });
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

/** How addresses spell the term before the one of today: each has four months. */
function lastTerm(today: Date): string {
  const [season, year] = [Math.floor(today.getMonth() / 4), today.getFullYear()];
  return season === 0 ? `${year - 1}-autumn` : `${year}-${["spring", "summer"][season - 1]}`;
}
