import { data } from "./files-data.js";
import { compile } from "./load.js";
import type { Parts } from "./web.js";

// Bundlers look for exactly these expressions, `new URL` and `new Worker`, and bring the files along.

/** The module, the worker and the code for texts and files. */
export const all: Required<Parts> = {
  data,
  module: () => compile(new URL("./subrosa.wasm", import.meta.url)),
  worker: () => new Worker(new URL("./worker.js", import.meta.url), { type: "module" }),
  async desk() {
    const [{ Desk }, { glue }] = await Promise.all([import("./desk.js"), import("./module/glue.js")]);
    return (start) => new Desk(start, glue);
  },
};
