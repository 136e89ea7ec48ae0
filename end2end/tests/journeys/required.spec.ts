// What is required: kept by a coordinator, seen by those of whom it is asked, with checks that only one person sees.

import { randomUUID } from "node:crypto";

import { expect, test } from "../../support/alongside.ts";
import { openTraining } from "../../support/applying.ts";
import { administer, newPerson, somebody } from "../../support/people.ts";
import { askForChecks, noteCheck, openCheck, openRequired, requireOf, writeDown } from "../../support/required.ts";
import { invite } from "../../support/training.ts";

test("a coordinator requires something, and somebody goes from not due yet to current", async ({
  page,
  outbox,
  terminal,
  anotherBrowser,
}) => {
  const robin = somebody("Robin");
  const code = `f-${randomUUID().slice(0, 6)}`;
  const title = `Fire safety ${code}`;
  const desk = await anotherBrowser();
  await administer(desk, outbox, terminal, newPerson("Alex"));
  const cody = await anotherBrowser();
  await invite(desk, cody, outbox, "Coordinator", somebody("Cody"));
  await invite(desk, page, outbox, "Volunteer", robin);
  const requirement = await requireOf(cody, code, title);

  await page.goto("/me");
  await page.getByRole("link", { name: "What is required of me" }).click();
  const card = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: title }) });
  await expect(card).toContainText("Not due yet");
  await expect(card).toContainText("What would count");

  await openRequired(cody, robin.knownAs, title);
  await writeDown(cody);
  await expect(cody.getByRole("status")).toContainText("It is written down, with your name.");
  await page.reload();
  await expect(card).toContainText("Current");
  await card.getByText("What I have done").click();
  await expect(card).toContainText("given by Our college. Certificate seen");

  // What was wrong is taken back, with a word, and stays.
  await cody.getByText("Take this back").click();
  await cody.getByLabel("Why, in a word?").first().fill("another day");
  await cody.getByRole("button", { name: "Take it back" }).click();
  await expect(cody.getByText("Taken back by")).toContainText("another day");
  await page.reload();
  await expect(card).toContainText("Not due yet");

  // A change gives time, and a stale one shows what was kept meanwhile.
  await cody.goto(requirement);
  await cody.getByLabel("After, or within, how many months?").fill("6");
  await cody.getByRole("button", { name: "Keep this change" }).click();
  await expect(cody.getByRole("status")).toContainText("Nobody is overdue by it");
  await page.reload();
  await expect(card).toContainText("Every 6 months");
  expect(requirement).toMatch(/\/requirements\/[0-9a-f-]{36}$/);
});

test("what somebody accepted begins once whoever sees checks has noted theirs, and others see only whether it is current", async ({
  page,
  outbox,
  terminal,
  anotherBrowser,
}) => {
  const robin = somebody("Robin");
  const desk = await anotherBrowser();
  await administer(desk, outbox, terminal, newPerson("Alex"));
  const vera = await anotherBrowser();
  await invite(desk, vera, outbox, "Vetting", somebody("Vera"));
  await askForChecks(vera);
  const cody = await anotherBrowser();
  await invite(desk, cody, outbox, "Coordinator", somebody("Cody"));
  await invite(desk, page, outbox, "Expert by experience", robin);
  await page.goto("/me");
  await expect(page.getByText(/which you have accepted, waits for the check that the role asks for/)).toBeVisible();
  await expect(page.getByText(/^Expert by experience .* since/)).toHaveCount(0);
  await openTraining(cody);
  await cody.getByRole("link", { name: "Waiting to begin" }).click();
  const waits = cody.getByRole("listitem").filter({ has: cody.getByRole("heading", { name: robin.knownAs }) });
  await expect(waits).toContainText("the check that the role asks for");
  await page.goto("/training/required");
  await expect(page.getByText("Check before you start: Not current.")).toBeVisible();
  await openCheck(vera, robin.knownAs);
  await noteCheck(vera);
  await expect(vera.getByRole("status")).toHaveText("It is noted, with your name.");
  await page.reload();
  await expect(page.getByText("Check before you start: Current.")).toBeVisible();
  await page.goto("/me");
  await expect(page.getByText(/^Expert by experience .* since/)).toBeVisible();
  await cody.reload();
  await expect(waits).toHaveCount(0);
  await page.goto("/me/log");
  await expect(page.getByRole("rowheader", { name: "Looked at what followed from your check" }).first()).toBeVisible();
});
