// The whole way, with everybody who has to do with it: from the public form to competences that somebody else judged, a
// row of the matrix in which nothing is missing, and a role that both have signed.

import { createHash } from "node:crypto";

import type { Page } from "@playwright/test";

import { expect, test } from "../../support/alongside.ts";
import { apply, askToBeTold, beginRound, openTraining, talked } from "../../support/applying.ts";
import { tryAll } from "../../support/checks.ts";
import { engage, type Everybody, gatherEverybody } from "../../support/everybody.ts";
import { beginGroup, chooseTutors } from "../../support/group.ts";
import type { Outbox } from "../../support/mail.ts";
import { join, newPerson, type Person } from "../../support/people.ts";
import { PHOTO } from "../../support/photo.ts";
import { askForChecks, noteCheck, openCheck, openRequired, requireOf, writeDown } from "../../support/required.ts";
import { addEvidence, askWitness, bringIn, printCodes, relate, workWith } from "../../support/training.ts";
import { arrange, issueTo, openRole, sign, tell, tickItem, writeRole } from "../../support/working.ts";

const [ROUND, GROUP, FRAMEWORK, ROLE] = ["Autumn round", "Autumn, Tuesdays", "What we do well", "Peer support worker"];
const CODES = ["1.1", "1.2", "2.1"];
const REQUIRED = ["Fire safety", "Keeping data safe"];
/** What asks for a check, and what it requires. */
const KIND = "Expert by experience";

/** Somebody on their way, with all the others. */
interface Way {
  robin: Person;
  /** Their own browser. */
  page: Page;
  hasScripts: boolean;
  outbox: Outbox;
  all: Everybody;
}

test("somebody goes the whole way, from the public form to a role that both have signed", async ({
  page,
  outbox,
  terminal,
  anotherBrowser,
  javaScriptEnabled,
}) => {
  // Twelve people do in a minute what takes them a year.
  test.setTimeout(150_000);
  const robin = newPerson("Robin");
  const all = await test.step("everybody comes", async () => gatherEverybody(anotherBrowser, outbox, terminal));
  const way: Way = { robin, page, hasScripts: javaScriptEnabled !== false, outbox, all };
  const group = await test.step("a group and a round are made ready", async () => makeReady(all));
  await test.step("Robin asks to be told, applies and takes the place", async () => takePlace(way));
  await test.step("the tutor keeps all registers", async () => completeProgramme(way, group));
  await test.step("Robin shows what they can do", async () => showCompetences(way, await anotherBrowser()));
  await test.step("the assessor judges all of it", async () => judgeAll(way));
  await test.step("what is required is there, and the check", async () => meetRequirements(way));
  await test.step("the placement is arranged, signed and done", async () => workOnPlacement(way));
  await test.step("the role is signed by both", async () => signRole(way));
  await test.step("everything stands on one page", async () => {
    await engage(all.desk, page, outbox, ROLE, robin);
    await page.goto("/training");
    await expect(page.locator("[aria-current=step]")).toContainText("A role");
    const have = page.getByRole("region", { name: "What I have, and what is missing" });
    for (const line of ["Completed", "3 of 3 achieved", "and nothing is missing today", "Signed by both"]) {
      await expect(have).toContainText(line);
    }
  });
});

/** A framework, a group all of whose sessions lie behind it, and a round that leads into it; says where the group is. */
async function makeReady({ staff: { Cody: cody } }: Everybody): Promise<string> {
  await bringIn(cody, FRAMEWORK);
  const group = await beginGroup(cody, GROUP, 16);
  await chooseTutors(cody, group, ["Jo"]);
  await beginRound(cody, ROUND);
  await cody.getByLabel("Which group do they come into?").selectOption({ label: GROUP });
  await cody.getByRole("button", { name: "Keep this group" }).click();
  return group;
}

