// Competences: brought in by a coordinator, shown by somebody in training, judged by somebody else.

import { randomUUID } from "node:crypto";

import { expect, test } from "../../support/alongside.ts";
import { administer, join, newPerson, type Person, somebody } from "../../support/people.ts";
import { addEvidence, bringIn, invite, letAssess, TABLE, workWith } from "../../support/training.ts";

test("a coordinator brings in a framework, puts right what was found, and changes it", async ({
  page,
  outbox,
  terminal,
  anotherBrowser,
  expectStatus,
}) => {
  const desk = await anotherBrowser();
  await administer(desk, outbox, terminal, newPerson("Alex"));
  await invite(desk, page, outbox, "Coordinator", somebody("Cody"));
  const title = `Ours ${randomUUID().slice(0, 6)}`;
  expectStatus(422);
  await bringIn(page, title, TABLE.replace("2.1,", "1.1,").replace("desirable", "now and then"));
  await expect(page.getByText("Line 4: The code 1.1 stands on line 2 already")).toBeVisible();
  await expect(page.getByText("Line 4: Say whether it is essential or desirable.")).toBeVisible();
  await expect(page.getByLabel("What is it called?")).toHaveValue(title);
  await page.getByLabel("Or type it here").fill(TABLE);
  await page.getByRole("button", { name: "Bring it in" }).click();
  await expect(page.getByRole("status")).toContainText("It is in place.");
  await expect(page.getByRole("heading", { name: "1.1 Listens without judging" })).toBeVisible();

  await page.getByRole("link", { name: "Bring in a new version" }).click();
  await page.getByLabel("The table, as a CSV file").setInputFiles({
    name: "ours.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("\ufeff" + TABLE.replace("Listens without judging", "Listens and waits").replaceAll(",", ";")),
  });
  await page.getByRole("button", { name: "Put it in place" }).click();
  await expect(page.getByRole("status")).toContainText("The new version is in place.");
  await page.getByRole("link", { name: "What changed" }).click();
  await expect(page.getByRole("main")).toContainText("It was: Listens without judging");

  await page.getByRole("link", { name: title }).click();
  await page.getByRole("link", { name: "Frameworks" }).click();
  await page.getByRole("link", { name: "Our levels" }).click();
  await page.getByLabel("A level on each line").fill("With somebody beside me\nOn my own");
  await page.getByRole("button", { name: "Keep these levels" }).click();
  await expect(page.getByRole("status")).toHaveText("The levels are kept.");
});

test("somebody shows a competence, is told what is missing, and has it in the end", async ({
  page,
  outbox,
  terminal,
  anotherBrowser,
}) => {
  const [robin, kim] = [somebody("Robin"), somebody("Kim")] as [Person, Person];
  const title = `Ours ${randomUUID().slice(0, 6)}`;
  const desk = await anotherBrowser();
  await administer(desk, outbox, terminal, newPerson("Alex"));
  const cody = await anotherBrowser();
  await invite(desk, cody, outbox, "Coordinator", somebody("Cody"));
  await bringIn(cody, title);
  const theirs = await anotherBrowser();
  await invite(desk, theirs, outbox, "Assessor", kim);
  await join(page, outbox, robin);
  await letAssess(desk, robin.knownAs, kim.knownAs);

  await workWith(page, title);
  await expect(page.getByText("0 of 3 achieved")).toBeVisible();
  await page.getByRole("link", { name: "1.1 Listens without judging" }).click();
  await expect(page.getByText("Asks before giving advice")).toBeVisible();
  await addEvidence(page, "On the bus", "Somebody talked, and I listened.");
  await expect(page.getByRole("status")).toHaveText("It is kept, and it stands below.");
  await page.getByRole("button", { name: "I am ready" }).click();
  await expect(page.getByRole("status")).toContainText("It waits for somebody who assesses you.");

  await theirs.goto("/me");
  await theirs.getByRole("link", { name: "Competences that I assess" }).click();
  await theirs.getByRole("link", { name: `${robin.knownAs}: 1.1 Listens without judging` }).click();
  await expect(theirs.getByText("Somebody talked, and I listened.")).toBeVisible();
  await theirs.getByRole("radio", { name: "Needs a little more" }).check();
  await theirs.getByLabel("What do you tell them?").fill("Say how you ended it.");
  await theirs.getByRole("button", { name: "Keep this" }).click();
  await expect(theirs.getByRole("status")).toContainText("It is kept.");

  await page.reload();
  // It stands beside what can be done about it, and in the history.
  await expect(page.getByText("Say how you ended it.")).toHaveCount(2);
  await addEvidence(page, "At the stop", "I said goodbye, and what I liked about it.");
  await page.getByRole("button", { name: "I am ready" }).click();
  await theirs.getByRole("link", { name: "Note something that shows it" }).click();
  await theirs.getByRole("radio", { name: "Something that I saw them do" }).check();
  await theirs.getByLabel("A heading for it").fill("In the group");
  await theirs.getByLabel("What happened, or what is it?").fill("They waited, and asked.");
  await theirs.getByRole("button", { name: "Keep it" }).click();
  await theirs.getByRole("radio", { name: "Achieved" }).check();
  await theirs.getByRole("button", { name: "Keep this" }).click();

  await page.reload();
  await expect(page.getByText("You have it.")).toBeVisible();
  await expect(page.getByText("They waited, and asked.")).toBeVisible();
  await page.getByRole("link", { name: "My competences" }).click();
  await expect(page.getByRole("heading", { name: "What I have (1)" })).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await expect(page.getByText(new RegExp(`^${robin.knownAs}, \\d`))).toBeVisible();
});
