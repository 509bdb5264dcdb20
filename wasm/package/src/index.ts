/** Subrosa for pages: the module and the worker's script are files beside this one. */
import { compile } from "./compile.js";
import { engine } from "./engine.js";
import { moduleFile, workerFile } from "./files.js";
import type { Engine, EngineOptions } from "./types.js";
import { web } from "./web.js";

export type * from "./types.js";
export { SubrosaError } from "./error.js";
export { redactStream, scanStream } from "./stream.js";

/** Loads the module and starts a worker. Rejects with a `SubrosaError` of code `load`. */
export function createEngine(options: EngineOptions = {}): Promise<Engine> {
  const desk = async () => (await import("./desk.js")).Desk;
  return engine(web(options.worker, { load: moduleFile, make: workerFile, desk }), options, compile);
}
