import type { Desk } from "./desk.js";
import { fail } from "./error.js";
import { portHere } from "./port-here.js";
import { portWorker } from "./port-worker.js";
import type { Platform } from "./port.js";
import type { EngineOptions } from "./types.js";

/** What an entry of the package brings: where its module is, its code for work in this thread, and its worker, if it has one. */
export interface Parts {
  load(): Promise<WebAssembly.Module>;
  desk(): Promise<typeof Desk>;
  make?(): Worker;
}

/** Browsers, and what has workers like theirs. */
export function web(worker: EngineOptions["worker"], { load, desk, make }: Parts): Platform {
  if (typeof worker === "function") return { load, port: () => portWorker(worker()), stoppable: true };
  if (worker instanceof URL) return { load, port: () => portWorker(new Worker(worker, { type: "module", name: "subrosa" })), stoppable: true };
  if (worker) return { load, port: once(worker), stoppable: false };
  if (worker === undefined && make) return { load, port: () => portWorker(make()), stoppable: true };
  return { load, port: portHere(desk), stoppable: false };
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
