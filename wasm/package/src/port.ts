import type { Ready, Reply, Request, Start, Told } from "./protocol.js";

/** Somebody who answers requests: a worker, or a desk in this thread. */
export interface Port {
  post(message: Request | Start, transfer: ArrayBuffer[]): void;
  /** Ends it at once, whatever it is doing. */
  end(): void;
  /** Set by the owner. */
  onmessage: (message: Reply | Ready | Told) => void;
  /** It is dead, or was never alive. Set by the owner. */
  ondeath: () => void;
  /** Whether the process should wait for it. Only Node asks. */
  hold?(held: boolean): void;
}

/** What differs between browsers, Node and Deno. */
export interface Platform {
  /** The module and the data that come with the package. */
  module(): Promise<WebAssembly.Module>;
  data(): Promise<Uint8Array>;
  /** A port that begins to load; throws where there can be none. */
  port(): Port;
  /** Whether `end` stops work that has begun, and another port can be had then. */
  readonly stoppable: boolean;
}
