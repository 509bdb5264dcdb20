import type { Port } from "./port.js";
import type { Ready, Reply, Told } from "./protocol.js";

/** A worker of the web's kind. */
export function portWorker(worker: Worker): Port {
  const waiting = new AbortController();
  const port: Port = {
    post: (message, transfer) => worker.postMessage(message, transfer),
    end: () => {
      waiting.abort();
      worker.terminate();
    },
    onmessage: () => undefined,
    ondeath: () => undefined,
  };
  worker.onmessage = ({ data }: MessageEvent<Reply | Ready | Told>) => {
    if ("ready" in data && data.lock) void navigator.locks.request(data.lock, { signal: waiting.signal }, () => port.ondeath()).catch(() => undefined);
    port.onmessage(data);
  };
  worker.onmessageerror = () => port.ondeath();
  worker.onerror = (event) => {
    // Unhandled, the browser would print the error, which may hold document text.
    event.preventDefault();
    port.ondeath();
  };
  return port;
}