async function takePlace({ robin, page, outbox, all }: Way): Promise<void> {
  const { Cody: cody, Kim: kim } = all.staff;
  await askToBeTold(page, robin.knownAs, robin.email, all.name);
  await page.goto(await outbox.linkTo(robin.email, /\/training\/join\//));
  await page.getByRole("button", { name: "Put me on the list" }).click();
  await cody.getByRole("button", { name: "Open this round" }).click();
  const round = await outbox.linkTo(robin.email, /\/training\/rounds\//);
  await join(page, outbox, robin);
  await page.goto(round);
  await apply(page);
  await page.getByRole("link", { name: "Say what would help" }).click();
  await page.getByLabel("What would help?").fill("The questions before the day");
  await page.getByRole("button", { name: "Keep this" }).click();
  await page.getByRole("button", { name: "Send my application" }).click();
  await expect(page.getByRole("status")).toContainText("It is sent.");

  await cody.getByRole("link", { name: "See them as a board" }).click();
  await cody.getByRole("link", { name: robin.knownAs }).click();
  const application = cody.url();
  await cody.getByRole("link", { name: "Arrange the talk" }).click();
  await cody.getByRole("button", { name: "Take this on" }).click();
  await expect(cody.getByRole("region", { name: "How to reach them" })).toContainText(robin.email);
  await cody.goto(application);
  await talked(cody, "Cody");
  await kim.goto(application);
  await kim.getByRole("radio", { name: "Offer a place" }).check();
  await kim.getByLabel("Your words to them").fill("We would be glad to have you.");
  await kim.getByRole("button", { name: "Tell them" }).click();
  await page.goto("/today");
  await page.getByRole("link", { name: "A place is offered to you" }).click();
  await page.getByRole("button", { name: "Take the place" }).click();
  await page.getByRole("link", { name: `Your group: ${GROUP}` }).click();
}

/** The tutor marks every session and all work, and Robin reads the lessons that go with it. */
async function completeProgramme({ robin, page, hasScripts, all: { staff } }: Way, group: string): Promise<void> {
  const { Jo: jo } = staff;
  const within = group.replace(/\/at\/[^/]+/, "");
  await jo.goto(within);
  const registers = await jo.getByRole("link", { name: /^\d+\. / }).evaluateAll((all) => all.map((it) => it.getAttribute("href") ?? ""));
  expect(registers).toHaveLength(15);
  for (const register of registers) {
    await jo.goto(register);
    await jo.getByRole("group", { name: robin.knownAs }).getByLabel("Was there?").selectOption({ label: "Came" });
    await jo.getByRole("button", { name: "Keep the register" }).click();
  }
  await jo.getByRole("link", { name: robin.knownAs }).click();
  for (const work of await jo.getByRole("group", { name: "Handed in" }).getByRole("checkbox").all()) await work.check();
  await jo.getByRole("button", { name: "Keep what is handed in" }).click();

  await page.getByRole("region", { name: "Lessons that go with it" }).getByRole("link").click();
  await page.getByRole("button", { name: "Take this course" }).click();
  for (const read of [1, 2, 3]) {
    await tryAll(page, hasScripts);
    await page.getByRole("button", { name: "I have read this" }).click();
    await page.getByText(`${read} of 3 finished`).last().waitFor();
  }
  await page.goto(within);
  await expect(page.getByText("You have completed this programme.")).toBeVisible();
}

/** Evidence of one's own with a photo, of a witness by a letter, and of somebody supported by a code on paper. */
async function showCompetences({ robin, page, outbox, all: { desk } }: Way, witness: Page): Promise<void> {
  await relate(desk, robin.knownAs, [["Assessor", "Kay"], ["Line manager", "Max"], ["Guide", "Max"]]);
  await workWith(page, FRAMEWORK);
  await page.getByRole("link", { name: /^1\.1 / }).click();
  const first = new URL(page.url()).pathname;
  const lou = newPerson("Lou");
  await askWitness(page, first, lou);
  await witness.goto(await outbox.linkTo(lou.email, /\/training\/w\//));
  await witness.getByLabel("How do you know each other’s work?").fill("We share the Tuesday group.");
  await witness.getByLabel("What have you seen them do?").fill("They wait, and ask first.");
  await witness.getByLabel("They may read this, and so may whoever assesses them").check();
  await witness.getByRole("button", { name: "Send it" }).click();
  await expect(witness.getByRole("heading", { name: "Thank you" })).toBeVisible();
  const [code] = await printCodes(page, first);
  await witness.goto(`/training/w/${code}`);
  await witness.getByLabel("They listened to me").selectOption({ label: "Yes" });
  await witness.getByRole("button", { name: "Send it" }).click();
  await expect(witness.getByRole("heading", { name: "Thank you" })).toBeVisible();
  for (const code of CODES) {
    await page.goto(first.replace(/[^/]+$/, code));
    await addEvidence(page, "In the group", "I told one small story, and asked if it helped.", code === CODES[0] ? PHOTO : undefined);
    await page.getByRole("button", { name: "I am ready" }).click();
    await expect(page.getByRole("status")).toContainText("It waits for somebody who assesses you.");
  }
}

/** One competence by itself, after a little more; the others together. */
async function judgeAll({ robin, page, all: { staff } }: Way): Promise<void> {
  const { Kay: kay } = staff;
  await kay.goto("/today");
  await kay.getByRole("link", { name: "Evidence waits to be looked at" }).click();
  await kay.getByRole("link", { name: `${robin.knownAs}: 1.1` }).click();
  await expect(kay.getByText("They wait, and ask first.")).toBeVisible();
  await kay.getByRole("radio", { name: "Needs a little more" }).check();
  await kay.getByLabel("What do you tell them?").fill("Say how you ended it.");
  await kay.getByRole("button", { name: "Keep this" }).click();
  const judged = kay.url();
  await page.goto("/training/competences");
  await page.getByRole("link", { name: /^1\.1 / }).click();
  await addEvidence(page, "At the stop", "I said goodbye, and what I liked about it.");
  await page.getByRole("button", { name: "I am ready" }).click();
  await kay.goto(judged);
  await kay.getByRole("radio", { name: "Achieved" }).check();
  await kay.getByRole("button", { name: "Keep this" }).click();
  await kay.goto("/training/assessing");
  await kay.getByRole("link", { name: GROUP }).click();
  await kay.goto(`${new URL(kay.url()).pathname}?code=1.2&code=2.1`);
  for (const code of ["1.2", "2.1"]) {
    await kay.getByLabel(`What do you say of it? ${code} for ${robin.knownAs}`).selectOption({ label: "Achieved" });
  }
  await kay.getByRole("button", { name: "Keep all of it" }).click();
  await expect(kay.getByRole("status")).toContainText("All of it is kept.");
  await expect(kay.getByRole("row", { name: `${robin.knownAs} yes yes yes` })).toBeVisible();
  await page.goto("/training/competences");
  await expect(page.getByText("3 of 3 achieved")).toBeVisible();
  await expect(page.getByRole("heading", { name: "What I have (3)" })).toBeVisible();
}

/** From not due yet and not current to a row in which everything is. */
async function meetRequirements({ robin, page, outbox, all: { desk, staff } }: Way): Promise<void> {
  const { Cody: cody, Vera: vera } = staff;
  for (const [at, title] of REQUIRED.entries()) await requireOf(cody, `R-${at}`, title, KIND);
  await askForChecks(vera);
  // What Robin says yes to begins once the check is there.
  await engage(desk, page, outbox, KIND, robin);
  await page.goto("/training/required");
  await expect(page.getByText("Check before you start: Not current.")).toBeVisible();
  await openCheck(vera, robin.knownAs);
  await noteCheck(vera);
  for (const title of REQUIRED) {
    await openRequired(cody, robin.knownAs, title);
    await writeDown(cody);
    await expect(cody.getByRole("status")).toContainText("It is written down, with your name.");
  }
  await openTraining(cody);
  await cody.getByRole("link", { name: "Who has what" }).click();
  const row = cody.getByRole("row").filter({ has: cody.getByRole("rowheader", { name: robin.knownAs }) });
  // Whether it is a table or, on a phone, a card: a word that says so for each column, and a look that means it is good.
  await expect(row.locator("td")).toHaveCount(REQUIRED.length + 1);
  await expect(row.locator("td .tag.good")).toHaveText([...REQUIRED.map(() => "Current"), "Current"]);
  await expect(cody.getByRole("rowheader")).toHaveCount(1);
}

/** Both sign the papers; hours are told, and agreed by somebody else. */
async function workOnPlacement({ robin, page, all: { site, staff } }: Way): Promise<void> {
  const { Cody: cody, Pat: pat } = staff;
  await arrange(cody, { person: robin.knownAs, supervisor: "Pat", site }, GROUP);
  await page.goto("/training");
  await page.getByRole("link", { name: `Placement at ${site}` }).click();
  await tell(page, "In a group", "3", "Walking group");
  await tell(page, "One to one", "1");
  await pat.goto("/today");
  await pat.getByRole("link", { name: "Hours wait to be agreed" }).click();
  await pat.getByRole("link", { name: robin.knownAs }).click();
  for (const line of await pat.getByRole("checkbox").all()) await line.check();
  await pat.getByRole("button", { name: "Agree what I ticked" }).click();
  await expect(pat.getByRole("status")).toHaveText("It is agreed, and counts.");
  await page.reload();
  await expect(page.getByText("5 hours", { exact: true })).toBeVisible();
  await pat.getByRole("link", { name: "Induction" }).click();
  for (const item of ["The way out if there is a fire", "Whom to call"]) await tickItem(pat, item);
  await pat.getByRole("link", { name: "The placement" }).click();
  for (const paper of ["Placement agreement", "Induction"]) {
    await page.getByRole("link", { name: paper }).click();
    await sign(page, "Robin Reed");
    await expect(page.getByText("It holds when both have signed it.")).toBeVisible();
    await pat.getByRole("link", { name: paper }).click();
    await sign(pat, "Pat Hill");
    expect(await hashOn(pat)).toBe(await hashOn(page));
    for (const browser of [page, pat]) await browser.getByRole("link", { name: "The placement" }).click();
  }
}

/** Issued by one, signed by two; anybody can compute the number again under which it is kept. */
async function signRole({ robin, page, all: { staff } }: Way): Promise<void> {
  const { Cody: cody, Max: max } = staff;
  await writeRole(cody, ROLE);
  await issueTo(cody, robin.knownAs);
  await page.goto("/today");
  await page.getByRole("link", { name: "Read a role, and sign it if you agree" }).click();
  const role = new URL(page.url()).pathname;
  await sign(page, "Robin Reed");
  await max.goto("/today");
  await max.getByRole("link", { name: "A role of somebody you manage waits for you" }).click();
  await sign(max, "Max Hill");
  await page.goto(role);
  await expect(page.getByText("Signed by both")).toBeVisible();
  for (const browser of [page, max]) {
    await expect(browser.getByText(/^Robin Reed, on/)).toBeVisible();
    await expect(browser.getByText(/^Max Hill, on/)).toBeVisible();
  }
  const text = await page.request.get(`${role}/text`);
  const hash = createHash("sha256").update(await text.body()).digest("hex");
  expect([await hashOn(page), await hashOn(max)]).toEqual([hash, hash]);
  await openRole(max, "Roles of the people I manage", new RegExp(`^${robin.knownAs}: ${ROLE}`));
}

/** The number that a page shows, under which the signatures are kept. */
async function hashOn(page: Page): Promise<string> {
  return (await page.locator(".key code").innerText()).trim();
}
