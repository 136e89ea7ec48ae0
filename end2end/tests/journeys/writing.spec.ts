// Two editors adopt a course, change it, and a learner who is half way is told.

import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join as pathOf } from "node:path";

import type { Page } from "@playwright/test";

import { expect, test } from "../../support/alongside.ts";
import { tryAll } from "../../support/checks.ts";
import { accept, administer, join, newPerson } from "../../support/people.ts";

const CONTENT = pathOf(import.meta.dirname, "../../../content/courses/how-this-place-works");
const SIDES = { lived: "I sign this out of lived experience", profession: "I sign this by profession" };

/** Writes this into the file that the page shows. */
async function write(page: Page, change: (text: string) => string): Promise<void> {
  const text = page.getByLabel("The text");
  await text.fill(change(await text.inputValue()));
  await page.getByRole("button", { name: "Keep this" }).click();
  await expect(page.getByRole("status")).toHaveText("It is kept.");
}

async function sign(page: Page, side: string, hasName: boolean): Promise<void> {
  await page.getByRole("radio", { name: side }).check();
  if (hasName) await page.getByRole("checkbox", { name: "Show my name on the course’s page" }).check();
  await page.getByRole("button", { name: "Sign it", exact: true }).click();
  await expect(page.getByRole("status")).toContainText("You have signed this text.");
}

