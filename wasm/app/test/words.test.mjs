/** What needs no browser: words, colours, headers, the case sheet, groups, places of words on a page. */
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, test } from "node:test";
import { runnerImport } from "vite";
import { HEADERS, POLICY } from "../hosting/headers.mjs";
import { leaks, notes } from "./rust-words.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const load = async (file) => (await runnerImport(join(here, "../src", file), { configFile: false, logLevel: "silent" })).module;
const read = (file) => readFileSync(join(here, "..", file), "utf8");

describe("words", async () => {
  const [{ en }, { es }] = [await load("i18n/en.ts"), await load("i18n/es.ts")];
  const texts = (message) => (typeof message === "string" ? [message] : [message.one, message.other]);

  test("both languages have the same keys, forms and blanks", () => {
    assert.deepEqual(Object.keys(es).sort(), Object.keys(en).sort());
    for (const [key, message] of Object.entries(en)) {
      assert.equal(typeof es[key], typeof message, key);
      const blanks = (text) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
      for (const [at, text] of texts(message).entries()) assert.deepEqual(blanks(texts(es[key])[at]), blanks(text), key);
    }
  });

  test("no message is empty, and Spanish is not English", () => {
    for (const message of [...Object.values(en), ...Object.values(es)]) for (const text of texts(message)) assert.ok(text.trim() !== "");
    const same = Object.keys(en).filter((key) => texts(en[key]).join() === texts(es[key]).join() && /\s/.test(texts(en[key])[0]));
    assert.deepEqual(same.filter((key) => !["policy.safe-harbor.name", "files.state", "mark.label", "keys.set"].includes(key)), []);
  });

  test("what policies ask for is told in Spanish, and nothing that none asks for", async () => {
    const { PARAMETERS } = await load("i18n/engine-spanish.ts");
    const { createEngine } = await import("../../dist/npm/node.js");
    const engine = await createEngine();
    const asked = engine.catalogue.policies.flatMap(({ name: policy, parameters }) => parameters.map(({ name }) => (`${policy}.${name}` in PARAMETERS ? `${policy}.${name}` : name)));
    engine.close();
    assert.deepEqual([...new Set(asked)].sort(), Object.keys(PARAMETERS).sort());
  });

  test("everything that the engine says of a document is told in Spanish", async () => {
    const { LEAKS, NOTES } = await load("i18n/engine-spanish.ts");
    const { noteWords } = await load("i18n/engine-words.ts");
    const said = notes();
    // The search finds what it has to: sentences as they stand, with numbers, with words from a list, of all ways to say them.
    for (const known of ["Scripts are left out.", "1 formula was replaced by its value", "7 could not be read and is emptied", "FILE: removed: macros", "removed: theme that programs make again"]) assert.ok(said.includes(known), known);
    assert.deepEqual(said.filter((note) => !NOTES.some(([english]) => english.test(note))), []);
    assert.deepEqual(NOTES.filter(([english]) => !said.some((note) => english.test(note))).map(String), [], "what the engine no longer says");
    for (const note of said) for (const [english, spanish] of NOTES) if (english.test(note)) assert.doesNotMatch(note.replace(english, spanish), /\$\d|\b(left out|removed|looked|could|which)\b/, note);
    assert.deepEqual([...new Set(leaks())].sort(), Object.keys(LEAKS).sort());
    assert.deepEqual(noteWords("attachment 2: letter.docx: word/vbaProject.bin: removed: macros", "es"), { lang: "es", text: "attachment 2: letter.docx: word/vbaProject.bin: quitado: macros" });
    assert.deepEqual(noteWords("letter.pdf: Scripts are left out.", "es"), { lang: "es", text: "letter.pdf: Los guiones se han quitado." });
    assert.deepEqual(noteWords("letter.pdf: something new", "es"), { lang: "en", text: "letter.pdf: something new" });
  });

  test("says what was done, never that a file is safe", () => {
    for (const message of [...Object.values(en), ...Object.values(es)]) {
      for (const text of texts(message)) assert.doesNotMatch(text.replace("Safe Harbor", ""), /\bsafe(ly)?\b|anonymi[sz]|secure|100 ?%|seguro compartir|anonimiza|anónimo|no personal data/i);
    }
  });

  test("every key that the code asks for is there, and every key is asked for", () => {
    const files = readdirSync(join(here, "../src"), { recursive: true }).map(String).filter((file) => file.endsWith(".ts") && !/^i18n[/\\]e[ns]\.ts$/.test(file));
    const code = files.map((file) => read(join("src", file))).join("\n");
    for (const [, key] of code.matchAll(/\bt\("([\w.-]+)"/g)) assert.ok(key in en, key);
    const stems = [...code.matchAll(/`([\w-]+(?:\.[\w-]+)*\.)\$\{/g)].map(([, stem]) => stem);
    const unused = Object.keys(en).filter((key) => !code.includes(`"${key}"`) && !stems.some((stem) => key.startsWith(stem)) && !key.endsWith(".value"));
    assert.deepEqual(unused, []);
  });
});

describe("colours", () => {
  const css = read("src/styles/base.css");
  const schemes = [css.slice(0, css.indexOf("@media")), css.slice(css.indexOf("@media (prefers-color-scheme: dark)"))].map((part) => Object.fromEntries([...part.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name, value]) => [name, value])));
  const luminance = (hex) => {
    const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  for (const [at, name] of ["light", "dark"].entries()) {
    test(name, () => {
      const colour = { ...schemes[0], ...schemes[at] };
      for (const family of ["name", "contact", "number", "date", "place", "health"]) {
        assert.ok(contrast(colour.ink, colour[`${family}-tint`]) >= 7, `${family}: text on tint`);
        assert.ok(contrast(colour[`${family}-line`], colour.surface) >= 4.5, `${family}: line and tag on paper`);
        assert.ok(contrast(colour[`${family}-line`], colour[`${family}-tint`]) >= 4.5, `${family}: tag on tint`);
      }
      for (const [text, ground] of [["ink", "paper"], ["ink", "sunk"], ["muted", "paper"], ["muted", "sunk"], ["muted", "surface"], ["muted", "accent-soft"], ["on-accent", "accent"], ["bad", "bad-soft"], ["good", "surface"]]) {
        assert.ok(contrast(colour[text], colour[ground]) >= 4.5, `${text} on ${ground}`);
      }
      for (const ground of ["surface", "paper", "sunk"]) {
        assert.ok(contrast(colour.edge, colour[ground]) >= 3, `edges of controls on ${ground}`);
        assert.ok(contrast(colour.focus, colour[ground]) >= 3, `focus on ${ground}`);
      }
    });
  }
});

test("all servers send the same headers, and the page says the same", () => {
  for (const file of ["hosting/Caddyfile", "hosting/nginx.conf", "public/_headers"]) {
    const text = read(file);
    for (const [name, value] of Object.entries(HEADERS)) assert.ok(text.includes(name) && text.includes(value), `${file}: ${name}`);
  }
  // A meta tag cannot forbid framing.
  assert.ok(read("index.html").includes(POLICY.replace("; frame-ancestors 'none'", "")));
});

test("the case sheet is TOML whatever people type", async () => {
  const { caseSheetToml, NOBODY } = await load("case-sheet.ts");
  assert.equal(caseSheetToml([NOBODY]), "");
  const person = { ...NOBODY, part: "mother", names: 'Mary "May" Roe\n\n  Mary\\Roe ', born: "1984-05-02", terms: "tab\there" };
  assert.equal(caseSheetToml([person, NOBODY]), 'version = 1\n\n[[people]]\nrole = "relative"\nword = "mother"\nnames = ["Mary \\"May\\" Roe", "Mary\\\\Roe"]\nborn = [1984-05-02]\nterms = ["tab\\there"]\n');
  assert.ok(caseSheetToml([person], 'version = 1\n[[people]]\nrole = "client"\n').startsWith('version = 1\n[[people]]\nrole = "client"\n\n[[people]]'));
});

test("words selected on a picture are found in the engine's text", async () => {
  const { locate } = await load("review/page-words.ts");
  const block = (node, start, text) => ({ node, start, end: start + text.length, text, shape: "line", section: "Page 1", visible: true });
  const words = [block(3, 10, "Ms  Ottilie Brandreth"), block(3, 40, "To Ottilie Brandreth, again")];
  assert.deepEqual(locate(words, "Ms ", "Ottilie Brandreth"), { node: 3, start: 14, end: 31, text: "Ottilie Brandreth" });
  assert.deepEqual(locate(words, "Ms Ottilie Brandreth To", "Ottilie\nBrandreth"), { node: 3, start: 43, end: 60, text: "Ottilie Brandreth" });
  assert.equal(locate(words, "", "Nobody"), null);
});

test("groups: what is not checked first, people, kinds, what the page hides, what is only possible", async () => {
  const { groupsOf } = await load("review/groups.ts");
  const place = (id, visible = true) => ({ id, visible, where: "line 1", node: 0, start: 0 });
  const item = (id, entity, origin, more = {}) => ({ id, entity, value: id, origin, places: [place(`${id}1`)], decision: origin === "near" ? "undecided" : "redact", ...more });
  const items = [item("a", "PERSON", "found", { person: "PERSON-1" }), item("b", "DATE_TIME", "found"), item("c", "PERSON", "found", { places: [place("c1", false)] }), item("d", "PERSON", "near"), item("e", "MEDICATION", "found", { decision: "keep" })];
  const source = { items, unread: [{ part: "page 7", reason: "a picture" }], isMain: (one) => one.origin !== "near" && one.decision !== "keep", isOpen: () => true, order: () => 0, kindName: (entity) => entity, rank: () => 0 };
  const wishes = { arrangement: "person", shown: "all", query: "" };
  assert.deepEqual(groupsOf(source, wishes).map(({ id }) => id), ["unread", "person:PERSON-1", "entity:DATE_TIME", "hidden", "policy", "near:PERSON"]);
  assert.deepEqual(groupsOf(source, { ...wishes, query: "b" }).map(({ id }) => id), ["unread", "entity:DATE_TIME"]);
});
