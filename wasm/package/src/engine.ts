import { Client, FurtherError } from "./client.js";
import { disposable } from "./dispose.js";
import { bytesOf, OpenDocument } from "./document.js";
import { fail, failureOf } from "./error.js";
import { nameOf, renamed, typeOf } from "./names.js";
import { optionsJson } from "./options.js";
import type { Platform } from "./port.js";
import type { Document, Start } from "./protocol.js";
import { ReviewModel, type RawPlace } from "./review.js";
import type {
  Block, Box, Call, Catalogue, Engine, EngineOptions, FileResult, Finding, Leak, Options, Outcome, Progress, Report, RestoreRecord, Review, TextResult, Unread,
} from "./types.js";

/** Near misses that a person is shown have at least this confidence. */
const NEAR = 0.3;
const MEMORY = 64 * 1024 * 1024;
/** Decisions that cross at once. */
const DECISIONS = 5000;

/** How what the caller gives is loaded. */
export interface Loaders {
  compile(source: NonNullable<EngineOptions["module"]>): Promise<WebAssembly.Module>;
  bytes(source: NonNullable<EngineOptions["data"]>): Promise<Uint8Array>;
}

export async function engine(
  platform: Platform,
  options: EngineOptions,
  { compile, bytes }: Loaders,
  further?: Platform,
): Promise<Engine> {
  const module = options.module === undefined ? platform.module() : compile(options.module);
  const data = options.data === undefined ? platform.data() : bytes(options.data);
  const start = (module: Promise<WebAssembly.Module>): Promise<Start> => {
    const both = Promise.all([module, data]).then(([start, data]) => ({ start, data, memory: options.memory ?? MEMORY }));
    both.catch(() => undefined);
    return both;
  };
  const client = await Client.start(platform, start(module));
  const more = further && ((): Promise<Client> => Client.start(further, start(further.module())));
  try {
    return new TheEngine(client, parse<Catalogue>(await client.ask("catalogue", {})), more);
  } catch (error) {
    client.close();
    throw error;
  }
}

interface Named {
  readonly name?: string;
}

class TheEngine implements Engine {
  readonly catalogue: Catalogue;
  readonly #client: Client;
  /** A review that nobody holds any more and nobody closed must not keep its document in memory. */
  readonly #forgotten = new FinalizationRegistry<OpenDocument>((document) => document.close());
  /** Starts the module with every format, where this one has not; and that one, once a file needed it. */
  readonly #start: (() => Promise<Client>) | undefined;
  #further: Promise<Client> | undefined;
  #closed = false;
  declare readonly [Symbol.dispose]: () => void;

  constructor(client: Client, catalogue: Catalogue, start: (() => Promise<Client>) | undefined) {
    this.#client = client;
    this.#start = start;
    this.catalogue = catalogue;
  }

