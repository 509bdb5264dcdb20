import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

/** As strict as a page with this package can be. */
export const POLICY =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm", ".svg": "image/svg+xml", ".json": "application/json" };

/** Serves folders, the first that has the file, and remembers what was asked for. Every answer has `headers`. */
export function site(folders, headers) {
  const asked = [];
  return listening(
    (request, response) => {
      const path = normalize(new URL(request.url, "http://a").pathname);
      asked.push(path);
      const file = folders.map((folder) => join(folder, path === "/" ? "index.html" : path)).find((file) => existsSync(file) && statSync(file).isFile());
      if (!file) return response.writeHead(404, headers).end();
      response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream", "cache-control": "no-store", ...headers });
      createReadStream(file).pipe(response);
    },
    { asked },
  );
}

/** Takes whatever is sent to it, from anywhere, and remembers it. */
export function sink() {
  const received = [];
  return listening(
    (request, response) => {
      received.push(`${request.method} ${request.url}`);
      response.writeHead(200, { "access-control-allow-origin": "*", "access-control-allow-headers": "*" }).end("thanks");
    },
    { received },
  );
}

async function listening(answer, more) {
  const server = createServer(answer);
  const listen = (port) => new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  await listen(0);
  const { port } = server.address();
  return {
    ...more,
    url: `http://127.0.0.1:${port}/`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    start: () => listen(port),
  };
}

/** Waits for something in a page. Playwright's own `waitForFunction` uses `eval`, which a strict policy forbids. */
export async function until(page, expression, milliseconds = 10_000) {
  for (const end = Date.now() + milliseconds; Date.now() < end; ) {
    if (await page.evaluate(expression)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`Never: ${expression}`);
}
