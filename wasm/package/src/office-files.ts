import { data } from "./files-data.js";
import { compile } from "./load.js";
import type { Parts } from "./web.js";

/** The module, the worker and the code for texts and the kinds of file that most people have. */
export const office: Required<Parts> = {
  data,
  module: () => compile(new URL("./subrosa-office.wasm", import.meta.url)),
  worker: () => new Worker(new URL("./worker-office.js", import.meta.url), { type: "module" }),
  async desk() {
    const [{ Desk }, { glue }] = await Promise.all([import("./desk.js"), import("./module/glue-office.js")]);
    return (start) => new Desk(start, glue);
  },
};
