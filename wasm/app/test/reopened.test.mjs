/** What the page writes of real documents, opened again by programs that are not ours and searched for what was removed. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { finishAndDownload, review, scratch, shared, start } from "./support.mjs";

const documents = join(shared, "documents");
const residue = join(shared, "checks/residue.py");
const skip = (!existsSync(documents) && "needs ../shared/documents") || (!existsSync(residue) && "needs ../shared/checks/residue.py");

/** Larger documents are the library's tests' business. Bytes. */
const LARGEST = 300_000;
/** Documents of a kind that are taken from the page, and that are looked at for some that hold something. */
const TAKEN = 2;
const LOOKED_AT = 30;

const python = (source) => (path) => execFileSync("python3", ["-c", source, path], { stdio: ["ignore", "pipe", "pipe"] });
const package_ = python(`
import sys, zipfile, xml.etree.ElementTree as tree
with zipfile.ZipFile(sys.argv[1]) as archive:
    assert archive.testzip() is None
    for name in archive.namelist():
        if name.endswith((".xml", ".rels")): tree.fromstring(archive.read(name))`);
const OPENS = {
  docx: package_,
  xlsx: package_,
  pdf: (path) => {
    // 3: opened, with warnings, which the original may have had.
    const { status, stdout } = spawnSync("qpdf", ["--check", path], { encoding: "utf8" });
    assert.ok(status === 0 || status === 3, stdout);
    execFileSync("pdftotext", [path, "-"], { stdio: ["ignore", "pipe", "ignore"] });
  },
  eml: python(`
import email, email.policy, sys
message = email.message_from_binary_file(open(sys.argv[1], "rb"), policy=email.policy.default)
assert message.keys() and [part.get_content_type() for part in message.walk()]`),
};

/** Values that are no word of a format (a font's name is one): people's addresses, numbers, and names of several words. */
const telling = ({ entity, decision, value }) => decision === "redact" && ["PERSON", "EMAIL_ADDRESS", "PHONE_NUMBER"].includes(entity) && isLong(value);
const isLong = (value) => /@/.test(value) || /\p{L}{3,}\s+\p{L}{3,}/u.test(value) || value.replace(/\D/g, "").length >= 7;

let site;
let engine;
before(async () => {
  if (skip) return;
  site = await start();
  const { createEngine } = await import("../../dist/npm/node.js");
  engine = await createEngine();
});
after(async () => {
  engine?.close();
  await site?.stop();
});

/** Documents of a kind in which something is found that is removed by default, smallest first, each with what that is. */
async function* holding(kind) {
  const folder = join(documents, kind);
  const files = readdirSync(folder).filter((name) => name.endsWith(`.${kind}`)).map((name) => ({ path: join(folder, name), name }));
  const small = files.map((file) => ({ ...file, size: statSync(file.path).size })).filter(({ size }) => size <= LARGEST).sort((a, b) => a.size - b.size);
  for (const { path, name } of small.slice(0, LOOKED_AT)) {
    const opened = await engine.open(new File([readFileSync(path)], name));
    if (!opened.ok) continue;
    const values = opened.review.items.filter(telling).map(({ value }) => value);
    const written = values.length > 0 && (await opened.review.finish());
    opened.review.close();
    if (written?.ok) yield { path, name, values };
  }
}

describe("written by the page, opened by others", { skip, concurrency: 1 }, () => {
  for (const kind of Object.keys(OPENS)) {
    test(kind, { timeout: 240_000 }, async (t) => {
      let taken = 0;
      for await (const { path, name, values } of holding(kind)) {
        const page = await site.fresh();
        await review(page, path);
        const { path: written } = await finishAndDownload(page, `reopened-${name}`);
        OPENS[kind](written);
        const list = join(scratch, "reopened-values.txt");
        writeFileSync(list, values.map((value) => value.replace(/\s+/g, " ")).join("\n"));
        const { status, stdout } = spawnSync("python3", [residue, list, written], { encoding: "utf8" });
        assert.equal(status, 0, stdout);
        // The search finds what there is: it is in the original.
        assert.equal(spawnSync("python3", [residue, list, path]).status, 1, `${name}: what was removed had been there`);
        t.diagnostic(`${name}: ${values.length} values`);
        taken += 1;
        if (taken === TAKEN) break;
      }
      assert.ok(taken > 0, `no document of this kind holds anything among the first ${LOOKED_AT}`);
    });
  }
});
