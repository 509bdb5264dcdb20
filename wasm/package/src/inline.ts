/**
 * Subrosa with the module inside the script, for bundlers that cannot load files. It works in the thread that calls it, unless
 * a worker is given: its script would be a file.
 */
import { compile } from "./compile.js";
import { Desk } from "./desk.js";
import { engine } from "./engine.js";
import { inlined } from "./inlined.js";
import type { Engine, EngineOptions } from "./types.js";
import { web } from "./web.js";

export type * from "./types.js";
export { SubrosaError } from "./error.js";
export { redactStream, scanStream } from "./stream.js";

/** Unpacks the module. Rejects with a `SubrosaError` of code `load`. */
export function createEngine(options: EngineOptions = {}): Promise<Engine> {
  return engine(web(options.worker, { load: inlined, desk: async () => Desk }), options, compile);
}
