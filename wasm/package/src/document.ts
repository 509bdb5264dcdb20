import { GoneError, type Client } from "./client.js";
import { fail, SubrosaError } from "./error.js";
import type { Answered, Asked, Contents, Operation } from "./protocol.js";

/** More than this a 32-bit module cannot hold with its working copies. */
const MOST = 1 << 30;

/** The bytes of a file, in a buffer that can be handed on. */
export async function bytesOf(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  if (!(file instanceof Blob)) throw fail("options", "A file is a Blob or a File.");
  if (file.size > MOST) throw fail("limit", "The file is larger than 1 GiB.");
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw fail("load", "The file could not be read from where it is; it may have been moved or changed.");
  }
}

type Handled = { [K in Operation]: Asked<K> extends { handle: number } ? K : never }[Operation];
let handles = 0;

/**
 * A document that is open in the worker. When the instance that held it was replaced, because other work was stopped or
 * trapped, it is read again from the same file. The engine being a function of its input, places are then the same; if they
 * are not, the file is not.
 */
export class OpenDocument {
  readonly #client: Client;
  readonly #file: Blob;
  readonly #name: string;
  readonly #options: string;
  readonly #handle = ++handles;
  #print = "";
  #times = 0;
  #opening: Promise<Contents> | undefined;
  #closed = false;

  constructor(client: Client, file: Blob, name: string, options: string) {
    this.#client = client;
    this.#file = file;
    this.#name = name;
    this.#options = options;
  }

  async open(signal?: AbortSignal, told?: (done: number, total: number) => void): Promise<Contents> {
    const bytes = await bytesOf(this.#file);
    const contents = await this.#client.ask("open", { handle: this.#handle, options: this.#options, bytes, name: this.#name }, { signal, told, transfer: [bytes.buffer] });
    const print = `${contents.places.length}/${contents.blockCount}/${contents.places.reduce(hash, FRESH)}`;
    if (this.#print && this.#print !== print) throw fail("load", "The file was changed since it was opened.");
    this.#print = print;
    this.#times++;
    return contents;
  }

  async ask<K extends Handled>(operation: K, asked: Omit<Asked<K>, "handle">, signal?: AbortSignal): Promise<Answered<K>> {
    for (let tries = 0; ; tries++) {
      if (this.#closed) throw fail("aborted", "The document was closed.");
      const times = this.#times;
      try {
        return await this.#client.ask(operation, { ...asked, handle: this.#handle } as unknown as Asked<K>, { signal });
      } catch (error) {
        if (!(error instanceof GoneError) || tries > 1) throw error instanceof SubrosaError ? error : fail("internal", "The document could not be asked.");
        if (times === this.#times) await this.#reopen();
      }
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#client.ask("close", { handle: this.#handle }).catch(() => undefined);
  }

  #reopen(): Promise<Contents> {
    this.#opening ??= this.open().finally(() => (this.#opening = undefined));
    return this.#opening;
  }
}

const FRESH = 0x811c9dc5;

/** Tells different texts from each other; FNV-1a over UTF-16 units. */
function hash(hash: number, text: string): number {
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
