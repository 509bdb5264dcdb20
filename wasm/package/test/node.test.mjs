import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { after as finally_, before, test } from "node:test";
import { createEngine, SubrosaError } from "../../dist/npm/node.js";
import { createEngine as inlineEngine } from "../../dist/npm/inline.js";
import { createEngine as textEngine } from "../../dist/npm/text-inline.js";
import { patch } from "./patch.mjs";
import { after, example, npm, wasm } from "./real.mjs";
import { unzipped } from "./unzipped.mjs";

let engine;
before(async () => (engine = await createEngine()));
finally_(() => engine.close());

const LETTER = "Dear Mrs. Winslow, call 330-555-0164. Mr. John Smith came.";

test("what the engine knows", () => {
  const { version, ruleset, entities, policies, formats } = engine.catalogue;
  assert.match(version, /^\d+\.\d+\.\d+/);
  assert.ok(ruleset.length >= 8);
  assert.ok(entities.some(({ id, summary, group }) => id === "PERSON" && summary && group));
  assert.ok(policies.some(({ name, description, needsKey }) => name === "redact" && description && !needsKey));
  for (const format of ["docx", "pdf", "txt", "csv"]) assert.ok(formats.includes(format));
});

test("offsets are UTF-16 units, whatever stands before", async () => {
  for (const before of ["", "😀", "患者名簿 ", "𝒳𝒴 é ", "👩‍👩‍👧‍👦 שלום ", "\ud800 ", "a\u0000b ", "\ufeff", "\r\n\t"]) {
    const text = `${before}${LETTER}`;
    const findings = await engine.scan(text);
    const found = findings.map(({ start, end }) => text.slice(start, end));
    assert.ok(found.includes("330-555-0164"), `${JSON.stringify(before)}: ${found}`);
    const { text: redacted } = await engine.redact(text);
    assert.ok(!redacted.includes("Winslow") && !redacted.includes("330-555-0164"));
    if (!before.includes("\ud800")) assert.ok(redacted.startsWith(before));
  }
});

test("a text is redacted and brought back", async () => {
  const text = `😀 ${LETTER}`;
  const result = await engine.redact(text);
  assert.equal(result.text, "😀 Dear [PERSON-1], call [PHONE_NUMBER]. [PERSON-2] came.");
  assert.deepEqual(await engine.restoreText(result.text, result.record), { text, lost: 0 });
});

test("near misses are given when they are asked for", async () => {
  const text = "The bed number is 330-555-0164 or so; see Hope in June.";
  const all = await engine.scan(text, { near: 0.25 });
  assert.ok(all.length >= (await engine.scan(text)).length);
  for (const { near, decision } of all) if (near) assert.notEqual(decision, "redact");
});

test("mistakes are rejected with a code and without the value", async () => {
  await assert.rejects(engine.scan(LETTER, { policy: "none-such" }), (error) => error instanceof SubrosaError && error.code === "options");
  await assert.rejects(engine.scan(LETTER, { entities: ["NOTHING"] }), { code: "options" });
  await assert.rejects(engine.scan(LETTER, { surprise: 1 }), { code: "options" });
  await assert.rejects(engine.scan(LETTER, { key: "00" }), { code: "options" });
  await assert.rejects(engine.scan(LETTER, { caseSheet: "= Winslow" }), (error) => error.code === "options" && !error.message.includes("Winslow"));
  await assert.rejects(engine.scan(17), { code: "options" });
  const cycle = {};
  cycle.parameters = cycle;
  await assert.rejects(engine.scan(LETTER, cycle), { code: "options" });
  assert.equal((await engine.redactFile("no file")).error.code, "options");
  assert.equal((await engine.redactFile(example("clients.csv"), { policy: "none-such" })).error.code, "options");
});

test("every kind of refusal that the engine knows is a code", () => {
  const refusals = readFileSync(new URL("../../../crates/subrosa-documents/src/refusal.rs", import.meta.url), "utf8");
  const codes = readFileSync(new URL("error.js", npm), "utf8");
  const kinds = [...refusals.matchAll(/=> "(\w+)",/g)].map(([, kind]) => kind);
  assert.ok(kinds.length >= 10);
  for (const kind of kinds) assert.ok(codes.includes(`"${kind}"`), kind);
});

