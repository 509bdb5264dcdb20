/**
 * What the WebAssembly module exports (see `wasm/src/`). Structured values cross as JSON, bytes as bytes; every method that
 * can fail throws an `Error` whose message is a JSON `Failure`. A trap leaves the module unusable: make a new one.
 */
export interface Module {
  /** JSON `Catalogue`. */
  catalogue(): string;
  Session: new (options: string) => Session;
}

/** A detector and a policy. `options` is a JSON `Options`, with `key` as hex. */
export interface Session {
  /** JSON `Finding[]`. */
  scan(text: string): string;
  /** JSON `TextResult`. */
  redact(text: string): string;
  redact_file(bytes: Uint8Array, name: string): Written;
  open(bytes: Uint8Array, name: string): Opened;
  free(): void;
}

/** A document that was written and verified. */
export interface Written {
  /** Takes the bytes out; empty the second time. */
  take_bytes(): Uint8Array;
  /** JSON `Report`. */
  report(): string;
  /** The report of the run, as JSON for a file. */
  run_report(): string;
  /** Takes out the record of what was removed; empty the second time. */
  take_record(): string;
  free(): void;
}

/** A document that was read. */
export interface Opened {
  format(): string;
  place_count(): number;
  /** JSON array of some of the places: `Place` with the policy's `decision`, and `group` (number of the value) and `person`. */
  places(from: number, count: number): string;
  /** JSON `Unread[]`. */
  unread(): string;
  block_count(): number;
  /** JSON `Block[]`. */
  blocks(from: number, count: number): string;
  /** JSON `Box[]` of a span. */
  boxes(node: number, start: number, end: number): string;
  /** JSON array of `{ node, start, end, before, value, after, where, visible }`: everywhere this text stands, itself included. */
  same(node: number, start: number, end: number): string;
  /** JSON array of `{ id, node, start, end, entity, origin, confidence, decision }` of some places; with `first` those given before count no more. */
  decide(decisions: string, first: boolean): void;
  /** Once every place was decided on; with areas that are painted over, JSON `Box[]`. */
  finish(areas: string): Written;
  /** A long document that was finished is let go of: only `free` may be called then. */
  is_spent(): boolean;
  free(): void;
}

/** Functions without a session. */
export interface Functions {
  /** Hands over the dictionaries and weights, `subrosa.dat`, before the first session. They stay in memory. */
  provide(data: Uint8Array): void;
  /** Has somebody told how far the detector is in a document, in bytes of text. Not in the module for text alone. */
  listen?(listener: { told(done: number, total: number): void }): void;
  /** JSON `{ leaks, unread }`. */
  check(bytes: Uint8Array, name: string, passwords: string): string;
  /** JSON `{ text, lost }`. */
  restore_text(text: string, record: string): string;
  restore_file(bytes: Uint8Array, name: string, record: string, passwords: string): Restored;
}

export interface Restored {
  take_bytes(): Uint8Array;
  lost(): number;
  free(): void;
}
