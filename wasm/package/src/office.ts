/**
 * Subrosa for pages: for texts, PDF, office documents, mail, web pages and tables. The module with every format is loaded when the first
 * file comes that is, or holds, something else: a picture, an archive, DICOM. That is a request for a file of the package.
 */
import { engine } from "./engine.js";
import { all } from "./files.js";
import { bytes, compile } from "./load.js";
import { office } from "./office-files.js";
import type { Engine, EngineOptions } from "./types.js";
import { web } from "./web.js";

export type * from "./types.js";
export { SubrosaError } from "./error.js";
export { redactStream, scanStream } from "./stream.js";

/** Loads the module and the data and starts a worker. Rejects with a `SubrosaError` of code `load`. */
export function createEngine(options: EngineOptions = {}): Promise<Engine> {
  // A worker's script is made for one module: that of the other one comes with the package.
  const further = web(options.worker === false ? false : undefined, all);
  return engine(web(options.worker, office), options, { compile, bytes }, further);
}
