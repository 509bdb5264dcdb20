import type { Failure } from "./types.js";

/**
 * What the page's thread asks of the thread with the module, and what comes back. Structured values stay JSON as the module
 * gives them: a string crosses threads faster than objects.
 */
export interface Operations {
  catalogue: [request: object, reply: string];
  scan: [request: { options: string; text: string }, reply: string];
  redact: [request: { options: string; text: string }, reply: string];
  restoreText: [request: { text: string; record: string }, reply: string];
  redactFile: [request: { options: string; bytes: Uint8Array; name: string }, reply: Document];
  restoreFile: [request: { bytes: Uint8Array; name: string; record: string; passwords: string }, reply: { bytes: Uint8Array; lost: number }];
  check: [request: { bytes: Uint8Array; name: string; passwords: string }, reply: string];
  /** The asker gives the handle. */
  open: [request: { handle: number; options: string; bytes: Uint8Array; name: string }, reply: Contents];
  blocks: [request: { handle: number; from: number; count: number }, reply: string];
  boxes: [request: { handle: number; spans: readonly Span[] }, reply: readonly string[]];
  same: [request: { handle: number } & Span, reply: string];
  finish: [request: { handle: number; decisions: readonly string[]; areas: string }, reply: Document];
  close: [request: { handle: number }, reply: null];
}

export interface Span {
  readonly node: number;
  readonly start: number;
  readonly end: number;
}

export interface Document {
  readonly bytes: Uint8Array;
  readonly report: string;
  readonly runReport: string;
  readonly record: string;
}

export interface Contents {
  readonly format: string;
  /** In parts: all of a long document would be one very long text. */
  readonly places: readonly string[];
  readonly unread: string;
  readonly blockCount: number;
}

export type Operation = keyof Operations;
export type Asked<K extends Operation> = Operations[K][0];
export type Answered<K extends Operation> = Operations[K][1];

export type Request = { readonly [K in Operation]: { readonly id: number; readonly operation: K; readonly asked: Asked<K> } }[Operation];

/** The first message to a worker. */
export interface Start {
  readonly start: WebAssembly.Module;
  /** Dictionaries and weights. Every instance is handed them. */
  readonly data: Uint8Array;
  /** Above this many bytes of memory an instance without open documents is replaced. */
  readonly memory: number;
}

export type Reply =
  | { readonly id: number; readonly ok: true; readonly answer: Answered<Operation> }
  /**
   * `gone`: there is no document of that handle here, because the instance was replaced or the document was too long to be kept.
   * `further`: the file is for the module with every format.
   */
  | { readonly id: number; readonly ok: false; readonly error: Failure; readonly gone?: true; readonly further?: true };

/** How far a request is, in bytes of text. */
export interface Told {
  readonly id: number;
  readonly done: number;
  readonly total: number;
}

/** Says that a worker's scripts are loaded. */
export interface Ready {
  readonly ready: true;
  /** A lock that the worker holds as long as it lives. */
  readonly lock?: string;
}
