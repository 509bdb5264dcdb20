import { readFile } from "node:fs/promises";
import { Worker } from "node:worker_threads";
import { bytes, compile } from "./load.js";
import { portHere, type MakeDesk } from "./port-here.js";
import type { Platform, Port } from "./port.js";
import type { Ready, Reply, Told } from "./protocol.js";
import { fail } from "./error.js";
import type { EngineOptions } from "./types.js";

/** Node, with worker threads. */
export function node(worker: EngineOptions["worker"]): Platform {
  const files = {
    module: () => fileModule(new URL("./subrosa.wasm", import.meta.url)),
    data: () => fileBytes(new URL("./subrosa.dat", import.meta.url)),
  };
  if (worker === false) return { ...files, port: portHere(desk), stoppable: false };
  if (worker !== undefined && !(worker instanceof URL)) throw fail("options", "In Node a worker is given by its script's URL.");
  const script = worker ?? new URL("./node-worker.js", import.meta.url);
  return { ...files, port: () => portThread(new Worker(script, { name: "subrosa", execArgv: [], stdout: true, stderr: true })), stoppable: true };
}

const desk = async (): Promise<MakeDesk> => {
  const [{ Desk }, { glue }] = await Promise.all([import("./desk.js"), import("./module/glue.js")]);
  return (start) => new Desk(start, glue);
};

/** As `compile`; from a file, too, which Node's `fetch` cannot read. */
export async function fileModule(source: NonNullable<EngineOptions["module"]>): Promise<WebAssembly.Module> {
  return compile(isFile(source) ? await read(source) : source);
}

/** As `bytes`; from a file, too. */
export async function fileBytes(source: NonNullable<EngineOptions["data"]>): Promise<Uint8Array> {
  return isFile(source) ? read(source) : bytes(source);
}

function isFile(source: object): source is URL {
  return source instanceof URL && source.protocol === "file:";
}

async function read(file: URL): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await readFile(file);
  } catch {
    throw fail("load", "A file of the engine is missing.");
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
  thread.on("message", (message: Reply | Ready | Told) => port.onmessage(message));
  for (const death of ["error", "messageerror", "exit"] as const) thread.on(death, () => port.ondeath());
  return port;
}
