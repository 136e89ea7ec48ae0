"""Reads the files of figures in the folder that is named, with what comes with Python alone, and writes down as JSON
what they hold: somebody else's reading of what we write."""

import csv
import json
import pathlib
import sys
import xml.etree.ElementTree as ElementTree
import zipfile

folder = pathlib.Path(sys.argv[1])
raw = (folder / "figures.csv").read_bytes()
rows = list(csv.reader(raw.decode("utf-8-sig").splitlines(keepends=True)))

NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
}


def named(name):
    prefix, local = name.split(":")
    return "{%s}%s" % (NAMES[prefix], local)


def cell(it):
    kind = it.get(named("office:value-type"))
    value = {"float": it.get(named("office:value")), "date": it.get(named("office:date-value"))}
    return [kind or "", value.get(kind) or "".join(it.itertext())]


with zipfile.ZipFile(folder / "figures.ods") as ods:
    assert ods.testzip() is None
    first = ods.infolist()[0]
    mimetype = [first.filename, first.compress_type == zipfile.ZIP_STORED, ods.read(first).decode()]
    manifest = ElementTree.fromstring(ods.read("META-INF/manifest.xml"))
    listed = [it.get(named("manifest:full-path")) for it in manifest]
    content = ElementTree.fromstring(ods.read("content.xml"))

sheets = {
    table.get(named("table:name")): [
        [cell(it) for it in row.findall(named("table:table-cell"))]
        for row in table.findall(named("table:table-row"))
    ]
    for table in content.iter(named("table:table"))
}
print(json.dumps({"mark": raw[:3] == b"\xef\xbb\xbf", "csv": rows, "mimetype": mimetype, "listed": listed, "ods": sheets}))
