import { readFile } from "node:fs/promises";
import { Worker } from "node:worker_threads";
import { compile } from "./compile.js";
import { portHere } from "./port-here.js";
import type { Platform, Port } from "./port.js";
import type { Ready, Reply } from "./protocol.js";
import { fail } from "./error.js";
import type { EngineOptions } from "./types.js";

/** Node, with worker threads. */
export function node(worker: EngineOptions["worker"]): Platform {
  const load = (): Promise<WebAssembly.Module> => moduleAt(new URL("./subrosa.wasm", import.meta.url));
  if (worker === false) return { load, port: portHere(async () => (await import("./desk.js")).Desk), stoppable: false };
  if (worker !== undefined && !(worker instanceof URL)) throw fail("options", "In Node a worker is given by its script's URL.");
  const script = worker ?? new URL("./node-worker.js", import.meta.url);
  return { load, port: () => portThread(new Worker(script, { name: "subrosa", execArgv: [], stdout: true, stderr: true })), stoppable: true };
}

/** A module in a file, which Node's `fetch` cannot read. */
export async function moduleAt(url: URL): Promise<WebAssembly.Module> {
  if (url.protocol !== "file:") return compile(url);
  try {
    return await WebAssembly.compile(await readFile(url));
  } catch {
    throw fail("load", "The WebAssembly module could not be loaded.");
  }
}

function portThread(thread: Worker): Port {
  const port: Port = {
    post: (message, transfer) => thread.postMessage(message, transfer),
    end: () => void thread.terminate(),
    hold: (held) => (held ? thread.ref() : thread.unref()),
    onmessage: () => undefined,
    ondeath: () => undefined,
  };
  thread.on("message", (message: Reply | Ready) => port.onmessage(message));
  for (const death of ["error", "messageerror", "exit"] as const) thread.on(death, () => port.ondeath());
  return port;
}
