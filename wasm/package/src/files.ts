import { compile } from "./compile.js";

// Bundlers look for exactly these expressions, and bring the files along.

/** The module, a file beside this one. */
export function moduleFile(): Promise<WebAssembly.Module> {
  return compile(new URL("./subrosa.wasm", import.meta.url));
}

/** A worker with the script beside this one. */
export function workerFile(): Worker {
  return new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
}
