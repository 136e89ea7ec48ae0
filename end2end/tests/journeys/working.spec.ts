// A role and a placement: issued and signed by two, told by one and agreed by another.

import { randomUUID } from "node:crypto";

import { expect, test } from "../../support/alongside.ts";
import { administer, newPerson } from "../../support/people.ts";
import { arrange, gather, issueTo, openRole, sign, tell, tickItem, writeRole } from "../../support/working.ts";

test("a coordinator issues a role, both sign it, and hours are told and agreed", async ({
  page,
  outbox,
  terminal,
  anotherBrowser,
  expectStatus,
}) => {
  test.slow();
  const desk = await anotherBrowser();
  await administer(desk, outbox, terminal, newPerson("Alex"));
  const [coordinator, manager, supervisor] = [await anotherBrowser(), await anotherBrowser(), await anotherBrowser()];
  const { names } = await gather(desk, { coordinator, person: page, manager, supervisor }, outbox);
  const title = `Peer support worker ${randomUUID().slice(0, 6)}`;
  await writeRole(coordinator, title);
  await issueTo(coordinator, names.person);

  await openRole(page, "My roles", new RegExp(`^${title}`));
  await expect(page.getByText("Listens without judging")).toBeVisible();
  expectStatus(422);
  await page.getByRole("button", { name: "Sign", exact: true }).click();
  await expect(page.getByRole("link", { name: "Read it first, then tick that you have read it." })).toBeVisible();
  await sign(page, "Robin Reed");
  await expect(page.getByText("It holds when both have signed it.")).toBeVisible();

  await openRole(manager, "Roles of the people I manage", new RegExp(`^${names.person}: ${title}`));
  await sign(manager, "Max Hill");
  await page.reload();
  await expect(page.getByText("Signed by both")).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await expect(page.getByText(/^Robin Reed, on/)).toBeVisible();
  await expect(page.getByText(/^Max Hill, on/)).toBeVisible();
  await expect(page.getByRole("heading", { name: "What has happened" })).toBeHidden();
  await page.emulateMedia({ media: "screen" });

  await arrange(coordinator, names);
  await page.goto("/me");
  await page.getByRole("link", { name: "My placements" }).click();
  await page.getByRole("link", { name: names.site }).click();
  await tell(page, "In a group", "1", "Walking group");
  await tell(page, "One to one", "2");

  await supervisor.goto("/me");
  await supervisor.getByRole("link", { name: "Placements that I look after" }).click();
  await expect(supervisor.getByText("2 lines wait")).toBeVisible();
  await supervisor.getByRole("link", { name: names.person }).click();
  await supervisor.getByRole("link", { name: /^Ask about it: .*One to one/ }).click();
  await supervisor.getByLabel("What would you like to know?").fill("Was that with the way there?");
  await supervisor.getByRole("button", { name: "Send it back" }).click();
  await supervisor.getByRole("checkbox", { name: /In a group/ }).check();
  await supervisor.getByRole("button", { name: "Agree what I ticked" }).click();
  await expect(supervisor.getByRole("status")).toHaveText("It is agreed, and counts.");

  await page.reload();
  await expect(page.getByText("They ask: Was that with the way there?")).toBeVisible();
  await page.getByRole("link", { name: /^Change it: .*One to one/ }).click();
  await page.getByLabel("Hours", { exact: true }).fill("1");
  await page.getByRole("button", { name: "Keep it" }).click();
  await supervisor.reload();
  await supervisor.getByRole("checkbox", { name: /One to one/ }).check();
  await supervisor.getByRole("button", { name: "Agree what I ticked" }).click();
  await page.reload();
  await expect(page.getByText("3 hours", { exact: true })).toBeVisible();

  for (const item of ["The way out if there is a fire", "Whom to call"]) {
    await supervisor.getByRole("link", { name: "Placements that I look after" }).click();
    await supervisor.getByRole("link", { name: names.person }).click();
    await supervisor.getByRole("link", { name: "Induction" }).click();
    await tickItem(supervisor, item);
    await supervisor.getByRole("link", { name: "The placement" }).click();
  }
  for (const paper of ["Placement agreement", "Induction"]) {
    await page.getByRole("link", { name: paper }).click();
    await sign(page, "Robin Reed");
    await page.getByRole("link", { name: "The placement" }).click();
    await supervisor.getByRole("link", { name: paper }).click();
    await sign(supervisor, "Pat Hill");
    await expect(supervisor.getByText(/^Robin Reed, on/)).toBeVisible();
    await supervisor.getByRole("link", { name: "The placement" }).click();
  }

  await supervisor.getByRole("link", { name: "Write down a step" }).click();
  await supervisor.getByRole("radio", { name: "Co-facilitated a group" }).check();
  await supervisor.getByLabel("Who guided it?").selectOption({ label: names.manager });
  await supervisor.getByRole("button", { name: "Keep it" }).click();
  await expect(supervisor.getByRole("status")).toContainText("The step is written down.");
  await page.reload();
  await expect(page.getByText(`guided by ${names.manager}`)).toBeVisible();

  await coordinator.goto(new URL(coordinator.url()).pathname);
  const theirs = coordinator.getByRole("listitem").filter({ has: coordinator.getByRole("heading", { name: names.person }) });
  await theirs.getByRole("link", { name: /^End it early/ }).click();
  await coordinator.getByLabel("Why, in a few words?").fill("Moves to another site");
  await coordinator.getByRole("button", { name: "End it then" }).click();
  await expect(coordinator.getByRole("status")).toHaveText("It ends then. What was done on it stays.");
  await page.reload();
  await expect(page.getByText(/^Ended early, on .*: Moves to another site\.$/)).toBeVisible();
});
