/** Subrosa for pages: for text alone: the module, the data and the worker's script are files beside this one. */
import { engine } from "./engine.js";
import { text } from "./text-files.js";
import { bytes, compile } from "./load.js";
import type { Engine, EngineOptions } from "./types.js";
import { web } from "./web.js";

export type * from "./types.js";
export { SubrosaError } from "./error.js";
export { redactStream, scanStream } from "./stream.js";

/** Loads the module and the data and starts a worker. Rejects with a `SubrosaError` of code `load`. */
export function createEngine(options: EngineOptions = {}): Promise<Engine> {
  return engine(web(options.worker, text), options, { compile, bytes });
}
