// The helper that reads mail, tried on letters as mailers write them.

import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, test } from "@playwright/test";

import { readLetter } from "../../support/letter.ts";
import { newAddress, Outbox } from "../../support/mail.ts";

const QUOTED = `From: Alongside <no-reply@alongside.example>\r
To: "Sam, known as S" <Sam@people.example>,\r
 other@people.example\r
Subject: =?utf-8?b?WW91ciBwbGFjZSDigJMg?=\r
 =?utf-8?Q?caf=C3=A9_morning?=\r
MIME-Version: 1.0\r
Content-Type: text/plain; charset=utf-8\r
Content-Transfer-Encoding: quoted-printable\r
\r
Dear Sam =E2=80=93 please open\r
http://127.0.0.1:3000/confirm?token=3Dabc=\r
def.\r
\r
Or read (https://alongside.example/pages/privacy).\r
`;

const BASE64 = (text: string) => `To: kim@people.example
Subject: Hello
Content-Type: multipart/mixed; boundary=outer

--outer
Content-Type: multipart/alternative; boundary="in ner"

--in ner
Content-Type: text/html; charset=utf-8

<p>not this</p>
--in ner
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: base64

${Buffer.from(text).toString("base64").replace(/.{20}/g, "$&\n")}
--in ner--
--outer--
`;

test("a quoted-printable letter", () => {
  const letter = readLetter(Buffer.from(QUOTED));
  expect(letter.to).toEqual(["sam@people.example", "other@people.example"]);
  expect(letter.subject).toBe("Your place – café morning");
  expect(letter.text).toContain("Dear Sam – please open\n");
  expect(letter.links).toEqual([
    "http://127.0.0.1:3000/confirm?token=abcdef",
    "https://alongside.example/pages/privacy",
  ]);
});

test("a letter in several parts, in base64", () => {
  const letter = readLetter(Buffer.from(BASE64("Grüße, see http://a.example/b\n")));
  expect(letter.to).toEqual(["kim@people.example"]);
  expect(letter.text).toBe("Grüße, see http://a.example/b\n");
});

test("a letter that is plain, and one that is empty", () => {
  expect(readLetter(Buffer.from("To: a@b.example\n\nÀ bientôt\n")).text).toBe("À bientôt\n");
  expect(readLetter(Buffer.from(""))).toEqual({ to: [], subject: "", text: "", links: [] });
});

test("the newest letter comes first, each is opened once, and one may be waited for", async ({}, testInfo) => {
  const folder = testInfo.outputPath("data");
  const [ours, other] = [newAddress("ours"), newAddress("other")];
  const outbox = new Outbox(folder);
  const send = async (name: string, to: string, link: string) => {
    const path = (file: string) => join(folder, "outbox", file);
    await mkdir(path(""), { recursive: true });
    // As the server does it: a letter is whole when its name appears.
    await writeFile(path(`.${name}.eml`), `To: ${to}\n\nOpen `);
    await writeFile(path(`.${name}.eml`), `To: ${to}\n\nOpen ${link}.\n`);
    await rename(path(`.${name}.eml`), path(`${name}.eml`));
  };
  const waiting = outbox.linkTo(ours, /confirm/);
  await send("1", other, "http://a.example/confirm/not-ours");
  await send("2", ours, "http://a.example/another");
  await send("3", ours, "http://a.example/confirm/1");
  expect(await waiting).toBe("http://a.example/confirm/1");

  const second = outbox.linkTo(ours, /confirm/);
  await send("4", ours, "http://a.example/confirm/2");
  expect(await second).toBe("http://a.example/confirm/2");

  await send("5", ours, "http://a.example/confirm/3");
  await send("6", ours, "http://a.example/confirm/4");
  expect(await outbox.linkTo(ours, /another/)).toBe("http://a.example/another");
  expect(await outbox.linkTo(ours, /confirm/)).toBe("http://a.example/confirm/4");

  await expect(outbox.letterTo(newAddress("nobody"), undefined, 100)).rejects.toThrow(/within 0.1 seconds/);
});
