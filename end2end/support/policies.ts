// Policies, through the pages of those who write them and those whom they bind.

import { expect, type Page } from "@playwright/test";

import { openTraining } from "./applying.ts";

/** Writes a policy that binds volunteers from today on, as whoever coordinates, and says where it is. */
export async function writePolicy(page: Page, code: string, title: string, of = "Volunteer"): Promise<string> {
  await openTraining(page);
  await page.getByRole("link", { name: "Policies", exact: true }).click();
  await page.getByRole("link", { name: "Write a policy" }).click();
  await page.getByLabel("A short code").fill(code);
  await page.getByLabel("What is it called?").fill(title);
  await page.getByLabel("What does it say?").fill(
    "You are never asked to be somewhere alone that does not feel right.\n\n## Before you go\n\n- Say where you are going, and until when.\n- Take a phone that is charged.\n\n## When you are back\n\nRing or write one word, so that nobody wonders.",
  );
  await page.getByRole("checkbox", { name: of, exact: true }).check();
  await page.getByRole("button", { name: "Keep this policy" }).click();
  await expect(page.getByRole("status")).toContainText("It is kept.");
  return (await page.getByRole("link", { name: new RegExp(`^${code.toUpperCase()} `) }).getAttribute("href")) ?? "";
}

/** Keeps the next version of a policy, from today on. */
export async function changePolicy(page: Page, policy: string, more: string): Promise<void> {
  await page.goto(policy);
  const words = page.getByLabel("What does it say?");
  await words.fill(`${await words.inputValue()}\n\n${more}`);
  await page.getByLabel("What is new, in a sentence?").fill(more);
  await page.getByRole("button", { name: "Keep this version" }).click();
  await expect(page.getByRole("status")).toContainText("The new version is kept.");
}

/** Accepts what the page shows. */
export async function acceptPolicy(page: Page): Promise<void> {
  await page.getByRole("checkbox", { name: "I have read it, and I know that I can ask about it" }).check();
  await page.getByRole("button", { name: "Accept this version" }).click();
  await expect(page.getByRole("status")).toContainText("You have accepted it.");
}

/** Where somebody reads a policy that binds them. */
export function ownPolicy(policy: string): string {
  return `/training/required/policies/${policy.split("/").at(-1) ?? ""}`;
}
