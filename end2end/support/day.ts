// Days, as forms ask for them: in three fields under one question.

import type { Locator, Page } from "@playwright/test";

/** The time in so many days, or before so many if they are fewer than none. */
export const inDays = (days: number) => new Date(Date.now() + days * 24 * 60 * 60 * 1000);

/** Fills in the day under a question. In UTC, so that today is never tomorrow where the server looks at its calendar. */
export async function fillDay(page: Page | Locator, legend: string, day: Date): Promise<void> {
  const group = page.getByRole("group", { name: legend });
  await group.getByLabel("Day").fill(`${day.getUTCDate()}`);
  await group.getByLabel("Month").fill(`${day.getUTCMonth() + 1}`);
  await group.getByLabel("Year").fill(`${day.getUTCFullYear()}`);
}