test("two editors write, adopt and change a course, and a learner who is half way is told", async ({
  page,
  outbox,
  terminal,
  anotherBrowser,
  javaScriptEnabled,
}) => {
  // Five people sign in one after the other.
  test.slow();
  // Tests run side by side on one database: this course is of its own.
  const name = `a-course-${randomUUID().slice(0, 8)}`;
  const [kim, lee] = [newPerson("Kim"), newPerson("Lee")];
  const [editor, other, learner] = [await anotherBrowser(), await anotherBrowser(), await anotherBrowser()];

  await test.step("an administrator invites them", async () => {
    await administer(page, outbox, terminal, newPerson("Alex"));
    for (const [who, theirs] of [[kim, editor], [lee, other]] as const) {
      await page.goto("/me");
      await page.getByRole("link", { name: /^People of/ }).click();
      await page.getByRole("link", { name: "Invite somebody" }).click();
      await page.getByLabel("Their e-mail address").fill(who.email);
      await page.getByRole("checkbox", { name: "Course editor", exact: true }).check();
      await page.getByRole("radio", { name: "Employee" }).check();
      await page.getByRole("button", { name: "Send the invitation" }).click();
      await accept(theirs, await outbox.linkTo(who.email, /\/invitation\//), who);
    }
  });

  await test.step("one of them writes a course and puts right what the checker finds", async () => {
    await editor.goto("/me");
    await editor.getByRole("link", { name: "Courses in writing" }).click();
    await editor.getByRole("link", { name: "Begin a new course" }).click();
    await editor.getByLabel("What is it called in addresses?").fill(name);
    await editor.getByRole("button", { name: "Begin it" }).click();
    await expect(editor.getByRole("status")).toContainText("The draft has begun.");
    await expect(editor.getByText("Somebody signs it out of lived experience.")).toBeVisible();
    await editor.getByRole("link", { name: "About the course" }).click();
    await editor.getByRole("link", { name: "Write it as text" }).click();
    const outline = readFileSync(pathOf(CONTENT, "course.toml"), "utf8");
    await write(editor, () => outline.replace(/^title = .*$/m, `title = "Trying out ${name}"`).replace(/^discreet_title = .*$/m, 'discreet_title = "Trying out"'));
    await editor.getByLabel("Who wrote it?").fill("Two of us");
    await editor.getByRole("button", { name: "Keep this" }).click();
    await expect(editor.getByLabel("Who wrote it?")).toHaveValue("Two of us");
    await editor.getByRole("link", { name: "The draft" }).click();
    await editor.getByRole("link", { name, exact: true }).click();
    const lesson = readFileSync(pathOf(CONTENT, "01-at-your-own-pace.md"), "utf8");
    await write(editor, () => lesson.replace("Welcome.", "<b>Welcome.</b>"));
    await expect(editor.getByRole("heading", { name: "One thing to put right" })).toBeVisible();
    await expect(editor.getByText("Write it in Markdown: HTML is not shown here.")).toBeVisible();
    await write(editor, (text) => text.replace("<b>Welcome.</b>", "Welcome."));
    await expect(editor.getByText("to put right")).toHaveCount(0);
  });

  await test.step("she looks at what learners will see, and tries a check", async () => {
    await editor.getByRole("link", { name: "See what learners will see" }).click();
    await expect(editor.getByRole("complementary", { name: "Preview" })).toContainText("Nothing that you do in it is kept.");
    await expect(editor.getByRole("heading", { level: 1 })).toHaveText("Learning at your own pace");
    await editor.getByRole("link", { name: "Back to the draft" }).click();
  });

  await test.step("both sign, and one publishes", async () => {
    await sign(editor, SIDES.lived, true);
    await other.goto(`/editing/${name}`);
    await sign(other, SIDES.profession, false);
    await other.getByRole("button", { name: "Publish it" }).click();
    await expect(other.getByRole("status")).toContainText("Learners read it from now on.");
    await learner.goto(`/courses/${name}`);
    await expect(learner.getByRole("main")).toContainText(/adopted here on .+, out of lived experience \(Kim\) and by profession\./);
  });

  await test.step("a learner begins it", async () => {
    await join(learner, outbox, newPerson("Robin"));
    await learner.goto(`/courses/${name}`);
    await learner.getByRole("button", { name: "Take this course" }).click();
    await tryAll(learner, javaScriptEnabled !== false);
    await expect(learner).toHaveTitle("Trying out, lesson 1 · Alongside");
    await learner.getByRole("link", { name: "Leave it for today" }).click();
  });

  await test.step("the other changes it: the signatures are for the new text alone", async () => {
    await other.getByRole("button", { name: "Begin a draft" }).click();
    await sign(other, SIDES.profession, false);
    await editor.goto(`/editing/${name}/lessons/${name}`);
    await write(editor, (text) => text.replace("Welcome.", "Welcome back."));
    await other.goto(`/editing/${name}`);
    await expect(other.getByText("You signed by profession")).toHaveCount(0);
    await sign(other, SIDES.profession, true);
    await editor.goto(`/editing/${name}`);
    await sign(editor, SIDES.lived, false);
    await editor.getByRole("button", { name: "Publish it" }).click();
    await expect(editor.getByRole("status")).toContainText("Learners read it from now on.");
  });

  await test.step("the learner keeps what was done and is told what changed", async () => {
    await learner.goto("/learn");
    await learner.getByRole("link", { name: /^(Begin|Carry on): / }).click();
    await expect(learner.getByRole("heading", { name: "This course has changed since you were last told" })).toBeVisible();
    await expect(learner.getByText("Put right or written anew: “Learning at your own pace”.")).toBeVisible();
    await learner.getByRole("button", { name: "I have seen this" }).click();
    await learner.getByRole("button", { name: "I have read this" }).click();
    await expect(learner.getByText("You have finished the whole course.")).toBeVisible();
  });
});

test("a course goes out as a ZIP and comes in again", async ({ page, outbox, terminal, anotherBrowser, expectStatus }) => {
  const kim = newPerson("Kim");
  const name = `a-zip-${randomUUID().slice(0, 8)}`;
  await administer(page, outbox, terminal, newPerson("Alex"));
  await page.goto("/me");
  await page.getByRole("link", { name: /^People of/ }).click();
  await page.getByRole("link", { name: "Invite somebody" }).click();
  await page.getByLabel("Their e-mail address").fill(kim.email);
  await page.getByRole("checkbox", { name: "Course editor", exact: true }).check();
  await page.getByRole("radio", { name: "Volunteer" }).check();
  await page.getByRole("button", { name: "Send the invitation" }).click();
  const editor = await anotherBrowser();
  await accept(editor, await outbox.linkTo(kim.email, /\/invitation\//), kim);

  await editor.goto("/editing/how-this-place-works");
  const saved = editor.waitForEvent("download");
  await editor.getByRole("link", { name: "What learners read, as a ZIP" }).click();
  const zip = await (await saved).path();
  await editor.goto("/editing/new");
  await editor.getByLabel("What is it called in addresses?").fill(name);
  await editor.getByRole("button", { name: "Begin it" }).click();
  await editor.getByRole("link", { name: "Replace it by a ZIP" }).click();
  expectStatus(422);
  await editor.getByLabel("The ZIP").setInputFiles({ name: "a.zip", mimeType: "application/zip", buffer: Buffer.from("no ZIP") });
  await editor.getByRole("button", { name: "Replace the draft" }).click();
  await expect(editor.getByRole("alert")).toBeFocused();
  await editor.getByLabel("The ZIP").setInputFiles(zip);
  await editor.getByRole("button", { name: "Replace the draft" }).click();
  await expect(editor.getByRole("status")).toHaveText("The text of the draft is another one now.");
  await expect(editor.getByRole("heading", { name: "People alongside you" })).toBeVisible();
  await editor.getByRole("button", { name: "Up: People alongside you" }).click();
  const titles = editor.getByRole("region", { name: "The draft" }).getByRole("heading", { level: 3 });
  await expect(titles.nth(2)).toHaveText("People alongside you");
});
