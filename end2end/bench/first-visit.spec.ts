// A first visit on a slow phone. Nothing is asserted here: the figures are handed back to whoever asked for them.

import { writeFileSync } from "node:fs";

import { type Browser, expect, test } from "@playwright/test";

import { READING_AT_MOST, SCRIPTS_AT_MOST, weigh } from "../support/weight.ts";

interface Figure {
  name: string;
  value: number;
  unit: string;
  atMost: number;
}

/** 400 kbit/s in bytes a second, and 400 ms there and back. */
const LINE = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };
/** How many times slower than this machine. */
const SLOWER = 4;
/** Milliseconds. */
const PAINT_AT_MOST = 1500;

const { BENCH_URL: url = "", BENCH_COOKIE: cookie = "", BENCH_OUT: out = "", BENCH_ROUNDS: rounds = "5" } = process.env;

const COURSE = "how-this-place-works";
const PAGES = [
  { name: "first page", path: "/", cookie: "" },
  { name: "course page", path: `/courses/${COURSE}`, cookie: "" },
  { name: "first lesson", path: `/learn/${COURSE}/at-your-own-pace`, cookie },
];

test("a first visit", async ({ browser }) => {
  const figures: Figure[] = [];
  for (const page of PAGES) {
    const paints: number[] = [];
    for (let round = 0; round < Number(rounds); round++) paints.push(await firstPaint(browser, page));
    figures.push({ name: `${page.name}, first paint`, value: median(paints), unit: "ms", atMost: PAINT_AT_MOST });
    const { reading, scripts, files } = await weigh(url + page.path, { cookie: page.cookie, body: "" });
    const kb = (bytes: number) => bytes / 1024;
    figures.push({ name: `${page.name}, first visit`, value: kb(reading), unit: "KB", atMost: kb(READING_AT_MOST) });
    // Everything else has its hash in its name, and is kept for ever.
    const again = kb(files[page.path] ?? 0);
    figures.push({ name: `${page.name}, coming back`, value: again, unit: "KB", atMost: kb(READING_AT_MOST) });
    if (scripts > 0) {
      figures.push({ name: `${page.name}, islands`, value: kb(scripts), unit: "KB", atMost: kb(SCRIPTS_AT_MOST) });
    }
  }
  writeFileSync(out, JSON.stringify(figures));
});

async function firstPaint(browser: Browser, { path, cookie }: { path: string; cookie: string }): Promise<number> {
  const context = await browser.newContext();
  try {
    const [name = "", value = ""] = cookie.split("=");
    if (cookie) await context.addCookies([{ name, value, url }]);
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send("Network.enable");
    await devtools.send("Network.emulateNetworkConditions", LINE);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    const answer = await page.goto(url + path);
    expect(answer?.status(), path).toBe(200);
    return await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const look = (list: PerformanceEntry[]) => {
            const paint = list.find((it) => it.name === "first-contentful-paint");
            if (paint) resolve(paint.startTime);
          };
          new PerformanceObserver((list) => look(list.getEntries())).observe({ type: "paint", buffered: true });
        }),
    );
  } finally {
    await context.close();
  }
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
