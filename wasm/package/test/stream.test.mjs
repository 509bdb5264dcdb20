import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createEngine, redactStream, scanStream } from "../../dist/npm/node.js";
import { random } from "./random.mjs";

let engine;
before(async () => (engine = await createEngine()));
after(() => engine.close());

const SMALL = { piece: 400, before: 60, after: 100, most: 6400 };

/** A text in chunks of random length. */
function chunks(text, roll) {
  return new ReadableStream({
    start(controller) {
      for (let at = 0; at < text.length; ) {
        const length = 1 + roll(roll(2) ? 5 : 900);
        controller.enqueue(text.slice(at, at + length));
        at += length;
      }
      controller.close();
    },
  });
}

async function all(stream) {
  const values = [];
  for await (const value of stream) values.push(value);
  return values;
}

/** Numbers, which can go on after a space or on the next line, as addresses do. */
const NUMBER = /#\d+(?:\s{1,2}\d+){0,3}/g;

/** Finds them, and counts what it is shown. */
function fake() {
  const seen = { most: 0, calls: 0 };
  const find = (text) =>
    [...text.matchAll(NUMBER)].map(({ index, 0: hit }, at) => ({
      id: String(at), entity: "NUMBER", start: index, end: index + hit.length, confidence: 1, near: false, decision: "redact", why: [], replacement: `[NUMBER-${at + 1}]`,
    }));
  return {
    seen,
    async scan(text) {
      seen.most = Math.max(seen.most, text.length);
      seen.calls++;
      return find(text);
    },
    async redact(text) {
      const findings = await this.scan(text);
      let at = 0;
      return { findings, text: text.replace(NUMBER, () => `[NUMBER-${++at}]`), record: "" };
    },
  };
}

test("however a text comes, all is found once, at its place; windows stay small", async () => {
  for (let seed = 1; seed <= 60; seed++) {
    const roll = random(seed);
    let text = "";
    for (let words = 0; words < 600; words++) {
      text += roll(3) ? "word".repeat(1 + roll(3)) : `${roll(2) ? "#" : ""}${roll(10 ** (1 + roll(6)))}`;
      text += [" ", " ", "\n", "\n", "\n\n", "\r\n\r\n", ", ", ""][roll(8)];
    }
    const source = fake();
    const found = await all(chunks(text, roll).pipeThrough(scanStream(source, {}, undefined, SMALL)));
    assert.deepEqual(found.map(({ start, end }) => [start, end]), [...text.matchAll(NUMBER)].map(({ index, 0: hit }) => [index, index + hit.length]), `seed ${seed}`);
    assert.equal(new Set(found.map(({ id }) => id)).size, found.length);
    assert.ok(source.seen.most <= 1000 && source.seen.calls > 3);

    const redacted = (await all(chunks(text, roll).pipeThrough(redactStream(fake(), {}, undefined, SMALL)))).join("");
    assert.equal(redacted.replace(/\[NUMBER-\d+\]/g, "#"), text.replace(NUMBER, "#"));
    const numbers = [...redacted.matchAll(/\[NUMBER-(\d+)\]/g)].map(([, number]) => Number(number));
    assert.equal(new Set(numbers).size, numbers.length, "no number for two values");
  }
});

test("a text without a place to cut at is taken in larger windows, then refused", async () => {
  const roll = random(1);
  const long = "x".repeat(2000);
  assert.equal((await all(chunks(`${long} #1 ${long}\n`, roll).pipeThrough(redactStream(fake(), {}, undefined, SMALL)))).join(""), `${long} [NUMBER-1] ${long}\n`);
  await assert.rejects(all(chunks("x".repeat(20_000), roll).pipeThrough(scanStream(fake(), {}, undefined, SMALL))), { code: "limit" });
});

test("a policy that does more than its findings say is refused", async () => {
  const odd = { redact: async (text) => ({ text: text.toUpperCase(), findings: [], record: "" }) };
  await assert.rejects(all(chunks("a text", random(1)).pipeThrough(redactStream(odd))), { code: "unsupported" });
});

const LETTER = (at) =>
  `Dear Dr. Ashgrove,\n\nThank you for seeing Mrs. Harriet Winslow, a 66-year-old retired librarian. She is best called at 330-555-01${String(10 + (at % 90))}.\n\nMr. Winslow brought her. The rest is without a name and stands here so that the text has a length. 😀\n\n`;

test("a megabyte of letters: nothing is left, what stays is the same, one value has one number", async () => {
  const letters = Array.from({ length: 4400 }, (_, at) => LETTER(at)).join("");
  const began = performance.now();
  const redacted = (await all(chunks(letters, random(2)).pipeThrough(redactStream(engine)))).join("");
  assert.ok(letters.length > 1e6);
  for (const value of ["Winslow", "Ashgrove", "330-555-01"]) assert.ok(!redacted.includes(value), value);
  assert.equal(redacted.split("The rest is without a name").length - 1, 4400);
  assert.equal(new Set(redacted.match(/Dear \[PERSON-\d+\]/g)).size, 1, "a full name keeps its number");
  assert.ok(performance.now() - began < 20_000);
});

test("windows find what the whole finds", async () => {
  const text = Array.from({ length: 40 }, (_, at) => LETTER(at)).join("");
  const whole = await engine.scan(text);
  const found = await all(chunks(text, random(3)).pipeThrough(scanStream(engine, {}, undefined, { piece: 2000, before: 300, after: 400, most: 32_000 })));
  const spans = (findings) => findings.map(({ entity, start, end }) => `${entity} ${start}-${end}`);
  assert.deepEqual(spans(found), spans(whole));
});

test("a stream is cancelled by its signal, and refuses what is no text", async () => {
  await assert.rejects(all(chunks(LETTER(1), random(4)).pipeThrough(redactStream(engine, {}, { signal: AbortSignal.abort() }))), { code: "aborted" });
  await assert.rejects(all(new Blob(["a"]).stream().pipeThrough(redactStream(engine))), { code: "options" });
});
