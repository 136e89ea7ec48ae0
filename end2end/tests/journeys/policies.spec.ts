// A policy: written by a coordinator, read and accepted by whom it binds, and asked again when it changes.

import { randomUUID } from "node:crypto";

import { expect, test } from "../../support/alongside.ts";
import { administer, newPerson, somebody } from "../../support/people.ts";
import { acceptPolicy, changePolicy, ownPolicy, writePolicy } from "../../support/policies.ts";
import { invite } from "../../support/training.ts";

test("a policy is read and accepted, and a new version is asked again and never accepted unseen", async ({
  page,
  outbox,
  terminal,
  anotherBrowser,
  expectStatus,
}) => {
  // Not ticked; and another version meanwhile.
  expectStatus(422);
  expectStatus(409);
  const robin = somebody("Robin");
  const code = `p-${randomUUID().slice(0, 6)}`;
  const title = `Working alone ${code}`;
  const desk = await anotherBrowser();
  await administer(desk, outbox, terminal, newPerson("Alex"));
  const cody = await anotherBrowser();
  await invite(desk, cody, outbox, "Coordinator", somebody("Cody"));
  await invite(desk, page, outbox, "Volunteer", robin);
  const policy = await writePolicy(cody, code, title);

  await page.goto("/me");
  await page.getByRole("link", { name: "What is required of me" }).click();
  const card = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: title }) });
  await expect(card).toContainText("Not due yet");
  await card.getByRole("link", { name: /^Read it/ }).click();
  await expect(page.getByRole("heading", { name: "Before you go" })).toBeVisible();

  // Without the tick it comes back, and nothing is accepted.
  await page.getByRole("button", { name: "Accept this version" }).click();
  await expect(page.getByRole("alert")).toContainText("Read it first, then tick that you have read it.");
  await acceptPolicy(page);
  await expect(page.getByText("Version 1 accepted")).toBeVisible();
  await page.getByRole("link", { name: /^Version 1, accepted on/ }).click();
  await expect(page.getByText("Read and accepted.")).toBeVisible();
  await expect(page.getByRole("definition").filter({ hasText: robin.knownAs })).toBeVisible();

  // A new version asks again.
  await changePolicy(cody, policy, "Take a torch in winter.");
  await page.goto(ownPolicy(policy));
  await expect(page.getByText("It has changed since you accepted version 1")).toContainText("Take a torch in winter.");

  // While it is read, another one comes into force: that one is shown, and nothing is accepted unseen.
  await changePolicy(cody, policy, "Two people hold the key.");
  await page.getByRole("checkbox", { name: "I have read it, and I know that I can ask about it" }).check();
  await page.getByRole("button", { name: "Accept this version" }).click();
  await expect(page.getByRole("alert")).toContainText("Version 3 is in force since");
  await expect(page.getByText("Two people hold the key.").last()).toBeVisible();
  await acceptPolicy(page);
  await expect(page.getByText("Version 3 accepted")).toBeVisible();
  await expect(page.getByRole("link", { name: /^Version 1, accepted on/ })).toBeVisible();

  // Whoever coordinates sees who has read it, and writes it down for nobody.
  await cody.goto(policy);
  await cody.getByRole("link", { name: "Who has read it" }).click();
  await cody.getByLabel("Name begins with").fill(robin.knownAs);
  await cody.getByRole("button", { name: "Find" }).click();
  await expect(cody.getByRole("row").filter({ hasText: robin.knownAs })).toContainText("Current");
  await cody.getByRole("link", { name: robin.knownAs }).click();
  await cody.getByRole("link", { name: title }).click();
  await expect(cody.getByText("Nobody does it for them.")).toBeVisible();
  await expect(cody.getByRole("button", { name: "Write it down" })).toHaveCount(0);
});
