// Roles and placements, through the pages of those who write, sign, arrange, do and agree.

import { randomUUID } from "node:crypto";

import { expect, type Page } from "@playwright/test";

import { fillDay, inDays } from "./day.ts";
import type { Outbox } from "./mail.ts";
import { join, type Person, somebody } from "./people.ts";
import { invite, relate } from "./training.ts";

/** Those who have to do with somebody's role and placement, and what they are called. */
export interface Working {
  /** An administrator's browser. */
  desk: Page;
  /** Whoever coordinates. */
  coordinator: Page;
  /** Whoever has the role and is on placement. */
  person: Page;
  manager: Page;
  supervisor: Page;
  names: { person: string; manager: string; supervisor: string; site: string };
}

/** Lets them all join, and arranges who manages whom and that there is a site. */
export async function gather(desk: Page, browsers: Omit<Working, "desk" | "names">, outbox: Outbox): Promise<Working> {
  const [robin, max, pat] = ["Robin", "Max", "Pat"].map(somebody) as [Person, Person, Person];
  const site = `Mill House ${randomUUID().slice(0, 4)}`;
  await invite(desk, browsers.coordinator, outbox, "Coordinator", somebody("Cody"));
  await invite(desk, browsers.manager, outbox, "Line manager", max);
  await invite(desk, browsers.supervisor, outbox, "Placement supervisor", pat);
  await join(browsers.person, outbox, robin);
  await relate(desk, robin.knownAs, [["Line manager", max.knownAs], ["Guide", max.knownAs]]);
  await addSite(desk, site);
  const names = { person: robin.knownAs, manager: max.knownAs, supervisor: pat.knownAs, site };
  return { desk, ...browsers, names };
}

/** Adds a site, as an administrator. */
export async function addSite(desk: Page, site: string): Promise<void> {
  await desk.goto("/me");
  await desk.getByRole("link", { name: /^People of/ }).click();
  await desk.goto(new URL(desk.url()).pathname.replace(/\/people$/, "/places"));
  await desk.getByRole("radio", { name: "Site" }).check();
  await desk.getByLabel(/called/).fill(site);
  await desk.getByRole("button", { name: /Add/ }).click();
}

/** Goes to a page of whoever coordinates training. */
async function coordinating(page: Page, name: string): Promise<void> {
  await page.goto("/me");
  await page.getByRole("link", { name: /^Training at/ }).click();
  await page.getByRole("main").getByRole("link", { name, exact: true }).click();
}

/** Writes a role profile and makes a version of it; ends up on its page. */
export async function writeRole(page: Page, title: string): Promise<void> {
  await coordinating(page, "Roles");
  await page.getByRole("link", { name: "Write a role profile" }).click();
  await page.getByLabel("What is the role called?").fill(title);
  await page.getByLabel("What is the work?").fill("You walk beside people, one at a time and in groups.\n\n- You listen.\n- You tell your own story where it helps.");
  await page.getByLabel("What does somebody have to bring?").fill("Listens without judging\nHas lived through hard times");
  await page.getByLabel("What is good to have?").fill("Has run a group before");
  await page.getByLabel("Which band or grade is it?").fill("Band 3");
  await page.getByLabel("How many hours a week is it?").fill("22.5");
  await page.getByLabel("Which checks does it need?").fill("Enhanced check for work with adults");
  await page.getByLabel("Which training does it need?").fill("Safeguarding adults, level 2\nFire safety");
  await page.getByRole("button", { name: "Keep the draft" }).click();
  await page.getByRole("button", { name: "Make version 1 of it" }).click();
  await expect(page.getByRole("status")).toContainText("The version is made.");
}

/** Issues the role whose page is open. */
export async function issueTo(page: Page, name: string): Promise<void> {
  await page.getByRole("link", { name: "Issue it to somebody" }).click();
  await page.getByLabel("Name begins with").fill(name);
  await page.getByRole("button", { name: "Find" }).click();
  await page.getByRole("button", { name: `Issue it to ${name}` }).click();
  await expect(page.getByRole("status")).toContainText("It is issued.");
}

/** Signs the role or the paper whose page is open. */
export async function sign(page: Page, name: string): Promise<void> {
  await page.getByLabel("Your name").fill(name);
  await page.getByRole("checkbox", { name: /^I have read/ }).check();
  await page.getByRole("button", { name: "Sign", exact: true }).click();
  await expect(page.getByRole("status")).toContainText("You have signed it.");
}

/** Opens a role from a list. */
export async function openRole(page: Page, list: string, name: string | RegExp): Promise<string> {
  await page.goto("/me");
  await page.getByRole("link", { name: list }).click();
  await page.getByRole("link", { name }).click();
  return new URL(page.url()).pathname;
}

