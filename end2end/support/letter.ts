// Reads as much of an .eml file as a test wants to know: RFC 5322 and MIME, without the corners nobody uses.

export interface Letter {
  /** Addresses only, in small letters. */
  to: string[];
  subject: string;
  /** The plain text part. */
  text: string;
  /** The addresses in that text, in order. */
  links: string[];
}

export function readLetter(file: Buffer): Letter {
  // Latin-1 keeps every byte as it is until the part's own charset is known.
  const whole = readPart(file.toString("latin1"));
  const text = plainText(whole) ?? "";
  return {
    to: addresses(whole.headers.get("to") ?? ""),
    subject: decodeWords(whole.headers.get("subject") ?? ""),
    text,
    links: linksIn(text),
  };
}

interface Part {
  headers: Map<string, string>;
  body: string;
}

function readPart(raw: string): Part {
  const text = raw.replaceAll("\r\n", "\n");
  const end = text.indexOf("\n\n");
  const head = end < 0 ? text : text.slice(0, end);
  const headers = new Map<string, string>();
  // A line that begins with a space goes on with the one before.
  for (const line of head.replace(/\n[ \t]+/g, " ").split("\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, body: end < 0 ? "" : text.slice(end + 2) };
}

function plainText(part: Part): string | undefined {
  const type = part.headers.get("content-type") ?? "text/plain";
  if (/^text\/plain/i.test(type)) return decodeBody(part);
  const boundary = /^multipart\/.*boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (boundary === undefined) return undefined;
  // Before the first boundary and after the last stands nothing for anybody.
  const inner = `\n${part.body}`.split(`\n--${boundary}`).slice(1, -1);
  for (const it of inner) {
    const text = plainText(readPart(it.replace(/^[^\n]*\n/, "")));
    if (text !== undefined) return text;
  }
  return undefined;
}

function decodeBody({ headers, body }: Part): string {
  switch (headers.get("content-transfer-encoding")?.toLowerCase()) {
    case "base64":
      return Buffer.from(body, "base64").toString("utf8");
    case "quoted-printable":
      return unquote(body.replace(/[ \t]*\n/g, "\n").replaceAll("=\n", ""));
    default:
      return Buffer.from(body, "latin1").toString("utf8");
  }
}

/** `=C3=A9` and its like, as UTF-8. */
function unquote(text: string): string {
  const bytes = text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

/** `=?utf-8?b?…?=` and its like, as a header carries what is not ASCII. */
function decodeWords(header: string): string {
  // The space between two encoded words is not part of the text.
  const joined = header.replace(/\?=\s+=\?/g, "?==?");
  return joined.replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, how: string, text: string) =>
    how.toLowerCase() === "b" ? Buffer.from(text, "base64").toString("utf8") : unquote(text.replaceAll("_", " ")),
  );
}

function addresses(header: string): string[] {
  return (header.match(/[^\s<>",;:]+@[^\s<>",;:]+/g) ?? []).map((it) => it.toLowerCase());
}

function linksIn(text: string): string[] {
  // The full stop of the sentence around it belongs to no link.
  return (text.match(/https?:\/\/[^\s<>"]+/g) ?? []).map((it) => it.replace(/[).,;:!?]+$/, ""));
}
