import type { Engine } from "../types.js";

let shared: Promise<Engine> | undefined;

/** The engine of all fields of the page that were given none. Made when the first field needs it; after a failure, anew. */
export function sharedEngine(): Promise<Engine> {
  if (!shared) {
    const started = import("../index.js").then(({ createEngine }) => createEngine());
    shared = started;
    started.catch(() => {
      if (shared === started) shared = undefined;
    });
  }
  return shared;
}

/** A problem with a code, as the field reports it: one of the engine's, or one of the field's own. */
export interface Problem {
  readonly code: string;
  /** Holds no text of the document. */
  readonly message: string;
}

/** The engine's failures have words that are meant for people; those of other errors may hold anything. */
export function problemOf(error: unknown, otherwise: Problem): Problem {
  if (error instanceof Error && "code" in error && typeof error.code === "string") return { code: error.code, message: error.message };
  return otherwise;
}
