// What a page costs to fetch: the bytes as they go over the line, asked for the way a browser asks.

import { request } from "node:http";
import { brotliDecompressSync } from "node:zlib";

/** The most that document, stylesheets and fonts may weigh together, in bytes. */
export const READING_AT_MOST = 40 * 1024;
/** The most that everything the islands need may weigh, in bytes. */
export const SCRIPTS_AT_MOST = 80 * 1024;

export interface Weight {
  /** How many stylesheets there are. */
  sheets: number;
  /** The document, its stylesheets and their fonts. */
  reading: number;
  /** Everything that the islands need. */
  scripts: number;
  /** Each file with its bytes, for whoever has to find the heavy one. */
  files: Record<string, number>;
}

/** What the browser sends along: its cookies, and the form that the page is an answer to, if it is one. */
export interface Sent {
  cookie: string;
  body: string;
}

/** What was built carries its hash in its name, and is fetched once. */
const built = new Map<string, Promise<Fetched>>();

export async function weigh(address: string, sent: Sent): Promise<Weight> {
  const files: Record<string, number> = {};
  const fetched = new Map<string, string>();
  const take = async (path: string, body = ""): Promise<string> => {
    const known = fetched.get(path);
    if (known !== undefined) return known;
    const at = new URL(path, address);
    const asking = built.get(at.href) ?? ask(at, { ...sent, body });
    if (path.startsWith("/pkg/")) built.set(at.href, asking);
    const { bytes, text } = await asking;
    files[path] = bytes;
    fetched.set(path, text);
    return text;
  };
  const weightOf = (paths: string[]) => paths.reduce((sum, it) => sum + (files[it] ?? 0), 0);

  const { pathname, search } = new URL(address);
  const path = pathname + search;
  const html = await take(path, sent.body);
  const sheets = [...html.matchAll(/<link [^>]*rel="?stylesheet"?[^>]*>/g)].flatMap(
    ([tag]) => /href="([^"]+)"/.exec(tag)?.[1] ?? [],
  );
  const fonts: string[] = [];
  for (const sheet of sheets) {
    const css = await take(sheet);
    fonts.push(...[...css.matchAll(/url\(["']?([^"')]+\.(?:woff2?|ttf|otf))/g)].map((it) => it[1] ?? ""));
  }
  for (const font of fonts) await take(font);

  // The boot file names the glue, and the module, that it loads.
  const scripts = [...html.matchAll(/<script [^>]*src="([^"]+)"/g)].map((it) => it[1] ?? "");
  for (const script of scripts) {
    const text = await take(script);
    for (const [, next] of text.matchAll(/["'`](\/[^"'`\s]+\.(?:js|wasm))["'`]/g)) {
      if (next !== undefined && !scripts.includes(next)) scripts.push(next);
    }
  }
  return {
    sheets: sheets.length,
    reading: weightOf([path, ...new Set([...sheets, ...fonts])]),
    scripts: weightOf(scripts),
    files,
  };
}

interface Fetched {
  bytes: number;
  text: string;
}

function ask(address: URL, { cookie, body }: Sent): Promise<Fetched> {
  return new Promise((resolve, reject) => {
    // Node's own client leaves the body as it came; fetch would unpack it, and its bytes could not be counted.
    const headers = {
      "accept-encoding": "br",
      ...(cookie && { cookie }),
      ...(body && { "content-type": "application/x-www-form-urlencoded" }),
    };
    const asking = request(address, { method: body ? "POST" : "GET", headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (it: Buffer) => chunks.push(it));
      answer.on("error", reject);
      answer.on("end", () => {
        const body = Buffer.concat(chunks);
        const isPacked = answer.headers["content-encoding"] === "br";
        resolve({ bytes: body.length, text: (isPacked ? brotliDecompressSync(body) : body).toString("utf8") });
      });
    });
    asking.on("error", reject);
    asking.end(body);
  });
}
