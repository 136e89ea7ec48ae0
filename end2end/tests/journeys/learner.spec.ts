// From hearing of the place to the end of the first course.

import type { Page } from "@playwright/test";

import { expect, test } from "../../support/alongside.ts";
import { choose, send, tryAll } from "../../support/checks.ts";
import { holdBack } from "../../support/gate.ts";
import { confirm, fillIn, join, newPerson, sendSignIn } from "../../support/people.ts";

const COURSE = "How this place works";
const LESSONS = ["Learning at your own pace", "What is kept, and who can see it", "People alongside you"] as const;
const [FIRST, SECOND, LAST] = LESSONS;
const FINISHED_IT_ALL = "You have finished the whole course.";

test("somebody registers, confirms, signs in and reads a course to its end", async ({
  page,
  outbox,
  javaScriptEnabled,
}) => {
  const hasScripts = javaScriptEnabled !== false;
  const robin = newPerson("Robin");
  await test.step("register", async () => {
    await page.goto("/");
    await page.getByRole("link", { name: "Sign in" }).click();
    await page.getByRole("link", { name: "Register as a learner" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Register as a learner");
    await fillIn(page, robin);
    await page.getByRole("button", { name: "Register" }).click();
    // It says what happens next.
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Look in your mail");
    await expect(page.getByRole("main")).toContainText("The link works once, for three days.");
  });

  await test.step("confirm", async () => {
    await confirm(page, outbox, robin);
    await expect(page.getByRole("status")).toHaveText("Thank you. Your address is confirmed, and you can sign in.");
  });

  await test.step("sign in", async () => {
    await sendSignIn(page, robin);
    await expect(page).toHaveTitle("Today · Alongside");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Good (morning|afternoon|evening), Robin$/);
    await expect(page.getByText("Nothing is waiting for you.")).toBeVisible();
  });

  await test.step("take a course", async () => {
    await page.getByRole("link", { name: "See the courses" }).click();
    await page.getByRole("link", { name: COURSE }).click();
    await page.getByRole("button", { name: "Take this course" }).click();
    await expectLesson(page, FIRST, 0);
    // What others can see of the tab does not say what the lesson is about.
    await expect(page).toHaveTitle("How this place works, lesson 1 · Alongside");
  });

  await test.step("read, stop for today, and carry on", async () => {
    await readAndGoOn(page, hasScripts);
    await expectLesson(page, SECOND, 1);
    await page.getByRole("link", { name: "Leave it for today" }).click();
    await expect(page.getByText("One thing is next, whenever you like.")).toBeVisible();
    await page.getByRole("link", { name: `Carry on: ${SECOND}` }).click();
    await expectLesson(page, SECOND, 1);
    await readAndGoOn(page, hasScripts);
    await expectLesson(page, LAST, 2);
  });

  await test.step("finish", async () => {
    await readAndGoOn(page, hasScripts);
    await expectLesson(page, LAST, 3);
    await expect(page.getByText(FINISHED_IT_ALL)).toBeVisible();
    await page.getByRole("link", { name: "Back to today" }).click();
    const finished = page.getByRole("complementary");
    await expect(finished.getByRole("heading", { name: "Finished" })).toBeVisible();
    await finished.getByRole("link", { name: COURSE }).click();
    await expect(page.getByRole("link", { name: "Read it again" })).toBeVisible();
  });

  await test.step("sign out", async () => {
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page).toHaveURL("/");
    await expect(page.getByRole("navigation", { name: "Areas" }).getByRole("link", { name: "Sign in" })).toBeVisible();
    expect(await page.context().cookies()).toEqual([]);
    // Nor does going back show whoever comes next what was on the screen.
    await page.goBack();
    await expect(page.getByRole("link", { name: "Sign in to take this course" })).toBeVisible();
    await page.goto("/today");
    await expect(page).toHaveURL("/sign-in?next=%2Ftoday");
  });
});