/** Arranges a placement that has been going on for two weeks, perhaps as part of what somebody does with a group. */
export async function arrange(page: Page, { person, supervisor, site }: Omit<Working["names"], "manager">, group?: string): Promise<void> {
  await coordinating(page, "Placements");
  await page.getByRole("link", { name: "What placements begin with" }).click();
  await page.getByLabel("What do both agree to?").fill("We meet every week.\n\n- Somebody is always near.\n- Either of us may say *stop*.");
  await page.getByLabel("What is somebody shown in their first days?").fill("The way out if there is a fire\nWhom to call");
  await page.getByRole("button", { name: "Keep this" }).click();
  await expect(page.getByRole("status")).toContainText("It is kept.");
  await page.getByRole("link", { name: "Arrange a placement" }).click();
  await page.getByLabel("Name begins with").fill(person);
  await page.getByRole("button", { name: "Find" }).click();
  await page.getByRole("link", { name: person }).click();
  await page.getByLabel("Who looks after them there?").selectOption({ label: supervisor });
  await page.getByLabel("Where is it?").selectOption({ label: site });
  if (group) await page.getByLabel("Is it part of what they do with a group?").selectOption({ label: group });
  await fillDay(page, "Which is the first day?", inDays(-14));
  await fillDay(page, "Which is the last day?", inDays(42));
  await page.getByRole("button", { name: "Arrange it" }).click();
  await expect(page.getByRole("status")).toContainText("It is arranged.");
}

/** Writes down hours of today on the page that is open. */
export async function tell(page: Page, kind: string, hours: string, words = ""): Promise<void> {
  await page.getByRole("radio", { name: kind }).check();
  await page.getByLabel("Hours", { exact: true }).fill(hours);
  await page.getByLabel("Minutes", { exact: true }).fill("30");
  await page.getByLabel("A word about it, if you like").fill(words);
  await page.getByRole("button", { name: "Keep it" }).click();
  await expect(page.getByRole("status")).toContainText("It is kept, and waits to be agreed.");
}

/** Ticks one thing of an induction as done today. */
export async function tickItem(page: Page, item: string): Promise<void> {
  await page.getByRole("checkbox", { name: item }).check();
  await page.getByRole("button", { name: "Keep it" }).click();
  await expect(page.getByRole("status")).toHaveText("It is ticked.");
}

/** A role that both have signed, and one that waits. */
export async function roles({ coordinator, person, manager, names }: Working): Promise<Record<string, string>> {
  const written: string[] = [];
  for (const title of ["Peer support worker", "Peer mentor"]) {
    await writeRole(coordinator, title);
    written.push(new URL(coordinator.url()).pathname);
    await issueTo(coordinator, names.person);
  }
  const signed = await openRole(person, "My roles", /^Peer support worker/);
  await sign(person, "Robin Ọlábísí Nguyễn-Łukasiewicz");
  await manager.goto(signed);
  await sign(manager, "Max Hill");
  const open = await openRole(person, "My roles", /^Peer mentor/);
  const role = written[0] ?? "";
  return { roles: role.replace(/\/[^/]+$/, ""), role, signed, "role to sign": open };
}

/** A placement with hours that are agreed, asked about and wait, and papers that are signed by one and half done. */
export async function placed({ coordinator, person, supervisor, names }: Omit<Working, "desk" | "manager">): Promise<Record<string, string>> {
  await arrange(coordinator, names);
  const placements = new URL(coordinator.url()).pathname;
  await person.goto("/training/placements");
  await person.getByRole("link", { name: names.site }).click();
  const placement = new URL(person.url()).pathname;
  for (const hours of ["1", "2", "3"]) await tell(person, "In a group", hours, "The walking group,\nalong the river.");
  await supervisor.goto(placement.replace("/placements/", "/looking-after/"));
  const desk = new URL(supervisor.url()).pathname;
  await supervisor.getByRole("checkbox").first().check();
  await supervisor.getByRole("button", { name: "Agree what I ticked" }).click();
  await supervisor.getByRole("link", { name: /^Ask about it/ }).first().click();
  await supervisor.getByLabel("What would you like to know?").fill("Was that with the way there?");
  await supervisor.getByRole("button", { name: "Send it back" }).click();
  const ask = (await supervisor.getByRole("link", { name: /^Ask about it/ }).first().getAttribute("href")) ?? "";
  await supervisor.getByRole("link", { name: "Placement agreement" }).click();
  await sign(supervisor, "Pat Hill");
  await supervisor.goto(`${desk}/papers/induction`);
  await tickItem(supervisor, "Whom to call");
  await person.goto(placement);
  const line = (await person.getByRole("link", { name: /^Change it/ }).last().getAttribute("href")) ?? "";
  const agreed = (await person.getByRole("link", { name: /^Write it anew/ }).first().getAttribute("href")) ?? "";
  await coordinator.goto(placements);
  await coordinator.getByRole("link", { name: "Arrange a placement" }).click();
  await coordinator.getByLabel("Name begins with").fill(names.person);
  await coordinator.getByRole("button", { name: "Find" }).click();
  const arranging = (await coordinator.getByRole("link", { name: names.person }).getAttribute("href")) ?? "";
  const ending = `${placements}/${placement.split("/").at(-1) ?? ""}/end`;
  return { placements, arranging, ending, placement, desk, ask, line, agreed };
}
