/**
 * The module does what the command line does: the same bytes out, the same refusals, for every file of the folders given.
 *
 *     node conformance.mjs SUBROSA CASES FOLDER...
 *
 * SUBROSA is the command, CASES the cases of `tests/cases` as JSON. Files that it refuses must be refused by the module for the same reason; it reads no pictures, so the
 * command is told not to either. Also compares what is found in texts, with offsets, and the hash of the ruleset.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

import * as office from "../dist/module/subrosa-office.js";
import * as subrosa from "../dist/module/subrosa.js";

const data = readFileSync(new URL("../dist/module/subrosa.dat", import.meta.url));
const compiled = new Map([[subrosa, "subrosa"], [office, "subrosa-office"]].map(([glue, name]) => [glue, new WebAssembly.Module(readFileSync(new URL(`../dist/module/${name}_bg.wasm`, import.meta.url)))]));
function fresh(glue) {
  glue.initSync({ module: compiled.get(glue) });
  glue.provide(data);
}
fresh(subrosa);
fresh(office);

const [command, cases, ...folders] = process.argv.slice(2);
if (command === undefined || cases === undefined) {
  console.error("usage: node conformance.mjs SUBROSA CASES FOLDER...");
  process.exit(2);
}

/** What the command line says of every file below a folder. Encryption is never twice the same, so files it encrypts anew are named. */
function byCommand(folder, policy) {
  const [once, again] = [run(folder, policy), run(folder, policy)];
  return once.map((file, index) => ({ ...file, random: file.sha256_out !== again[index].sha256_out }));
}

function run(folder, policy) {
  const out = mkdtempSync(join(tmpdir(), "subrosa-"));
  try {
    const ended = spawnSync(command, ["redact", folder, "-o", out, "--policy", policy, "--no-ocr"], { encoding: "utf8" });
    if (![0, 1, 3].includes(ended.status)) throw new Error(`the command ended with ${ended.status}: ${ended.stderr}`);
    return JSON.parse(readFileSync(join(out, "report.json"), "utf8")).files;
  } finally {
    rmSync(out, { recursive: true });
  }
}

/** What a module says of one file. */
function byModule(glue, path, policy) {
  const bytes = readFileSync(path);
  const session = new glue.Session(JSON.stringify({ policy }));
  try {
    const written = session.redact_file(bytes, path);
    const report = JSON.parse(written.report());
    const sha256 = createHash("sha256").update(written.take_bytes()).digest("hex");
    return { sha256, findings: report.findings.by_entity, verdict: report.verdict };
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) {
      fresh(glue);
      return { refusal: "internal" };
    }
    return { refusal: JSON.parse(error.message).code };
  }
}

let compared = 0;
let passedOn = 0;
const differences = [];
const differ = (what, theirs, ours) => differences.push(`${what}: the command ${theirs}, the module ${ours}`);

/** The key of all cases: the bytes 0 to 31. */
const key = Array.from({ length: 32 }, (_, byte) => byte.toString(16).padStart(2, "0")).join("");

// Texts that say themselves what is in them. Labels and several segments are for documents.
for (const one of JSON.parse(readFileSync(cases, "utf8"))) {
  if (typeof one.marked !== "string" || one.labels !== undefined) continue;
  const expected = [];
  let text = "";
  for (const piece of one.marked.split(/[⟦⟧]/u).entries()) {
    const [index, part] = piece;
    const colon = part.indexOf(":");
    const value = index % 2 === 0 ? part : part.slice(colon + 1);
    if (index % 2 === 1) expected.push(`${text.length}-${text.length + value.length} ${part.slice(0, colon)}`);
    text += value;
  }
  const policy = one.rules === undefined ? one.policy : { toml: `version = 1\nname = "case"\n${one.rules}` };
  const { entities, deny, parameters } = one;
  const session = new subrosa.Session(JSON.stringify({ policy, parameters, entities, deny, keep: one.allow, key }));
  const found = JSON.parse(session.scan(text)).filter(({ near }) => !near);
  const got = found.map(({ start, end, entity }) => `${start}-${end} ${entity}`);
  compared += 1;
  if (got.join() !== expected.join()) differ(`case "${one.name}"`, expected.join(", "), got.join(", "));
  if (typeof one.redacted === "string" && JSON.parse(session.redact(text)).text !== one.redacted) {
    differ(`case "${one.name}"`, "redacts otherwise", "redacts otherwise");
  }
}

for (const folder of folders) {
  for (const policy of ["redact", "safe-harbor"]) {
    for (const file of byCommand(folder, policy)) {
      const ours = byModule(subrosa, join(folder, file.path), policy);
      // The module for the usual kinds of file does the same, or says that it cannot.
      const usual = byModule(office, join(folder, file.path), policy);
      if (usual.refusal === "further") passedOn += 1;
      else if (!file.random && JSON.stringify(usual) !== JSON.stringify(ours)) differ(`${policy} ${file.path}`, "is not asked", "does otherwise with every format and without");
      const what = `${policy} ${join(basename(folder), file.path)}`;
      compared += 1;
      if (file.refusal !== undefined && file.refusal !== null) {
        if (ours.refusal !== file.refusal.kind) differ(what, `refuses (${file.refusal.kind})`, ours.refusal ?? "writes it");
      } else if (ours.refusal !== undefined) {
        differ(what, "writes it", `refuses (${ours.refusal})`);
      } else if (ours.sha256 !== file.sha256_out && !file.random) {
        differ(what, `writes ${file.sha256_out}`, ours.sha256);
      } else if (JSON.stringify(ours.findings) !== JSON.stringify(file.findings.by_entity)) {
        differ(what, "counts otherwise", "counts otherwise");
      }
    }
  }
}

// Texts with signs of every length, so that offsets tell.
const texts = [
  "Jane Roe, SSN 219-09-9999, 😀 jane.roe@example.com",
  "漢字 😀😀 Call María Pérez on +44 20 7946 0018 or at 12 Elm Street, Springfield IL 62704.",
  "Patient: Zoë Ångström\nDOB: 3 March 1984\r\nNHS 999 123 4560 é̂ 🏥 MRN 00451234",
];
const records = texts.map((text, id) => JSON.stringify({ id: String(id), text })).join("\n") + "\n";
const scanned = spawnSync(command, ["scan", "--records", "--offsets", "utf16"], { input: records, encoding: "utf8" }).stdout;
const session = new subrosa.Session("{}");
for (const [index, line] of scanned.trim().split("\n").entries()) {
  const theirs = JSON.parse(line).spans.map(({ start, end, entity }) => `${start}-${end} ${entity}`);
  const ours = JSON.parse(session.scan(texts[index])).map(({ start, end, entity }) => `${start}-${end} ${entity}`);
  compared += 1;
  if (theirs.join() !== ours.join()) differ(`text ${index}`, theirs.join(", "), ours.join(", "));
}

const ruleset = execFileSync(command, ["list", "ruleset"], { encoding: "utf8" }).trim();
compared += 1;
if (JSON.parse(subrosa.catalogue()).ruleset !== ruleset) differ("the ruleset", ruleset, JSON.parse(subrosa.catalogue()).ruleset);

for (const difference of differences) console.log(difference);
console.log(`${compared} compared, ${differences.length} differ; ${passedOn} files were left to the module with every format`);
process.exit(differences.length === 0 ? 0 : 1);
