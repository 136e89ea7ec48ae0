// A programme that anybody may read about, and a group that goes through it: begun, marked, caught up, completed.

import { randomUUID } from "node:crypto";

import { expect, test } from "../../support/alongside.ts";
import { beginGroup, chooseTutors, givePlace, mark, workWithFramework } from "../../support/group.ts";
import { accept, administer, join, newPerson } from "../../support/people.ts";

test("anybody reads about the programme, a session and a handout that prints", async ({ page }) => {
  await page.goto("/courses");
  await page.getByRole("link", { name: "Peer Support Worker programme" }).click();
  await expect(page.getByText("It is no promise.")).toBeVisible();
  await page.getByRole("link", { name: "Your story, on purpose" }).click();
  await expect(page.getByText(/^Session 3 of 15/)).toBeVisible();
  await expect(page.getByRole("link", { name: "For tutors: how to hold this session" })).toHaveCount(0);
  await page.getByRole("link", { name: "Before I share" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Before I share");
  await page.emulateMedia({ media: "print" });
  await expect(page.getByText("If things are bad right now")).toBeHidden();
  await expect(page.getByText(/Peer Support Worker programme, session 3/)).toBeVisible();
});

test("a group begins, its register is kept in one go, and somebody sees what is missing and what would count", async ({
  page,
  outbox,
  terminal,
  anotherBrowser,
  expectStatus,
}) => {
  test.slow();
  // Tests run side by side on one database, where there may be others of these names.
  const named = (name: string) => newPerson(name + randomUUID().slice(0, 6));
  const [kim, jo, lee] = [named("Kim"), named("Jo"), named("Lee")];
  const desk = await anotherBrowser();
  await administer(desk, outbox, terminal, newPerson("Alex"));
  const invite = async (email: string, kind: string) => {
    await desk.goto("/me");
    await desk.getByRole("link", { name: /^People of/ }).click();
    await desk.getByRole("link", { name: "Invite somebody" }).click();
    await desk.getByLabel("Their e-mail address").fill(email);
    await desk.getByRole("checkbox", { name: kind, exact: true }).check();
    await desk.getByRole("radio", { name: "Employee" }).check();
    await desk.getByRole("button", { name: "Send the invitation" }).click();
    return outbox.linkTo(email, /\/invitation\//);
  };
  const coordinator = await anotherBrowser();
  await accept(coordinator, await invite(kim.email, "Coordinator"), kim);
  const tutor = await anotherBrowser();
  await accept(tutor, await invite(jo.email, "Tutor"), jo);
  await accept(await anotherBrowser(), await invite(lee.email, "Tutor"), lee);
  const robin = named("Robin");
  await join(page, outbox, robin);

  const group = await beginGroup(coordinator, `Spring ${randomUUID().slice(0, 6)}`);
  await expect(coordinator.getByText("Fewer than two").first()).toBeVisible();
  await chooseTutors(coordinator, group, [jo.knownAs, lee.knownAs]);
  await expect(coordinator.getByText("Fewer than two")).toHaveCount(0);
  await givePlace(coordinator, group, robin.knownAs);
  await coordinator.getByRole("link", { name: /^2\. / }).click();
  await coordinator.getByLabel("Where is it?").fill("The library");
  await coordinator.getByRole("button", { name: "Keep this" }).click();
  await expect(coordinator.getByText("The library")).toBeVisible();

  await workWithFramework(coordinator, group);
  await tutor.goto("/me");
  await tutor.getByRole("link", { name: "My groups" }).click();
  await tutor.getByRole("link", { name: /^Spring/ }).click();
  await tutor.getByRole("link", { name: /^1\. / }).click();
  const register = tutor.url();
  await mark(tutor, robin.knownAs, "Came for a part", "60");
  await expect(tutor.getByRole("status")).toHaveText("The register is kept, all of it.");

  // A second tab that was open before shows what is newer, and keeps nothing.
  const late = await tutor.context().newPage();
  await late.goto(register);
  await tutor.goto(register);
  await mark(tutor, robin.knownAs, "Came for a part", "90");
  expectStatus(409);
  await mark(late, robin.knownAs, "Came");
  await expect(late.getByText("Kept now: Came for a part, 90 minutes")).toBeVisible();
  await late.close();

  await page.goto("/me");
  await page.getByRole("link", { name: "My groups" }).click();
  await page.getByRole("link", { name: /^Spring/ }).click();
  await expect(page.getByRole("region", { name: "How much I was there" })).toContainText("1 hour 30 minutes");
  await expect(page.getByRole("region", { name: "What would count" })).toContainText("What peer support is, and what it is not”: 1 hour 30 minutes");

  await tutor.goto(register);
  await tutor.getByRole("group", { name: robin.knownAs }).getByLabel("Has caught up").check();
  await tutor.getByRole("button", { name: "Keep the register" }).click();
  await tutor.getByRole("link", { name: robin.knownAs }).click();
  await tutor.getByLabel("How much is asked for, in 100 minutes?").fill("7");
  await tutor.getByLabel("Why, in a word?").fill("ring 07700 900123");
  expectStatus(422);
  await tutor.getByRole("button", { name: "Keep this", exact: true }).click();
  await expect(tutor.getByRole("alert")).toContainText("looks like a phone number");
  await tutor.getByLabel("Why, in a word?").fill("as agreed");
  await tutor.getByRole("button", { name: "Keep this", exact: true }).click();
  await expect(tutor.getByRole("status")).toHaveText("It is kept, with your name.");
  await tutor.getByRole("checkbox", { name: "One small story" }).check();
  await tutor.getByRole("button", { name: "Keep what is handed in" }).click();

  await page.reload();
  await expect(page.getByText("7 in 100 minutes are asked")).toContainText(jo.knownAs);
  await expect(page.getByRole("region", { name: "Small pieces of work" })).toContainText("Handed in");
  await expect(page.getByRole("region", { name: "How much I was there" })).toContainText("nothing");
  await page.getByRole("region", { name: "Competences" }).getByRole("link", { name: "My competences" }).click();
  await expect(page.getByText("0 of 19 achieved")).toBeVisible();

  await coordinator.goto(group);
  await coordinator.getByRole("link", { name: "How everybody is getting on" }).click();
  const theirs = coordinator.getByRole("row").filter({ hasText: robin.knownAs }).first();
  await expect(theirs).toContainText("0 of 19");
  await expect(theirs).toContainText("1 of 4");
  await coordinator.getByRole("link", { name: "Figures without names" }).click();
  await expect(coordinator.getByText("No session can be shown yet")).toBeVisible();
  await expect(coordinator.getByRole("main")).not.toContainText(robin.knownAs);
});
