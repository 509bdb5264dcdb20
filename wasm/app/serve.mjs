/**
 * Serves the built page on this machine only: `node serve.mjs [FOLDER] [--port 8080]`. For use from disk, where a browser gives
 * pages neither workers nor WebAssembly. No dependencies.
 */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheControl, HEADERS } from "./hosting/headers.mjs";

const TYPES = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".mjs": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml", ".png": "image/png", ".wasm": "application/wasm", ".woff2": "font/woff2", ".webmanifest": "application/manifest+json",
  ".json": "application/json", ".bcmap": "application/octet-stream", ".pfb": "application/octet-stream", ".ttf": "font/ttf", ".icc": "application/vnd.iccprofile",
};

/** `seen` is told of every request. */
export async function serve(root, port = 0, seen = () => {}) {
  const server = createServer((request, response) => {
    seen(request);
    void answer(root, request, response).catch(() => response.destroy());
  });
  await new Promise((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  return { server, url: `http://127.0.0.1:${server.address().port}/` };
}

async function answer(root, request, response) {
  const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
  const file = normalize(join(root, path.endsWith("/") ? `${path}index.html` : path));
  const found = file.startsWith(root) ? await stat(file).catch(() => null) : null;
  if ((request.method !== "GET" && request.method !== "HEAD") || !found?.isFile()) {
    response.writeHead(found ? 405 : 404, HEADERS).end();
    return;
  }
  response.writeHead(200, { ...HEADERS, "Content-Type": TYPES[extname(file)] ?? "application/octet-stream", "Content-Length": found.size, "Cache-Control": cacheControl(path), Vary: "Origin" });
  if (request.method === "HEAD") response.end();
  else createReadStream(file).pipe(response);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const words = process.argv.slice(2);
  const at = words.indexOf("--port");
  const port = at >= 0 ? Number(words.splice(at, 2)[1]) : 8080;
  const root = words[0] ? normalize(join(process.cwd(), words[0])) : fileURLToPath(new URL("../dist/app", import.meta.url));
  const { url } = await serve(root, port);
  process.stdout.write(`Subrosa is at ${url}\n`);
}
