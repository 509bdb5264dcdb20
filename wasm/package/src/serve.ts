import { Desk } from "./desk.js";
import type { glue } from "./module/glue.js";
import type { Reply, Request, Start, Told } from "./protocol.js";
import { seal } from "./seal.js";

/** A worker's side: the first message starts it, all others are requests. */
export function serve(make: typeof glue, send: (message: Reply | Told, transfer: ArrayBuffer[]) => void): (message: unknown) => void {
  seal();
  let desk: Desk | undefined;
  return (message) => {
    if (!desk) desk = new Desk(message as Start, make);
    else void desk.answer(message as Request, (told) => send(told, [])).then((reply) => send(reply, transferable(reply)));
  };
}

/** The bytes of a written document go over, they are not copied. */
function transferable(reply: Reply): ArrayBuffer[] {
  if (!reply.ok || typeof reply.answer !== "object" || reply.answer === null || !("bytes" in reply.answer)) return [];
  const { buffer } = reply.answer.bytes;
  return buffer instanceof ArrayBuffer ? [buffer] : [];
}
