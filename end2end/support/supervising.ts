// Supervision, through the pages of whoever supervises and whoever is supervised.

import { expect, type Page } from "@playwright/test";

import { fillDay, inDays } from "./day.ts";
import type { Outbox } from "./mail.ts";
import { somebody } from "./people.ts";
import { invite, relate } from "./training.ts";

/** Those who meet, and what they are called. */
export interface Pair {
  supervisor: Page;
  supervisee: Page;
  names: { supervisor: string; supervisee: string };
}

/** Lets both join, and arranges that the one supervises the other. */
export async function pairUp(desk: Page, browsers: Omit<Pair, "names">, outbox: Outbox): Promise<Pair> {
  const [robin, pat] = [somebody("Robin"), somebody("Pat")];
  await invite(desk, browsers.supervisor, outbox, "Supervisor", pat);
  await invite(desk, browsers.supervisee, outbox, "Peer support worker", robin);
  await relate(desk, robin.knownAs, [["Supervisor", pat.knownAs]]);
  return { ...browsers, names: { supervisor: pat.knownAs, supervisee: robin.knownAs } };
}

/** Opens supervision from whatever somebody sees about themself. */
export async function openSupervision(page: Page): Promise<void> {
  await page.goto("/me");
  await page.getByRole("link", { name: "My supervision" }).click();
}

/** Begins with the only person whom one supervises; says where they meet from now on. */
export async function beginWith(page: Page, title: string): Promise<string> {
  await openSupervision(page);
  await page.getByRole("link", { name: "Begin with somebody" }).click();
  await page.getByRole("link", { name: title }).click();
  await fillDay(page, "From which day?", inDays(-30));
  await page.getByRole("button", { name: "Go on to read it as it will stand" }).click();
  await expect(page.getByRole("heading", { name: "Agree to it" })).toBeVisible();
  return new URL(page.url()).pathname.replace(/\/agreement\/.*/, "");
}

/** Agrees to what the page shows. */
export async function agreeTo(page: Page, name: string): Promise<void> {
  await page.getByLabel("Your name").fill(name);
  await page.getByRole("checkbox", { name: "I have read it" }).check();
  await page.getByRole("button", { name: "Agree", exact: true }).click();
  await expect(page.getByRole("status")).toContainText("You have agreed.");
}

/** Fills in that both met yesterday. */
export async function fillInThatWeMet(page: Page, time: string, minutes: string): Promise<void> {
  await fillDay(page, "On which day did it begin?", inDays(-1));
  await page.getByLabel("At what time?").fill(time);
  await page.getByLabel("For how many minutes?").fill(minutes);
}

/** Writes down that both met yesterday, from the page of the pair. */
export async function writeDownThatWeMet(page: Page, time: string, minutes: string): Promise<void> {
  await page.getByRole("link", { name: "Write down that we met" }).click();
  await fillInThatWeMet(page, time, minutes);
  await page.getByRole("button", { name: "Write it down" }).click();
}

/** Begins a group that has met for a month; says where it is. */
export async function leadGroup(page: Page, title: string, name: string): Promise<string> {
  await openSupervision(page);
  await page.getByRole("link", { name: "Begin with somebody" }).click();
  await page.getByRole("link", { name: title }).click();
  await page.getByLabel("What is the group called?").fill(name);
  await fillDay(page, "From which day?", inDays(-30));
  await page.getByRole("button", { name: "Go on to who belongs to it" }).click();
  await expect(page.getByRole("status")).toContainText("The group has begun.");
  return new URL(page.url()).pathname.replace(/\/members$/, "");
}

/** Finds somebody by their name, from the page of who belongs to a group, and adds them from its beginning on. */
export async function addMember(page: Page, name: string): Promise<void> {
  await page.getByLabel("Find somebody by name").fill(name);
  await page.getByRole("button", { name: "Find" }).click();
  const choices = page.getByLabel("Who is it?");
  const label = (await choices.locator("option").allTextContents()).find((it) => it.startsWith(name)) ?? name;
  await choices.selectOption({ label });
  await fillDay(page, "From which day?", inDays(-30));
  await page.getByRole("button", { name: "Add to the group" }).click();
  await expect(page.getByRole("status")).toContainText("They belong to the group.");
}

