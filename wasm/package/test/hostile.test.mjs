import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createEngine } from "../../dist/npm/node.js";
import { random } from "./random.mjs";
import { after as stop, example } from "./real.mjs";

let engine;
before(async () => (engine = await createEngine()));
after(() => engine.close());

const CODES = ["unsupported", "encrypted", "damaged", "encoding", "limit", "uninspectable", "residue", "untreated", "plan", "aborted"];
const LIMIT = 5_000;

/** Whatever comes of it is a result or a refusal in time, never a trap (`internal`) and never an exception. */
async function tame(bytes, name) {
  const file = new File([bytes], name);
  const began = performance.now();
  const signal = stop(LIMIT);
  for (const call of ["redactFile", "open", "check"]) {
    const outcome = await engine[call](file, {}, { signal });
    if (outcome.ok) outcome.review?.close();
    else assert.ok(CODES.includes(outcome.error.code), `${call} of ${name}: ${outcome.error.code} ${outcome.error.message}`);
  }
  assert.ok(performance.now() - began < LIMIT, `${name} took too long`);
}

function noise(roll, length) {
  return Uint8Array.from({ length }, () => roll(256));
}

test("random bytes under every name", { timeout: 60_000 }, async () => {
  const roll = random(1);
  for (const format of [...engine.catalogue.formats, "", "exe"]) {
    for (const length of [0, 3, 2048]) await tame(noise(roll, length), `a.${format}`);
  }
});

const HEADS = {
  pdf: "%PDF-1.7\n", docx: "PK\u0003\u0004", xlsx: "PK\u0003\u0004", rtf: "{\\rtf1 ", html: "<!doctype html><p>", xml: "<?xml version='1.0'?><a>", json: '{"a":', eml: "From: a@example.com\r\n\r\n",
  png: "\u0089PNG\r\n\u001a\n", gif: "GIF89a", msg: "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1", dcm: `${"\0".repeat(128)}DICM`, gz: "\u001f\u008b\u0008", hl7: "MSH|^~\\&|", ics: "BEGIN:VCALENDAR\n", csv: "name,born\n",
};

test("the beginning of a format, then random bytes", { timeout: 60_000 }, async () => {
  const roll = random(2);
  for (const [format, head] of Object.entries(HEADS)) {
    for (const length of [20, 2000]) {
      await tame(Buffer.concat([Buffer.from(head, "latin1"), noise(roll, length)]), `a.${format}`);
    }
  }
});

test("examples that were cut or changed", { timeout: 60_000 }, async () => {
  const roll = random(3);
  for (const name of ["discharge-letter.docx", "lawyers-letter.pdf", "clients.csv", "patient.json"]) {
    const bytes = new Uint8Array(await example(name).arrayBuffer());
    for (let round = 0; round < 12; round++) {
      const changed = bytes.slice(0, round % 3 === 0 ? roll(bytes.length) : bytes.length);
      if (round % 3 !== 0) for (let at = 0; at < 1 + roll(20); at++) changed[roll(changed.length)] = roll(256);
      await tame(changed, name);
    }
  }
});

test("texts of odd characters keep their length of units", async () => {
  const roll = random(4);
  for (let round = 0; round < 60; round++) {
    const units = Array.from({ length: 200 }, () => (roll(3) ? roll(128) : roll(0x10000)));
    const text = `${String.fromCharCode(...units)} call 330-555-0164 `;
    for (const { start, end } of await engine.scan(text, { near: 0.25 })) assert.ok(0 <= start && start < end && end <= text.length);
    const { text: redacted } = await engine.redact(text);
    assert.ok(!redacted.includes("330-555-0164"));
  }
});

test("values of no sense in every option are refused or taken, nothing else", async () => {
  const odd = [null, 0, -1, 1e308, "", "\0", "x".repeat(1e5), [], {}, [null], true, { toml: "a = [" }, { toml: 3 }];
  const names = ["policy", "parameters", "entities", "allow", "threshold", "deny", "keep", "caseSheet", "recipient", "today", "key", "onUnread", "near", "passwords"];
  for (const name of names) {
    for (const value of odd) {
      try {
        await engine.scan("Dear Mrs. Winslow", { [name]: value });
      } catch (error) {
        assert.equal(error.code, "options", `${name}: ${JSON.stringify(value)?.slice(0, 40)}: ${error.code} ${error.message}`);
      }
    }
  }
});
