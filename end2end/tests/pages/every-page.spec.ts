// Every page there is, looked at in every way.

import { lookAt } from "../../support/looks/every.ts";
import { expect, test } from "../../support/opening.ts";
import { PAGES } from "../../support/pages.ts";

lookAt(PAGES);

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
