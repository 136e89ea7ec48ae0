// A page is opened once and looked at in every way: opening it anew for each would take longer than the looking.

import { test } from "../opening.ts";
import type { Listed } from "../pages.ts";
import { axe } from "./axe.ts";
import { keyboard } from "./keyboard.ts";
import { links } from "./links.ts";
import { room } from "./room.ts";
import { source } from "./source.ts";

/** A test of this page. */
export function lookAt(it: Listed): void {
  test(`${it.name}: can be read, reached and tapped by everybody`, async ({ page, context, baseURL, open }) => {
    const answer = await open(it);
    const opened = { it, answer, page, context, baseURL: baseURL ?? "" };
    await test.step("it is plain, light and in order", async () => source(opened));
    await test.step("every link leads somewhere", async () => links(opened));
    await test.step("the tab key reaches everything", async () => keyboard(opened));
    await test.step("axe finds nothing", async () => axe(opened));
    await test.step("there is room", async () => room(opened));
  });
}
