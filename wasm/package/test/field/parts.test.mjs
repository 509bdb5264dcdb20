/** Parts of the field that need no browser. */
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";
import { test } from "node:test";
import { built } from "./harness.mjs";

const load = (name) => import(join(built, "field", name));
const { sha256 } = await load("sha256.js");
const { editBetween, moved } = await load("edit.js");
const { counts, keyOf, redacted, spread, valuesOf } = await load("values.js");
const { replaceFiles, replaceText } = await load("form-data.js");
const { DARK, LIGHT, FAMILIES, familyOf } = await load("families.js");
const { lightness } = await load("shade.js");
const { en, es } = await load("strings.js");

test("SHA-256 agrees with the platform's, at all lengths around blocks", () => {
  for (let length = 0; length < 200; length++) {
    const bytes = randomBytes(length);
    assert.equal(sha256(new Uint8Array(bytes)), createHash("sha256").update(bytes).digest("hex"), `${length} bytes`);
  }
  const large = randomBytes(300001);
  assert.equal(sha256(new Uint8Array(large)), createHash("sha256").update(large).digest("hex"));
});

test("edits: the old text with the edit is the new one, and spans outside stay on their words", () => {
  const words = ["Maria", " ", "a", "aa", "\n", "😀", "Ngwenya"];
  const any = (most) => Array.from({ length: Math.floor(Math.random() * most) }, () => words[Math.floor(Math.random() * words.length)]).join("");
  for (let round = 0; round < 2000; round++) {
    const before = any(20);
    const after = any(4) === "" ? before : any(20);
    const edit = editBetween(before, after);
    if (!edit) {
      assert.equal(before, after);
      continue;
    }
    assert.equal(before.slice(0, edit.start) + after.slice(edit.start, edit.start + edit.inserted) + before.slice(edit.end), after);
    for (let start = 0; start < before.length; start++) {
      const [span] = moved([{ start, end: Math.min(before.length, start + 2) }], edit);
      if (span) assert.equal(after.slice(span.start, span.end), before.slice(start, start + 2));
    }
  }
});

const finding = (text, written, { entity = "PERSON", decision = "redact", from = 0, ...more } = {}) => {
  const start = text.indexOf(written, from);
  return { id: `${entity}${start}`, entity, start, end: start + written.length, confidence: 1, near: false, decision, why: [], ...(decision === "redact" ? { replacement: `[${entity}]` } : {}), ...more };
};

test("values: one decision for all places, however they are written", () => {
  const text = "Maria Ngwenya, MARIA  NGWENYA and Ekberg";
  const findings = [finding(text, "Ekberg"), finding(text, "Maria Ngwenya"), finding(text, "MARIA  NGWENYA")];
  const values = valuesOf(text, findings, new Map());
  assert.deepEqual(values.map((value) => [value.text, value.places.length]), [["Maria Ngwenya", 2], ["Ekberg", 1]]);
  assert.equal(redacted(text, values), "[PERSON], [PERSON] and [PERSON]");
  const kept = valuesOf(text, findings, new Map([[keyOf("maria ngwenya"), "keep"]]));
  assert.equal(redacted(text, kept), "Maria Ngwenya, MARIA  NGWENYA and [PERSON]");
  assert.deepEqual(counts(kept, ({ decision }) => decision === "keep"), { PERSON: 2 });
});

test("values: findings that overlap leave nothing of what goes", () => {
  const text = "Maria Ngwenya Street 12, Exampletown";
  for (const order of [0, 1]) {
    const findings = [finding(text, "Maria Ngwenya"), finding(text, "Ngwenya Street 12", { entity: "STREET_ADDRESS" })];
    const result = redacted(text, valuesOf(text, order ? findings.reverse() : findings, new Map()));
    assert.equal(result, "[PERSON], Exampletown");
  }
  const keepOuter = [finding(text, "Maria Ngwenya Street 12", { entity: "STREET_ADDRESS", decision: "keep" }), finding(text, "Ngwenya")];
  assert.equal(redacted(text, valuesOf(text, keepOuter, new Map())), "Maria [PERSON] Street 12, Exampletown");
});

test("values: the same text elsewhere goes too, parts of words stay", () => {
  const text = "Ekberg called. ekberg@x, Ekbergs, (Ekberg), XEkberg, Ekberg-Li";
  const values = spread(text, valuesOf(text, [finding(text, "Ekberg")], new Map()));
  assert.equal(redacted(text, values), "[PERSON] called. ekberg@x, Ekbergs, ([PERSON]), XEkberg, [PERSON]-Li");
  const kept = spread(text, valuesOf(text, [finding(text, "Ekberg")], new Map([["ekberg", "keep"]])));
  assert.equal(redacted(text, kept), text);
  const short = "Li and Li";
  assert.equal(redacted(short, spread(short, valuesOf(short, [finding(short, "Li")], new Map()))), "[PERSON] and Li");
});

test("values: undecided is redacted until somebody says that it stays", () => {
  const text = "maybe Maria";
  assert.equal(redacted(text, valuesOf(text, [finding(text, "Maria", { decision: "undecided" })], new Map())), "maybe [PERSON]");
});

