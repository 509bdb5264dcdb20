import { fail } from "./error.js";
import { portHere, type MakeDesk } from "./port-here.js";
import { portWorker } from "./port-worker.js";
import type { Platform } from "./port.js";
import type { EngineOptions } from "./types.js";

/** What an entry of the package brings: where its module and data are, its code for work in this thread, and its worker, if it has one. */
export interface Parts {
  module(): Promise<WebAssembly.Module>;
  data(): Promise<Uint8Array>;
  desk(): Promise<MakeDesk>;
  worker?(): Worker;
}

/** Browsers, and what has workers like theirs. */
export function web(worker: EngineOptions["worker"], parts: Parts): Platform {
  const { module, data, desk } = parts;
  const workers = (make: () => Worker): Platform => ({ module, data, port: () => portWorker(make()), stoppable: true });
  if (typeof worker === "function") return workers(worker);
  if (worker instanceof URL) return workers(() => new Worker(worker, { type: "module", name: "subrosa" }));
  if (worker) return { module, data, port: once(worker), stoppable: false };
  if (worker === undefined && parts.worker) return workers(parts.worker);
  return { module, data, port: portHere(desk), stoppable: false };
}

/** A worker of the caller's: when it is ended there is no other. */
function once(worker: Worker): Platform["port"] {
  let used = false;
  return () => {
    if (used) throw fail("load", "There is one worker only.");
    used = true;
    return portWorker(worker);
  };
}
