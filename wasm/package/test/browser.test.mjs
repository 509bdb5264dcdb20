import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { build, createServer } from "vite";
import { everything, GOOD, LETTER } from "./everything.mjs";
import { patch } from "./patch.mjs";
import { npm, wasm } from "./real.mjs";
import { POLICY, sink, site, until } from "./servers.mjs";

const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
const skip = executablePath ? false : "no Chromium is installed";
const docx = readFileSync(new URL("../../../examples/discharge-letter.docx", import.meta.url)).toString("base64");

let folder, browser, strict, loose, plain, away;

before(
  async () => {
    if (skip) return;
    // As somebody's project is who uses the package.
    folder = mkdtempSync(join(tmpdir(), "subrosa-site-"));
    cpSync(fileURLToPath(new URL("site/", import.meta.url)), folder, { recursive: true });
    mkdirSync(join(folder, "node_modules"));
    cpSync(fileURLToPath(npm), join(folder, "node_modules/subrosa"), { recursive: true });
    await build({ root: folder, logLevel: "error", build: { outDir: "out", reportCompressedSize: false } });
    writeFileSync(join(folder, "out/stopping.wasm"), patch(wasm(), { session_redact: "hang", session_redact_file: "trap" }));
    const entry = join(folder, "one.js");
    writeFileSync(entry, 'export { createEngine } from "subrosa/inline";');
    await build({ root: folder, logLevel: "error", publicDir: false, build: { lib: { entry, formats: ["iife"], name: "subrosa", fileName: () => "one.js" }, outDir: "one", minify: false, reportCompressedSize: false } });
    writeFileSync(join(folder, "one.html"), `<!doctype html><title>one</title><link rel="icon" href="/icon.svg" /><script src="/one/one.js"></script>`);
    writeFileSync(join(folder, "plain.html"), `<!doctype html><title>plain</title><link rel="icon" href="/icon.svg" /><script type="module" src="/plain.js"></script>`);
    writeFileSync(join(folder, "plain.js"), `import { createEngine } from "/subrosa/index.js"; import * as inline from "/subrosa/inline.js"; globalThis.subrosa = { createEngine, inline: inline.createEngine };`);
    writeFileSync(join(folder, "leak.js"), "onmessage = ({ data }) => fetch(data).then(() => postMessage('sent'), () => postMessage('stopped'));");

    strict = await site([join(folder, "out")], { "content-security-policy": POLICY });
    loose = await site([join(folder, "out"), folder], {});
    plain = await site([folder, join(folder, "node_modules"), join(folder, "public")], { "content-security-policy": POLICY });
    away = await sink();
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  },
  { timeout: 60_000 },
);

