/**
 * Subrosa for text alone, with the module and the data inside the script, for bundlers that cannot load files. It works in the thread that calls
 * it, unless a worker is given: its script would be a file.
 */
import { Desk } from "./desk.js";
import { engine } from "./engine.js";
import { bytes, compile } from "./load.js";
import { packed as data } from "./module/data.js";
import { glue } from "./module/glue-text.js";
import { packed as module } from "./module/inline-text.js";
import type { Engine, EngineOptions } from "./types.js";
import { unpacked } from "./unpacked.js";
import { web } from "./web.js";

export type * from "./types.js";
export { SubrosaError } from "./error.js";
export { redactStream, scanStream } from "./stream.js";

/** Unpacks the module and the data. Rejects with a `SubrosaError` of code `load`. */
export function createEngine(options: EngineOptions = {}): Promise<Engine> {
  const parts = {
    module: async () => compile(await unpacked(module)),
    data: () => unpacked(data),
    desk: async () => (start: ConstructorParameters<typeof Desk>[0]) => new Desk(start, glue),
  };
  return engine(web(options.worker ?? false, parts), options, { compile, bytes });
}
