import { aborted, fail, SubrosaError } from "./error.js";
import type { Platform, Port } from "./port.js";
import type { Answered, Asked, Operation, Reply, Request, Start } from "./protocol.js";

/** Work that is no longer wanted may end by itself for this long; a new worker costs more. Milliseconds. */
const GRACE = 200;
/** A worker's scripts have to be there after this long. Milliseconds. */
const LOADING = 60_000;

interface Job {
  readonly request: Request;
  readonly told: ((done: number, total: number) => void) | undefined;
  readonly transfer: ArrayBuffer[];
  settle(reply: Reply | SubrosaError): void;
  /** Nobody waits for it any more. */
  dropped: boolean;
}

/**
 * Asks one thing after the other. One worker works, one is loaded and waits: ending the first, which is the only way to stop
 * work that has begun, then needs no network.
 */
export class Client {
  readonly #platform: Platform;
  readonly #start: Promise<Start>;
  readonly #queue: Job[] = [];
  #running: Job | undefined;
  #port: Port | undefined;
  #changing: Promise<Port> | undefined;
  #spare: Promise<Port> | undefined;
  readonly #dead = new WeakSet<Port>();
  #grace: ReturnType<typeof setTimeout> | undefined;
  #closed = false;
  #next = 1;

  private constructor(platform: Platform, start: Promise<Start>) {
    this.#platform = platform;
    this.#start = start;
  }

  static async start(platform: Platform, start: Promise<Start>): Promise<Client> {
    const client = new Client(platform, start);
    const first = client.#current();
    client.#provide();
    try {
      await Promise.all([start, first]);
    } catch (error) {
      client.close();
      throw error;
    }
    // After this nothing is loaded any more, unless work is stopped.
    await client.#spare?.catch(() => undefined);
    return client;
  }

  ask<K extends Operation>(operation: K, asked: Asked<K>, call: { readonly signal?: AbortSignal | undefined; readonly told?: Job["told"]; readonly transfer?: ArrayBuffer[] } = {}): Promise<Answered<K>> {
    const { signal, told, transfer = [] } = call;
    return new Promise<Answered<K>>((resolve, reject) => {
      if (this.#closed || signal?.aborted) return reject(aborted());
      const cancel = (): void => this.#cancel(job);
      const job: Job = {
        request: { id: this.#next++, operation, asked } as Request,
        transfer,
        told,
        dropped: false,
        settle: (reply) => {
          signal?.removeEventListener("abort", cancel);
          if (reply instanceof SubrosaError) reject(reply);
          else if (reply.ok) resolve(reply.answer as Answered<K>);
          else reject(reply.gone ? new GoneError(reply.error) : reply.further ? new FurtherError(reply.error) : new SubrosaError(reply.error));
        },
      };
      signal?.addEventListener("abort", cancel, { once: true });
      this.#queue.push(job);
      void this.#advance();
    });
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#grace);
    this.#end();
    void this.#spare?.then((port) => port.end(), () => undefined);
    this.#spare = undefined;
    const jobs = this.#running ? [this.#running, ...this.#queue] : [...this.#queue];
    this.#running = undefined;
    this.#queue.length = 0;
    for (const job of jobs) if (!job.dropped) job.settle(aborted());
  }

  async #advance(): Promise<void> {
    if (this.#running || this.#closed) return;
    const job = this.#queue.shift();
    if (!job) return this.#port?.hold?.(false);
    this.#running = job;
    try {
      const port = await this.#current();
      if (this.#running !== job) return;
      if (job.dropped) return this.#finish(job, aborted());
      port.hold?.(true);
      port.post(job.request, job.transfer);
      this.#provide();
    } catch (error) {
      this.#finish(job, error instanceof SubrosaError ? error : fail("internal", "The request could not be passed to the worker."));
    }
  }

  #finish(job: Job, reply: Reply | SubrosaError): void {
    if (this.#running !== job) return;
    this.#running = undefined;
    clearTimeout(this.#grace);
    if (!job.dropped) job.settle(reply);
    void this.#advance();
  }

  #cancel(job: Job): void {
    if (job.dropped) return;
    job.dropped = true;
    job.settle(aborted());
    const waiting = this.#queue.indexOf(job);
    if (waiting >= 0) this.#queue.splice(waiting, 1);
    else if (this.#running === job && this.#platform.stoppable) {
      this.#grace = setTimeout(() => {
        if (this.#running !== job) return;
        this.#end();
        this.#finish(job, aborted());
      }, GRACE);
    }
  }

  /** The port that works: the one there is, the one that waits, or a new one. */
  async #current(): Promise<Port> {
    if (this.#port) return this.#port;
    this.#changing ??= this.#change();
    try {
      return await this.#changing;
    } finally {
      this.#changing = undefined;
    }
  }

  async #change(): Promise<Port> {
    // Taken before anything is waited for: one that is provided meanwhile is the next one's.
    const waiting = this.#spare;
    this.#spare = undefined;
    const port = await (waiting ? waiting.then((spare) => (this.#dead.has(spare) ? this.#load() : spare), () => this.#load()) : this.#load());
    if (this.#closed) {
      port.end();
      throw aborted();
    }
    port.onmessage = (message) => {
      const job = this.#running;
      if (!job || !("id" in message) || message.id !== job.request.id) return;
      if ("ok" in message) this.#finish(job, message);
      else if (!job.dropped) job.told?.(message.done, message.total);
    };
    port.ondeath = () => {
      this.#end();
      if (this.#running) this.#finish(this.#running, fail("internal", "The worker died; there is no result. Another one takes over."));
    };
    this.#port = port;
    return port;
  }

  #end(): void {
    const port = this.#port;
    this.#port = undefined;
    if (!port) return;
    port.onmessage = () => undefined;
    port.ondeath = () => undefined;
    port.end();
  }

  /** Sees to it that a port waits. */
  #provide(): void {
    if (!this.#platform.stoppable || this.#spare || this.#closed) return;
    const spare = this.#load();
    this.#spare = spare;
    spare.catch(() => {
      if (this.#spare === spare) this.#spare = undefined;
    });
  }

  /** A port whose scripts are there. */
  #load(): Promise<Port> {
    return new Promise((resolve, reject) => {
      const refuse = (): void => {
        clearTimeout(limit);
        port?.end();
        reject(fail("load", "The worker could not be started: its script is missing, forbidden by the page's policy, or out of reach."));
      };
      const limit = setTimeout(refuse, LOADING);
      let port: Port | undefined;
      try {
        port = this.#platform.port();
      } catch {
        return refuse();
      }
      const made = port;
      made.ondeath = refuse;
      made.onmessage = (message) => {
        if (!("ready" in message)) return;
        made.onmessage = () => undefined;
        made.ondeath = () => void this.#dead.add(made);
        this.#start.then((start) => {
          clearTimeout(limit);
          made.post(start, []);
          made.hold?.(false);
          resolve(made);
        }, refuse);
      };
    });
  }
}

/** The document that was asked about was lost with an instance: open it again. */
export class GoneError extends SubrosaError {}

/** The file is for the module with every format. */
export class FurtherError extends SubrosaError {}
