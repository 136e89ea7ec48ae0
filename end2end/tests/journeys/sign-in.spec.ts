// Signing in and out, and everything that goes wrong on the way.

import type { Locator, Page } from "@playwright/test";

import { expect, test } from "../../support/alongside.ts";
import { confirm, fillIn, join, newPerson, register, sendSignIn, signIn } from "../../support/people.ts";

const COURSE = "/courses/how-this-place-works";
const DAY = 24 * 60 * 60;

test("somebody mistypes, is told how to put it right, and has lost nothing", async ({ page, outbox, expectStatus }) => {
  const robin = newPerson("Robin");
  expectStatus(422);
  await page.goto("/register");
  await fillIn(page, { ...robin, email: "robin.example.org", password: "short" });
  await page.getByRole("button", { name: "Register" }).click();

  await expect(page).toHaveTitle("Error: Register as a learner · Alongside");
  const summary = page.getByRole("alert");
  await expect(summary).toBeFocused();
  await expect(summary.getByRole("listitem")).toHaveText([
    "Write an e-mail address with one @ in it, such as name@demo.example.",
    /^Use at least 10 characters/,
  ]);
  await expect(page.getByRole("radio", { name: "Yes" })).toBeChecked();
  await expect(page.getByLabel("What would you like to be called?")).toHaveValue("Robin");
  const email = page.getByLabel("Your e-mail address");
  const password = page.getByLabel("Choose a password");
  await expect(email).toHaveValue("robin.example.org");
  // The one thing that no page repeats.
  await expect(password).toHaveValue("");
  for (const [field, why] of [[email, "one @ in it"], [password, "at least 10 characters"]] as const) {
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await expect(field).toHaveAccessibleDescription(new RegExp(`Error: .*${why}`));
    await summary.getByRole("link", { name: why }).click();
    await expect(field).toBeFocused();
  }

  await email.fill(robin.email);
  await password.fill(robin.password);
  await page.getByRole("button", { name: "Register" }).click();
  await expect(page).toHaveURL("/register/sent");
  await confirm(page, outbox, robin);
});

test("somebody who is too young is shown where else to turn", async ({ page }) => {
  await page.goto("/register");
  await page.getByRole("radio", { name: "No" }).check();
  await page.getByRole("button", { name: "Register" }).click();
  await expect(page.getByRole("main")).toContainText("We have kept nothing of what you wrote.");
  await expect(page.getByRole("link", { name: "Childline 0800 1111" })).toHaveAttribute("href", "tel:08001111");
});

