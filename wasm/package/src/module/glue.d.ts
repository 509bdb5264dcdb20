import type { Functions, Module } from "../module.js";

/** The functions of one instance of the module. */
export type Instance = Module & Functions;

/** The glue that belongs to the module. Each call stands for an instance of its own, which `init` makes. */
export function glue(): Instance & {
  init(options: { module_or_path: WebAssembly.Module }): Promise<{ readonly memory: WebAssembly.Memory }>;
};
