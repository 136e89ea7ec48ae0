// From the end of a course to a stranger who believes it.

import type { Page } from "@playwright/test";

import { expect, test } from "../../support/alongside.ts";
import { tryAll } from "../../support/checks.ts";
import { join, newPerson } from "../../support/people.ts";

const NAME = "Ọlábísí 王小明 محمد";

test("somebody finishes a course, keeps the proof, and a stranger checks it", async ({ page, browser, baseURL, outbox, javaScriptEnabled, expectStatus }) => {
  test.slow();
  const hasScripts = javaScriptEnabled !== false;
  await join(page, outbox, newPerson("Robin"));
  await finish(page, hasScripts);

  await test.step("make it, in any script", async () => {
    await page.getByRole("link", { name: "Make your certificate" }).click();
    await expect(page).toHaveTitle("How this place works, your certificate · Alongside");
    expectStatus(422);
    await page.getByRole("radio", { name: "My full name" }).check();
    await page.getByRole("button", { name: "Make my certificate" }).click();
    await expect(page.getByRole("alert")).toContainText("Write your full name, or choose the name you are called here.");
    await page.getByLabel("Your full name, if it should show that").fill(NAME);
    await page.getByRole("button", { name: "Make my certificate" }).click();
    await expect(page.getByRole("status")).toContainText("Your certificate is made.");
    await expect(page.getByRole("article", { name: "Certificate" })).toContainText(NAME);
  });

  await test.step("download it", async () => {
    const downloading = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download it as a PDF" }).click();
    const file = await downloading;
    expect(file.suggestedFilename()).toBe("certificate.pdf");
  });

  await test.step("on paper only the certificate comes out", async () => {
    await page.emulateMedia({ media: "print" });
    await expect(page.getByRole("article", { name: "Certificate" })).toBeVisible();
    for (const hidden of [page.getByRole("link", { name: "Download it as a PDF" }), page.getByRole("heading", { level: 1 })]) {
      await expect(hidden).toBeHidden();
    }
    await page.emulateMedia({ media: null });
  });

  const code = (await page.locator(".certificate .code").innerText()).trim();
  const stranger = await browser.newContext({ baseURL: baseURL ?? "", javaScriptEnabled: hasScripts });
  const theirs = await stranger.newPage();

  await test.step("a stranger types the code with a slip, and then as it is", async () => {
    await theirs.goto("/certificates");
    const field = theirs.getByLabel("The code on the certificate");
    await field.fill(code.slice(0, 12));
    await theirs.getByRole("button", { name: "Check it" }).click();
    await expect(theirs.getByRole("alert")).toContainText("A code has 16 letters and figures.");
    await field.fill(code.toLowerCase().replaceAll("-", " "));
    await theirs.getByRole("button", { name: "Check it" }).click();
    await expect(theirs.getByRole("heading", { level: 1 })).toHaveText("This certificate is genuine");
    await expect(theirs.getByRole("main")).toContainText(NAME);
    await expect(theirs.getByRole("main")).toContainText("How this place works");
  });

  await test.step("its owner takes it back, and the stranger reads that alone", async () => {
    await page.getByRole("link", { name: "Withdraw it" }).click();
    await page.getByRole("button", { name: "Withdraw it" }).click();
    await expect(page.getByRole("status")).toContainText("Withdrawn.");
    await theirs.reload();
    await expect(theirs.getByRole("heading", { level: 1 })).toHaveText("This certificate has been withdrawn");
    await expect(theirs.getByRole("main")).not.toContainText(NAME);
  });
  await stranger.close();
});

async function finish(page: Page, hasScripts: boolean): Promise<void> {
  const awake = async () => {
    if (hasScripts) await expect(page.locator("html")).toHaveAttribute("data-islands", "awake");
  };
  await page.goto("/courses/how-this-place-works");
  await page.getByRole("button", { name: "Take this course" }).click();
  for (const finished of [1, 2, 3]) {
    await awake();
    await tryAll(page, hasScripts);
    await awake();
    await page.getByRole("button", { name: "I have read this" }).click();
    await expect(page.getByText(`${finished} of 3 finished`, { exact: true }).last()).toBeVisible();
  }
}
