import type { glue } from "./module/glue.js";
import type { Ready } from "./protocol.js";
import { serve } from "./serve.js";

interface Scope {
  postMessage(message: unknown, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
}

/** Makes this thread the browser's worker. Loads nothing, sends to nobody but the page that started it. */
export function work(make: typeof glue): void {
  const scope = globalThis as unknown as Scope;
  const send = scope.postMessage.bind(scope);
  const receive = serve(make, (message, transfer) => send(message, transfer));
  scope.onmessage = ({ data }) => receive(data);

  const ready = (lock: object): void => send({ ready: true, ...lock } satisfies Ready, []);
  // A browser does not tell when a worker has died of exhausted memory. But then it gives the worker's lock to whoever waits.
  const { locks } = navigator as { locks?: LockManager };
  if (!locks) return ready({});
  const lock = `subrosa ${crypto.randomUUID()}`;
  const held = locks.request(lock, () => {
    ready({ lock });
    return new Promise(() => undefined);
  });
  held.catch(() => ready({}));
}
