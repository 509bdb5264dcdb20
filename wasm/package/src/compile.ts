import { fail } from "./error.js";
import type { EngineOptions } from "./types.js";

/** The module, wherever it comes from. */
export async function compile(source: NonNullable<EngineOptions["module"]>): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  try {
    if (source instanceof URL) return await stream(await fetch(source));
    if (typeof Response !== "undefined" && source instanceof Response) return await stream(source);
    return await WebAssembly.compile(source as BufferSource);
  } catch {
    throw fail("load", "The WebAssembly module could not be loaded: it is missing, or the page's policy lacks 'wasm-unsafe-eval'.");
  }
}

async function stream(response: Response): Promise<WebAssembly.Module> {
  if (!response.ok) throw new Error("no module");
  // Servers that do not know the type are many.
  if (response.headers.get("content-type")?.split(";")[0]?.trim() === "application/wasm" && WebAssembly.compileStreaming) {
    return WebAssembly.compileStreaming(response);
  }
  return WebAssembly.compile(await response.arrayBuffer());
}