after(async () => {
  await browser?.close();
  for (const server of [strict, loose, plain, away]) await server?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** A page, with all that it asks for and complains of. */
async function opened(url) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const seen = { requests: [], words: [] };
  context.on("request", (request) => seen.requests.push(request.url()));
  page.on("console", (message) => seen.words.push(message.text()));
  page.on("pageerror", (error) => seen.words.push(String(error)));
  await page.goto(url);
  await until(page, "Boolean(globalThis.subrosa)");
  return { context, page, seen };
}

const options = { skip, timeout: 40_000 };

test("the sink records what gets out: a page without a policy, and a worker that is not bound by its page's", options, async () => {
  const { page, context } = await opened(loose.url);
  await page.evaluate((url) => fetch(`${url}page`), away.url);
  const answer = await page.evaluate(
    (url) =>
      new Promise((resolve) => {
        const worker = new Worker("/leak.js");
        worker.onmessage = ({ data }) => resolve(data);
        worker.postMessage(`${url}worker`);
      }),
    away.url,
  );
  assert.equal(answer, "sent");
  assert.deepEqual(away.received.splice(0), ["GET /page", "GET /worker"]);
  await context.close();
});

test("bundled by Vite, under a strict policy: everything works, nothing is asked of any server after loading", options, async () => {
  const { page, context, seen } = await opened(strict.url);
  await page.evaluate(async () => void (globalThis.engine = await subrosa.createEngine()));
  assert.equal(page.workers().length, 2);
  const loaded = strict.asked.length;
  seen.requests.length = 0;
  assert.ok(loaded > 4);
  assert.deepEqual(await page.evaluate(everything, { text: LETTER, docx }), GOOD);
  assert.deepEqual(strict.asked.slice(loaded), []);
  assert.deepEqual(seen.requests, []);
  assert.deepEqual(away.received, []);
  assert.deepEqual(seen.words, []);
  assert.deepEqual(await page.evaluate(() => violations), []);
  await context.close();
});

test("for the usual kinds of file: the module with every format is loaded for a file that needs it, and then does it", options, async () => {
  const { page, context, seen } = await opened(strict.url);
  const modules = () => seen.requests.filter((url) => url.endsWith(".wasm")).map((url) => /[\w-]+?(?=-[\w-]{8}\.)/.exec(url.split("/").at(-1))[0]);
  const usual = await page.evaluate(async (bytes) => {
    globalThis.engine = await subrosa.officeEngine();
    const file = new File([Uint8Array.from(atob(bytes), (char) => char.charCodeAt(0))], "letter.docx");
    const [redacted, opened] = [await engine.redactFile(file), await engine.open(file)];
    return [redacted.ok, opened.ok && (await opened.review.finish()).ok];
  }, docx);
  assert.deepEqual(usual, [true, true]);
  assert.deepEqual(modules(), ["subrosa-office"]);
  const card = await page.evaluate(async () => {
    const file = new File(["BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jane Roe\r\nTEL:(555) 555-0134\r\nEND:VCARD\r\n"], "card.vcf");
    const [redacted, opened] = [await engine.redactFile(file), await engine.open(file)];
    const finished = opened.ok ? await opened.review.finish() : opened;
    engine.close();
    return [redacted.ok && (await redacted.file.text()), finished.ok && (await finished.file.text())];
  });
  assert.match(card[0], /TEL:\[PHONE_NUMBER\]/u);
  assert.equal(card[0], card[1]);
  assert.deepEqual(modules(), ["subrosa-office", "subrosa"]);
  assert.deepEqual(seen.words, []);
  await context.close();
});

test("for text alone: only what that needs is loaded", options, async () => {
  const { page, context, seen } = await opened(strict.url);
  const result = await page.evaluate(async (text) => {
    const engine = await subrosa.textEngine();
    const { text: redacted, record } = await engine.redact(text);
    return [redacted, (await engine.restoreText(redacted, record)).text === text, (await engine.redactFile(new Blob([text]))).error.code];
  }, LETTER);
  assert.deepEqual(result, [GOOD.redacted, true, "unsupported"]);
  const loaded = seen.requests.filter((url) => /wasm|dat$|worker/.test(url)).map((url) => /[\w-]+?(?=-[\w-]{8}\.)/.exec(url.split("/").at(-1))[0]);
  assert.deepEqual(new Set(loaded), new Set(["subrosa-text", "subrosa", "worker-text"]), "the module, the data, the worker");
  assert.deepEqual(seen.words, []);
  await context.close();
});

test("with the server gone everything works, and stopped work is replaced once", options, async () => {
  const { page, context } = await opened(strict.url);
  await page.evaluate(async () => {
    globalThis.engine = await subrosa.createEngine();
    globalThis.stopping = await subrosa.createEngine({ module: new URL("/stopping.wasm", location.href) });
  });
  await strict.stop();
  try {
    assert.deepEqual(await page.evaluate(everything, { text: LETTER, docx }), GOOD);
    const stop = (text) =>
      page.evaluate(async (text) => {
        const began = performance.now();
        const code = await stopping.redact(text, {}, { signal: AbortSignal.timeout(50) }).catch((error) => error.code);
        const time = performance.now() - began;
        return { code, soon: time < 5000, next: await stopping.scan(text).then((found) => found.length, (error) => error.code) };
      }, text);
    assert.deepEqual(await stop(LETTER), { code: "aborted", soon: true, next: 2 });
    assert.deepEqual(await stop(LETTER), { code: "aborted", soon: true, next: "load" }, "there is no third worker to be had, which is said");
    await strict.start();
    assert.deepEqual(await stop(LETTER), { code: "aborted", soon: true, next: 2 }, "and then there is");
  } finally {
    await strict.start().catch(() => undefined);
  }
  await context.close();
});

test("a trap in the worker is an error, a review survives it", options, async () => {
  const { page, context, seen } = await opened(strict.url);
  const result = await page.evaluate(async (text) => {
    const engine = await subrosa.createEngine({ module: new URL("/stopping.wasm", location.href) });
    const file = new File([text], "letter.txt");
    const { review } = await engine.open(file);
    const trapped = await engine.redactFile(file);
    const scanned = await engine.scan(text);
    const finished = await review.finish();
    return { trapped, scanned: scanned.length, finished: finished.ok && (await finished.file.text()) };
  }, LETTER);
  assert.deepEqual([result.trapped.ok, result.trapped.error.code, result.scanned, result.finished], [false, "internal", 2, GOOD.redacted]);
  assert.deepEqual(seen.words, []);
  await context.close();
});

test("a worker that is gone is noticed", options, async () => {
  const { page, context } = await opened(strict.url);
  await page.evaluate(async () => void (globalThis.engine = await subrosa.createEngine()));
  for (const worker of page.workers()) await worker.evaluate(() => self.close()).catch(() => undefined);
  await page.waitForTimeout(200);
  const found = await page.evaluate((text) => Promise.race([engine.scan(text).then((found) => found.length), new Promise((resolve) => setTimeout(resolve, 5000, "hangs"))]), LETTER);
  assert.equal(found, 2);
  await context.close();
});

test("the worker's ways out are closed, policy or not", options, async () => {
  const { page, context } = await opened(loose.url);
  await page.evaluate(async () => void (globalThis.engine = await subrosa.createEngine()));
  assert.equal(page.workers().length, 2);
  for (const worker of page.workers()) {
    const outcome = await worker.evaluate(async (url) => {
      const ways = {
        fetch: () => fetch(url),
        "fetch of the prototype": () => Object.getPrototypeOf(Object.getPrototypeOf(self)).fetch?.call(self, url) ?? fetch(url),
        XMLHttpRequest: () => {
          const request = new XMLHttpRequest();
          request.open("GET", url, false);
          request.send();
        },
        WebSocket: () => new WebSocket(url.replace("http", "ws")),
        EventSource: () => new EventSource(url),
        WebTransport: () => new WebTransport(url.replace("http", "https")),
        importScripts: () => importScripts(url),
        Worker: () => new Worker(url),
        FontFace: () => new FontFace("a", `url(${url})`).load(),
        BroadcastChannel: () => new BroadcastChannel("a").postMessage("a"),
        indexedDB: () => indexedDB.open("a"),
        caches: () => caches.open("a"),
        sendBeacon: () => navigator.sendBeacon(url, "a"),
        storage: () => navigator.storage.getDirectory(),
      };
      const open = [];
      for (const [name, way] of Object.entries(ways)) {
        try {
          await way();
          open.push(name);
        } catch (error) {
          if (!(error instanceof TypeError) || !error.message.endsWith("is closed in this worker.")) open.push(`${name}: ${error}`);
        }
      }
      return open;
    }, `${away.url}leak`);
    assert.deepEqual(outcome, []);
  }
  assert.deepEqual(away.received, []);
  await context.close();
});

test("without a bundler, under the policy: the package's files as they are; the module in the script; in the page's thread", options, async () => {
  const { page, context, seen } = await opened(`${plain.url}plain.html`);
  for (const make of ["createEngine()", "createEngine({ worker: false })", "inline()", "createEngine({ worker: new URL('/subrosa/worker.js', location.href) })", "createEngine({ worker: () => new Worker('/subrosa/worker.js', { type: 'module' }) })", "createEngine({ worker: new Worker('/subrosa/worker.js', { type: 'module' }) })"]) {
    // Evaluated by the debugger, which the policy does not bind; what it calls is bound.
    await page.evaluate(`subrosa.${make}.then((engine) => void (globalThis.engine = engine))`);
    assert.deepEqual(await page.evaluate(everything, { text: LETTER, docx }), GOOD, make);
    await page.evaluate(() => engine.close());
  }
  assert.deepEqual(seen.words, []);
  await context.close();
});

test("the module in the script, bundled into one classic script", options, async () => {
  assert.deepEqual(readdirSync(join(folder, "one")), ["one.js"]);
  const { page, context, seen } = await opened(`${plain.url}one.html`);
  await page.evaluate(async () => void (globalThis.engine = await globalThis.subrosa.createEngine()));
  assert.deepEqual(await page.evaluate(everything, { text: LETTER, docx }), GOOD);
  assert.deepEqual(seen.requests.map((url) => new URL(url).pathname), ["/one.html", "/one/one.js", "/icon.svg"]);
  assert.deepEqual(seen.words, []);
  await context.close();
});

test("a page whose policy forbids WebAssembly, or the worker, is told so", options, async () => {
  for (const policy of ["default-src 'self'", POLICY.replace("worker-src 'self'", "worker-src 'none'")]) {
    const server = await site([join(folder, "out")], { "content-security-policy": policy });
    const { page, context } = await opened(server.url);
    assert.equal(await page.evaluate(() => subrosa.createEngine().catch((error) => error.code)), "load");
    await context.close();
    await server.stop();
  }
});

test("in a stream", options, async () => {
  const { page, context } = await opened(strict.url);
  const text = await page.evaluate(async () => {
    const engine = await subrosa.createEngine();
    const source = new Blob(["Dear Mrs. Winslow,\n\n", "call 330-555-0164.\n"]).stream().pipeThrough(new TextDecoderStream());
    return new Response(source.pipeThrough(subrosa.redactStream(engine)).pipeThrough(new TextEncoderStream())).text();
  });
  assert.equal(text, "Dear [PERSON-1],\n\ncall [PHONE_NUMBER].\n");
  await context.close();
});

test("Vite's development server", options, async () => {
  const server = await createServer({ root: folder, logLevel: "error", server: { port: 0, host: "127.0.0.1" } });
  await server.listen();
  const { page, context } = await opened(server.resolvedUrls.local[0]);
  await page.evaluate(async () => void (globalThis.engine = await subrosa.createEngine()));
  assert.deepEqual(await page.evaluate(everything, { text: LETTER, docx }), GOOD);
  await context.close();
  await server.close();
});
