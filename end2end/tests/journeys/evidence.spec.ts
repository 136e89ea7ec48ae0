// Evidence by file and by others: a photo, a witness by a link, codes on paper, and two people judged in one form.

import { randomUUID } from "node:crypto";

import { expect, test } from "../../support/alongside.ts";
import { beginGroup, givePlace } from "../../support/group.ts";
import { administer, join, newPerson, type Person, somebody } from "../../support/people.ts";
import { PHOTO } from "../../support/photo.ts";
import { addEvidence, askWitness, bringIn, invite, letAssess, printCodes, workWith } from "../../support/training.ts";

test("a photo, a witness by a link and codes on paper show a competence", async ({
  page,
  outbox,
  terminal,
  anotherBrowser,
  expectStatus,
}) => {
  const lou = somebody("Lou");
  const title = `Ours ${randomUUID().slice(0, 6)}`;
  const [desk, cody] = [await anotherBrowser(), await anotherBrowser()];
  await administer(desk, outbox, terminal, newPerson("Alex"));
  await invite(desk, cody, outbox, "Coordinator", somebody("Cody"));
  await bringIn(cody, title);
  await join(page, outbox, somebody("Robin"));
  await workWith(page, title);
  await page.getByRole("link", { name: "1.1 Listens without judging" }).click();
  const competence = new URL(page.url()).pathname;
  await page.getByRole("link", { name: "Add something that shows it" }).click();
  await page.getByRole("radio", { name: "Something I learned in daily life" }).check();
  await page.getByLabel("A heading for it").fill("On the bus");
  await page.getByLabel("What happened, or what is it?").fill("Somebody talked, and I listened.");
  const drawing = { name: "IMG_0042.jpg", mimeType: "image/jpeg", buffer: Buffer.from("<svg><script>alert(1)</script></svg>") };
  await page.getByLabel("A photo or a PDF, if you have one").setInputFiles(drawing);
  expectStatus(422);
  await page.getByRole("button", { name: "Keep it" }).click();
  await expect(page.getByRole("alert")).toContainText("neither a photo that we can take nor a PDF");
  await expect(page.getByLabel("A heading for it")).toHaveValue("On the bus");
  await page.getByLabel("A photo or a PDF, if you have one").setInputFiles(PHOTO);
  await page.getByRole("button", { name: "Keep it" }).click();
  await expect(page.getByRole("status")).toHaveText("It is kept, and it stands below.");
  const file = await page.getByRole("link", { name: "A photo, 1 KB" }).getAttribute("href");
  const answer = await page.request.get(file ?? "");
  expect(answer.headers()["content-disposition"]).toBe('attachment; filename="evidence.jpg"');
  expect(await answer.body()).toEqual(PHOTO.buffer);

  await askWitness(page, competence, lou);
  const witness = await anotherBrowser();
  await witness.goto(await outbox.linkTo(lou.email, /\/training\/w\//));
  await expect(witness.getByText("Listens without judging")).toBeVisible();
  await witness.getByLabel("How do you know each other’s work?").fill("We share the Tuesday group.");
  await witness.getByLabel("What have you seen them do?").fill("They wait, and ask first.");
  await witness.getByLabel("They may read this, and so may whoever assesses them").check();
  await witness.getByRole("button", { name: "Send it" }).click();
  await expect(witness.getByRole("heading", { name: "Thank you" })).toBeVisible();
  await page.goto(competence);
  await expect(page.getByText("They wait, and ask first.")).toBeVisible();

  const [code] = await printCodes(page, competence);
  await witness.goto("/training/w");
  await witness.getByLabel("The code on the paper").fill((code ?? "").toLowerCase().replaceAll("-", " "));
  await witness.getByRole("button", { name: "Go on" }).click();
  await witness.getByLabel("They listened to me").selectOption({ label: "Yes" });
  await witness.getByRole("button", { name: "Send it" }).click();
  await expect(witness.getByRole("heading", { name: "Thank you" })).toBeVisible();
});

test("two people are judged in one form, and each reads what is theirs", async ({
  page,
  outbox,
  terminal,
  anotherBrowser,
  expectStatus,
}) => {
  const [robin, sasha, kim] = ["Robin", "Sasha", "Kim"].map(somebody) as [Person, Person, Person];
  const title = `Ours ${randomUUID().slice(0, 6)}`;
  const [desk, cody, theirs, other] = [await anotherBrowser(), await anotherBrowser(), await anotherBrowser(), await anotherBrowser()];
  await administer(desk, outbox, terminal, newPerson("Alex"));
  await invite(desk, cody, outbox, "Coordinator", somebody("Cody"));
  await bringIn(cody, title);
  await invite(desk, theirs, outbox, "Assessor", kim);
  const group = await beginGroup(cody, `Spring ${randomUUID().slice(0, 6)}`);
  for (const [browser, it] of [[page, robin], [other, sasha]] as const) {
    await join(browser, outbox, it);
    await letAssess(desk, it.knownAs, kim.knownAs);
    await givePlace(cody, group, it.knownAs);
    await workWith(browser, title);
    await browser.getByRole("link", { name: "1.1 Listens without judging" }).click();
    await addEvidence(browser, "At the stop", "I waited until they had said it.");
    await browser.getByRole("button", { name: "I am ready" }).click();
  }

  await theirs.goto("/training/assessing");
  await theirs.getByRole("link", { name: /^Spring/ }).click();
  await theirs.getByRole("link", { name: "1.1 Listens without judging", exact: true }).click();
  await theirs.getByLabel(`What do you say of it? 1.1 for ${robin.knownAs}`).selectOption({ label: "Achieved" });
  await theirs.getByLabel(`What do you say of it? 1.1 for ${sasha.knownAs}`).selectOption({ label: "Needs a little more" });
  expectStatus(422);
  await theirs.getByRole("button", { name: "Keep all of it" }).click();
  await expect(theirs.getByText("Say what is still missing, so that they can go on.")).toBeVisible();
  await theirs.getByLabel(`What do you tell them? 1.1 for ${sasha.knownAs}`).fill("Say how it ended.");
  await theirs.getByRole("button", { name: "Keep all of it" }).click();
  await expect(theirs.getByRole("status")).toContainText("All of it is kept.");
  await page.reload();
  await expect(page.getByText("You have it.")).toBeVisible();
  await other.reload();
  await expect(other.getByText("Say how it ended.").first()).toBeVisible();
});
