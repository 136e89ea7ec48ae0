// An organisation of its own, with everybody who has to do with somebody's training: what it asks of people is then
// asked of nobody else, whatever else is tried on the same database.

import { randomUUID } from "node:crypto";

import type { Page } from "@playwright/test";

import type { Outbox } from "./mail.ts";
import { accept, administer, newPerson, type Person } from "./people.ts";
import type { Terminal } from "./terminal.ts";
import { invite } from "./training.ts";
import { addSite } from "./working.ts";

/** Each by what they are called. */
const STAFF = {
  Cody: "Coordinator",
  Kim: "Coordinator",
  Jo: "Tutor",
  Kay: "Assessor",
  Pat: "Placement supervisor",
  Vera: "Vetting",
  Max: "Line manager",
} as const;

export interface Everybody {
  /** What the organisation is called. */
  name: string;
  site: string;
  /** Its administrator's browser. */
  desk: Page;
  /** A browser for each of them. */
  staff: Record<keyof typeof STAFF, Page>;
}

/** Founds an organisation, and lets its first administrator join. */
export async function found(founder: Page, desk: Page, outbox: Outbox, { name, administrator }: { name: string; administrator: Person }): Promise<void> {
  await founder.goto("/organisations");
  await founder.getByLabel("What is it called?").fill(name);
  await founder.getByRole("radio", { name: "Charity" }).check();
  await founder.getByLabel("The e-mail address of its first administrator").fill(administrator.email);
  await founder.getByRole("button", { name: "Add it" }).click();
  await accept(desk, await outbox.linkTo(administrator.email, /\/invitation\//), administrator);
}

/** Founds it, and lets everybody join. */
export async function gatherEverybody(open: () => Promise<Page>, outbox: Outbox, terminal: Terminal): Promise<Everybody> {
  const [founder, desk] = [await open(), await open()];
  const [name, site, alex] = [`Green Lane ${randomUUID().slice(0, 6)}`, "Mill House", newPerson("Alex")];
  await administer(founder, outbox, terminal, newPerson("Sam"));
  await found(founder, desk, outbox, { name, administrator: alex });
  const staff: Partial<Everybody["staff"]> = {};
  for (const [who, kind] of Object.entries(STAFF) as [keyof typeof STAFF, string][]) {
    const theirs = await open();
    await invite(desk, theirs, outbox, kind, newPerson(who));
    staff[who] = theirs;
  }
  await addSite(desk, site);
  return { name, site, desk, staff: staff as Everybody["staff"] };
}

/** Invites somebody who is here already, and lets them accept in their own browser. */
export async function engage(desk: Page, theirs: Page, outbox: Outbox, kind: string, person: Person): Promise<void> {
  await desk.goto("/me");
  await desk.getByRole("link", { name: /^People of/ }).click();
  await desk.getByRole("link", { name: "Invite somebody" }).click();
  await desk.getByLabel("Their e-mail address").fill(person.email);
  await desk.getByRole("checkbox", { name: kind, exact: true }).check();
  await desk.getByRole("radio", { name: "Volunteer" }).check();
  await desk.getByRole("button", { name: "Send the invitation" }).click();
  await theirs.goto(await outbox.linkTo(person.email, /\/invitation\//));
  await theirs.getByRole("button", { name: "Accept the invitation" }).click();
  await theirs.getByRole("heading", { level: 1, name: "Me" }).waitFor();
}
