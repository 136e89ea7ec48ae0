// A plan, written through its own pages.

import type { Page } from "@playwright/test";

/** Writes a plan with a goal, a number for today and a look back, as whoever is signed in. */
export async function writePlan(page: Page): Promise<void> {
  await page.goto("/plan/words");
  await page.getByLabel("What do I hope for?").fill("A garden again,\nand a job that leaves room for it.");
  await page.getByLabel("What helps me?").fill("Mornings. Being asked.");
  await page.getByRole("button", { name: "Keep this" }).click();
  await setGoal(page, "Take the bus on my own");
  await rate(page, 4);
  await page.goto("/plan/reviews/new");
  await page.getByRole("radio", { name: "With my tutor" }).check();
  await page.getByLabel("What went well?").fill("I went to town twice.");
  await page.getByRole("button", { name: "Keep this" }).click();
}

/** Sets a goal, ending up on its page. */
export async function setGoal(page: Page, words: string): Promise<void> {
  await page.goto("/plan/goals/new");
  await page.getByLabel("What would I like?").fill(words);
  await page.getByLabel("How will I notice?").fill("I come home and am glad that I went.");
  await page.getByLabel("What has it to do with?").selectOption({ label: "Hope: good things ahead" });
  await page.getByRole("button", { name: "Set this goal" }).click();
}

/** Says how close the goal feels whose page is open. */
export async function rate(page: Page, value: number): Promise<void> {
  await page.getByRole("radio", { name: `${value}`, exact: true }).check();
  await page.getByRole("button", { name: "Keep today’s number" }).click();
}
