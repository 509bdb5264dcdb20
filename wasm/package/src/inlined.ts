import { fail } from "./error.js";
import { packed } from "./module/inline.js";

/** The module that the script carries. */
export async function inlined(): Promise<WebAssembly.Module> {
  try {
    const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
    const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return await WebAssembly.compile(await new Response(unpacked).arrayBuffer());
  } catch {
    throw fail("load", "The WebAssembly module could not be unpacked, or the page's policy lacks 'wasm-unsafe-eval'.");
  }
}