test("values: near misses stay until somebody says that they go", () => {
  const text = "maybe Maria, surely Ekberg";
  const findings = [finding(text, "Maria", { decision: "undecided", near: true }), finding(text, "Ekberg")];
  const values = valuesOf(text, findings, new Map());
  assert.deepEqual(values.map(({ decision }) => decision), ["undecided", "redact"]);
  assert.equal(redacted(text, values), "maybe Maria, surely [PERSON]");
  const chosen = valuesOf(text, findings, new Map([["maria", "redact"]]));
  assert.equal(redacted(text, chosen), "maybe [PERSON], surely [PERSON]");
  assert.deepEqual(chosen.map(({ byHand }) => byHand), [true, false]);
});

test("on a server the module can be loaded", async () => {
  const { SubrosaField } = await load("index.js");
  assert.equal(typeof SubrosaField, "function");
});

test("form data: when it cannot be told whose an entry is, it goes", () => {
  const data = new FormData();
  data.append("note", "something else");
  data.append("note", "another");
  data.append("plain", "x");
  assert.equal(replaceText(data, "note", "the value", "[X]"), false);
  assert.deepEqual([...data.keys()], ["plain"]);

  const mixed = new FormData();
  mixed.append("note", "first");
  mixed.append("a", "1");
  mixed.append("note", "the\r\nvalue");
  mixed.append("b", "2");
  assert.equal(replaceText(mixed, "note", "the\nvalue", "[X]"), true);
  assert.deepEqual([...mixed], [["note", "first"], ["a", "1"], ["note", "[X]"], ["b", "2"]]);
  assert.equal(replaceText(mixed, "note", "[X]", null), false);
  assert.deepEqual([...mixed.keys()], ["note", "a", "b"]);

  const files = new FormData();
  const other = new File(["o"], "other");
  files.append("file", other);
  files.append("file", new File(["raw"], "raw"));
  files.append("file", new File(["raw 2"], "raw 2"));
  const kept = files.getAll("file")[0];
  assert.equal(replaceFiles(files, "file", new Set([kept]), [new File(["c"], "copy")]), true);
  assert.deepEqual(files.getAll("file").map(({ name }) => name), ["other", "copy"]);
});

/** WCAG 2 relative luminance and contrast. */
const channel = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
const rgb = (hex) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
const luminance = (colour) => colour.map(channel).reduce((sum, value, at) => sum + value * [0.2126, 0.7152, 0.0722][at], 0);
const contrast = (one, two) => {
  const [light, dark] = [luminance(one), luminance(two)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
};
const multiply = (one, two) => one.map((value, at) => (value * two[at]) / 255);
const screen = (one, two) => one.map((value, at) => 255 - ((255 - value) * (255 - two[at])) / 255);

test("palette: text on each tint, lines on the control, as the browser blends them", () => {
  const white = rgb("#ffffff");
  for (const family of FAMILIES) {
    assert.ok(contrast(rgb("#1a1a1a"), multiply(white, rgb(LIGHT[family].tint))) >= 7, `${family} on light`);
    assert.ok(contrast(rgb(LIGHT[family].line), white) >= 4.5, `${family}'s line on light`);
    for (const surface of ["#000000", "#1f2125", "#2b2d33"]) {
      const under = screen(rgb(surface), rgb(DARK[family].tint));
      assert.ok(contrast(screen(rgb("#e6e7ea"), rgb(DARK[family].tint)), under) >= 4.5, `${family} on ${surface}`);
      assert.ok(contrast(rgb(DARK[family].line), rgb(surface)) >= 3, `${family}'s line on ${surface}`);
    }
    assert.ok(contrast(rgb("#1a1a1a"), rgb(LIGHT[family].tint)) >= 4.5 && contrast(rgb("#f1f3f4"), rgb(DARK[family].tint)) >= 4.5, `${family}'s word in the list`);
  }
});

test("families: each group of the catalogue has one", () => {
  const catalogue = { entities: [{ id: "PERSON", group: "people" }, { id: "US_SSN", group: "us-tax-ids" }, { id: "MEDICATION", group: "health" }, { id: "NEW", group: "unheard-of" }] };
  assert.deepEqual(catalogue.entities.map(({ id }) => familyOf(id, catalogue)), ["name", "identifier", "health", "identifier"]);
  assert.equal(familyOf("DENIED_TERM", catalogue), "identifier");
});

test("colours of all spaces are told light from dark", () => {
  for (const light of ["rgb(255, 255, 255)", "rgb(230, 231, 234)", "rgba(230, 231, 234, 0.9)", "oklch(0.93 0.01 260)", "lab(95 0 0)", "color(srgb 0.9 0.9 0.9)", "color(display-p3 0.9 0.9 0.9)"]) assert.ok(lightness(light) > 0.55, light);
  for (const dark of ["rgb(0, 0, 0)", "rgb(27, 29, 33)", "oklch(0.3 0.05 260)", "lab(20 0 0)", "color(srgb 0.1 0.1 0.1)"]) assert.ok(lightness(dark) < 0.55, dark);
});

test("strings: Spanish says all that English says", () => {
  assert.deepEqual(Object.keys(es), Object.keys(en));
  assert.deepEqual(Object.keys(es.problems), Object.keys(en.problems));
  assert.equal(en.entity("PHONE_NUMBER"), "Phone number");
  assert.equal(en.entity("US_PASSPORT"), "Passport (US)");
  assert.equal(en.entity("NO_FODSELSNUMMER"), "Fodselsnummer (NO)");
  assert.equal(es.entity("PERSON"), "Nombre");
});
