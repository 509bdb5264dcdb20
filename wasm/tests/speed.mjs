/**
 * How fast the text module is, and how the command line is on the same text in the same run.
 *
 *     node speed.mjs SUBROSA RECORDS
 *
 * RECORDS has a JSON object with a `text` on each line. Prints when the module is ready, when the first scan is done, and for each
 * of five rounds megabytes a second of both and their ratio. Other work on the machine falls on both, but not alike: look at the best.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

import * as subrosa from "../dist/module/subrosa-text.js";

const [command, records] = process.argv.slice(2);
if (records === undefined) {
  console.error("usage: node speed.mjs SUBROSA RECORDS");
  process.exit(2);
}
const module = readFileSync(new URL("../dist/module/subrosa-text_bg.wasm", import.meta.url));
const data = readFileSync(new URL("../dist/module/subrosa.dat", import.meta.url));
const input = readFileSync(records);

const start = performance.now();
subrosa.initSync({ module: new WebAssembly.Module(module) });
subrosa.provide(data);
const session = new subrosa.Session("{}");
const ready = performance.now();
session.scan("Jane Roe, SSN 219-09-9999, called on 3 March 2024 from 12 Elm Street, Springfield.");
const scanned = performance.now();
console.log(`ready after ${(ready - start).toFixed(0)} ms, first scan after ${(scanned - start).toFixed(0)} ms`);

const texts = input.toString().trim().split("\n").map((line) => JSON.parse(line).text);
const megabytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1e6;
for (let round = 1; round <= 5; round += 1) {
  const from = performance.now();
  for (const text of texts) JSON.parse(session.scan(text));
  const ours = (performance.now() - from) / 1000;
  const run = spawnSync(command, ["scan", "--records", "--jobs", "1", "--stats"], { input, encoding: "utf8", maxBuffer: 1 << 30 });
  const theirs = JSON.parse(run.stderr.trim().split("\n").at(-1)).detect_seconds;
  const [module, native] = [megabytes / ours, megabytes / theirs].map((rate) => rate.toFixed(2));
  console.log(`round ${round}: module ${module} MB/s, native ${native} MB/s, ratio ${(theirs / ours).toFixed(2)}`);
}
