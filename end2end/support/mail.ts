// Mail as a person meets it: a letter arrives, they open it and follow its link. Development servers write theirs
// as .eml files into the outbox of their data folder.

import { randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { type Letter, readLetter } from "./letter.ts";

const ARRIVES_WITHIN = 10_000;
const LOOK_EVERY = 50;

/** An address that nobody else has: tests run side by side on the same database. */
export function newAddress(name: string): string {
  return `${name}-${randomUUID().slice(0, 8)}@people.example`;
}

export class Outbox {
  readonly #folder: string;
  /** Letters that were opened. Each is opened once, so that a second wait is for a second letter. */
  readonly #opened = new Set<string>();
  /** Everybody's letters, each read once. */
  readonly #read = new Map<string, Letter>();

  constructor(dataFolder: string) {
    this.#folder = join(dataFolder, "outbox");
  }

  /** Waits for a letter to `address`: the newest that was not opened before and that `isIt`. */
  async letterTo(address: string, isIt: (letter: Letter) => boolean = () => true, within = ARRIVES_WITHIN): Promise<Letter> {
    const deadline = Date.now() + within;
    do {
      for (const name of await this.#newestFirst()) {
        const letter = await this.#open(name);
        if (!letter.to.includes(address.toLowerCase()) || !isIt(letter)) continue;
        this.#opened.add(name);
        return letter;
      }
      await pause(LOOK_EVERY);
    } while (Date.now() < deadline);
    throw new Error(`No such letter to ${address} came to ${this.#folder} within ${within / 1000} seconds.`);
  }

  /** Waits for a letter to `address` with a link that matches, and returns that link. */
  async linkTo(address: string, pattern: RegExp, within = ARRIVES_WITHIN): Promise<string> {
    const first = (letter: Letter) => letter.links.find((it) => pattern.test(it));
    const letter = await this.letterTo(address, (it) => first(it) !== undefined, within);
    return first(letter) ?? "";
  }

  /** Letters have the time in their name. One that is still being written has a dot before it. */
  async #newestFirst(): Promise<string[]> {
    // Before the first letter there is no folder.
    const names = await readdir(this.#folder).catch(() => []);
    const waiting = names.filter((it) => /^[^.].*\.eml$/.test(it) && !this.#opened.has(it));
    return waiting.sort().reverse();
  }

  async #open(name: string): Promise<Letter> {
    const letter = this.#read.get(name) ?? readLetter(await readFile(join(this.#folder, name)));
    this.#read.set(name, letter);
    return letter;
  }
}
