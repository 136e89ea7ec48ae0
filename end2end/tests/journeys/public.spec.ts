// What anybody can do who has only just heard of the place, and has no account.

import { expect, test } from "../../support/alongside.ts";

test("somebody finds the first course and reads what to expect", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Learn, and work, alongside each other");
  await page.getByRole("link", { name: "See all courses" }).click();

  await expect(page).toHaveTitle("Courses · Alongside");
  await expect(page.getByRole("navigation", { name: "Areas" }).getByRole("link", { name: "Courses" })).toHaveAttribute(
    "aria-current",
    "page",
  );
  await page.getByRole("link", { name: "How this place works" }).click();

  await expect(page.getByRole("heading", { level: 1 })).toHaveText("How this place works");
  await expect(page.getByRole("heading", { name: "What to expect" })).toBeVisible();
  await expect(page.getByText("Nobody marks you and nobody fails.")).toBeVisible();
  // What might be hard to read is said before, not after.
  const before = page.getByRole("region", { name: "Before you read" });
  await expect(before).toContainText("you can go round it");
  await expect(page.getByRole("heading", { name: "At your own pace" })).toBeVisible();

  await page.getByRole("link", { name: "All courses" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Courses");
});

test("somebody finds a course with a slip of the finger, and narrows it down", async ({ page }) => {
  await page.goto("/courses");
  const words = page.getByLabel("What are you looking for?");
  await words.fill("understading mental heatlh");
  await page.getByRole("button", { name: "Find courses" }).click();
  await expect(page.getByRole("status")).toContainText("We looked for “understanding health”");
  await expect(words).toHaveValue("understading mental heatlh");
  await expect(page.getByRole("heading", { level: 2 }).first()).toHaveText("Understanding mental health");

  await page.getByText("Narrow it down").click();
  await page.getByLabel("How long").selectOption("An hour at most");
  await page.getByRole("button", { name: "Find courses" }).click();
  await expect(page.getByRole("link", { name: "Understanding mental health" })).toHaveCount(0);
  await expect(page.getByLabel("How long")).toHaveValue("hour");
  await page.getByRole("link", { name: "See all courses" }).click();
  await expect(page.getByRole("link", { name: "How this place works" })).toBeVisible();
});

test("somebody reads the privacy notice before they tell anybody anything", async ({ page }) => {
  await page.goto("/courses/how-this-place-works");
  await page.getByRole("link", { name: "How we look after what you tell us" }).click();
  await expect(page).toHaveTitle("How we look after what you tell us · Alongside");
  await expect(page.getByRole("heading", { name: "Who is responsible" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "What is kept" })).toBeVisible();

  await page.getByRole("link", { name: "Alongside", exact: true }).click();
  await expect(page).toHaveURL(/\/$/);
});

test("somebody with a wrong address is told kindly and finds the way back", async ({ page, expectStatus }) => {
  expectStatus(404);
  await page.goto("/courses/a-course-that-is-gone");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("We can’t find that page");
  await page.getByRole("main").getByRole("link", { name: "See the courses" }).click();
  await expect(page.getByRole("link", { name: "How this place works" })).toBeVisible();
});

test("somebody in a bad hour finds whom to ring, wherever they are", async ({ page }) => {
  for (const path of ["/", "/courses/how-this-place-works", "/pages/about"]) {
    await page.goto(path);
    const help = page.getByRole("contentinfo");
    await expect(help.getByRole("link", { name: "999" })).toHaveAttribute("href", "tel:999");
    await expect(help.getByRole("link", { name: "Samaritans" })).toHaveAttribute("href", "tel:116123");
    await expect(help).toContainText("Nobody watches this site for emergencies.");
  }
});

test("somebody who is no longer alone leaves at once, and takes no trace along", async ({ page, expectLeaving }) => {
  await expectLeaving("https://www.bbc.co.uk/weather");
  await page.goto("/courses/how-this-place-works");
  const leave = page.getByRole("link", { name: "Leave this site" });
  // In reach without scrolling, on the smallest phone.
  await expect(leave).toBeInViewport({ ratio: 1 });
  const asked = page.waitForRequest("https://www.bbc.co.uk/**");
  await leave.click();
  // The other site is not told where they come from.
  expect((await asked).headers()["referer"]).toBeUndefined();
  await expect(page).toHaveURL("https://www.bbc.co.uk/weather");
  await expect(page.getByRole("heading", { name: "Elsewhere" })).toBeVisible();
});
