// Trying check questions, whatever kind they are, with whatever comes first.

import { expect, type Locator, type Page } from "@playwright/test";

/** Chooses something in a question: the first answer, or for each thing another place or partner. */
export async function choose(check: Locator): Promise<void> {
  const selects = check.getByRole("combobox");
  const many = await selects.count();
  for (let at = 0; at < many; at++) await selects.nth(at).selectOption({ index: at + 1 });
  if (!many) await check.locator("input").first().check();
}

/** Sends a question. */
export function send(check: Locator): Promise<void> {
  return check.getByRole("button", { name: "Check my answer" }).click();
}

/** Tries every question of the lesson that is open, and stays in it. With scripts each is answered where it stands. */
export async function tryAll(page: Page, hasScripts: boolean): Promise<void> {
  const checks = page.locator(".check");
  if (hasScripts) {
    for (const check of await checks.all()) {
      await choose(check);
      await send(check);
      await expect(check.getByRole("status")).toHaveText(/That fits|Not quite/);
    }
    return;
  }
  const next = page.getByRole("link", { name: "Next check" });
  await choose(checks.first());
  await send(checks.first());
  while (await page.getByRole("status").filter({ hasText: /That fits|Not quite/ }).count()) {
    if (!(await next.count())) break;
    await next.click();
    await choose(checks.first());
    await send(checks.first());
  }
  await page.getByRole("link", { name: "Back to the lesson" }).click();
}
