// Every page there is, once. The checks in tests/pages go through this list, and fail for a page that a link
// leads to and that is not in it.

import type { Page, Response } from "@playwright/test";

/** Who looks at a page. */
export type Viewer = "anybody";

export interface Listed {
  /** What the page is called in the report. */
  name: string;
  path: string;
  viewer: Viewer;
  /** 200 unless it says otherwise. */
  status?: number;
  /** Pages of the same make, of which this one is looked at. */
  standsFor?: RegExp;
}

export const PAGES: Listed[] = [
  { name: "first page", path: "/", viewer: "anybody" },
  { name: "prospectus", path: "/courses", viewer: "anybody" },
  { name: "course", path: "/courses/how-this-place-works", viewer: "anybody", standsFor: /^\/courses\/[^/]+$/ },
  { name: "about", path: "/pages/about", viewer: "anybody" },
  { name: "privacy notice", path: "/pages/privacy", viewer: "anybody" },
  { name: "accessibility statement", path: "/pages/accessibility", viewer: "anybody" },
  { name: "page not found", path: "/nothing-here", viewer: "anybody", status: 404 },
];

/** Opens the page as whoever looks at it. */
export async function open(page: Page, it: Listed, expectStatus: (status: number) => void): Promise<Response> {
  const status = it.status ?? 200;
  if (status >= 400) expectStatus(status);
  const answer = await page.goto(it.path);
  if (answer?.status() !== status) throw new Error(`${it.path} answered with ${answer?.status()} instead of ${status}.`);
  return answer;
}

export function isListed(path: string): boolean {
  return PAGES.some((it) => it.path === path || it.standsFor?.test(path));
}
