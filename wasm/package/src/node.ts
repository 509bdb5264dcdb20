/** Subrosa for Node. */
import { engine } from "./engine.js";
import { fileBytes, fileModule, node } from "./node-platform.js";
import type { Engine, EngineOptions } from "./types.js";

export type * from "./types.js";
export { SubrosaError } from "./error.js";
export { redactStream, scanStream } from "./stream.js";

/** Loads the module and the data and starts a thread. Rejects with a `SubrosaError` of code `load`. */
export async function createEngine(options: EngineOptions = {}): Promise<Engine> {
  return engine(node(options.worker), options, { compile: fileModule, bytes: fileBytes });
}
