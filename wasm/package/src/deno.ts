/** Subrosa for Deno: in this thread, unless a worker is asked for. */
import { engine } from "./engine.js";
import { all } from "./files.js";
import { bytes, compile } from "./load.js";
import type { Engine, EngineOptions } from "./types.js";
import { web } from "./web.js";

export type * from "./types.js";
export { SubrosaError } from "./error.js";
export { redactStream, scanStream } from "./stream.js";

/** Loads the module and the data. Rejects with a `SubrosaError` of code `load`. */
export function createEngine(options: EngineOptions = {}): Promise<Engine> {
  return engine(web(options.worker ?? false, all), options, { compile, bytes });
}
