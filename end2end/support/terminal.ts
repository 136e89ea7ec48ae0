// The terminal of whoever holds the machine.

import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** How the program is called there, and what it has to know. */
export interface Terminal {
  binary: string;
  environment: Record<string, string>;
}

/** `alongside <words>`: what it says. */
export async function alongside({ binary, environment }: Terminal, ...words: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(binary, words, { env: environment });
  return stdout;
}