  async scan(text: string, options?: Options, call?: Call): Promise<readonly Finding[]> {
    return parse(await this.#client.ask("scan", { options: optionsJson(options), text: checked(text) }, { signal: call?.signal }));
  }

  async redact(text: string, options?: Options, call?: Call): Promise<TextResult> {
    return parse(await this.#client.ask("redact", { options: optionsJson(options), text: checked(text) }, { signal: call?.signal }));
  }

  async restoreText(text: string, record: RestoreRecord): Promise<{ readonly text: string; readonly lost: number }> {
    return parse(await this.#client.ask("restoreText", { text: checked(text), record: checked(record) }));
  }

  redactFile(file: Blob, options: Options & Named = {}, call?: Call): Promise<Outcome<FileResult>> {
    return this.#withFiles(async (client) => {
      const json = optionsJson(options);
      const { told, done } = bytesRead(call, file);
      const bytes = await bytesOf(file);
      const name = nameOf(file, options.name);
      const written = await client.ask("redactFile", { options: json, bytes, name }, { signal: call?.signal, told, transfer: [bytes.buffer] });
      done();
      return result(written, file, name);
    });
  }

  restoreFile(file: Blob, record: RestoreRecord, options: Named & { readonly passwords?: readonly string[] } = {}): Promise<Outcome<{ readonly file: File; readonly lost: number }>> {
    return this.#withFiles(async (client) => {
      const bytes = await bytesOf(file);
      const name = nameOf(file, options.name);
      const asked = { bytes, name, record: checked(record), passwords: JSON.stringify(options.passwords ?? []) };
      const restored = await client.ask("restoreFile", asked, { transfer: [bytes.buffer] });
      return { file: new File([own(restored.bytes)], renamed(name, "restored"), { type: typeOf(file, name) }), lost: restored.lost };
    });
  }

  open(file: Blob, options: Options & Named = {}, call?: Call): Promise<Outcome<{ readonly review: Review }>> {
    return this.#withFiles(async (client) => {
      const { told, done } = bytesRead(call, file);
      const name = nameOf(file, options.name);
      const document = new OpenDocument(client, file, name, optionsJson(options, NEAR));
      const contents = await document.open(call?.signal, told).catch((error: unknown) => {
        // What was stopped too late may be open all the same.
        document.close();
        throw error;
      });
      done();
      const places: RawPlace[] = [];
      // A long document has many: reading them and putting them in order are several tasks, not one long one.
      for (const part of contents.places) {
        for (const place of parse<RawPlace[]>(part)) places.push(place);
        await new Promise((resolve) => setTimeout(resolve));
      }
      const review = new ReviewModel(
        {
          name,
          format: contents.format,
          places,
          unread: parse<Unread[]>(contents.unread),
          blockCount: contents.blockCount,
        },
        {
          blocks: async (from, count) => parse<Block[]>(await document.ask("blocks", { from, count })),
          boxes: async (spans) => (await document.ask("boxes", { spans })).map((boxes) => parse<Box[]>(boxes)),
          same: async (span) => parse(await document.ask("same", span)),
          finish: async (decisions, areas, finishing) => {
            const steps = new Steps(finishing, 1);
            const parts: string[] = [];
            // Of a long document one text would be as long as the document, and one long task.
            for (let at = 0; at < Math.max(1, decisions.length); at += DECISIONS) {
              parts.push(JSON.stringify(decisions.slice(at, at + DECISIONS)));
              await new Promise((resolve) => setTimeout(resolve));
            }
            const written = await document.ask("finish", { decisions: parts, areas: JSON.stringify(areas) }, finishing?.signal);
            steps.next();
            return result(written, file, name);
          },
          close: () => document.close(),
        },
      );
      this.#forgotten.register(review, document);
      return { review };
    });
  }

  check(file: Blob, options: Named & { readonly passwords?: readonly string[] } = {}, call?: Call): Promise<Outcome<{ readonly leaks: readonly Leak[]; readonly unread: readonly Unread[] }>> {
    return this.#withFiles(async (client) => {
      const steps = new Steps(call, 2);
      const bytes = await bytesOf(file);
      steps.next();
      const asked = { bytes, name: nameOf(file, options.name), passwords: JSON.stringify(options.passwords ?? []) };
      const found = parse<{ leaks: Leak[]; unread: Unread[] }>(await client.ask("check", asked, { signal: call?.signal, transfer: [bytes.buffer] }));
      steps.next();
      return { leaks: found.leaks, unread: found.unread };
    });
  }

  close(): void {
    this.#closed = true;
    this.#client.close();
    void this.#further?.then((client) => client.close(), () => undefined);
  }

  #withFiles<T extends object>(work: (client: Client) => Promise<T>): Promise<Outcome<T>> {
    return outcome(async () => {
      if (this.catalogue.formats.length === 0) throw fail("unsupported", "This engine is for text alone.");
      try {
        return await work(this.#client);
      } catch (error) {
        if (!(error instanceof FurtherError)) throw error;
        return work(await this.#everything());
      }
    });
  }

  /** The module with every format. */
  async #everything(): Promise<Client> {
    if (!this.#start) throw fail("unsupported", "This kind of file is for the engine with every format.");
    const started = (this.#further ??= this.#start());
    started.catch(() => {
      if (this.#further === started) this.#further = undefined;
    });
    const client = await started;
    if (!this.#closed) return client;
    client.close();
    throw fail("aborted", "The engine was closed.");
  }
}

disposable(TheEngine);

/** Files give an outcome, whatever happens. */
export async function outcome<T extends object>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, ...(await work()) };
  } catch (error) {
    return { ok: false, error: failureOf(error) };
  }
}

function result(written: Document, file: Blob, name: string): FileResult {
  const report = parse<Report>(written.report);
  // A result without bytes would be an empty file that says it is redacted.
  if (written.bytes.length === 0 && file.size > 0) throw fail("internal", "The engine gave no document.");
  return {
    file: new File([own(written.bytes)], renamed(name, "redacted"), { type: typeOf(file, name) }),
    report,
    runReport: written.runReport,
    record: written.record as RestoreRecord,
  };
}

/** The module's bytes are its own, never shared. */
function own(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>;
}

function checked(text: string): string {
  if (typeof text !== "string") throw fail("options", "A text is a string.");
  return text;
}

/** What the module gives is JSON. If it is not, the parser's error would quote it. */
function parse<T>(json: string): T {
  try {
    return JSON.parse(json) as T;
  } catch {
    throw fail("internal", "The engine's answer cannot be read; there is no result.");
  }
}

/** Tells how much of a file was searched, in bytes of it. Text in other formats is longer or shorter than the file: its part counts. */
function bytesRead(call: Call | undefined, file: Blob): { told(done: number, total: number): void; done(): void } {
  const total = file.size;
  let last = -1;
  const tell = (done: number): void => {
    if (done <= last) return;
    last = done;
    queueMicrotask(() => call?.onProgress?.({ done, total, unit: "bytes" }));
  };
  tell(0);
  return { told: (part, of) => tell(of > 0 ? Math.min(total, Math.round((part / of) * total)) : 0), done: () => tell(total) };
}

/** Tells how far the work is. A listener's mistake does not become the document's. */
class Steps {
  readonly #call: Call | undefined;
  readonly #total: number;
  #done = -1;

  constructor(call: Call | undefined, total: number) {
    this.#call = call;
    this.#total = total;
    this.next();
  }

  next(): void {
    const progress: Progress = { done: ++this.#done, total: this.#total, unit: "step" };
    queueMicrotask(() => this.#call?.onProgress?.(progress));
  }
}
