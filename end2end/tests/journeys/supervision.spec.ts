// Supervision: begun with somebody, agreed on by both, and written down when it took place.

import type { Page } from "@playwright/test";
import ICAL from "ical.js";

import { expect, test } from "../../support/alongside.ts";
import { coverConcerns, raiseConcern } from "../../support/concerns.ts";
import { fillDay, inDays } from "../../support/day.ts";
import { administer, newPerson, somebody } from "../../support/people.ts";
import { addMember, agreeTo, askForADebrief, beginWith, fillInThatWeMet, leadGroup, openSupervision, pairUp, shareAboutSession, planRow, writeDownThatWeMet } from "../../support/supervising.ts";
import { invite } from "../../support/training.ts";

/** On how many sheets of paper a page is printed. */
async function sheets(page: Page): Promise<number> {
  const paper = await page.pdf({ format: "A4" });
  return paper.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
}

test("somebody raises a concern that reaches the deputy, and not the lead whom it is about", async ({
  page,
  outbox,
  terminal,
  anotherBrowser,
}) => {
  const founder = await anotherBrowser();
  await administer(founder, outbox, terminal, newPerson("Alex"));
  const { lead, deputy, raiser, names } = await coverConcerns(founder, anotherBrowser, outbox);
  await page.goto("/concerns");
  await expect(page.getByText("Is somebody in danger now?")).toBeVisible();

  await raiser.goto("/today");
  const concern = await raiseConcern(raiser, names.lead);
  await expect(raiser.getByText(names.lead)).toBeVisible();
  await lead.goto("/concerns/mine");
  await expect(lead.getByText("Nothing reaches you.")).toBeVisible();
  await deputy.goto("/concerns/mine");
  await deputy.getByRole("link", { name: /^An adult may be at risk, / }).click();
  expect(new URL(deputy.url()).pathname).toBe(concern);
  await deputy.getByRole("button", { name: "I take this on" }).click();
  await expect(deputy.getByRole("status")).toContainText("You have taken it on.");

  await raiser.goto(concern);
  await expect(raiser.getByText(`${names.deputy} took it on`)).toBeVisible();
  await raiser.getByText("Say where it is written down").click();
  await raiser.getByLabel("Where is it written down, if it is?").fill("The council’s form");
  await raiser.getByRole("button", { name: "Keep this" }).click();
  await expect(raiser.getByText("The council’s form")).toBeVisible();
  await raiser.goto("/me/log");
  await expect(raiser.getByText("Opened a concern that you raised").first()).toBeVisible();
});

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
  await supervisor.getByLabel("Which is it?").selectOption({ label: "The one at 4.30 pm: keep mine, and let that stand as an earlier version" });
  await supervisor.getByRole("button", { name: "Write it down" }).click();
  await expect(supervisor.getByRole("status")).toContainText("It is written down.");
  await page.goto(pair);
  await expect(page.getByText("at 4.35 pm")).toBeVisible();
  await expect(page.getByText(`Written by ${names.supervisor}, version 2.`)).toBeVisible();
  await openSupervision(page);
  await expect(page.getByText("Once, 1 hour, in the last 12 months.")).toBeVisible();
});

