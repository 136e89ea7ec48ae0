"""A mail server for tests: takes every letter into a folder, or refuses every recipient.

    python3 smtp_server.py take|refuse <folder>

Handwritten, because smtpd left the standard library with Python 3.12. Says its port on the first line of its
output, and goes when its input is closed, so that it never outlives its test.
"""

import asyncio
import json
import pathlib
import sys

REFUSING = sys.argv[1] == "refuse"
FOLDER = pathlib.Path(sys.argv[2])


async def message(reader):
    lines = []
    while (line := await reader.readline()) not in (b".\r\n", b""):
        lines.append(line[1:] if line.startswith(b".") else line)
    return b"".join(lines)


def record(envelope, content):
    number = len(list(FOLDER.glob("*.eml")))
    (FOLDER / f"{number}.json").write_text(json.dumps(envelope))
    (FOLDER / f"{number}.eml").write_bytes(content)


async def converse(reader, writer):
    def say(*lines):
        writer.write("".join(f"{line}\r\n" for line in lines).encode())

    envelope = []
    say("220 test.example ESMTP")
    while line := (await reader.readline()).decode():
        word = line.strip().upper()
        if word.startswith("EHLO"):
            say("250-test.example", "250 8BITMIME")
        elif word.startswith("MAIL FROM"):
            envelope = [line.strip()]
            say("250 good")
        elif word.startswith("RCPT TO") and REFUSING:
            # As real servers do, the answer quotes the address.
            say("550 5.1.1 " + line.strip().partition(":")[2] + " is not known here")
        elif word.startswith("RCPT TO"):
            envelope.append(line.strip())
            say("250 good")
        elif word == "DATA":
            say("354 go on")
            record(envelope, await message(reader))
            say("250 taken")
        elif word == "QUIT":
            say("221 bye")
            break
        else:
            say("250 good")
        await writer.drain()
    writer.close()


async def main():
    server = await asyncio.start_server(converse, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    let_go = asyncio.Event()
    asyncio.get_running_loop().add_reader(sys.stdin, let_go.set)
    await let_go.wait()


asyncio.run(main())
