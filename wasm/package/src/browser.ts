import type { Desk } from "./desk.js";
import { portHere } from "./port-here.js";
import { portWorker } from "./port-worker.js";
import type { Platform } from "./port.js";
import { compile } from "./compile.js";
import type { EngineOptions } from "./types.js";

/** A page, or a worker of one. `desk` is for work in this thread. */
export function browser(worker: EngineOptions["worker"], desk: () => Promise<typeof Desk>): Platform {
  const load = (): Promise<WebAssembly.Module> => compile(new URL("./subrosa.wasm", import.meta.url));
  if (worker === false) return { load, port: portHere(desk), stoppable: false };
  if (typeof worker === "object" && !(worker instanceof URL)) return { load, port: once(worker), stoppable: false };
  const make = (): Worker => {
    if (typeof worker === "function") return worker();
    if (worker) return new Worker(worker, { type: "module", name: "subrosa" });
    // Bundlers look for exactly this expression.
    return new Worker(new URL("./worker.js", import.meta.url), { type: "module", name: "subrosa" });
  };
  return { load, port: () => portWorker(make()), stoppable: true };
}

function once(worker: Worker): Platform["port"] {
  let used = false;
  return () => {
    if (used) throw new Error("There is one worker only.");
    used = true;
    return portWorker(worker);
  };
}
