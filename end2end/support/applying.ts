// Training through its own pages: a round, and an application to it.

import type { Page } from "@playwright/test";

import { fillDay, inDays } from "./day.ts";

/** Goes to the training of the organisation that the coordinator whose page this is looks after. */
export async function openTraining(page: Page): Promise<void> {
  await page.goto("/me");
  await page.getByRole("link", { name: /^Training at/ }).first().click();
}

/** Says on the page of an application that they talked with somebody today. */
export async function talked(page: Page, withWhom: string): Promise<void> {
  await fillDay(page, "On which day did you talk?", new Date());
  await page.getByLabel("Who talked with them?").selectOption({ label: withWhom });
  await page.getByRole("button", { name: "Keep that we talked" }).click();
}

/** Begins a round with two criteria, ending up on its page. */
export async function beginRound(page: Page, name: string): Promise<void> {
  await openTraining(page);
  await page.getByRole("link", { name: "Begin a round" }).click();
  await page.getByLabel("What is it called?").fill(name);
  await page.getByLabel("What is it, in a sentence?").fill("Ten days of training, for people who would like to help others along.");
  await fillDay(page, "Which is the first day to apply?", inDays(-1));
  await fillDay(page, "Which is the last day?", inDays(30));
  await page.getByLabel("How many places are there?").fill("12");
  await page.getByRole("radio", { name: "Volunteers and paid workers" }).check();
  await page.getByRole("button", { name: "Keep this" }).click();
  await page.getByRole("link", { name: "Add a criterion" }).click();
  await page.getByLabel("What do you ask of people?").fill("Listens without giving advice at once");
  await page.getByRole("radio", { name: "Essential" }).check();
  await page.getByRole("checkbox", { name: /^Lived experience/ }).check();
  await page.getByRole("checkbox", { name: /^Being willing/ }).check();
  await page.getByRole("checkbox", { name: /^Something equivalent/ }).check();
  await page.getByRole("button", { name: "Keep this" }).click();
  await page.getByRole("link", { name: "Add a criterion" }).click();
  await page.getByLabel("What do you ask of people?").fill("Knows the area");
  await page.getByRole("radio", { name: "Desirable" }).check();
  await page.getByRole("button", { name: "Keep this" }).click();
}

/** Asks to be told by an organisation, as whoever is not signed in. */
export async function askToBeTold(page: Page, knownAs: string, email: string, by = "Our college"): Promise<void> {
  await page.goto("/training/join");
  const organisation = page.getByLabel("Who should write to you?");
  if (await organisation.count()) await organisation.selectOption({ label: by });
  await page.getByRole("radio", { name: "I am not sure yet" }).check();
  await page.getByLabel("What would you like to be called?").fill(knownAs);
  await page.getByLabel("Your e-mail address").fill(email);
  await page.getByRole("checkbox", { name: /^I agree/ }).check();
  await page.getByRole("button", { name: "Put me on the list" }).click();
}

/** Begins an application on the page of a round, and answers what is essential. */
export async function apply(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Begin an application" }).click();
  await page.getByRole("link", { name: "Answer this: number 1" }).click();
  await page.getByLabel("In your own words").fill("For a year I rang a neighbour each week,\nand mostly listened.");
  await page.getByRole("checkbox", { name: "Yes, I have lived experience of this" }).check();
  await page.getByRole("button", { name: "Keep my answer" }).click();
}
