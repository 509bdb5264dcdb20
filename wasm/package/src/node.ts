/** Subrosa for Node. */
import { compile } from "./compile.js";
import { engine } from "./engine.js";
import { moduleAt, node } from "./node-platform.js";
import type { Engine, EngineOptions } from "./types.js";

export type * from "./types.js";
export { SubrosaError } from "./error.js";
export { redactStream, scanStream } from "./stream.js";

/** Loads the module and starts a thread. Rejects with a `SubrosaError` of code `load`. */
export async function createEngine(options: EngineOptions = {}): Promise<Engine> {
  return engine(node(options.worker), options, (source) => (source instanceof URL ? moduleAt(source) : compile(source)));
}
