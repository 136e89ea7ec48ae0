// What is required of people, and checks before they start, through the pages of those who keep and see them.

import { expect, type Page } from "@playwright/test";

import { openTraining } from "./applying.ts";

/** Requires something each year from today on, as whoever coordinates, and says where it is. */
export async function requireOf(page: Page, code: string, title: string, of = "Volunteer"): Promise<string> {
  await openTraining(page);
  await page.getByRole("link", { name: "What we require" }).click();
  await page.getByRole("link", { name: "Require something" }).click();
  await page.getByLabel("A short code").fill(code);
  await page.getByLabel("What is it called?").fill(title);
  await page.getByRole("radio", { name: "Again after some months" }).check();
  await page.getByLabel("After, or within, how many months?").fill("12");
  await page.getByRole("checkbox", { name: of, exact: true }).check();
  await page.getByRole("button", { name: "Require it" }).click();
  await expect(page.getByRole("status")).toContainText("It is kept.");
  return (await page.getByRole("link", { name: new RegExp(`^${code.toUpperCase()} `) }).getAttribute("href")) ?? "";
}

/** Opens what is required of somebody, whom the matrix shows by name. */
export async function openRequired(page: Page, name: string, title: string): Promise<void> {
  await openTraining(page);
  await page.getByRole("link", { name: "Who has what" }).click();
  await page.getByLabel("Name begins with").fill(name);
  await page.getByRole("button", { name: "Find" }).click();
  await page.getByRole("link", { name }).click();
  await page.getByRole("link", { name: title }).click();
}

/** Writes down that somebody did today what is open. */
export async function writeDown(page: Page): Promise<void> {
  const today = new Date();
  const on = page.getByRole("group", { name: "On which day?" });
  await on.getByLabel("Day").fill(`${today.getDate()}`);
  await on.getByLabel("Month").fill(`${today.getMonth() + 1}`);
  await on.getByLabel("Year").fill(`${today.getFullYear()}`);
  await page.getByLabel("Who gave it?").fill("Our college");
  await page.getByLabel("What shows it?").fill("Certificate seen");
  await page.getByRole("button", { name: "Write it down" }).click();
}

/** Settles that experts by experience are checked: whoever is invited as one waits for it from then on, and nobody else is. */
export async function askForChecks(page: Page): Promise<void> {
  await page.goto("/me");
  await page.getByRole("link", { name: /^Checks at/ }).click();
  // Another test on the same database may have settled it.
  const settled = page.getByRole("link", { name: "Expert by experience", exact: true });
  if (!(await settled.isVisible())) await page.getByText("Roles that ask for none").click();
  await settled.click();
  await page.getByRole("radio", { name: "Enhanced" }).check();
  await page.getByRole("radio", { name: "Adult workforce" }).check();
  await page.getByLabel("Why may this role be checked so?").fill("Is alone with adults each week");
  await page.getByRole("button", { name: "Keep this" }).click();
  await expect(page.getByText("What the role asks for is kept.")).toBeVisible();
}

/** Opens somebody's check. */
export async function openCheck(page: Page, name: string): Promise<void> {
  await page.goto("/me");
  await page.getByRole("link", { name: /^Checks at/ }).click();
  await page.getByLabel("Name begins with").fill(name);
  await page.getByRole("button", { name: "Find" }).click();
  await page.getByRole("link", { name }).click();
}

/** Notes that somebody may start, by a check of last year's first day. */
export async function noteCheck(page: Page): Promise<void> {
  await page.getByRole("radio", { name: "Enhanced" }).check();
  await page.getByRole("radio", { name: "Adult workforce" }).check();
  const of = page.getByRole("group", { name: "The day of the certificate" });
  await of.getByLabel("Day").fill("1");
  await of.getByLabel("Month").fill("1");
  await of.getByLabel("Year").fill(`${new Date().getFullYear() - 1}`);
  await page.getByRole("radio", { name: "May start", exact: true }).check();
  await page.getByRole("button", { name: "Note this" }).click();
}