test("options: policies, keys, lists", async () => {
  const key = new Uint8Array(32).fill(7);
  const one = await engine.redact(LETTER, { policy: "gdpr-pseudonymise", key, parameters: { domain: "clinic" } });
  const other = await engine.redact(LETTER, { policy: "gdpr-pseudonymise", key, parameters: { domain: "clinic" } });
  assert.equal(one.text, other.text);
  assert.ok(!one.text.includes("Winslow"));
  await assert.rejects(engine.redact(LETTER, { policy: "gdpr-pseudonymise" }), { code: "options" });
  assert.ok((await engine.redact("Look at heliotrope.", { deny: ["heliotrope"] })).text !== "Look at heliotrope.");
  assert.match((await engine.redact(LETTER, { keep: ["Mrs. Winslow"] })).text, /Winslow/);
  assert.match((await engine.redact(LETTER, { allow: ["PHONE_NUMBER"] })).text, /330-555-0164/);
});

for (const name of ["discharge-letter.docx", "lawyers-letter.pdf", "clients.csv", "patient.json", "referral-letter.txt", "support-chat.jsonl"]) {
  test(`${name} is redacted`, async () => {
    const file = example(name);
    const steps = [];
    const result = await engine.redactFile(file, {}, { onProgress: ({ done, total }) => steps.push(`${done}/${total}`) });
    assert.ok(result.ok, JSON.stringify(result.error));
    assert.equal(result.file.name, name.replace(/(\.\w+)$/, ".redacted$1"));
    assert.equal(result.report.verdict, "redacted");
    assert.equal(result.report.bytes_out, result.file.size);
    assert.ok(JSON.parse(result.runReport));
    assert.deepEqual([steps[0], steps.at(-1)], [`0/${file.size}`, `${file.size}/${file.size}`]);
    const digest = Buffer.from(await crypto.subtle.digest("SHA-256", await result.file.arrayBuffer())).toString("hex");
    assert.equal(result.report.sha256_out, digest);
    const again = await engine.redactFile(result.file);
    assert.ok(again.ok, JSON.stringify(again.error));
  });
}

test("a file is brought back", async () => {
  const file = example("referral-letter.txt");
  const redacted = await engine.redactFile(file);
  const restored = await engine.restoreFile(redacted.file, redacted.record);
  assert.ok(restored.ok, JSON.stringify(restored.error));
  assert.equal(restored.lost, 0);
  assert.equal(await restored.file.text(), await file.text());
});

test("what a redaction left is told", async () => {
  const { ok, leaks } = await engine.check(example("discharge-letter.docx"));
  assert.ok(ok);
  const kinds = new Set(leaks.map(({ kind }) => kind));
  assert.ok(kinds.has("tracked-changes") && kinds.has("comment"), [...kinds].join());
  for (const { title, why, advice, severity, place, count } of leaks) assert.ok(title && why && advice && ["low", "medium", "high"].includes(severity) && place && count > 0);
});

