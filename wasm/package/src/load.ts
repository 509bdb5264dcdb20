import { fail } from "./error.js";
import type { EngineOptions } from "./types.js";

/** The module, wherever it comes from. */
export async function compile(source: NonNullable<EngineOptions["module"]>): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  try {
    if (source instanceof URL) return await stream(await fetch(source));
    if (isResponse(source)) return await stream(source);
    return await WebAssembly.compile(source);
  } catch {
    throw fail("load", "The WebAssembly module could not be loaded: it is missing, or the page's policy lacks 'wasm-unsafe-eval'.");
  }
}

/** The data, wherever it comes from. */
export async function bytes(source: NonNullable<EngineOptions["data"]>): Promise<Uint8Array> {
  try {
    if (source instanceof URL) return await body(await fetch(source));
    if (isResponse(source)) return await body(source);
    return ArrayBuffer.isView(source) ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength) : new Uint8Array(source);
  } catch {
    throw fail("load", "The dictionaries could not be loaded.");
  }
}

async function stream(response: Response): Promise<WebAssembly.Module> {
  // Servers that do not know the type are many.
  const known = response.headers.get("content-type")?.split(";")[0]?.trim() === "application/wasm";
  return known && response.ok ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await body(response));
}

async function body(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  if (!response.ok) throw new Error("no such file");
  return new Uint8Array(await response.arrayBuffer());
}

function isResponse(source: object): source is Response {
  return typeof Response !== "undefined" && source instanceof Response;
}
