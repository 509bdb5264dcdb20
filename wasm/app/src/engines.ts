/**
 * One engine a file, each in a worker of its own: memory is fresh for every document and is given back as a whole, a file
 * that is being read does not hold up the one that is being reviewed, and cancelling ends the worker at once.
 */

import { createEngine, type Catalogue, type Engine } from "subrosa";
import wasm from "subrosa/subrosa.wasm?url";

let spare: Promise<Engine> | null = null;
let known: Catalogue | null = null;

/** An engine that nobody uses yet. The next one starts only when this one is asked for. */
export function takeEngine(): Promise<Engine> {
  const taken = spare ?? make();
  spare = null;
  return taken;
}

/** Starts the first engine, so that it is ready when a file comes. */
export async function warmUp(): Promise<Catalogue> {
  spare ??= make();
  try {
    known = (await spare).catalogue;
    return known;
  } catch (error) {
    spare = null;
    throw error;
  }
}

/** Once `warmUp` is done. */
export function catalogue(): Catalogue {
  if (!known) throw new Error("the engine has not started");
  return known;
}

/** Compiled once for all engines. */
let compiled: Promise<WebAssembly.Module> | null = null;

async function make(): Promise<Engine> {
  compiled ??= compile();
  compiled.catch(() => {
    compiled = null;
  });
  return createEngine({ module: await compiled });
}

async function compile(): Promise<WebAssembly.Module> {
  const response = await fetch(wasm);
  if (!response.ok) throw new Error("subrosa.wasm");
  // Servers that do not know the type are many.
  return response.headers.get("content-type") === "application/wasm" ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}
