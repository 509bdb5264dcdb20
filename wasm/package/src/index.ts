/** Subrosa for pages: the module and the worker's script are files beside this one. */
import { browser } from "./browser.js";
import { compile } from "./compile.js";
import { engine } from "./engine.js";
import type { Engine, EngineOptions } from "./types.js";

export type * from "./types.js";
export { SubrosaError } from "./error.js";
export { redactStream, scanStream } from "./stream.js";

/** Loads the module and starts a worker. Rejects with a `SubrosaError` of code `load`. */
export function createEngine(options: EngineOptions = {}): Promise<Engine> {
  return engine(browser(options.worker, async () => (await import("./desk.js")).Desk), options, compile);
}
