// What somebody writes for themself after a lesson.

import type { Page } from "@playwright/test";

import { expect, test } from "../../support/alongside.ts";
import { holdBack } from "../../support/gate.ts";
import { join, newPerson } from "../../support/people.ts";

const KEPT = "Kept. Only you can open it.";

test("somebody writes down what they think, and nothing newer is overwritten unseen", async ({ page, context, outbox, expectStatus }) => {
  await join(page, outbox, newPerson("Noor"));
  await page.goto("/courses/how-this-place-works");
  await page.getByRole("button", { name: "Take this course" }).click();
  await page.getByRole("link", { name: "Write about this, for yourself" }).click();
  await expect(page).toHaveTitle("How this place works, a reflection · Alongside");
  const words = page.getByLabel("Your words");
  const other = await context.newPage();
  await other.goto(page.url());

  await words.fill("A heron,\nand the river.");
  await page.getByRole("button", { name: "Keep this" }).click();
  await expect(page.getByRole("status").first()).toHaveText("Kept. Only you can open it here.");
  await expect(words).toHaveValue("A heron,\nand the river.");

  expectStatus(409);
  await other.getByLabel("Your words").fill("Written in another tab");
  await other.getByRole("button", { name: "Keep this" }).click();
  await expect(other.getByRole("region", { name: "What was kept meanwhile" })).toContainText("A heron,");
  await expect(other.getByLabel("Your words")).toHaveValue("Written in another tab");
  await other.getByRole("button", { name: "Keep this" }).click();
  await expect(other.getByRole("status").first()).toHaveText("Kept. Only you can open it here.");
});

test("what is written before the island wakes is not touched, and is kept once it has", { tag: "@scripts" }, async ({
  page,
  context,
  outbox,
}) => {
  await join(page, outbox, newPerson("Robin"));
  await page.goto("/courses/how-this-place-works");
  await page.getByRole("button", { name: "Take this course" }).click();
  const gate = await holdBack(context, /\.wasm$/);
  await page.getByRole("link", { name: "Write about this, for yourself" }).click();
  const words = page.getByLabel("Your words");
  await words.focus();
  // For five seconds, while the module does not come.
  await page.keyboard.type("A heron stood there.....", { delay: 5_000 / 24 });
  await expect(page.locator("html")).not.toHaveAttribute("data-islands");
  const typing = page.keyboard.type(" And so did I.", { delay: 100 });
  gate.open();
  await awake(page);
  await typing;
  await expect(words).toHaveValue("A heron stood there..... And so did I.");
  await expect(words).toBeFocused();
  await expect(page.getByText(KEPT)).toBeVisible();
  await page.reload();
  await expect(words).toHaveValue("A heron stood there..... And so did I.");
});

test("words are kept by themselves, and never over newer ones from another tab", { tag: "@scripts" }, async ({
  page,
  context,
  outbox,
  expectStatus,
}) => {
  await join(page, outbox, newPerson("Noor"));
  await page.goto("/courses/how-this-place-works");
  await page.getByRole("button", { name: "Take this course" }).click();
  await page.getByRole("link", { name: "Write about this, for yourself" }).click();
  const words = page.getByLabel("Your words");
  await awake(page);
  const other = await context.newPage();
  await other.goto(page.url());
  await awake(other);

  await test.step("without a line they stay, and are kept when it is back", async () => {
    await page.route("**/reflection", (route) => route.abort("aborted"));
    await words.fill("First");
    await expect(page.getByRole("status").last()).toContainText("Your words stay here");
    await page.unroute("**/reflection");
    await page.evaluate(() => window.dispatchEvent(new Event("online")));
    await expect(page.getByText(KEPT)).toBeVisible();
  });

  await test.step("again and again in the same tab", async () => {
    await words.fill("First, and more");
    await expect(page.getByText(KEPT)).toBeHidden();
    await expect(page.getByText(KEPT)).toBeVisible();
  });

  await test.step("an older tab keeps nothing by itself, and shows both", async () => {
    expectStatus(409);
    await other.getByLabel("Your words").fill("Second");
    await expect(other.getByRole("status").last()).toContainText("Press the button to see both");
    await page.reload();
    await expect(words).toHaveValue("First, and more");
    await other.getByRole("button", { name: "Keep this" }).click();
    await expect(other.getByRole("region", { name: "What was kept meanwhile" })).toContainText("First, and more");
    await expect(other.getByLabel("Your words")).toHaveValue("Second");
    await awake(other);
    await other.getByRole("button", { name: "Keep this" }).click();
    await expect(other.getByRole("status").first()).toHaveText("Kept. Only you can open it here.");
  });

  await test.step("whoever goes on in the middle of a word finds it again", async () => {
    await awake(other);
    await other.getByLabel("Your words").fill("Second, and th");
    await other.getByRole("link", { name: "Learning at your own pace" }).click();
    await other.getByRole("link", { name: "Write about this, for yourself" }).click();
    await expect(other.getByLabel("Your words")).toHaveValue("Second, and th");
  });
});

async function awake(page: Page): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("data-islands", "awake");
}