test("each writes for themself alone, and shares what they choose", async ({
  page,
  outbox,
  terminal,
  anotherBrowser,
}) => {
  test.slow();
  const [desk, supervisor] = [await anotherBrowser(), await anotherBrowser()];
  await administer(desk, outbox, terminal, newPerson("Alex"));
  await pairUp(desk, { supervisor, supervisee: page }, outbox);
  const pair = await beginWith(supervisor, "Reflective practice, one to one");
  await supervisor.goto(pair);
  await writeDownThatWeMet(supervisor, "16:30", "50");
  for (const [who, words] of [[page, "What I keep"], [supervisor, "What I keep too"]] as const) {
    await who.goto(pair);
    await who.getByRole("link", { name: / at 4\.30 pm$/ }).click();
    await who.getByRole("link", { name: "Write for myself" }).click();
    await who.getByText("Questions to begin with").click();
    await who.getByRole("link", { name: "Three questions (Driscoll)" }).click();
    await expect(who.getByText("So what does it mean to you?")).toBeVisible();
    await who.getByLabel("Your words").fill(words);
    await who.getByRole("button", { name: "Keep this" }).click();
    await expect(who.getByRole("status").first()).toContainText("Kept.");
    await expect(who.getByLabel("Your words")).toHaveValue(words);
    await who.getByRole("link", { name: /^The session of/ }).click();
  }
  await page.getByRole("radio", { name: "No, it was otherwise" }).check();
  await page.getByLabel("Would you like to say something to it?").fill("It was longer.");
  await page.getByRole("button", { name: "Say so" }).click();
  await expect(page.getByText("It was longer.")).toBeVisible();
  await supervisor.reload();
  await supervisor.getByRole("link", { name: "Change what is written down" }).click();
  await supervisor.getByLabel("For how many minutes?").fill("70");
  await supervisor.getByRole("button", { name: "Write it down" }).click();
  await expect(supervisor.getByRole("status").first()).toContainText("It is changed.");
  await page.reload();
  await page.getByRole("radio", { name: "Yes, it was so" }).check();
  await page.getByRole("button", { name: "Say so" }).click();
  await expect(page.getByText(/^Agreed, /)).toBeVisible();
  await page.getByRole("link", { name: "Write something to share" }).click();
  await page.getByLabel("What would you like to share?").fill("I would like more time.");
  await page.getByRole("button", { name: "Keep it as a draft" }).click();
  await expect(page.getByRole("status").first()).toContainText("Kept as a draft.");
  await page.getByRole("link", { name: /^The session of/ }).click();
  await expect(page.getByText("Nothing yet.")).toBeVisible();
  await shareAboutSession(page, "I would like more time.");
  await expect(page.getByText("Nobody yet.")).toBeVisible();
  await supervisor.reload();
  await expect(supervisor.getByText("I would like more time.")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("region", { name: "Who opened what I share" }).getByRole("listitem")).toHaveCount(1);
});

test("a group is led on a phone: who belongs to it, one form for who came, and what was agreed", async ({
  page,
  outbox,
  terminal,
  anotherBrowser,
  expectStatus,
}) => {
  test.slow();
  const [desk, member] = [await anotherBrowser(), await anotherBrowser()];
  await administer(desk, outbox, terminal, newPerson("Alex"));
  const [cody, kim, lee] = [somebody("Cody"), somebody("Kim"), somebody("Lee")];
  await invite(desk, page, outbox, "Coordinator", cody);
  await invite(desk, member, outbox, "Volunteer", kim);
  await invite(desk, await anotherBrowser(), outbox, "Volunteer", lee);
  const group = await leadGroup(page, "Experts by experience, a group each month", "Tuesday group");
  for (const { knownAs } of [kim, lee]) await addMember(page, knownAs);

  await openSupervision(member);
  await member.getByRole("link", { name: /^Read and agree: Group supervision/ }).click();
  await agreeTo(member, "Kim Dale");

  // Nothing is kept of a form in which something has to be put right, and nothing typed is lost.
  await page.goto(group);
  await page.getByRole("link", { name: "Write down that we met" }).click();
  await fillInThatWeMet(page, "10:00", "90");
  await page.getByLabel(lee.knownAs, { exact: true }).selectOption("Came for a part");
  await page.getByLabel(`Minutes of ${lee.knownAs}`).fill("95");
  await page.getByLabel("What was it about, in a few words?").fill("Endings, and looking after ourselves");
  await page.getByText("What did you agree to do?").click();
  const action = page.getByRole("group", { name: "Action 1" });
  await action.getByLabel("What is to be done?").fill("Find a room with a window");
  await action.getByLabel("Who does it?").selectOption({ label: kim.knownAs });
  await fillDay(action, "By which day?", inDays(14));
  expectStatus(422);
  await page.getByRole("button", { name: "Write it down" }).click();
  await expect(page.getByText("from 1 to 89")).toBeVisible();
  await page.getByLabel(`Minutes of ${lee.knownAs}`).fill("40");
  await page.getByRole("button", { name: "Write it down" }).click();
  await expect(page.getByRole("status")).toContainText("Whoever was a member on that day sees it here.");

  await openSupervision(member);
  await expect(member.getByText("Once, 1 hour 30 minutes, in the last 12 months.")).toBeVisible();
  await member.getByRole("link", { name: "Say whether one session is written down as it was" }).click();
  await member.getByRole("checkbox", { name: /1 hour 30 minutes/ }).check();
  await member.getByRole("button", { name: "I agree to what I ticked" }).click();
  await expect(member.getByText("Nothing waits for you.")).toBeVisible();
  await page.getByRole("link", { name: / at 10\.00 am$/ }).click();
  await expect(page.getByText(/^Agreed, /)).toHaveCount(1);
  await openSupervision(member);
  await member.getByRole("button", { name: /^It is done.*Find a room with a window$/ }).click();
  await expect(member.getByRole("status")).toContainText("It is done.");
  await expect(member.getByText("Endings, and looking after ourselves")).toBeVisible();
  await member.getByText("Who came", { exact: true }).click();
  await expect(member.getByText(/Came for a part, 40 minutes/)).toBeVisible();
});

