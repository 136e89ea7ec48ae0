// Coming here by invitation, and what people and administrators then see and change.

import { randomUUID } from "node:crypto";

import { expect, test } from "../../support/alongside.ts";
import { accept, administer, join, newPerson } from "../../support/people.ts";

test("an administrator invites somebody, who joins, and chooses who guides them", async ({
  page,
  outbox,
  terminal,
  anotherBrowser,
}) => {
  // Tests run side by side on one database, where there may be more Kims.
  const kim = { ...newPerson("Kim"), knownAs: `Kim Ó ${randomUUID().slice(0, 8)}` };
  await administer(page, outbox, terminal, newPerson("Alex"));
  await page.goto("/me");
  await page.getByRole("link", { name: /^People of/ }).click();
  await page.getByRole("link", { name: "Invite somebody" }).click();
  await page.getByLabel("Their e-mail address").fill(kim.email);
  await page.getByRole("checkbox", { name: "Supervisor", exact: true }).check();
  await page.getByRole("radio", { name: "Employee" }).check();
  await page.getByRole("button", { name: "Send the invitation" }).click();
  await expect(page.getByRole("status")).toContainText("The invitation is on its way.");
  await expect(page.getByRole("heading", { name: kim.email })).toBeVisible();

  const theirs = await anotherBrowser();
  await accept(theirs, await outbox.linkTo(kim.email, /\/invitation\//), kim);
  await theirs.goto("/me");
  await expect(theirs.getByRole("main")).toContainText(/Supervisor \(employee\) with .+ since/);

  await page.goto("/me");
  await page.getByRole("link", { name: /^People of/ }).click();
  await page.getByLabel("Name begins with").fill(`O ${kim.knownAs.slice(6)}`);
  await page.getByRole("button", { name: "Find" }).click();
  await expect(page.getByLabel("Name begins with")).toHaveValue(/^O /);
  await page.getByRole("link", { name: kim.knownAs }).click();
  await page.getByRole("link", { name: "Guide" }).click();
  await page.getByLabel("Who?").selectOption({ label: "Alex" });
  await page.getByRole("button", { name: "Keep this" }).click();
  await expect(page.getByRole("status")).toHaveText("It is kept.");
  await expect(page.getByRole("main")).toContainText("Guide: Alex since");
  await page.getByRole("button", { name: "End this today" }).click();
  await expect(page.getByRole("status")).toContainText("It is ended.");
});

test("an invitation that was mistyped is put right with nothing lost", async ({ page, outbox, terminal, expectStatus }) => {
  await administer(page, outbox, terminal, newPerson("Alex"));
  expectStatus(422);
  await page.goto("/me");
  await page.getByRole("link", { name: /^People of/ }).click();
  await page.getByRole("link", { name: "Invite somebody" }).click();
  await page.getByLabel("Their e-mail address").fill("kim.people.example");
  await page.getByRole("checkbox", { name: "Tutor" }).check();
  await page.getByRole("button", { name: "Send the invitation" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  await expect(page.getByLabel("Their e-mail address")).toHaveValue("kim.people.example");
  await expect(page.getByRole("checkbox", { name: "Tutor" })).toBeChecked();
});

test("somebody changes what they are called and says when they are away", async ({ page, outbox }) => {
  await join(page, outbox, newPerson("Robin"));
  await page.getByRole("banner").getByRole("link", { name: "Me" }).click();
  await page.getByRole("link", { name: "Change this" }).click();
  await page.getByLabel("What would you like to be called?").fill("Rob 🦋");
  await page.getByLabel("How should people speak of you?").fill("they");
  await page.getByRole("button", { name: "Keep this" }).click();
  await expect(page.getByRole("status")).toHaveText("What you told us about yourself is kept.");
  await expect(page.getByRole("main")).toContainText("Rob 🦋");

  await page.getByRole("link", { name: "Say when I am away" }).click();
  const first = page.getByRole("group", { name: "The first day away" });
  await first.getByLabel("Day").fill("1");
  await first.getByLabel("Month").fill("12");
  await first.getByLabel("Year").fill(`${new Date().getFullYear() + 1}`);
  await page.getByRole("button", { name: "Keep these days" }).click();
  await expect(page.getByRole("main")).toContainText(/Away from 1 December \d{4} until further notice/);
});

test("whoever runs the site adds an organisation, which then invites its own people", async ({
  page,
  outbox,
  terminal,
  anotherBrowser,
}) => {
  const kim = newPerson("Kim");
  const name = `Mind ${kim.email}`;
  await administer(page, outbox, terminal, newPerson("Alex"));
  await page.goto("/me");
  await page.getByRole("link", { name: "Organisations" }).click();
  await page.getByLabel("What is it called?").fill(name);
  await page.getByRole("radio", { name: "Charity" }).check();
  await page.getByLabel("The e-mail address of its first administrator").fill(kim.email);
  await page.getByRole("button", { name: "Add it" }).click();
  await expect(page.getByRole("status")).toContainText("It is added");
  await expect(page.getByRole("heading", { name })).toBeVisible();

  const theirs = await anotherBrowser();
  await accept(theirs, await outbox.linkTo(kim.email, /\/invitation\//), kim);
  await theirs.goto("/me");
  await theirs.getByRole("link", { name: `People of ${name}` }).click();
  await theirs.getByRole("link", { name: "Settings" }).click();
  await theirs.getByRole("link", { name: "Say what you call what people are" }).click();
  await theirs.getByLabel("Peer mentor").fill("Companion");
  await theirs.getByRole("button", { name: "Keep these words" }).click();
  await expect(theirs.getByRole("status")).toHaveText("It is kept.");
});

test("somebody says what they need, takes it back, and finds both in their log", async ({ page, outbox }) => {
  await join(page, outbox, newPerson("Robin"));
  await page.goto("/me");
  await page.getByRole("link", { name: "What I need to take part" }).click();
  await page.getByLabel("What helps you take part?").fill("A quiet room,\n</textarea> and a break.");
  await page.getByRole("checkbox", { name: /^Tutors/ }).check();
  await page.getByRole("button", { name: "Keep this" }).click();
  await expect(page.getByRole("status")).toContainText("Only those whom you ticked are told.");

  await page.getByRole("link", { name: "What I need to take part" }).click();
  await expect(page.getByLabel("What helps you take part?")).toHaveValue("A quiet room,\n</textarea> and a break.");
  await expect(page.getByRole("checkbox", { name: /^Tutors/ })).toBeChecked();
  await page.getByLabel("What helps you take part?").fill("");
  await page.getByRole("button", { name: "Keep this" }).click();

  await page.getByRole("link", { name: /^My log/ }).click();
  await expect(page.getByRole("rowheader", { name: /what you need to take part/ })).toHaveCount(2);
});

test("a coordinator reads the college’s figures, and takes them along", async ({ page, outbox, terminal, anotherBrowser }) => {
  await administer(page, outbox, terminal, newPerson("Alex"));
  const kim = newPerson("Kim");
  await page.goto("/me");
  await page.getByRole("link", { name: /^People of/ }).click();
  await page.getByRole("link", { name: "Invite somebody" }).click();
  await page.getByLabel("Their e-mail address").fill(kim.email);
  await page.getByRole("checkbox", { name: "Coordinator", exact: true }).check();
  await page.getByRole("radio", { name: "Employee" }).check();
  await page.getByRole("button", { name: "Send the invitation" }).click();
  const learner = await anotherBrowser();
  await join(learner, outbox, newPerson("Robin"));
  await learner.goto("/courses/how-this-place-works");
  await learner.getByRole("button", { name: "Take this course" }).click();
  await expect(learner).toHaveURL(/\/learn\//);
  await learner.close();

  const theirs = await anotherBrowser();
  await accept(theirs, await outbox.linkTo(kim.email, /\/invitation\//), kim);
  await theirs.goto("/me");
  await theirs.getByRole("link", { name: "Figures of the college" }).click();
  const chart = theirs.getByRole("figure", { name: "Places taken and courses finished, term by term" });
  await expect(chart.getByRole("img")).toContainText(/[1-9]\d* taken/);
  await chart.getByText("Show the figures").click();
  await expect(chart.getByRole("columnheader", { name: "Places taken" })).toBeVisible();
  const row = theirs.getByRole("row", { name: /^How this place works/ });
  await expect(row).toContainText(/[1-9]/);
  await expect(theirs.getByText(/What people say is counted when it is over, after \d+ \w+ 20\d\d/)).toBeVisible();
  for (const [link, name] of [["As a CSV file", /\.csv$/], ["As a spreadsheet (ODS)", /\.ods$/]] as const) {
    const download = theirs.waitForEvent("download");
    await theirs.getByRole("link", { name: link }).click();
    expect((await download).suggestedFilename()).toMatch(name);
  }
});
