// Supervision: begun with somebody, agreed on by both, and written down when it took place.

import type { Page } from "@playwright/test";

import { expect, test } from "../../support/alongside.ts";
import { administer, newPerson } from "../../support/people.ts";
import { agreeTo, beginWith, fillInThatWeMet, openSupervision, pairUp, writeDownThatWeMet } from "../../support/supervising.ts";

/** On how many sheets of paper a page is printed. */
async function sheets(page: Page): Promise<number> {
  const paper = await page.pdf({ format: "A4" });
  return paper.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
}

test("two agree on how they meet, change it, and write down that they met", async ({
  page,
  outbox,
  terminal,
  anotherBrowser,
  expectStatus,
}) => {
  const [desk, supervisor] = [await anotherBrowser(), await anotherBrowser()];
  await administer(desk, outbox, terminal, newPerson("Alex"));
  const { names } = await pairUp(desk, { supervisor, supervisee: page }, outbox);
  const pair = await beginWith(supervisor, "Reflective practice, one to one");
  await agreeTo(supervisor, "Pat Quill");

  await openSupervision(page);
  await page.getByRole("link", { name: /^Read and agree: Reflective practice/ }).click();
  await expect(page.getByText("No manager reads it.")).toBeVisible();
  await page.getByRole("link", { name: "Change something first" }).click();
  await page.getByLabel("For how many minutes at least?").fill("45");
  await page.getByRole("button", { name: "Go on to read it as it will stand" }).click();
  await expect(page.getByText("Every 4 weeks for at least 45 minutes")).toBeVisible();
  await agreeTo(page, "Robin Reed");
  await supervisor.goto(`${pair}/agreement/2`);
  await agreeTo(supervisor, "Pat Quill");
  expect(await sheets(supervisor), "on two pages at most").toBeLessThanOrEqual(2);

  await page.goto(pair);
  await expect(page.getByText("Every 4 weeks for at least 45 minutes")).toBeVisible();
  await writeDownThatWeMet(page, "16:30", "50");
  await expect(page.getByRole("status")).toContainText("It is written down.");

  // The other writes down the same.
  expectStatus(409);
  await supervisor.goto(`${pair}/record`);
  await fillInThatWeMet(supervisor, "16:35", "60");
  await supervisor.getByRole("button", { name: "Write it down" }).click();
  await expect(supervisor.getByText("What is written down already")).toBeVisible();
  await supervisor.getByRole("radio", { name: /^They are the same: keep mine/ }).check();
  await supervisor.getByRole("button", { name: "Write it down" }).click();
  await expect(supervisor.getByRole("status")).toContainText("It is written down.");
  await page.goto(pair);
  await expect(page.getByText("at 4.35 pm")).toBeVisible();
  await expect(page.getByText(`Written by ${names.supervisor}, version 2.`)).toBeVisible();
  await openSupervision(page);
  await expect(page.getByText("Once, 1 hour, in the last 12 months.")).toBeVisible();
});