/** What an independent reader finds in a calendar: each entry's title, its state, and when it begins in London, as its page says it. */
function entries(calendar: string): { title: string; state: string; when: string }[] {
  const read = new ICAL.Component(ICAL.parse(calendar));
  for (const zone of read.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  const said = (at: ICAL.Time) => {
    const date = new Date(at.toUnixTime() * 1000);
    const part = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", ...options }).format(date);
    const [hours, minutes] = part({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).split(":").map(Number);
    const half = (hours ?? 0) < 12 ? "am" : "pm";
    const clock = `${(hours ?? 0) % 12 || 12}.${String(minutes).padStart(2, "0")} ${half}`;
    return `${part({ weekday: "long" })} ${part({ day: "numeric", month: "long", year: "numeric" })} at ${clock}`;
  };
  return read.getAllSubcomponents("vevent").map((it) => {
    const event = new ICAL.Event(it);
    return { title: event.summary, state: String(it.getFirstPropertyValue("status")), when: said(event.startDate) };
  });
}

test("half a year is planned, moved and called off, and a calendar says the same as the page", async ({
  page,
  outbox,
  terminal,
  anotherBrowser,
}) => {
  const [desk, supervisor] = [await anotherBrowser(), await anotherBrowser()];
  await administer(desk, outbox, terminal, newPerson("Alex"));
  const { names } = await pairUp(desk, { supervisor, supervisee: page }, outbox);
  const pair = await beginWith(supervisor, "Reflective practice, one to one");
  await supervisor.goto(pair);
  await planRow(supervisor, inDays(3), "16:30");

  // The one after the next is moved by a day, with all that come after it, and the next is called off.
  await supervisor.getByRole("link", { name: / at 4\.30 pm$/ }).nth(1).click();
  await supervisor.getByText("Move it", { exact: true }).first().click();
  await fillDay(supervisor, "To which day?", inDays(32));
  await supervisor.getByLabel("At what time?").fill("09:15");
  await supervisor.getByRole("checkbox", { name: "Move all that come after it" }).check();
  await supervisor.getByRole("button", { name: "Move it" }).click();
  await expect(supervisor.getByRole("status")).toContainText("It is moved.");
  await page.goto(pair);
  await page.getByRole("link", { name: / at 4\.30 pm$/ }).click();
  const called = await page.getByRole("heading", { level: 1 }).textContent();
  await page.getByText("Call it off", { exact: true }).first().click();
  await page.getByRole("radio", { name: "Whoever is supervised could not" }).check();
  await page.getByRole("radio", { name: "Something else is at the same time" }).check();
  await page.getByRole("button", { name: "Call it off" }).click();
  await expect(page.getByText("Did not take place")).toBeVisible();

  // Something came up: a debrief is asked for, and a time found.
  await askForADebrief(page, names.supervisor);
  await openSupervision(supervisor);
  await supervisor.getByRole("button", { name: "We have found a time" }).click();
  await expect(supervisor.getByRole("status")).toContainText("That is kept.");

  await openSupervision(page);
  await expect(page.getByText("You asked for a debrief")).toBeHidden();
  await page.getByRole("link", { name: "In my own calendar" }).click();
  await page.getByRole("button", { name: "Make a link" }).click();
  const link = (await page.locator(".key code").textContent()) ?? "";
  const answer = await page.request.get(link);
  expect(answer.headers()["content-type"]).toBe("text/calendar; charset=utf-8");
  const read = entries(await answer.text());
  expect(new Set(read.map((it) => it.title))).toEqual(new Set([`Meeting with ${names.supervisor}`]));
  await page.goto(pair);
  const folded = page.locator("details");
  await folded.evaluateAll((all) => all.forEach((it) => it.setAttribute("open", "")));
  const shown = await page.locator("#ahead ~ ul a, #ahead ~ details a").allTextContents();
  expect(shown.length).toBeGreaterThan(4);
  const confirmed = read.filter((it) => it.state === "CONFIRMED").map((it) => it.when);
  expect(confirmed.sort()).toEqual(shown.sort());
  expect(read.filter((it) => it.state === "CANCELLED").map((it) => it.when)).toEqual([called]);
});
