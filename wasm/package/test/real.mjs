import { readFileSync } from "node:fs";

/** Where things are that tests use. */
export const npm = new URL("../../dist/npm/", import.meta.url);
export const wasm = () => readFileSync(new URL("subrosa.wasm", npm));

/** A document of the repository's examples. */
export function example(name) {
  return new File([readFileSync(new URL(`../../../examples/${name}`, import.meta.url))], name);
}

/** `AbortSignal.timeout` lets Node end while it waits. */
export function after(milliseconds) {
  const control = new AbortController();
  setTimeout(() => control.abort(), milliseconds);
  return control.signal;
}
