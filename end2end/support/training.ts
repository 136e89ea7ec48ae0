// Competences, through the pages of those who bring them in, show them and judge them.

import { expect, type Page } from "@playwright/test";

import { openTraining } from "./applying.ts";
import type { Outbox } from "./mail.ts";
import { accept, type Person } from "./people.ts";
import type { PHOTO } from "./photo.ts";

/** What a coordinator types: three competences, of which one accepts lived experience and one a course. */
export const TABLE = `code,title,domain,need,lived_experience,indicators,courses
1.1,Listens without judging,Being with people,essential,,"Asks before giving advice",
1.2,Tells their own story so that it helps,Being with people,essential,yes,,
2.1,Knows how this place works,Knowing,desirable,,,how-this-place-works`;

/** Invites somebody from an administrator's browser, and lets them join in their own. */
export async function invite(desk: Page, theirs: Page, outbox: Outbox, kind: string, person: Person): Promise<void> {
  await desk.goto("/me");
  await desk.getByRole("link", { name: /^People of/ }).click();
  await desk.getByRole("link", { name: "Invite somebody" }).click();
  await desk.getByLabel("Their e-mail address").fill(person.email);
  await desk.getByRole("checkbox", { name: kind, exact: true }).check();
  await desk.getByRole("radio", { name: "Employee" }).check();
  await desk.getByRole("button", { name: "Send the invitation" }).click();
  await accept(theirs, await outbox.linkTo(person.email, /\/invitation\//), person);
}

/** Lets an administrator choose who is something to somebody, each by kind and name. */
export async function relate(desk: Page, person: string, whos: [kind: string, who: string][]): Promise<void> {
  await desk.goto("/me");
  await desk.getByRole("link", { name: /^People of/ }).click();
  await desk.goto(`${new URL(desk.url()).pathname}?name=${person}`);
  await desk.getByRole("link", { name: person }).click();
  for (const [kind, who] of whos) {
    await desk.getByRole("link", { name: kind, exact: true }).click();
    await desk.getByLabel("Who?").selectOption({ label: who });
    await desk.getByRole("button", { name: "Keep this" }).click();
  }
}

/** Lets an administrator choose who assesses somebody. */
export async function letAssess(desk: Page, candidate: string, assessor: string): Promise<void> {
  await relate(desk, candidate, [["Assessor", assessor]]);
}

/** Brings a framework in by typing it; ends up on its page. */
export async function bringIn(page: Page, title: string, table = TABLE): Promise<void> {
  await openTraining(page);
  await page.getByRole("link", { name: "Frameworks of competences" }).click();
  await page.getByRole("link", { name: "Bring in a framework" }).click();
  await page.getByLabel("What is it called?").fill(title);
  await page.getByLabel("Whose words are these, and why may they stand here?").fill("Our own words.");
  await page.getByLabel("Or type it here").fill(table);
  await page.getByRole("button", { name: "Bring it in" }).click();
}

/** Works with a framework from now on; ends up on the list of one's competences. */
export async function workWith(page: Page, title: string): Promise<void> {
  await page.goto("/me");
  await page.getByRole("link", { name: "My competences" }).click();
  await page.getByRole("button", { name: `Work with this ${title}` }).click();
  await expect(page.getByRole("status")).toHaveText("You work with it from now on. Begin wherever you like.");
}

/** Adds a piece of evidence, with a photo if there is one, to the competence whose page is open. */
export async function addEvidence(page: Page, heading: string, words: string, photo?: typeof PHOTO): Promise<void> {
  await page.getByRole("link", { name: "Add something that shows it" }).click();
  await page.getByRole("radio", { name: "Something I learned in daily life" }).check();
  await page.getByLabel("A heading for it").fill(heading);
  await page.getByLabel("What happened, or what is it?").fill(words);
  if (photo) await page.getByLabel("A photo or a PDF, if you have one").setInputFiles(photo);
  await page.getByRole("button", { name: "Keep it" }).click();
}

/** Asks somebody to say what they have seen, as whoever has the competence that is named by its path. */
export async function askWitness(page: Page, competence: string, witness: Person): Promise<void> {
  await page.goto(competence);
  await page.getByRole("link", { name: "Ask somebody who has seen it" }).click();
  await page.getByLabel("What are they called?").fill(witness.knownAs);
  await page.getByLabel("Their e-mail address").fill(witness.email);
  await page.getByRole("button", { name: "Send the letter" }).click();
  await expect(page.getByRole("status")).toHaveText("The letter is on its way.");
}

/** Makes a sheet of codes, and reads them. */
export async function printCodes(page: Page, competence: string): Promise<string[]> {
  await page.goto(competence);
  await page.getByRole("link", { name: "Hear from people whom I support" }).click();
  await page.getByRole("button", { name: "Make the sheet" }).click();
  await expect(page.getByRole("status")).toContainText("Print this page now and cut it up.");
  return page.locator(".slip .code").allTextContents();
}
