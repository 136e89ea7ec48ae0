// A group that goes through a programme, through its own pages.

import { expect, type Page } from "@playwright/test";

import { openTraining } from "./applying.ts";

/** Begins a weekly group whose first session was so many weeks ago, as whoever coordinates, and says where it is. */
export async function beginGroup(page: Page, name: string, weeks = 2): Promise<string> {
  const first = new Date(Date.now() - weeks * 7 * 24 * 60 * 60 * 1000);
  await openTraining(page);
  await page.getByRole("link", { name: "Groups", exact: true }).click();
  await page.getByRole("link", { name: "Begin a group" }).click();
  await page.getByLabel("What is the group called?").fill(name);
  await page.getByLabel("How many places are there?").fill("12");
  await page.getByLabel("Day", { exact: true }).fill(`${first.getDate()}`);
  await page.getByLabel("Month", { exact: true }).fill(`${first.getMonth() + 1}`);
  await page.getByLabel("Year", { exact: true }).fill(`${first.getFullYear()}`);
  await page.getByLabel("At what time?").fill("10:00");
  await page.getByLabel("Where is it?").fill("Room 4, Garden House");
  await page.getByRole("button", { name: "Begin it" }).click();
  await expect(page.getByRole("status")).toContainText("The group has begun.");
  return new URL(page.url()).pathname;
}

/** Chooses its tutors. */
export async function chooseTutors(page: Page, group: string, names: string[]): Promise<void> {
  await page.goto(`${group}/tutors`);
  for (const name of names) await page.getByRole("checkbox", { name }).check();
  await page.getByRole("button", { name: "Keep this" }).click();
  await expect(page.getByRole("status")).toHaveText("The tutors are kept.");
}

/** Gives somebody a place in it. */
export async function givePlace(page: Page, group: string, name: string): Promise<void> {
  await page.goto(`${group}/people`);
  await page.getByLabel("Name begins with").fill(name);
  await page.getByRole("button", { name: "Find" }).click();
  await page.getByRole("button", { name: `Give a place to ${name}` }).click();
  await expect(page.getByRole("status")).toHaveText("They have a place.");
}

/** What the programme that comes with the program was written for. */
export const FRAMEWORK = "Competence Framework for Mental Health Peer Support Workers (2020)";

/** Lets it work with the competences that its programme names. */
export async function workWithFramework(page: Page, group: string): Promise<void> {
  await page.goto(group.replace(/\/cohorts\/.*$/, "/frameworks"));
  // Tests run side by side on one database, where it may be there already.
  const take = page.getByRole("button", { name: `Take it over ${FRAMEWORK}` });
  if (await take.isVisible()) await take.click();
  await page.goto(group);
  await page.getByRole("link", { name: "Choose competences" }).click();
  await page.getByLabel("Which competences?").selectOption({ label: FRAMEWORK });
  await page.getByRole("button", { name: "Keep this" }).click();
  await expect(page.getByRole("status")).toHaveText("What the group works with is kept.");
}

/** Marks somebody in the register that is open, and keeps it. */
export async function mark(page: Page, name: string, as: string, minutes = ""): Promise<void> {
  const person = page.getByRole("group", { name });
  await person.getByLabel("Was there?").selectOption({ label: as });
  await person.getByLabel("Minutes, for a part").fill(minutes);
  await page.getByRole("button", { name: "Keep the register" }).click();
}
