// What whoever starts the tests has to say: where the development servers are, and where each keeps its data.

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
  /** Where the invented partnership lives, on SQLite: terms have gone by there. */
  demo: Server;
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
  const server = (engine: Engine, name: string = engine): Server => {
    const prefix = name.toUpperCase();
    // Without a slash at the end, so that a path can be put after it.
    const url = value(`${prefix}_URL`).replace(/\/+$/, "");
    const data = value(`${prefix}_DATA`);
    const told: Record<string, string> = { ALONGSIDE_DATA: data, ALONGSIDE_PUBLIC_URL: url };
    const database = environment[`${prefix}_DATABASE`];
    if (database) told["DATABASE_URL"] = database;
    return { engine, url, data, terminal: { binary: value("ALONGSIDE"), environment: told } };
  };
  const [sqlite, postgres, demo] = [server("sqlite"), server("postgres"), server("sqlite", "demo")];
  if (missing.length > 0) {
    return (
      `Please set ${missing.join(", ")} (the program, and address and data folder of a running development server on each engine, and of one with the demo), ` +
      "or let `cargo xtask test` do it for you."
    );
  }
  return { sqlite, postgres, demo, chromium: environment["CHROMIUM"] || "/usr/bin/chromium" };
}
