import type { Desk } from "./desk.js";
import type { Port } from "./port.js";
import type { Reply, Request, Start } from "./protocol.js";

export type MakeDesk = (start: Start) => Desk;

/**
 * A desk in this thread. The desk and the module's glue are loaded by the caller's own means: pages with a worker, most of
 * them, do not need them here.
 */
export function portHere(load: () => Promise<MakeDesk>): () => Port {
  return () => {
    let start: (message: Start) => void;
    const started = new Promise<Start>((resolve) => (start = resolve));
    const loaded = load();
    const desk = Promise.all([loaded, started]).then(([make, message]) => make(message));
    desk.catch(() => undefined);
    let ended = false;
    const port: Port = {
      post(message) {
        if ("start" in message) start(message);
        else void answer(message).then((reply) => ended || port.onmessage(reply));
      },
      end: () => void (ended = true),
      onmessage: () => undefined,
      ondeath: () => undefined,
    };
    const answer = async (request: Request): Promise<Reply> => (await desk).answer(request, (told) => ended || port.onmessage(told));
    loaded.then(
      () => port.onmessage({ ready: true }),
      () => port.ondeath(),
    );
    return port;
  };
}
