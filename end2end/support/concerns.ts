// Concerns, through the pages of those who raise them and those who are told. Each time in an organisation of its own:
// who is told of concerns holds for the whole of one.

import { randomUUID } from "node:crypto";

import { expect, type Page } from "@playwright/test";

import { found } from "./everybody.ts";
import type { Outbox } from "./mail.ts";
import { newPerson, somebody } from "./people.ts";
import { invite } from "./training.ts";

/** Those who have to do with concerns in an organisation, and what they are called. */
export interface Covered {
  /** Its administrator. */
  desk: Page;
  lead: Page;
  deputy: Page;
  /** Somebody who works there. */
  raiser: Page;
  names: { lead: string; deputy: string };
}

/** Founds an organisation in which a lead and a deputy are told when an adult may be at risk. */
export async function coverConcerns(founder: Page, open: () => Promise<Page>, outbox: Outbox): Promise<Covered> {
  const [desk, lead, deputy, raiser] = [await open(), await open(), await open(), await open()];
  await found(founder, desk, outbox, { name: `Mill Lane ${randomUUID().slice(0, 6)}`, administrator: newPerson("Alex") });
  const [lea, dan] = [somebody("Lea"), somebody("Dan")];
  await invite(desk, lead, outbox, "Safeguarding lead", lea);
  await invite(desk, deputy, outbox, "Safeguarding deputy", dan);
  await invite(desk, raiser, outbox, "Peer support worker", newPerson("Robin"));
  await desk.goto("/me");
  await desk.getByRole("link", { name: /^People of/ }).click();
  await desk.getByRole("link", { name: "Settings" }).click();
  await desk.getByRole("link", { name: "Say who is told of concerns" }).click();
  await desk.getByRole("link", { name: /^Say who is told.*An adult may be at risk/ }).click();
  await desk.getByLabel("Who is told first?").selectOption({ label: lea.knownAs });
  await desk.getByLabel("Who then?").selectOption({ label: dan.knownAs });
  await desk.getByLabel("After how many hours does it go on to the next?").fill("4");
  await desk.getByLabel("When are they there, and how are they rung?").fill("Monday to Friday, 9 to 5, on 01865 000001");
  await desk.getByLabel("Who is rung when they are not there?").fill("The council’s emergency duty team, 01865 000002");
  await desk.getByLabel("Who is rung outside of your organisation?").fill("The council’s safeguarding team, 01865 000003");
  await desk.getByRole("button", { name: "Keep this" }).click();
  await expect(desk.getByRole("status")).toHaveText("It is kept.");
  return { desk, lead, deputy, raiser, names: { lead: lea.knownAs, deputy: dan.knownAs } };
}

/** Turns to whoever is told when an adult may be at risk, from the foot of any page; says where the concern is. */
export async function raiseConcern(page: Page, about?: string): Promise<string> {
  await page.getByRole("contentinfo").getByRole("link", { name: "Raise a concern" }).click();
  await expect(page.getByText("Is somebody in danger now?")).toBeVisible();
  await page.getByRole("link", { name: "Turn to somebody here" }).click();
  await page.getByRole("link", { name: "An adult may be at risk", exact: true }).click();
  if (about !== undefined) await page.getByRole("checkbox", { name: about }).check();
  await page.getByRole("radio", { name: "Not yet" }).check();
  await page.getByRole("button", { name: "Turn to them" }).click();
  await expect(page.getByRole("status")).toHaveText("They are told, and written to.");
  return new URL(page.url()).pathname;
}

/** A concern that waits, one that somebody has, and where everything is. */
export async function concerned({ desk, lead, deputy, raiser, names }: Covered): Promise<Record<string, string>> {
  const settings = new URL(desk.url()).pathname;
  await raiser.goto("/today");
  const waiting = await raiseConcern(raiser);
  await raiser.goto("/today");
  const taken = await raiseConcern(raiser, names.lead);
  await deputy.goto(taken);
  await deputy.getByRole("button", { name: "I take this on" }).click();
  await expect(deputy.getByRole("status")).toContainText("You have taken it on.");
  await lead.goto(waiting);
  await expect(lead.getByRole("button", { name: "I take this on" })).toBeVisible();
  await raiser.goto("/concerns/mine");
  const raise = await raiser.getByRole("link", { name: "An adult may be at risk", exact: true }).getAttribute("href");
  const other = await raiser.getByRole("link", { name: "A child or a young person may be at risk" }).getAttribute("href");
  return { "concern waits": waiting, "concern taken": taken, "concern raise": raise ?? "", "concern uncovered": other ?? "", "concern settings": settings };
}
