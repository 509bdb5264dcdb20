import { data } from "./files-data.js";
import { compile } from "./load.js";
import type { Parts } from "./web.js";

/** The module, the worker and the code for text alone. */
export const text: Required<Parts> = {
  data,
  module: () => compile(new URL("./subrosa-text.wasm", import.meta.url)),
  worker: () => new Worker(new URL("./worker-text.js", import.meta.url), { type: "module" }),
  async desk() {
    const [{ Desk }, { glue }] = await Promise.all([import("./desk.js"), import("./module/glue-text.js")]);
    return (start) => new Desk(start, glue);
  },
};
