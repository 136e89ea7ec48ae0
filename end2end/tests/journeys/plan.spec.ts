// A learning plan: written, rated, shown to a tutor, read by them, and taken back.

import { randomUUID } from "node:crypto";

import { expect, test } from "../../support/alongside.ts";
import { accept, administer, join, newPerson } from "../../support/people.ts";
import { rate, setGoal } from "../../support/plan.ts";

test("somebody writes a plan, rates a goal, and marks it as reached", async ({ page, outbox }) => {
  await join(page, outbox, newPerson("Robin"));
  await page.getByRole("link", { name: "My plan" }).click();
  await expect(page.getByText("It is still empty, and that is fine.")).toBeVisible();
  await page.getByRole("link", { name: "Write what you hope for, and what helps" }).click();
  await page.getByLabel("What do I hope for?").fill("A garden");
  await page.getByRole("button", { name: "Keep this" }).click();
  await expect(page.getByRole("status")).toHaveText("It is kept.");
  await expect(page.getByRole("region", { name: "What I hope for" })).toContainText("A garden");

  await page.getByRole("link", { name: "Set a first goal" }).click();
  await setGoal(page, "Take the bus on my own");
  await expect(page.getByRole("status")).toHaveText("Your goal stands in your plan.");
  await rate(page, 3);
  await expect(page.getByRole("status")).toHaveText("Today’s number is kept.");
  await rate(page, 4);
  await expect(page.getByRole("radio", { name: "4", exact: true })).toBeChecked();
  await expect(page.getByRole("img", { name: /How close it feels/ })).toBeVisible();
  await page.getByText("Show the figures").click();
  await expect(page.getByRole("table").getByRole("row")).toHaveCount(2);

  await page.getByRole("button", { name: "It is reached" }).click();
  await expect(page.getByRole("status")).toHaveText("It stands in your plan as reached.");
  await page.getByRole("button", { name: "Bring it back" }).click();
  await page.getByRole("link", { name: "My plan", exact: true }).click();
  await expect(page.getByRole("region", { name: "Goals" })).toContainText("Take the bus on my own");

  await page.getByRole("link", { name: "Look back now" }).click();
  await page.getByRole("radio", { name: "On my own" }).check();
  await page.getByLabel("What would I like to change?").fill("Go on Saturdays");
  await page.getByRole("button", { name: "Keep this" }).click();
  await expect(page.getByRole("region", { name: "Looking back" })).toContainText("Go on Saturdays");
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("link", { name: "Look back now" })).toBeHidden();
  await expect(page.getByText(/^Robin, \d/)).toBeVisible();
});

test("somebody shows their plan to a tutor, sees that it was read, and takes it back", async ({
  page,
  outbox,
  terminal,
  anotherBrowser,
  expectStatus,
}) => {
  // Tests run side by side on one database, where there may be more tutors.
  const kim = newPerson("Kim" + randomUUID().slice(0, 6));
  const desk = await anotherBrowser();
  await administer(desk, outbox, terminal, newPerson("Alex"));
  await desk.goto("/me");
  await desk.getByRole("link", { name: /^People of/ }).click();
  await desk.getByRole("link", { name: "Invite somebody" }).click();
  await desk.getByLabel("Their e-mail address").fill(kim.email);
  await desk.getByRole("checkbox", { name: "Tutor", exact: true }).check();
  await desk.getByRole("radio", { name: "Employee" }).check();
  await desk.getByRole("button", { name: "Send the invitation" }).click();
  const theirs = await anotherBrowser();
  await accept(theirs, await outbox.linkTo(kim.email, /\/invitation\//), kim);

  const robin = { ...newPerson("Robin"), knownAs: "Robin" + randomUUID().slice(0, 6) };
  await join(page, outbox, robin);
  await setGoal(page, "Take the bus on my own");
  await page.goto("/plan");
  await page.getByRole("link", { name: "Choose who reads it" }).click();
  await page.getByRole("button", { name: `Show it to ${kim.knownAs}` }).click();
  await expect(page.getByRole("status")).toHaveText("Your plan is open to them from now on.");

  await theirs.goto("/me");
  await theirs.getByRole("link", { name: "Plans that learners show me" }).click();
  await theirs.getByRole("link", { name: robin.knownAs }).click();
  await expect(theirs.getByRole("main")).toContainText("Take the bus on my own");
  await expect(theirs.getByRole("main").getByRole("button")).toHaveCount(0);

  await page.getByRole("link", { name: "My log" }).click();
  await expect(page.getByRole("row", { name: /Read your plan/ })).toContainText(kim.knownAs);
  await page.goto("/plan/share");
  await page.getByRole("button", { name: `Take it back from ${kim.knownAs}` }).click();
  await expect(page.getByRole("status")).toHaveText("You have taken it back. They cannot open it any more.");
  expectStatus(404);
  await theirs.reload();
  await expect(theirs.getByRole("heading", { level: 1 })).toHaveText("We can’t find that page");
});
