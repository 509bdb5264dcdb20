/** Subrosa for Deno: in this thread, unless a worker is asked for. */
import { compile } from "./compile.js";
import { Desk } from "./desk.js";
import { engine } from "./engine.js";
import { moduleFile } from "./files.js";
import type { Engine, EngineOptions } from "./types.js";
import { web } from "./web.js";

export type * from "./types.js";
export { SubrosaError } from "./error.js";
export { redactStream, scanStream } from "./stream.js";

/** Loads the module. Rejects with a `SubrosaError` of code `load`. */
export function createEngine(options: EngineOptions = {}): Promise<Engine> {
  return engine(web(options.worker, { load: moduleFile, desk: async () => Desk }), options, compile);
}
