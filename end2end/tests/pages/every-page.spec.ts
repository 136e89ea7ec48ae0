// Each page is opened once and looked at in every way: opening it anew for each would take longer than the looking.

import { axe } from "../../support/looks/axe.ts";
import { keyboard } from "../../support/looks/keyboard.ts";
import { links } from "../../support/looks/links.ts";
import { room } from "../../support/looks/room.ts";
import { source } from "../../support/looks/source.ts";
import { expect, test } from "../../support/opening.ts";
import { type Listed, PAGES } from "../../support/pages.ts";

test.use({ viewport: { width: 1280, height: 800 } });

/** Those who are arranged together. What takes nothing comes last and one by one, so that both workers end together. */
const COMPANIES = [
  ["administrator"],
  ["editor"],
  ["learner", "finisher", "certified"],
  ["planner", "tutor", "supervisor"],
  ["coordinator", "applicant"],
  ["newcomer"],
];

for (const company of COMPANIES) {
  test.describe(company.join(", "), () => {
    // In one worker, which arranges them once.
    test.describe.configure({ mode: "default" });
    PAGES.filter((it) => company.includes(neededFor(it))).forEach(check);
  });
}
PAGES.filter((it) => !COMPANIES.flat().includes(neededFor(it))).forEach(check);

/** Who has to be there before the page is. */
function neededFor({ viewer, path }: Listed): string {
  if (path === "{certificate}") return "certified";
  if (path === "{leave}" || path === "{public round}") return "coordinator";
  return typeof path !== "string" && path.letter === "invitation" ? "administrator" : viewer;
}

function check(it: Listed): void {
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

for (const it of PAGES.filter(({ isKept }) => isKept)) {
  test(`${it.name}: is whole when one comes back to it`, async ({ page, open }) => {
    await open(it);
    const looks = () => page.locator("body").evaluate((body) => ({ ...getComputedStyle(body) }.font));
    const before = await looks();
    // The browser has kept it, and only asks whether it is still the same.
    await open(it);
    expect(await looks()).toBe(before);
  });
}
