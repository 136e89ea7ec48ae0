import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

import { faintWords } from "../drawn.ts";
import { expect, type Opened } from "../opening.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Put into each page once: left to itself, the builder brings one and a half megabytes of it eight times. */
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const IS_THERE = "void 0";

/** axe finds nothing, nor in the dark, nor in forced colours. */
export async function axe({ page }: Opened): Promise<void> {
  await page.evaluate(AXE);
  const light = among(page).withTags(TAGS);
  expect.soft(await faults(light), "in the light").toEqual([]);
  expect.soft(await page.evaluate(faintWords), "words in drawings, in the light").toEqual([]);

  const colours = among(page).withRules(["color-contrast"]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect.soft(await faults(colours), "in the dark").toEqual([]);
  expect.soft(await page.evaluate(faintWords), "words in drawings, in the dark").toEqual([]);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, forcedColors: "active" });
    expect.soft(await page.evaluate(faintWords), `words in drawings, in forced colours, ${colorScheme}`).toEqual([]);
    await page.evaluate(showForcedColoursToAxe);
    expect.soft(await faults(colours), `in forced colours, ${colorScheme}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: "light", forcedColors: "none" });
}

/** What is right is not asked for, because it takes long to tell. No page of ours has a frame to look into. */
function among(page: Page): AxeBuilder {
  const axe = new AxeBuilder({ page, axeSource: IS_THERE }).setLegacyMode();
  return axe.options({ resultTypes: ["violations", "incomplete"] });
}

/** What axe found, a line for each element; where it could not tell counts, for then nobody has looked. */
async function faults(axe: AxeBuilder): Promise<string[]> {
  const { violations, incomplete } = await axe.analyze();
  return [...violations, ...incomplete].flatMap((rule) =>
    rule.nodes.filter((node) => !isDrawn(rule.id, node.html)).map((node) => {
      const why = node.failureSummary ?? [...node.any, ...node.all].map(({ message }) => message).join(", ");
      return `${rule.id} at ${node.target.join(" ")}: ${why.replace(/\s+/g, " ")}`;
    }),
  );
}

/** Words in a drawing, of which axe says only that it lies on one: they are measured apart. */
function isDrawn(rule: string, html: string): boolean {
  return rule === "color-contrast" && html.startsWith("<text ");
}

/** axe reads the fill of a text, which Chromium reports as it was before colours were forced (axe-core #3978). */
function showForcedColoursToAxe(): void {
  const all = [...document.querySelectorAll<HTMLElement>("body, body *")];
  const colours = all.map((it) => getComputedStyle(it).color);
  all.forEach((it, at) => it.style.setProperty("-webkit-text-fill-color", colours[at] ?? ""));
}
