// Every page there is, looked at in every way.

import { lookAt } from "../../support/looks/every.ts";
import { expect, test } from "../../support/opening.ts";
import { type Listed, PAGES } from "../../support/pages.ts";

test.use({ viewport: { width: 1280, height: 800 } });

/** Those who are arranged together. What takes nothing comes last and one by one, so that both workers end together. */
const COMPANIES = [
  ["administrator"],
  ["editor"],
  ["learner", "finisher", "certified"],
  ["planner", "tutor", "supervisor"],
  ["coordinator", "group tutor", "trainee"],
  ["round keeper", "applicant"],
  ["framework keeper", "candidate", "assessor"],
  ["requirement keeper", "volunteer", "vetting officer", "somebody waiting"],
  ["role keeper", "on placement", "manager", "placement supervisor"],
  ["strand supervisor", "supervisee"],
  ["newcomer"],
];

for (const company of COMPANIES) {
  test.describe(company.join(", "), () => {
    // In one worker, which arranges them once.
    test.describe.configure({ mode: "default" });
    PAGES.filter((it) => company.includes(neededFor(it))).forEach(lookAt);
  });
}
PAGES.filter((it) => !COMPANIES.flat().includes(neededFor(it))).forEach(lookAt);

/** Who has to be there before the page is. */
function neededFor({ viewer, path }: Listed): string {
  if (path === "{certificate}") return "certified";
  if (path === "{testimony}" || path === "{voice}") return "candidate";
  if (path === "{leave}" || path === "{public round}") return "coordinator";
  return typeof path !== "string" && path.letter === "invitation" ? "administrator" : viewer;
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
