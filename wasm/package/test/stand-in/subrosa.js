/*
 * Stands in for the module while the package is worked on without Rust: finds mail addresses, and names of two words after a
 * title; knows plain text only. The same shape as the glue that wasm-bindgen writes.
 */
let wasm;
const NAME = /\b(?:Mr|Mrs|Ms|Dr)\. ([A-Z][a-z]+(?: [A-Z][a-z]+)?)/g;
const MAIL = /\b[\w.]+@[\w.]+\w/g;
const NUMBER = /\b\d{3}-\d{4}\b/g;

function failure(code, message) {
  return new Error(JSON.stringify({ code, message }));
}

function find(text) {
  if (text.includes("stand-in: trap")) throw new WebAssembly.RuntimeError("unreachable");
  while (text.includes("stand-in: hang"));
  const found = [];
  for (const match of text.matchAll(NAME)) found.push({ entity: "PERSON", start: match.index + match[0].length - match[1].length, end: match.index + match[0].length, near: false });
  for (const match of text.matchAll(MAIL)) found.push({ entity: "EMAIL_ADDRESS", start: match.index, end: match.index + match[0].length, near: false });
  for (const match of text.matchAll(NUMBER)) found.push({ entity: "PHONE_NUMBER", start: match.index, end: match.index + match[0].length, near: true });
  found.sort((one, other) => one.start - other.start);
  return found.map((finding, at) => ({
    id: `f${at}`, confidence: finding.near ? 0.4 : 0.9, ...finding, decision: finding.near ? "undecided" : "redact", why: ["stand-in"],
    ...(finding.near ? {} : { replacement: `[${finding.entity}]` }),
  }));
}

function apply(text, places) {
  let out = "";
  let at = 0;
  for (const { start, end, entity } of [...places].sort((one, other) => one.start - other.start)) {
    if (end <= at) continue;
    out += `${text.slice(at, Math.max(at, start))}[${entity}]`;
    at = end;
  }
  return out + text.slice(at);
}

function report(text, result, findings) {
  const by_entity = {};
  for (const { entity } of findings) by_entity[entity] = (by_entity[entity] ?? 0) + 1;
  return JSON.stringify({ verdict: "redacted", format: "txt", bytes_in: text.length, bytes_out: result.length, findings: { by_entity }, unread: [], notes: [] });
}

function read(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw failure("unsupported", "The file is of no kind that can be read.");
  }
}

export class Session {
  #options;
  constructor(options) {
    this.#options = JSON.parse(options);
    if (this.#options.policy === "none-such") throw failure("options", "There is no such policy.");
  }
  free() {}
  scan(text) {
    return JSON.stringify(find(text).filter(({ near, confidence }) => !near || confidence >= (this.#options.near ?? 1)));
  }
  redact(text) {
    const findings = JSON.parse(this.scan(text));
    const removed = findings.filter(({ near }) => !near);
    return JSON.stringify({ text: apply(text, removed), findings, record: JSON.stringify({ text }) });
  }
  redact_file(bytes, _name) {
    const text = read(bytes);
    const removed = find(text).filter(({ near }) => !near);
    const result = apply(text, removed);
    return new Written(new TextEncoder().encode(result), report(text, result, removed), JSON.stringify({ text }));
  }
  open(bytes, _name) {
    return new Opened(read(bytes));
  }
}

export class Written {
  #bytes;
  #report;
  #record;
  constructor(bytes, report, record) {
    this.#bytes = bytes;
    this.#report = report;
    this.#record = record;
  }
  take_bytes() {
    const bytes = this.#bytes;
    this.#bytes = new Uint8Array();
    return bytes;
  }
  report() {
    return this.#report;
  }
  record() {
    return this.#record;
  }
  free() {}
}

export class Opened {
  #text;
  #lines;
  constructor(text) {
    this.#text = text;
    this.#lines = text.split("\n");
  }
  free() {}
  format() {
    return "txt";
  }
  places() {
    const text = this.#text;
    const values = [];
    return JSON.stringify(find(text).map(({ decision, near, ...finding }) => {
      const value = text.slice(finding.start, finding.end);
      if (!values.includes(value)) values.push(value);
      const group = values.indexOf(value);
      return {
        ...finding, node: 0, origin: near ? "near" : "found", where: "text", before: text.slice(Math.max(0, finding.start - 40), finding.start), value,
        after: text.slice(finding.end, finding.end + 40), visible: true, group, policy: decision, ...(finding.entity === "PERSON" ? { person: `PERSON-${group + 1}` } : {}),
      };
    }));
  }
  unread() {
    return "[]";
  }
  block_count() {
    return this.#lines.length;
  }
  blocks(from, count) {
    let start = 0;
    const blocks = this.#lines.map((text) => {
      const block = { node: 0, start, end: start + text.length, text, shape: "paragraph", section: "Text", visible: true };
      start += text.length + 1;
      return block;
    });
    return JSON.stringify(blocks.slice(from, from + count));
  }
  boxes() {
    return "[]";
  }
  same(_node, start, end) {
    const text = this.#text;
    const value = text.slice(start, end);
    if (!value) throw failure("options", "The selection is empty.");
    const places = [];
    for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length)) {
      places.push({ node: 0, start: at, end: at + value.length, before: text.slice(Math.max(0, at - 40), at), value, after: text.slice(at + value.length, at + value.length + 40), where: "text", visible: true });
    }
    return JSON.stringify(places);
  }
  finish(decisions) {
    const removed = JSON.parse(decisions).filter(({ decision }) => decision === "redact");
    const result = apply(this.#text, removed);
    return new Written(new TextEncoder().encode(result), report(this.#text, result, removed), JSON.stringify({ text: this.#text }));
  }
}

export class Restored {
  #bytes;
  constructor(bytes) {
    this.#bytes = bytes;
  }
  take_bytes() {
    return this.#bytes;
  }
  lost() {
    return 0;
  }
  free() {}
}

export function catalogue() {
  return JSON.stringify({
    version: "0.0.0", ruleset: "stand-in",
    entities: ["PERSON", "EMAIL_ADDRESS", "PHONE_NUMBER"].map((id) => ({ id, summary: id, group: "contact" })),
    policies: [{ name: "redact", description: "Labels.", needsKey: false, parameters: [] }], formats: ["txt"],
  });
}
export function check(bytes) {
  read(bytes);
  return JSON.stringify({ leaks: [], unread: [] });
}
export function restore_text(_text, record) {
  return JSON.stringify({ text: JSON.parse(record).text, lost: 0 });
}
export function restore_file(_bytes, _name, record) {
  return new Restored(new TextEncoder().encode(JSON.parse(record).text));
}

function initSync({ module }) {
  wasm = new WebAssembly.Instance(module).exports;
  return wasm;
}
async function __wbg_init({ module_or_path }) {
  wasm = (await WebAssembly.instantiate(module_or_path, {})).exports;
  return wasm;
}
export { initSync, __wbg_init as default };