test("somebody who finds a course first registers on the way, and comes back to it", async ({ page, outbox }) => {
  const kim = newPerson("Kim");
  await page.goto("/courses/introduction-to-recovery");
  await page.getByRole("link", { name: "Register, it is free" }).click();
  await fillIn(page, kim);
  await page.getByRole("button", { name: "Register" }).click();
  await confirm(page, outbox, kim);
  await sendSignIn(page, kim);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Introduction to Recovery");
  await page.getByRole("button", { name: "Take this course" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("What people mean by recovery");
});

test("somebody says how a course is, is warned of what looks personal, and takes it back", async ({ page, outbox, expectStatus }) => {
  await join(page, outbox, newPerson("Noor"));
  await page.goto("/courses/how-this-place-works");
  await page.getByRole("button", { name: "Take this course" }).click();
  await page.goto("/learn");
  await page.getByRole("link", { name: "Say how it was, even if you stop here" }).click();
  await expect(page).toHaveTitle("How this place works, what you say about it · Alongside");
  const welcome = page.getByRole("group", { name: "Did you feel welcome here?" });
  await welcome.getByRole("radio", { name: "In part" }).check();
  await page.getByLabel("What would you change?").fill("More rivers.\nRing me: 07700 900123");

  expectStatus(422);
  await page.getByRole("button", { name: "Keep what I say" }).click();
  await expect(page.getByRole("alert")).toContainText("looks like a phone number");
  await expect(welcome.getByRole("radio", { name: "In part" })).toBeChecked();
  await page.getByLabel("What would you change?").fill("More rivers.");
  await page.getByRole("button", { name: "Keep what I say" }).click();
  await expect(page.getByRole("status")).toHaveText("Thank you. It is kept, and it waits to be counted.");
  await expect(page.getByLabel("What would you change?")).toHaveValue("More rivers.");

  await page.getByRole("button", { name: "Take it all back" }).click();
  await expect(page.getByRole("status")).toHaveText("It is taken back. Nothing of it is kept.");
  await expect(page.getByLabel("What would you change?")).toHaveValue("");
  await expect(page.getByRole("button", { name: "Take it all back" })).toHaveCount(0);
});

test("somebody goes round what they would rather not read, and it counts", async ({ page, outbox }) => {
  await join(page, outbox, newPerson("Noor"));
  await page.goto("/courses/understanding-mental-health");
  await page.getByRole("button", { name: "Take this course" }).click();
  await page.getByRole("link", { name: "Listening and asking" }).click();
  await expect(page.getByText("This whole lesson is about self-harm")).toBeVisible();
  await page.getByRole("button", { name: "Go round this lesson" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Help, and how it works in England");
  await expect(page.getByText("1 of 7 finished").last()).toBeVisible();
  // What is in a part of a lesson is said before, and is folded away until somebody wants it.
  const noted = page.locator(".noted").first();
  await expect(noted.locator("details")).not.toHaveAttribute("open");
  await noted.getByText("Read this part").click();
  await expect(noted.locator(".prose")).toBeVisible();
  const check = page.locator(".check").last();
  await check.getByRole("button", { name: "Leave this one out" }).click();
  await expect(page.getByText("You left this one out. It counts as tried.").first()).toBeVisible();

  await page.goto("/learn");
  await expect(page.getByRole("main")).toContainText("1 of 7 finished");
});

test("a lesson works before its island is awake, and when it fails", { tag: "@scripts" }, async ({
  page,
  context,
  outbox,
}) => {
  await join(page, outbox, newPerson("Kim"));
  const gate = await holdBack(context, /\.wasm$/);

  const check = page.locator(".check").first();
  const said = /That fits|Not quite/;

  await test.step("on a slow line a check is a plain form, answered on a page of its own", async () => {
    await page.goto("/courses/how-this-place-works");
    const asked = page.waitForRequest(/\.wasm$/);
    await page.getByRole("button", { name: "Take this course" }).click();
    await asked;
    await choose(check);
    await send(check);
    await expect(page).toHaveURL(/\/check\//);
    await expect(page.getByRole("status").first()).toHaveText(said);
    await page.getByRole("link", { name: "Back to the lesson" }).click();
    await expect(check.getByText("Tried")).toBeVisible();
  });

  await test.step("waking disturbs nobody", async () => {
    const answer = check.getByRole("radio").last();
    await answer.check();
    await expect(page.locator("html")).not.toHaveAttribute("data-islands");
    gate.open();
    await islandsAwake(page);
    await expect(answer).toBeChecked();
    await expect(answer).toBeFocused();
  });

  await test.step("once awake a check answers where it stands, and choosing otherwise takes that back", async () => {
    await page.keyboard.press("Enter");
    await expect(check.getByRole("status")).toHaveText(said);
    await expect(check.locator(".because").last()).toBeVisible();
    await expect(check.locator(".because").first()).toBeHidden();
    await check.getByRole("radio").first().check();
    await expect(check.locator(".because").first()).toBeHidden();
    await expect(check.getByRole("status")).toBeEmpty();
  });

  await test.step("reading before the checks are tried leads to them, and then on", async () => {
    await page.getByRole("button", { name: "I have read this, go on" }).click();
    await expect(page.getByText(/checks are left to try, then it is finished/)).toBeVisible();
    await islandsAwake(page);
    await tryAll(page, true);
    await page.reload();
    await expectLesson(page, FIRST, 1);
    await page.getByRole("link", { name: SECOND }).last().click();
  });

  await test.step("without a line it says so and keeps the form, to be sent again", async () => {
    await islandsAwake(page);
    await page.route("**/learn/**", (route) => route.abort("aborted"));
    await choose(check);
    await send(check);
    await expect(page.getByText("There is no connection just now. Nothing is lost")).toBeVisible();
    await page.unroute("**/learn/**");
    await send(check);
    await expect(check.getByRole("status")).toHaveText(said);
    await tryAll(page, true);
    await page.route("**/learn/**", (route) => route.abort("aborted"));
    const button = page.getByRole("button", { name: "I have read this, go on" });
    await button.click();
    await expect(page.getByText("There is no connection just now. Nothing is lost")).toBeVisible();
    await page.unroute("**/learn/**");
    await button.click();
    await expectLesson(page, LAST, 2);
  });
});

async function expectLesson(page: Page, title: string, read: number): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  const lessons = page.getByRole("navigation", { name: "Lessons" });
  await expect(lessons.getByText(`${read} of 3 finished`, { exact: true }).last()).toBeVisible();
  await expect(lessons.locator("[aria-current=page]")).toContainText(title);
}

/** With scripts on the page answers at once and stays, so that nobody is torn away from what they read. */
async function readAndGoOn(page: Page, hasScripts: boolean): Promise<void> {
  if (hasScripts) await islandsAwake(page);
  await tryAll(page, hasScripts);
  if (hasScripts) await islandsAwake(page);
  await page.getByRole("button", { name: "I have read this" }).click();
}

async function islandsAwake(page: Page): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("data-islands", "awake");
}
