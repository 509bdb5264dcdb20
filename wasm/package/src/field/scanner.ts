/** Waits for a pause in typing this long, and never longer than this in all. Milliseconds. */
const PAUSE = 200;
const LONGEST = 2500;
/** A text that is not checked after this long counts as not checked. Milliseconds. */
const LIMIT = 60_000;

export class TimeoutError extends Error {
  readonly code = "timeout";
}

/** Asks for one scan at a time; when more are wanted meanwhile, only the last is done. */
export class Scanner {
  readonly #scan: (signal: AbortSignal) => Promise<void>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #since = 0;
  #running = false;
  #again = false;
  #stopped = false;

  /** `scan` reads the present text itself and never rejects. */
  constructor(scan: (signal: AbortSignal) => Promise<void>) {
    this.#scan = scan;
  }

  /** Whether a scan is wanted or under way. */
  get busy(): boolean {
    return this.#running || this.#timer !== undefined;
  }

  soon(): void {
    if (this.#running) this.#again = true;
    const now = performance.now();
    if (this.#timer === undefined) this.#since = now;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.now(), Math.max(0, Math.min(PAUSE, this.#since + LONGEST - now)));
  }

  now(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#stopped) return;
    if (this.#running) {
      this.#again = true;
      return;
    }
    void this.#run();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #run(): Promise<void> {
    this.#running = true;
    const controller = new AbortController();
    const limit = setTimeout(() => controller.abort(), LIMIT);
    await this.#scan(controller.signal);
    clearTimeout(limit);
    this.#running = false;
    if (this.#again && !this.#stopped) {
      this.#again = false;
      // A pause in typing is being waited for already, or this is the pause.
      if (this.#timer === undefined) void this.#run();
    }
  }
}

/** Rejects when the signal says so, also if the work never ends. */
export function within<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = (): void => reject(new TimeoutError("The check took too long."));
    signal.addEventListener("abort", late, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", late));
  });
}

