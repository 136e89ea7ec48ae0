// An app on somebody's phone that shows codes: RFC 6238 with SHA-1, six digits, half a minute each.

import { createHmac } from "node:crypto";

import type { Page } from "@playwright/test";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

export class Phone {
  readonly #key: Buffer;

  private constructor(key: Buffer) {
    this.#key = key;
  }

  /** Takes the key that the page shows. */
  static async told(page: Page): Promise<Phone> {
    const text = (await page.locator(".key code").innerText()).replaceAll(/\s/g, "");
    const bits = [...text].map((it) => LETTERS.indexOf(it).toString(2).padStart(5, "0")).join("");
    const bytes = bits.match(/.{8}/g) ?? [];
    return new Phone(Buffer.from(bytes.map((it) => Number.parseInt(it, 2))));
  }

  /** What it shows now. */
  code(now = Date.now()): string {
    const step = Buffer.alloc(8);
    step.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
    const hash = createHmac("sha1", this.#key).update(step).digest();
    const number = hash.readUInt32BE((hash[19] ?? 0) & 15) & 0x7fff_ffff;
    return (number % 1_000_000).toString().padStart(6, "0");
  }
}
