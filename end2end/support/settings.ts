// What whoever starts the tests has to say: where the two development servers are, and where each keeps its data.

import type { Terminal } from "./terminal.ts";

export type Engine = "sqlite" | "postgres";

export interface Server {
  engine: Engine;
  url: string;
  /** Its mail lands in `outbox` below this. */
  data: string;
  /** Where the program can be called beside it. */
  terminal: Terminal;
}

export interface Settings {
  sqlite: Server;
  postgres: Server;
  chromium: string;
}

/** The settings, or one sentence that says what is missing. */
export function settingsFrom(environment: Record<string, string | undefined>): Settings | string {
  const missing: string[] = [];
  const value = (name: string) => {
    const given = environment[name];
    if (!given && !missing.includes(name)) missing.push(name);
    return given ?? "";
  };
  const server = (engine: Engine): Server => {
    const prefix = engine.toUpperCase();
    // Without a slash at the end, so that a path can be put after it.
    const url = value(`${prefix}_URL`).replace(/\/+$/, "");
    const data = value(`${prefix}_DATA`);
    const told: Record<string, string> = { ALONGSIDE_DATA: data, ALONGSIDE_PUBLIC_URL: url };
    const database = environment[`${prefix}_DATABASE`];
    if (database) told["DATABASE_URL"] = database;
    return { engine, url, data, terminal: { binary: value("ALONGSIDE"), environment: told } };
  };
  const [sqlite, postgres] = [server("sqlite"), server("postgres")];
  if (missing.length > 0) {
    return (
      `Please set ${missing.join(", ")} (the program, and address and data folder of a running development server on each engine), ` +
      "or let `cargo xtask test` do it for you."
    );
  }
  return { sqlite, postgres, chromium: environment["CHROMIUM"] || "/usr/bin/chromium" };
}
