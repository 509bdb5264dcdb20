/** Long work in small pieces, so that keys and clicks are answered in between. */

const SLICE = 8;

interface Scheduler {
  yield?(): Promise<void>;
}

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

/** Lets everything that waits have its turn. */
export function pause(): Promise<void> {
  const { scheduler } = globalThis as { scheduler?: Scheduler };
  if (scheduler?.yield) return scheduler.yield();
  return new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });
}

/** Calls `act` for every value; gives up when `signal` says so. False when it gave up. */
export async function inSlices<T>(values: Iterable<T>, act: (value: T) => void, signal?: AbortSignal): Promise<boolean> {
  let until = performance.now() + SLICE;
  for (const value of values) {
    if (signal?.aborted) return false;
    act(value);
    if (performance.now() >= until) {
      await pause();
      until = performance.now() + SLICE;
    }
  }
  return !signal?.aborted;
}

export class Slicer {
  #until = performance.now() + SLICE;

  /** Pauses when the slice is used up. */
  async breathe(): Promise<void> {
    if (performance.now() < this.#until) return;
    await pause();
    this.#until = performance.now() + SLICE;
  }
}
