import { fail, failureIn, failureOf, isFurther, SubrosaError } from "./error.js";
import type { glue, Instance } from "./module/glue.js";
import type { Opened, Session, Written } from "./module.js";
import type { Answered, Asked, Document, Operation, Reply, Request, Start, Told } from "./protocol.js";

/** Sessions kept for calls with the same options: building a detector costs more than scanning a short text. */
const SESSIONS = 3;
/** Places that are written out at once: some hundreds of kilobytes. */
const PLACES = 1000;

/**
 * Does what is asked with an instance of the module, one request after the other. After a trap an instance's memory is in no
 * known state; after a large file it does not shrink. In both cases the next request gets a fresh instance.
 */
export class Desk {
  readonly #start: Start;
  readonly #glue: typeof glue;
  #instance: Promise<Live> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(start: Start, make: typeof glue) {
    this.#start = start;
    this.#glue = make;
  }

  /** Never rejects. */
  answer(request: Request, tell: (told: Told) => void): Promise<Reply> {
    const reply = this.#last.then(() => this.#answer(request, tell));
    this.#last = reply;
    return reply;
  }

  async #answer(request: Request, tell: (told: Told) => void): Promise<Reply> {
    const { id } = request;
    let live: Live;
    try {
      this.#instance ??= Live.make(this.#start, this.#glue);
      live = await this.#instance;
    } catch (error) {
      this.#instance = undefined;
      return { id, ok: false, error: said(error) ?? { code: "load", message: "The WebAssembly module could not be started." } };
    }
    try {
      live.told = (done, total) => tell({ id, done, total });
      const answer = live.answer(request.operation, request.asked);
      if (live.spent(this.#start.memory)) this.#instance = undefined;
      return { id, ok: true, answer };
    } catch (error) {
      if (error instanceof Gone) return { id, ok: false, error: failureOf(error), gone: true };
      const failure = said(error);
      if (failure && error instanceof Error && isFurther(error.message)) {
        return { id, ok: false, error: { code: "unsupported", message: "This kind of file is for the module with every format." }, further: true };
      }
      if (failure) return { id, ok: false, error: failure };
      this.#instance = undefined;
      return { id, ok: false, error: { code: "internal", message: "The engine stopped; there is no result. It was started afresh." } };
    }
  }
}

/** An error that the module threw on purpose. Everything else, a trap, an exhausted stack or memory, makes the instance unusable. */
function said(error: unknown): SubrosaError["failure"] | undefined {
  if (error instanceof SubrosaError) return error.failure;
  if (!(error instanceof Error) || error instanceof WebAssembly.RuntimeError) return undefined;
  return failureIn(error.message);
}

/** The document was lost with an instance. */
class Gone extends SubrosaError {
  constructor() {
    super({ code: "internal", message: "The document is not open." });
  }
}

type Handlers = { [K in Operation]: (asked: Asked<K>) => Answered<K> };

/** An instance, the sessions made with it, and the documents open in it. */
class Live {
  readonly #instance: Instance;
  readonly #memory: WebAssembly.Memory;
  readonly #sessions = new Map<string, Session>();
  readonly #documents = new Map<number, Opened>();
  /** Hears how far the present request is. */
  told: (done: number, total: number) => void = () => undefined;

  private constructor(instance: Instance, memory: WebAssembly.Memory) {
    this.#instance = instance;
    this.#memory = memory;
  }

  static async make(start: Start, make: typeof glue): Promise<Live> {
    const instance = make();
    const { memory } = await instance.init({ module_or_path: start.start });
    instance.provide(start.data);
    const live = new Live(instance, memory);
    instance.listen?.({ told: (done, total) => live.told(done, total) });
    return live;
  }

  spent(limit: number): boolean {
    return this.#documents.size === 0 && this.#memory.buffer.byteLength > limit;
  }

  answer<K extends Operation>(operation: K, asked: Asked<K>): Answered<K> {
    const handler: Handlers[K] | undefined = this.#handlers[operation];
    if (!handler) throw fail("internal", "Unknown operation.");
    return handler(asked);
  }

  readonly #handlers: Handlers = {
    catalogue: () => this.#instance.catalogue(),
    scan: ({ options, text }) => this.#session(options).scan(text),
    redact: ({ options, text }) => this.#session(options).redact(text),
    restoreText: ({ text, record }) => this.#instance.restore_text(text, record),
    redactFile: ({ options, bytes, name }) => document(this.#session(options).redact_file(bytes, name)),
    restoreFile: ({ bytes, name, record, passwords }) => {
      const restored = this.#instance.restore_file(bytes, name, record, passwords);
      const result = { bytes: restored.take_bytes(), lost: restored.lost() };
      restored.free();
      return result;
    },
    check: ({ bytes, name, passwords }) => this.#instance.check(bytes, name, passwords),
    open: ({ handle, options, bytes, name }) => {
      const opened = this.#session(options).open(bytes, name);
      const places = Array.from({ length: Math.ceil(opened.place_count() / PLACES) }, (_, part) => opened.places(part * PLACES, PLACES));
      const contents = { format: opened.format(), places, unread: opened.unread(), blockCount: opened.block_count() };
      this.#documents.set(handle, opened);
      return contents;
    },
    blocks: ({ handle, from, count }) => this.#document(handle).blocks(from, count),
    boxes: ({ handle, spans }) => {
      const opened = this.#document(handle);
      return spans.map(({ node, start, end }) => opened.boxes(node, start, end));
    },
    same: ({ handle, node, start, end }) => this.#document(handle).same(node, start, end),
    finish: ({ handle, decisions, areas }) => {
      const opened = this.#document(handle);
      for (const [index, part] of decisions.entries()) opened.decide(part, index === 0);
      try {
        return document(opened.finish(areas));
      } finally {
        // It is read again if anybody asks for more.
        if (opened.is_spent()) this.#close(handle);
      }
    },
    close: ({ handle }) => {
      this.#close(handle);
      return null;
    },
  };

  #close(handle: number): void {
    this.#documents.get(handle)?.free();
    this.#documents.delete(handle);
  }

  #document(handle: number): Opened {
    const opened = this.#documents.get(handle);
    if (!opened) throw new Gone();
    return opened;
  }

  #session(options: string): Session {
    let session = this.#sessions.get(options);
    if (session) this.#sessions.delete(options);
    else session = new this.#instance.Session(options);
    // The map is in the order of last use.
    this.#sessions.set(options, session);
    for (const [key, oldest] of this.#sessions) {
      if (this.#sessions.size <= SESSIONS) break;
      this.#sessions.delete(key);
      oldest.free();
    }
    return session;
  }
}

function document(written: Written): Document {
  const result = { report: written.report(), runReport: written.run_report(), record: written.take_record(), bytes: written.take_bytes() };
  written.free();
  return result;
}
