/** The script of Node's worker. */
import { parentPort } from "node:worker_threads";
import { glue } from "./module/glue.js";
import type { Ready } from "./protocol.js";
import { serve } from "./serve.js";

const port = parentPort;
if (port) {
  const receive = serve(glue, (message, transfer) => port.postMessage(message, transfer));
  port.on("message", receive);
  port.postMessage({ ready: true } satisfies Ready);
}
