/** What the tests of the field share: a server with a strict policy that keeps what it is sent, a browser, pages. */
import assert from "node:assert/strict";
import { readFileSync, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { becomes, eventually } from "../../../tests/eventually.mjs";

const here = dirname(fileURLToPath(import.meta.url));
export const built = join(here, "../../../dist/npm");
export const repository = join(here, "../../../..");
export const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";
const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm", ".css": "text/css", ".html": "text/html; charset=utf-8", ".map": "application/json" };

/** Serves the package at /npm/, pages and folders that were added, and keeps what is posted. */
export async function startServer() {
  const pages = new Map();
  const folders = new Map([["/npm/", built]]);
  const posts = [];
  let waiting = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    if (request.method === "POST") {
      const chunks = [];
      request.on("data", (chunk) => chunks.push(chunk));
      request.on("end", () => {
        const post = { path: pathname, type: request.headers["content-type"] ?? "", body: Buffer.concat(chunks) };
        posts.push(post);
        for (const wake of waiting.splice(0)) wake();
        send(response, 200, "text/html; charset=utf-8", "<!doctype html><html lang=en><title>Thanks</title><h1>Thanks</h1>");
      });
      return;
    }
    if (pages.has(pathname)) {
      const { body, type, policy } = pages.get(pathname);
      return send(response, 200, type, body, policy);
    }
    for (const [prefix, folder] of folders) {
      const file = join(folder, normalize(pathname.slice(prefix.length)) || "index.html");
      if (pathname.startsWith(prefix) && file.startsWith(folder) && existsSync(file) && statSync(file).isFile()) return send(response, 200, TYPES[extname(file)] ?? "application/octet-stream", readFileSync(file));
    }
    send(response, 404, "text/plain", "not found");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    posts,
    policy: POLICY,
    /** A page at a path of its own, or the page at `path`. */
    page(html, { path = `/page-${pages.size}`, policy = POLICY } = {}) {
      pages.set(path, { body: html, type: "text/html; charset=utf-8", policy });
      return origin + path;
    },
    script(source, path = `/script-${pages.size}.js`) {
      pages.set(path, { body: source, type: "text/javascript" });
      return path;
    },
    style(source, path = `/style-${pages.size}.css`) {
      pages.set(path, { body: source, type: "text/css" });
      return path;
    },
    folder(prefix, folder) {
      folders.set(prefix, folder);
    },
    /** The post of this number, as soon as it is there. */
    async post(index, limit = 8000) {
      const end = Date.now() + limit;
      while (posts.length <= index) {
        if (Date.now() > end) throw new Error(`No post number ${index} came.`);
        await Promise.race([new Promise((resolve) => waiting.push(resolve)), new Promise((resolve) => setTimeout(resolve, 50))]);
      }
      return posts[index];
    },
    close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))),
  };
  function send(response, status, type, body, policy = POLICY) {
    response.writeHead(status, { "content-type": type, "content-security-policy": policy, "referrer-policy": "no-referrer", "cache-control": "no-store" });
    response.end(body);
  }
}

export function startBrowser() {
  return chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"], ignoreDefaultArgs: ["--hide-scrollbars"] });
}

/** A document around a body. */
export function html(body, { script = "/npm/field/index.js", style = "", lang = "en", head = "" } = {}) {
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>Form</title><meta name="viewport" content="width=device-width"><link rel="icon" href="/icon.png">${
    style ? `<link rel="stylesheet" href="${style}">` : ""
  }${head}<script type="module" src="${script}"></script></head><body><main><h1>Form</h1>${body}</main></body></html>`;
}

/** Gives all fields of a page an engine whose answers come late. */
export async function slowDown(page, milliseconds) {
  await page.evaluate(async (wait) => {
    const { createEngine } = await import("/npm/index.js");
    const engine = await createEngine();
    globalThis.scans = 0;
    const later = (work) => new Promise((resolve) => setTimeout(resolve, wait)).then(work);
    const slowed = {
      catalogue: engine.catalogue,
      scan: (...asked) => (globalThis.scans++, later(() => engine.scan(...asked))),
      redactFile: (...asked) => later(() => engine.redactFile(...asked)),
    };
    for (const field of document.querySelectorAll("subrosa-field")) field.engine = slowed;
  }, milliseconds);
}

/** A tab that notes errors, console messages and breaches of the policy. */
export async function open(browser, url, options = {}) {
  const page = await browser.newPage(options);
  page.setDefaultTimeout(15000);
  const troubles = [];
  page.on("pageerror", (error) => troubles.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (!/icon\.png|404/u.test(message.text())) troubles.push(`console: ${message.text()}`);
  });
  await page.addInitScript(() => {
    globalThis.events = [];
    for (const name of ["subrosa-scan", "subrosa-ready", "subrosa-error"]) addEventListener(name, (event) => globalThis.events.push({ name, detail: event.detail }), true);
  });
  await page.goto(url);
  page.troubles = troubles;
  return page;
}

export { becomes, eventually };

/** Waits until the line of status of a field says this. */
export const says = (page, words, selector = "subrosa-field") => eventually(async () => assert.match(await page.locator(`${selector} [part=message]`).innerText(), words));

/** Waits until a field is in a state. */
export function settled(page, state, selector = "subrosa-field") {
  return page.waitForFunction(([which, wanted]) => document.querySelector(which)?.state === wanted, [selector, state]);
}

/** The entries of a posted form: `multipart/form-data` or urlencoded. */
export async function entries({ type, body }) {
  const response = new Response(body, { headers: { "content-type": type } });
  return [...(await response.formData()).entries()];
}
