/** The script of the browser's worker. Loads nothing, sends to nobody but the page that started it. */
import { serve } from "./serve.js";

interface Scope {
  postMessage(message: unknown, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
}

const scope = globalThis as unknown as Scope;
const send = scope.postMessage.bind(scope);
const receive = serve((message, transfer) => send(message, transfer));
scope.onmessage = ({ data }) => receive(data);
