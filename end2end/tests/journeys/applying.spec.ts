// The way to a place in training: from the public form by a letter to an application, a talk and an offer.

import { randomUUID } from "node:crypto";

import { expect, test } from "../../support/alongside.ts";
import { accept, administer, join, newPerson } from "../../support/people.ts";
import { apply, askToBeTold, beginRound, talked } from "../../support/applying.ts";
import { beginGroup } from "../../support/group.ts";

test("somebody asks to be told, is told of a round, applies, talks, and takes the place", async ({
  page,
  outbox,
  terminal,
  anotherBrowser,
}) => {
  // Tests run side by side on one database.
  const name = `Spring ${randomUUID().slice(0, 6)}`;
  const robin = { ...newPerson("Robin"), knownAs: "Robin" + randomUUID().slice(0, 6) };
  const [kim, lee] = ["Kim", "Lee"].map((it) => newPerson(it + randomUUID().slice(0, 6))) as [typeof robin, typeof robin];

  await askToBeTold(page, robin.knownAs, robin.email);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Look in your mail");
  await page.goto(await outbox.linkTo(robin.email, /\/training\/join\//));
  await page.getByRole("button", { name: "Put me on the list" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("You are on the list");

  const desk = await anotherBrowser();
  await administer(desk, outbox, terminal, newPerson("Alex"));
  const desks = [];
  for (const person of [kim, lee]) {
    await desk.goto("/me");
    await desk.getByRole("link", { name: /^People of/ }).click();
    await desk.getByRole("link", { name: "Invite somebody" }).click();
    await desk.getByLabel("Their e-mail address").fill(person.email);
    await desk.getByRole("checkbox", { name: "Coordinator", exact: true }).check();
    await desk.getByRole("radio", { name: "Employee" }).check();
    await desk.getByRole("button", { name: "Send the invitation" }).click();
    const theirs = await anotherBrowser();
    await accept(theirs, await outbox.linkTo(person.email, /\/invitation\//), person);
    desks.push(theirs);
  }
  const [kims, lees] = desks as [typeof desk, typeof desk];
  const group = await beginGroup(kims, `Group of ${name}`);
  await beginRound(kims, name);
  await kims.getByLabel("Which group do they come into?").selectOption({ label: `Group of ${name}` });
  await kims.getByRole("button", { name: "Keep this group" }).click();
  await expect(kims.getByRole("status")).toHaveText("The group is kept. Whoever took a place has it there.");
  await kims.getByRole("button", { name: "Open this round" }).click();
  await expect(kims.getByRole("status")).toHaveText("The round is open. Whoever asked to be told gets a letter within minutes.");

  // Another test may have opened a round too: the letter is about this one.
  const letter = await outbox.letterTo(robin.email, (it) => it.text.includes(name));
  const round = letter.links.find((it) => it.includes("/training/rounds/")) ?? "";
  expect(letter.links.some((it) => it.includes("/training/leave/"))).toBe(true);
  await join(page, outbox, robin);
  await page.goto(round);
  await apply(page);
  await expect(page.getByRole("status")).toHaveText("Your answer is kept. Nobody else sees it before you send it.");
  await page.getByRole("link", { name: "Say what would help" }).click();
  await page.getByLabel("What would help?").fill("The questions before the day");
  await page.getByRole("button", { name: "Keep this" }).click();
  await page.getByRole("button", { name: "Send my application" }).click();
  await expect(page.getByRole("status")).toHaveText("It is sent. You can still step back or pause.");
  await page.getByRole("button", { name: "Step back" }).click();
  await page.getByRole("button", { name: "Return" }).click();
  await expect(page.getByRole("region", { name: "My answers" })).toContainText("mostly listened");

  // One arranges, and reads what would help; another decides, and does not.
  await kims.getByRole("link", { name: "See them as a board" }).click();
  await kims.getByRole("region", { name: "Sent" }).getByRole("link", { name: robin.knownAs }).click();
  await expect(kims.getByRole("main")).not.toContainText("The questions before the day");
  const application = kims.url();
  await kims.getByRole("link", { name: "Arrange the talk" }).click();
  await kims.getByRole("button", { name: "Take this on" }).click();
  await expect(kims.getByRole("region", { name: "What would help" })).toContainText("The questions before the day");
  await kims.getByRole("radio", { name: "Yes" }).check();
  await kims.getByRole("button", { name: "Keep this" }).click();
  await kims.goto(application);
  await expect(kims.getByRole("region", { name: "Decide" })).toContainText("another coordinator decides");
  await talked(kims, kim.knownAs);

  await lees.goto(application);
  await lees.getByRole("radio", { name: "Offer a place" }).check();
  await lees.getByLabel("Your words to them").fill("We would be glad to have you.");
  await lees.getByRole("button", { name: "Tell them" }).click();
  await expect(lees.getByRole("status")).toContainText("The place is offered.");

  await page.goto(await outbox.linkTo(robin.email, /\/training\/applications\//));
  await expect(page.getByText("We would be glad to have you.")).toBeVisible();
  await page.getByRole("button", { name: "Take the place" }).click();
  await expect(page.getByRole("status")).toHaveText("The place is yours.");
  await page.getByRole("link", { name: `Your group: Group of ${name}` }).click();
  await expect(page.getByRole("main")).toContainText(`Group of ${name}`);
  await kims.goto(group);
  await expect(kims.getByRole("main")).toContainText(robin.knownAs);
  await page.goto("/training");
  await expect(page.getByRole("region", { name: "My applications" })).toContainText("Place taken");
  await page.goto("/me/log");
  await expect(page.getByRole("row", { name: /Read what would help you/ }).first()).toContainText(kim.knownAs);
});

test("somebody signed in joins the list at once, and leaves it on their own page", async ({ page, outbox }) => {
  await join(page, outbox, newPerson("Noor"));
  await page.goto("/learn");
  await page.getByRole("link", { name: "Training", exact: true }).click();
  await page.getByRole("link", { name: "Hear when training begins" }).click();
  const organisation = page.getByLabel("Who should write to you?");
  if (await organisation.count()) await organisation.selectOption({ label: "Our college" });
  await page.getByRole("radio", { name: "As a volunteer" }).check();
  await page.getByRole("checkbox", { name: /^I agree/ }).check();
  await page.getByRole("button", { name: "Put me on the list" }).click();
  await expect(page.getByRole("status")).toHaveText("You are on the list. You get a letter when the next round opens.");
  await page.getByRole("button", { name: "Leave the list of Our college" }).click();
  await expect(page.getByRole("status")).toHaveText("You have left the list. No more letters come.");
});
