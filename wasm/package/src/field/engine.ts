import type { Engine } from "../types.js";

/**
 * What an engine is for. The one for texts is less than half as long to load; the one for files reads texts too, and loads the module for
 * rare kinds of file when such a file is chosen.
 */
export type Use = "text" | "files";

const made: { [use in Use]?: Promise<Engine> } = {};

/**
 * The engine of all fields of the page that were given none. Made when the first field needs it; after a failure, anew. A page
 * whose fields hold text never loads what is for files; once that is there, texts are checked with it as well.
 */
export function sharedEngine(use: Use): Promise<Engine> {
  const there = made.files ?? made[use];
  if (there) return there;
  const started = (use === "files" ? import("../office.js") : import("../text.js")).then(({ createEngine }) => createEngine());
  made[use] = started;
  started.catch(() => {
    if (made[use] === started) delete made[use];
  });
  return started;
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
