// What whoever starts the tests has to say: where the two development servers are, and where each keeps its data.

export type Engine = "sqlite" | "postgres";

export interface Server {
  engine: Engine;
  url: string;
  /** Its mail lands in `outbox` below this. */
  data: string;
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
    if (!given) missing.push(name);
    return given ?? "";
  };
  const server = (engine: Engine): Server => {
    const prefix = engine.toUpperCase();
    // Without a slash at the end, so that a path can be put after it.
    return { engine, url: value(`${prefix}_URL`).replace(/\/+$/, ""), data: value(`${prefix}_DATA`) };
  };
  const [sqlite, postgres] = [server("sqlite"), server("postgres")];
  if (missing.length > 0) {
    return (
      `Please set ${missing.join(", ")} (address and data folder of a running development server on each engine), ` +
      "or let `cargo xtask test` do it for you."
    );
  }
  return { sqlite, postgres, chromium: environment["CHROMIUM"] || "/usr/bin/chromium" };
}
