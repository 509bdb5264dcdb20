/**
 * How much memory of its own the module takes for a long text.
 *
 *     node memory.mjs [TEXT]
 *
 * Without TEXT, a text of 20 MB is made. WebAssembly's memory only grows, so each act has an instance of its own.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import * as subrosa from "../dist/module/subrosa.js";

const MB = 1e6;
const [act, ...rest] = process.argv.slice(2);

if (act === "--open" || act === "--redact") {
  const { memory } = subrosa.initSync({ module: new WebAssembly.Module(readFileSync(new URL("../dist/module/subrosa_bg.wasm", import.meta.url))) });
  subrosa.provide(readFileSync(new URL("../dist/module/subrosa.dat", import.meta.url)));
  const bytes = rest[0] ? readFileSync(rest[0]) : made(20 * MB);
  const session = new subrosa.Session("{}");
  const from = performance.now();
  const said = [];
  const say = (what) => said.push(`${what} ${(memory.buffer.byteLength / MB).toFixed(0)} MB`);
  say("ready");
  if (act === "--redact") {
    const written = session.redact_file(bytes, "long.txt");
    say("redacted");
    written.take_bytes();
  } else {
    const opened = session.open(bytes, "long.txt");
    say("open");
    const places = [];
    for (let at = 0; at < opened.place_count(); at += 1000) places.push(...JSON.parse(opened.places(at, 1000)));
    say(`${places.length} places told`);
    for (let at = 0; at < places.length; at += 5000) {
      const some = places.slice(at, at + 5000).map(({ id, node, start, end, entity, origin, confidence }) => ({ id, node, start, end, entity, origin, confidence, decision: "redact" }));
      opened.decide(JSON.stringify(some), at === 0);
    }
    say("decided");
    opened.finish("[]");
    say("finished");
  }
  console.log(`${act.slice(2)}: ${(bytes.length / MB).toFixed(1)} MB of text in ${((performance.now() - from) / 1000).toFixed(0)} s; ${said.join(", ")}`);
} else {
  for (const which of ["--open", "--redact"]) {
    const run = spawnSync(process.execPath, [fileURLToPath(import.meta.url), which, ...(act ? [act] : [])], { stdio: "inherit" });
    if (run.status !== 0) process.exit(1);
  }
}

/** Notes of a practice, each of other people, with about three values a kilobyte. */
function made(length) {
  const given = ["Maria", "James", "Olga", "Ahmed", "Priya", "Tomas", "Aiko", "Lucia"];
  const family = ["Ngwenya", "Whitfield", "Petrova", "Haddad", "Raman", "Novak", "Tanaka", "Ferreira"];
  const filler = "The patient reports that the pain is worse in the morning and better after a short walk; there is no fever, and the appetite is unchanged. ";
  const parts = [];
  for (let at = 0, size = 0; size < length; at += 1) {
    const who = `${given[at % 8]} ${family[(at >> 3) % 8]}`;
    const digits = (at * 7919) % 10000;
    const note = `${who} called on ${1 + (at % 28)} March 20${10 + (at % 14)} from (555) 555-${String(digits).padStart(4, "0")}; write to ${who.toLowerCase().replace(" ", ".")}${at}@example.com.\n${filler.repeat(7)}\n\n`;
    parts.push(note);
    size += note.length;
  }
  return Buffer.from(parts.join(""));
}