/** Plans to meet again and again from a day on, from the page of a pair or group. */
export async function planRow(page: Page, first: Date, time: string): Promise<void> {
  await page.getByRole("link", { name: /^Plan (when you meet|more)$/ }).click();
  await fillDay(page, "On which day first?", first);
  await page.getByLabel("At what time?").fill(time);
  await page.getByRole("radio", { name: "Again and again" }).check();
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByRole("heading", { name: "Look at the days" })).toBeVisible();
  await page.getByRole("button", { name: "Plan these" }).click();
  await expect(page.getByRole("status")).toContainText("It is planned.");
}

/** Asks somebody for a debrief. */
export async function askForADebrief(page: Page, name: string): Promise<void> {
  await openSupervision(page);
  await page.getByRole("link", { name: "Ask for a debrief" }).click();
  await page.getByLabel("With whom?").selectOption({ label: name });
  await page.getByRole("radio", { name: "This week" }).check();
  await page.getByRole("button", { name: "Ask for a debrief" }).click();
  await expect(page.getByRole("status")).toContainText("You have asked.");
}

/** Shares something, from the page of a session. */
export async function shareAboutSession(page: Page, text: string): Promise<void> {
  await page.getByRole("link", { name: /^(Write something to share|Change what I share)$/ }).click();
  await page.getByLabel("What would you like to share?").fill(text);
  await page.getByRole("button", { name: "Share it" }).click();
  await expect(page.getByText("It is shared.")).toBeVisible();
}

/** A group with somebody in it and a session that led to something: where its pages are. */
async function grouped(leader: Page, member: string): Promise<Record<string, string>> {
  const group = await leadGroup(leader, "Reflective practice, in a group", "Tuesday group");
  await addMember(leader, member);
  const theirs = (await leader.getByRole("link", { name: `Set the last day of ${member}` }).getAttribute("href")) ?? "";
  await leader.goto(`${group}/record`);
  await fillInThatWeMet(leader, "10:00", "90");
  await leader.getByLabel("What was it about, in a few words?").fill("Endings, and looking after ourselves");
  await leader.getByText("What did you agree to do?").click();
  const action = leader.getByRole("group", { name: "Action 1" });
  await action.getByLabel("What is to be done?").fill("Find a room with a window");
  await action.getByLabel("Who does it?").selectOption({ label: member });
  await fillDay(action, "By which day?", inDays(14));
  await leader.getByRole("button", { name: "Write it down" }).click();
  await expect(leader.getByRole("status")).toContainText("It is written down.");
  await leader.getByRole("link", { name: / at 10\.00 am$/ }).click();
  const session = new URL(leader.url()).pathname;
  await shareAboutSession(leader, "We looked at how we say goodbye.");
  await leader.goto("/supervision/new");
  const begin = await leader.getByRole("link", { name: "Reflective practice, in a group" }).getAttribute("href");
  const note = session.replace(/.*\//, "/supervision/notes/");
  return { "led group": group, "led member": theirs, "led begin": begin ?? "", "led session": session, "led note": note };
}

/** A pair with an agreement that one has agreed to, and a session; and a group: where each page is. */
export async function supervised({ supervisor, supervisee, names }: Pair): Promise<Record<string, string>> {
  const pair = await beginWith(supervisor, "Reflective practice, one to one");
  await agreeTo(supervisor, `${names.supervisor} Quill`);
  await supervisor.goto(pair);
  await writeDownThatWeMet(supervisor, "16:30", "50");
  await expect(supervisor.getByRole("status")).toContainText("It is written down.");
  await supervisor.goto("/supervision/new");
  const begin = (await supervisor.getByRole("link", { name: "Peer supervision, two together" }).getAttribute("href")) ?? "";
  const cameUp = (await supervisor.getByRole("link", { name: /^Something came up/ }).getAttribute("href")) ?? "";
  const group = await grouped(supervisor, names.supervisee);
  await supervisee.goto(pair);
  await planRow(supervisee, inDays(7), "9:30");
  const planned = (await supervisee.getByRole("link", { name: / at 9\.30 am$/ }).first().getAttribute("href")) ?? "";
  await askForADebrief(supervisee, names.supervisor);
  return { pair, planned, begin, "came up": cameUp, ...group };
}