test("a review of a Word file: what was to go is nowhere in it, what was kept is there, what was added is gone", async () => {
  const file = example("discharge-letter.docx");
  const opened = await engine.open(file);
  assert.ok(opened.ok, JSON.stringify(opened.error));
  const { review } = opened;
  assert.equal(review.format, "docx");
  assert.ok(review.totals.redact > 20 && review.totals.undecided === 0, JSON.stringify(review.totals));
  assert.ok(review.blockCount > 20);

  const blocks = await review.blocks(0, review.blockCount);
  assert.equal(blocks.length, review.blockCount);
  const places = review.items.flatMap((item) => item.places);
  for (const place of places) {
    const block = blocks.find(({ node, start, end }) => node === place.node && start <= place.start && place.end <= end);
    if (block) assert.equal(block.text.slice(place.start - block.start, place.end - block.start), place.value);
  }
  assert.ok(places.some(({ visible }) => !visible), "metadata and comments are there too");

  const kept = review.items.find(({ entity }) => entity === "OCCUPATION");
  review.decide({ item: kept.id }, "keep");
  const pharmacy = blocks.find(({ text }) => /\bhome\b/.test(text));
  const at = pharmacy.start + pharmacy.text.search(/\bhome\b/);
  const added = await review.add({ node: pharmacy.node, start: at, end: at + 4 }, "LOCATION", true);
  assert.ok(added > 0);
  assert.equal(review.lastAct, added === 1 ? "Added 1 place" : `Added ${added} places`);

  const steps = [];
  const result = await review.finish({ onProgress: ({ done, total }) => steps.push(`${done}/${total}`) });
  assert.ok(result.ok, JSON.stringify(result.error));
  assert.deepEqual(steps, ["0/1", "1/1"]);
  assert.equal(result.file.type, "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
  const { xml, text } = await unzipped(result.file);
  const removed = places.filter(({ id }) => review.place(id).decision === "redact").map(({ value }) => value);
  assert.ok(removed.length > 20);
  // Short numbers, an age, stand in what is no text: sizes, identifiers of styles.
  for (const value of removed.filter((value) => value.length > 3)) {
    assert.ok(!text.includes(value) && !xml.includes(`"${value}"`), `${value.length} characters are still there`);
  }
  assert.ok(text.includes(kept.value));
  assert.ok(!/\bhome\b/i.test(text));
  const again = await engine.open(result.file);
  assert.ok(again.ok);
  const left = new Set(again.review.items.filter(({ origin }) => origin === "found").map(({ value }) => value));
  for (const value of removed) assert.ok(!left.has(value));
  again.review.close();

  const restored = await engine.restoreFile(result.file, result.record);
  assert.ok(restored.ok, JSON.stringify(restored.error));
  const { text: back } = await unzipped(restored.file);
  const visible = places.filter(({ visible, decision }) => visible && decision === "redact").map(({ value }) => value);
  // What was deleted with its part, a comment, the properties, has no place to come back to.
  assert.ok(restored.lost < 10);
  for (const value of visible) assert.ok(back.includes(value));

  // Undone, the place is undecided again in no other way than before.
  review.undo();
  assert.equal(review.finished, undefined);
  review.close();
});

test("a place added inside one that is kept goes all the same", async () => {
  const text = "Dear Mrs. Winslow,\n\nthank you for coming.\n";
  const { review } = await engine.open(new File([text], "letter.txt"));
  const name = review.items.find(({ entity }) => entity === "PERSON");
  assert.ok(name.value.includes("Winslow"));
  review.decide({ item: name.id }, "keep");
  const start = text.indexOf("Winslow");
  assert.equal(await review.add({ node: name.places[0].node, start, end: start + 7 }, "PERSON", true), 1);
  const result = await review.finish();
  assert.ok(result.ok, JSON.stringify(result.error));
  assert.ok(!(await result.file.text()).includes("Winslow"));
});

test("undecided places hold a document back", async () => {
  const { review } = await engine.open(example("referral-letter.txt"));
  review.decide({ place: review.items[0].places[0].id }, "undecided");
  assert.equal((await review.finish()).error.code, "plan");
});

test("a review outlives the worker that read its document", async () => {
  const file = example("referral-letter.txt");
  const stopping = await createEngine({ module: patch(wasm(), { session_redact: "hang", session_redact_file: "trap" }) });
  const { review } = await stopping.open(file);
  const blocks = await review.blocks(0, 3);
  review.decide({ all: true }, "redact");

  await assert.rejects(stopping.redact(LETTER, {}, { signal: after(50) }), { code: "aborted" });
  assert.deepEqual(await review.blocks(0, 3), blocks);
  assert.equal((await stopping.redactFile(file)).error.code, "internal");
  const first = review.items[0].places[0];
  assert.ok((await review.add({ node: first.node, start: first.start, end: first.end }, "LOCATION", true)) > 0);
  const result = await review.finish();
  assert.ok(result.ok, JSON.stringify(result.error));
  assert.ok(!(await result.file.text()).includes(first.value));
  stopping.close();
});

for (const worker of [undefined, false]) {
  test(`a trap is an error, and the next call gets a fresh instance (${worker === false ? "this thread" : "a worker"})`, async (t) => {
    const { instantiate } = WebAssembly;
    let instances = 0;
    if (worker === false) WebAssembly.instantiate = (...from) => (instances++, instantiate(...from));
    t.after(() => (WebAssembly.instantiate = instantiate));
    const trapping = await createEngine({ module: patch(wasm(), { session_redact: "trap", session_redact_file: "trap", opened_finish: "trap" }), worker });
    const file = example("referral-letter.txt");
    const expected = (await trapping.scan(LETTER)).length;
    for (let at = 0; at < 3; at++) {
      await assert.rejects(trapping.redact(LETTER), { name: "SubrosaError", code: "internal" });
      assert.deepEqual((await trapping.redactFile(file)).ok, false);
      const { review } = await trapping.open(file);
      const finished = await review.finish();
      assert.deepEqual([finished.ok, finished.error.code, review.finished], [false, "internal", undefined]);
      assert.equal((await trapping.scan(LETTER)).length, expected);
    }
    if (worker === false) assert.equal(instances, 1 + 3 * 3);
    trapping.close();
  });
}

test("cancelling stops work that would not end, at once, and the engine goes on", async () => {
  const hanging = await createEngine({ module: patch(wasm(), { session_redact: "hang", session_redact_file: "hang" }) });
  for (let at = 0; at < 3; at++) {
    const began = performance.now();
    const stopped = hanging.redactFile(example("clients.csv"), {}, { signal: after(30) });
    const next = hanging.scan(LETTER);
    assert.equal((await stopped).error.code, "aborted");
    assert.ok(performance.now() - began < 500);
    assert.equal((await next).length, 3);
  }
  hanging.close();
});

test("an instance that grew is replaced once nothing is open in it", async () => {
  const small = await createEngine({ worker: false, memory: 0 });
  const { review } = await small.open(example("referral-letter.txt"));
  assert.equal((await small.scan(LETTER)).length, 3);
  assert.ok((await review.finish()).ok);
  review.close();
  assert.equal((await small.scan(LETTER)).length, 3);
  small.close();
});

test("the module in the script does the same", async () => {
  const inline = await inlineEngine();
  assert.equal((await inline.redact(LETTER)).text, (await engine.redact(LETTER)).text);
  inline.close();
});

test("the module for text alone says the same of texts, and refuses files", async () => {
  const text = await textEngine();
  for (const options of [{}, { policy: "mask" }, { near: 0.25 }]) {
    const { findings, text: redacted } = await engine.redact(`😀 ${LETTER}`, options);
    const alone = await text.redact(`😀 ${LETTER}`, options);
    assert.deepEqual([alone.findings, alone.text], [findings, redacted]);
  }
  assert.equal(text.catalogue.ruleset, engine.catalogue.ruleset);
  assert.deepEqual(text.catalogue.formats, []);
  assert.equal((await text.redactFile(example("clients.csv"))).error.code, "unsupported");
  text.close();
});

test("data of another version is not taken", async () => {
  const data = readFileSync(new URL("subrosa.dat", npm));
  const made = await createEngine({ data, worker: false });
  assert.equal((await made.scan(LETTER)).length, 3);
  made.close();
  data[data.length >> 1] ^= 1;
  for (const wrong of [data, new Uint8Array(0), new URL("none.dat", npm)]) await assert.rejects(createEngine({ data: wrong }), { name: "SubrosaError", code: "load" });
});

test("a module from a URL, bytes, compiled; one that is none", async () => {
  const compiled = await WebAssembly.compile(wasm());
  for (const module of [new URL("subrosa.wasm", npm), new Response(wasm(), { headers: { "content-type": "application/wasm" } }), new Response(wasm()), compiled]) {
    const made = await createEngine({ module, worker: false });
    assert.equal((await made.scan(LETTER)).length, 3);
    made.close();
  }
  for (const module of [new URL("none.wasm", npm), new Uint8Array([1, 2, 3]), await WebAssembly.compile(Uint8Array.from([0, 97, 115, 109, 1, 0, 0, 0]))]) {
    await assert.rejects(createEngine({ module }), { name: "SubrosaError", code: "load" });
  }
  await assert.rejects(createEngine({ worker: new URL("none.js", npm) }), { code: "load" });
});

test("a process ends by itself though an engine was not closed", () => {
  const script = `import { createEngine } from ${JSON.stringify(new URL("node.js", npm).href)};
    const engine = await createEngine();
    console.log((await engine.scan(${JSON.stringify(LETTER)})).length);`;
  assert.equal(execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8", timeout: 20_000 }).trim(), "3");
});

test("after close everything is refused", async () => {
  const closed = await createEngine();
  const { review } = await closed.open(example("referral-letter.txt"));
  const running = closed.scan(LETTER);
  closed.close();
  await assert.rejects(running, { code: "aborted" });
  await assert.rejects(closed.scan(LETTER), { code: "aborted" });
  assert.equal((await closed.redactFile(example("clients.csv"))).error.code, "aborted");
  assert.equal((await review.finish()).error.code, "aborted");
});
