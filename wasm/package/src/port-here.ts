import { Desk } from "./desk.js";
import type { Port } from "./port.js";
import type { Request, Start } from "./protocol.js";

/** A desk in this thread. */
export function portHere(): Port {
  let desk: Desk | undefined;
  let ended = false;
  const port: Port = {
    post(message) {
      if (!desk) {
        desk = new Desk(message as Start);
        return;
      }
      void desk.answer(message as Request).then((reply) => {
        if (!ended) port.onmessage(reply);
      });
    },
    end() {
      ended = true;
    },
    onmessage: () => undefined,
    ondeath: () => undefined,
  };
  queueMicrotask(() => port.onmessage({ ready: true }));
  return port;
}
