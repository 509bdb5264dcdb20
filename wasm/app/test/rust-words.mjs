/** The sentences that the engine's Rust sources can say of a document, collected from the sources themselves. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const crates = fileURLToPath(new URL("../../../crates", import.meta.url));
const LITERAL = /"((?:[^"\\]|\\[\s\S])*)"/g;
/** A line that goes on in the next one leaves no spaces behind. */
const unescape = (literal) => literal.replace(/\\\n\s*/g, "").replace(/\\"/g, '"');
const literals = (code) => [...code.matchAll(LITERAL)].map(([, literal]) => unescape(literal));

/** All sources of a crate without their tests. */
function sources(crate) {
  const folder = join(crates, crate, "src");
  const files = readdirSync(folder, { recursive: true }).map(String).filter((file) => file.endsWith(".rs"));
  return files.map((file) => ({ path: join(folder, file), code: readFileSync(join(folder, file), "utf8").split("#[cfg(test)]")[0].replace(/^\s*\/\/.*$/gm, "").replace(/'"'|'\\"'/g, "' '") }));
}

/** Holes that are filled with words of the program. All others take names and numbers. */
const HOLES = ["what", "verb", "text", "values"];

/** More than names and a number; not what is written into a document. */
const SENTENCE = /^(?!\[).*[a-z]{2,}\W+.*[a-z]{2,}/;

/** What stands between a bracket at `at` and the one that closes it. */
function inside(code, at) {
  let depth = 0;
  for (let end = at; end < code.length; end += 1) {
    if (code[end] === '"') {
      for (end += 1; code[end] !== '"'; end += 1) if (code[end] === "\\") end += 1;
    } else if ("([{".includes(code[end])) depth += 1;
    else if (")]}".includes(code[end]) && (depth -= 1) === 0) return code.slice(at + 1, end);
  }
  throw new Error("a bracket that nothing closes");
}

/** The statement that begins at `at`. */
function statement(code, at) {
  for (let end = at; end < code.length; end += 1) {
    if ("([{".includes(code[end])) end += inside(code, end).length + 1;
    else if (code[end] === ";") return code.slice(at, end);
  }
  return code.slice(at);
}

/** What a hole of a sentence is filled with where that is words, by the hole's name: words of the same file, or of the same format. */
function fillings(hole, template, { path, code }, all) {
  const named = [...code.matchAll(new RegExp(`(?<!if |while )\\blet (?!Some\\b)[^=;]*\\b${hole}\\b[^=;]*=`, "g"))].flatMap(({ index }) => literals(statement(code, index)));
  if (!template.includes("removed: {what}")) return named.map((words) => words.replace(/\{\w*\}/g, "7"));
  const near = all.filter((other) => dirname(other.path).startsWith(dirname(path)));
  const told = near.flatMap((other) => [...other.code.matchAll(/\b(?:Removed|Gone)\("([^"]+)"\)/g)].map(([, words]) => words));
  const gone = [...code.matchAll(/\blet gone =/g)].flatMap(({ index }) => [...statement(code, index).matchAll(/=> Some\("([^"]+)"\)|^\s*Some\("([^"]+)"\)/gm)].map(([, one, other]) => one ?? other));
  return [...named, ...told, ...gone].filter((words) => !words.includes("{") && (words.includes(" ") || /^[a-z]+$/.test(words)));
}

/** Every note, with the holes filled by something that may stand there. */
export function notes() {
  const found = new Set();
  const parts = new Set();
  for (const crate of ["subrosa-documents", "subrosa"]) {
    const all = sources(crate);
    for (const source of all) {
      const { path, code } = source;
      const said = [];
      for (const { index, 0: call } of code.matchAll(/\bnotes\.(?:push|extend)\(|\.note\(|\bcontents\.finish\(|\bpictures\.map\(/g)) said.push(...literals(inside(code, index + call.length - 1)));
      for (const { index } of code.matchAll(/\blet (?:mut )?notes?\b[^=;]*=/g)) said.push(...literals(statement(code, index)));
      for (const { index, 0: head } of code.matchAll(/\bfn notes\(&self\) -> Vec<String> \{/g)) said.push(...literals(inside(code, index + head.length - 1)));
      for (const [, note] of code.matchAll(/\bconst NOTE\w*: &str =\s*"([^"]+)"/g)) said.push(unescape(note));
      if (path.endsWith("notes.rs")) said.push(...literals(code));
      for (const hole of HOLES) for (const part of fillings(hole, "", source, all)) parts.add(part);
      for (const template of said) {
        // Single words are names in the format.
        if (!template.includes(" ")) continue;
        for (const filled of fill(template, (hole) => fillings(hole, template, source, all))) found.add(filled);
      }
    }
  }
  // What fills a hole, or joins a list, is no sentence by itself.
  return [...found].filter((note) => !parts.has(note) && SENTENCE.test(note)).sort();
}

function fill(template, words) {
  const hole = /\{(\w*)[^}]*\}/.exec(template);
  if (!hole) return [template];
  const choices = HOLES.includes(hole[1]) ? words(hole[1]) : [];
  const samples = choices.length > 0 ? choices : [/seen|many|more|signed|number|count|len|looked|parted|^$/.test(hole[1]) ? "7" : hole[1] === "prefix" ? "FILE, " : "FILE"];
  return samples.flatMap((sample) => fill(template.slice(0, hole.index) + sample + template.slice(hole.index + hole[0].length), words));
}

/** The kinds of leaks that an audit tells. */
export function leaks() {
  return sources("subrosa-documents").filter(({ path }) => path.includes("/audit/")).flatMap(({ code }) => [...code.matchAll(/\bKind = Kind \{\s*id: "([a-z-]+)"/g)].map(([, kind]) => kind));
}