test("somebody signs in with the wrong password, and still gets where they were going", async ({
  page,
  outbox,
  expectStatus,
}) => {
  const robin = newPerson("Robin");
  await register(page, robin);
  await confirm(page, outbox, robin);
  expectStatus(422);
  await page.goto(COURSE);
  await page.getByRole("link", { name: "Sign in to take this course" }).click();
  await sendSignIn(page, { ...robin, password: "eight quiet herons" });
  await expect(page).toHaveTitle("Error: Sign in · Alongside");
  await expect(page.getByRole("alert")).toBeFocused();
  const refusal = await page.getByRole("alert").getByRole("listitem").textContent();
  expect(refusal).toMatch(/^That e-mail address and password don't go together\./);
  await expect(page.getByLabel("Your e-mail address")).toHaveValue(robin.email);
  await expect(page.getByLabel("Your password")).toHaveValue("");

  // Whether somebody is here at all is not told.
  await sendSignIn(page, newPerson("Nobody"));
  await expect(page.getByRole("alert").getByRole("listitem")).toHaveText(refusal ?? "");

  await sendSignIn(page, robin);
  await expect(page).toHaveURL(COURSE);
  await expect(page.getByRole("button", { name: "Take this course" })).toBeVisible();
});

test("somebody has forgotten their password, and chooses a new one", async ({
  page,
  outbox,
  anotherBrowser,
  expectStatus,
}) => {
  const robin = newPerson("Robin");
  await join(page, outbox, robin);
  const other = await anotherBrowser();
  await other.goto("/sign-in");
  await other.getByRole("link", { name: "I have forgotten my password" }).click();
  await other.getByLabel("Your e-mail address").fill(robin.email);
  await other.getByRole("button", { name: "Send me a link" }).click();
  await expect(other.getByRole("main")).toContainText("If there is an account with that address");

  expectStatus(422);
  const link = await outbox.linkTo(robin.email, /\/reset\//);
  await other.goto(link);
  await other.getByLabel("Your new password").fill("password12");
  await other.getByRole("button", { name: "Keep this password" }).click();
  await expect(other).toHaveTitle("Error: Choose a new password · Alongside");
  await expect(other.getByRole("alert")).toContainText("Choose something harder to guess.");
  const changed = { ...robin, password: "nine loud geese" };
  await other.getByLabel("Your new password").fill(changed.password);
  await other.getByRole("button", { name: "Keep this password" }).click();
  await expect(other.getByRole("status")).toContainText("Your new password is kept.");

  await sendSignIn(other, robin);
  await expect(other.getByRole("alert")).toContainText("don't go together");
  await sendSignIn(other, changed);
  await expect(other).toHaveURL("/today");

  // Whoever was signed in before, perhaps not the person themselves, is out.
  await page.goto("/today");
  await expect(page).toHaveURL(/\/sign-in/);
  // And a letter that somebody finds later opens nothing.
  expectStatus(404);
  await page.goto(link);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This link does not work any more");
  await expect(page.getByRole("link", { name: "Ask for a new link" })).toHaveAttribute("href", "/forgotten");
});

test("somebody signed in twice ends one, and what was being sent there is not lost", async ({
  page,
  outbox,
  anotherBrowser,
  expectStatus,
}) => {
  const robin = newPerson("Robin");
  await join(page, outbox, robin);
  const other = await anotherBrowser();
  await signIn(other, robin);
  await other.goto(COURSE);

  await page.getByRole("link", { name: "Where you are signed in" }).click();
  const places = page.getByRole("main").getByRole("listitem");
  await expect(places).toHaveCount(2);
  const here = places.filter({ hasText: "Here" });
  await expect(here.getByRole("button", { name: "Sign out here" })).toBeVisible();
  await places.filter({ hasNotText: "Here" }).getByRole("button", { name: "End this one" }).click();
  await expect(places).toHaveCount(1);
  await expect(here).toBeVisible();

  // The node that ended it knows at once.
  expectStatus(403);
  await other.getByRole("button", { name: "Take this course" }).click();
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("Sign in");
  await expect(other.getByRole("main")).toContainText("You have been signed out here. Sign in to go on.");
  await expect(other.getByRole("main")).toContainText("What you typed is not lost.");
  await sendSignIn(other, robin);
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("You are signed in again");
  await other.getByRole("button", { name: "Send it now" }).click();
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("Learning at your own pace");

  await page.goto("/today");
  await expect(page.getByRole("link", { name: "Begin: Learning at your own pace" })).toBeVisible();

  // Ended once more, and whoever looks for themselves is out as well, within what is promised.
  await page.goto("/me/sign-ins");
  await page.getByRole("button", { name: "End this one" }).click();
  await expect(async () => {
    await other.goto("/today");
    await expect(other).toHaveURL("/sign-in?next=%2Ftoday", { timeout: 100 });
  }).toPass({ timeout: 5_000, intervals: [100] });
});

test("somebody on a ward computer leaves nothing behind, and is gone with one tap", async ({
  page,
  context,
  outbox,
  expectLeaving,
}) => {
  const robin = newPerson("Robin");
  await join(page, outbox, robin);
  // On one's own device one stays signed in for a month.
  const lasting = (await context.cookies()).map(({ expires }) => Math.round((expires - Date.now() / 1000) / DAY));
  expect(lasting).toEqual([30, 30]);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL("/");

  await page.goto("/sign-in");
  await page.getByRole("checkbox", { name: "This is a shared computer." }).check();
  await sendSignIn(page, robin);
  await expect(page).toHaveURL("/today");
  const cookies = await context.cookies();
  expect(cookies.map(({ name }) => name).sort()).toEqual(["alongside_access", "alongside_refresh"]);
  for (const it of cookies) expect(it).toMatchObject({ expires: -1, httpOnly: true, sameSite: "Lax" });
  await page.goto("/me/sign-ins");
  await expect(page.getByRole("main").getByText("Shared computer", { exact: true })).toBeVisible();

  await expectLeaving("https://www.bbc.co.uk/weather");
  const asked = page.waitForRequest("https://www.bbc.co.uk/weather");
  const left = page.waitForResponse((it) => it.request().method() === "POST");
  await page.getByRole("button", { name: "Leave this site" }).click();
  // The other site is not told where they come from.
  expect((await asked).headers()["referer"]).toBeUndefined();
  expect(await (await left).headerValue("clear-site-data")).toBe('"cache", "cookies", "storage"');
  expect(await context.cookies()).toEqual([]);
});

test("somebody who uses the keyboard alone registers and signs in", async ({ page, outbox, expectStatus }) => {
  const robin = newPerson("Robin");
  const { keyboard } = page;
  expectStatus(422);
  await page.goto("/register");
  await tabTo(page, page.getByRole("button", { name: "Register" }));
  await keyboard.press("Enter");

  // The summary has the focus, and its links lead into the fields.
  await expect(page.getByRole("alert")).toBeFocused();
  await tabTo(page, page.getByRole("alert").getByRole("link").first());
  await keyboard.press("Enter");
  const yes = page.getByRole("radio", { name: "Yes" });
  await expect(yes).toBeFocused();
  await keyboard.press("Space");
  await expect(yes).toBeChecked();
  await tabTo(page, page.getByLabel("What would you like to be called?"));
  await keyboard.type(robin.knownAs);
  await tabTo(page, page.getByLabel("Your e-mail address"));
  await keyboard.type(robin.email);
  await tabTo(page, page.getByLabel("Choose a password"));
  await keyboard.type(robin.password);
  await keyboard.press("Enter");
  await expect(page).toHaveURL("/register/sent");

  await page.goto(await outbox.linkTo(robin.email, /\/confirm\//));
  await tabTo(page, page.getByRole("button", { name: "This address is mine" }));
  await keyboard.press("Space");
  await expect(page).toHaveURL("/sign-in?confirmed=yes");

  await tabTo(page, page.getByLabel("Your e-mail address"));
  await keyboard.type(robin.email);
  await tabTo(page, page.getByLabel("Your password"));
  await keyboard.type(robin.password);
  const shared = page.getByRole("checkbox", { name: "This is a shared computer." });
  await tabTo(page, shared);
  await keyboard.press("Space");
  await expect(shared).toBeChecked();
  await tabTo(page, page.getByRole("main").getByRole("button", { name: "Sign in" }));
  await keyboard.press("Enter");
  await expect(page).toHaveURL("/today");
});

/** Presses the tab key until it gets there, as often as the page has places to stop at. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  const isThere = () => wanted.evaluate((element) => element === document.activeElement);
  for (let press = 0; press < 40; press++) {
    await page.keyboard.press("Tab");
    if (await isThere()) return;
  }
  throw new Error(`The tab key does not lead to ${wanted}.`);
}
