/**
 * Serves a form and takes what it sends: `node plain/server.mjs [folder]`. Shows what a server has to do: headers that bind the
 * page and the worker, and no entry without a receipt whose hash is right.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join, normalize } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const LIMIT = 64 * 1024 * 1024;
const HEADERS = {
  // On every file: a policy on the page alone does not bind its worker, which is where documents are.
  "content-security-policy": "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm" };

/** The entries that were checked in the browser; throws when one was not. */
export async function checked(form, names) {
  const entries = {};
  for (const name of names) {
    const values = form.getAll(name).filter((value) => typeof value === "string" ? value !== "" : value.size > 0);
    if (!values.length) continue;
    const receipt = JSON.parse(form.get(`${name}-receipt`) ?? "null");
    const hashes = receipt?.kind === "text" ? [receipt.sha256] : (receipt?.files ?? []).map(({ sha256 }) => sha256);
    for (const [index, value] of values.entries()) {
      const bytes = typeof value === "string" ? Buffer.from(value) : Buffer.from(await value.arrayBuffer());
      if (createHash("sha256").update(bytes).digest("hex") !== hashes[index]) throw new Error(`The entry "${name}" was not checked.`);
    }
    entries[name] = { values, receipt };
  }
  return entries;
}

export function serve({ folder = here, npm = join(here, "../../../dist/npm"), names = ["note", "letter"], save }) {
  return createServer(async (request, response) => {
    const answer = (status, type, body) => response.writeHead(status, { ...HEADERS, "content-type": type }).end(body);
    const { pathname } = new URL(request.url, "http://localhost");
    if (request.method === "POST" && pathname === "/save") {
      try {
        const chunks = [];
        let size = 0;
        for await (const chunk of request) {
          size += chunk.length;
          if (size > LIMIT) throw new Error("Too large.");
          chunks.push(chunk);
        }
        const body = Buffer.concat(chunks);
        const form = await new Response(body, { headers: { "content-type": request.headers["content-type"] ?? "" } }).formData();
        await save(await checked(form, names), body);
        answer(200, TYPES[".html"], '<!doctype html><html lang="en"><title>Saved</title><h1>Saved</h1>');
      } catch (error) {
        answer(400, "text/plain; charset=utf-8", error instanceof Error ? error.message : "Not accepted.");
      }
      return;
    }
    const [root, path] = pathname.startsWith("/npm/") ? [npm, pathname.slice(4)] : [folder, pathname === "/" ? "/index.html" : pathname];
    const file = join(root, normalize(path));
    if (file.startsWith(root) && existsSync(file) && statSync(file).isFile()) answer(200, TYPES[extname(file)] ?? "application/octet-stream", readFileSync(file));
    else answer(404, "text/plain", "Not found.");
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const folder = process.argv[2] ? join(process.cwd(), process.argv[2]) : here;
  const server = serve({ folder, save: (entries) => console.log(Object.entries(entries).map(([name, { receipt }]) => `${name}: ${JSON.stringify(receipt.counts)}`).join("\n")) });
  server.listen(8080, "127.0.0.1", () => console.log("http://127.0.0.1:8080"));
}
