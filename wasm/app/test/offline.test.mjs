/** Nothing leaves the machine: a sink that listens, a listener for every request, the policy on the worker, and life without a network. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { becomes, examples, finishAndDownload, review, start } from "./support.mjs";

let site;
let sink;
const caught = [];
before(async () => {
  site = await start({ serviceWorkers: "allow" });
  sink = createServer((request, response) => {
    caught.push(request.url);
    response.writeHead(200, { "Access-Control-Allow-Origin": "*" }).end("caught");
  });
  await new Promise((resolve) => sink.listen(0, "127.0.0.1", resolve));
});
after(async () => {
  await site.stop();
  sink.closeAllConnections();
  await new Promise((resolve) => sink.close(resolve));
});

test("no request leaves once the page is stored, through every flow; then it works without a server", { timeout: 90_000 }, async () => {
  const page = await site.open();
  await page.locator('.offline-state[data-ready="true"]').waitFor({ timeout: 30_000 });
  const elsewhere = [];
  page.context().on("request", (request) => {
    if (!request.url().startsWith(site.url) && !request.url().startsWith("blob:") && !request.url().startsWith("data:")) elsewhere.push(request.url());
  });
  // The sink and both counters work: requests that are known to happen are seen.
  assert.equal(await fetch(`http://127.0.0.1:${sink.address().port}/control`).then((response) => response.text()), "caught");
  assert.deepEqual(caught.splice(0), ["/control"]);
  const before = site.requests.length;
  await page.evaluate(() => fetch("./positive-control").catch(() => undefined));
  assert.equal(site.requests.length, before + 1);
  const count = site.requests.length;

  for (const name of ["lawyers-letter.pdf", "discharge-letter.docx"]) {
    await review(page, join(examples, name));
    await page.locator(name.endsWith("pdf") ? ".sheet canvas" : "mark").first().waitFor();
    await finishAndDownload(page, `offline-${name}`);
    await page.locator(".result summary").click();
    await page.locator(name.endsWith("pdf") ? ".result .sheet" : ".result .reading").first().waitFor();
    await page.getByRole("button", { name: "Subrosa, to the start" }).click();
    await page.evaluate(() => 0);
  }
  await page.locator(".check-card input").setInputFiles(join(examples, "discharge-letter.docx"));
  await page.locator(".checked, .file-row[data-state=checked]").first().waitFor();
  // The browser itself asks whether there is a newer service worker; it says nothing in asking.
  assert.deepEqual(site.requests.slice(count).filter((request) => request !== "GET /sw.js"), [], "requests reached the server");
  assert.deepEqual(elsewhere, [], "requests to somewhere else");
  assert.deepEqual(caught, []);

  // Without a server, in a tab of its own.
  await new Promise((resolve) => {
    site.server.close(resolve);
    site.server.closeAllConnections();
  });
  const again = await page.context().newPage();
  await again.goto(site.url);
  await again.waitForSelector("body[data-ready]");
  await review(again, join(examples, "lawyers-letter.pdf"));
  await again.locator(".sheet canvas").first().waitFor();
  await finishAndDownload(again, "without-server.pdf");
  await page.context().close();
});

test("the policy keeps page and worker from sending anything elsewhere", async () => {
  const other = await start();
  const page = await other.open();
  const { port } = sink.address();
  const outcome = await page.evaluate(async (address) => {
    const violations = (globalThis.violations = []);
    document.addEventListener("securitypolicyviolation", (event) => violations.push(event.effectiveDirective));
    const refused = await fetch(address, { mode: "no-cors" }).then(() => false, () => true);
    const picture = await new Promise((resolve) => {
      const image = new Image();
      image.onerror = () => resolve(true);
      image.onload = () => resolve(false);
      image.src = `${address}/picture.png`;
    });
    const script = document.createElement("script");
    script.textContent = "globalThis.inline = true";
    document.head.append(script);
    return { refused, picture };
  }, `http://127.0.0.1:${port}/stolen`);
  assert.deepEqual(outcome, { refused: true, picture: true });
  await becomes(() => page.evaluate(() => [...new Set(globalThis.violations)].sort()), ["connect-src", "img-src", "script-src-elem"]);
  assert.equal(await page.evaluate(() => globalThis.inline === true), false);
  // The worker's script is sent with the policy too: that is what binds it.
  const script = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name).find((name) => /worker.*\.js$/.test(name)));
  const headers = (await fetch(script)).headers;
  assert.match(headers.get("content-security-policy"), /connect-src 'self'/);
  assert.deepEqual(caught, []);
  assert.deepEqual(page.problems.filter((problem) => !/Content Security Policy/.test(problem)), []);
  await other.stop();
});

test("the service worker keeps every built file, under one name", async () => {
  const other = await start({ serviceWorkers: "allow" });
  const page = await other.open();
  await page.locator('.offline-state[data-ready="true"]').waitFor({ timeout: 30_000 });
  const [names, kept] = await page.evaluate(async () => {
    const keys = await caches.keys();
    const cache = await caches.open(keys[0]);
    return [keys, (await cache.keys()).map(({ url }) => new URL(url).pathname)];
  });
  assert.equal(names.length, 1);
  assert.match(names[0], /^subrosa-[0-9a-f]{16}$/);
  assert.ok(kept.includes("/") && kept.some((path) => path.endsWith(".wasm")) && kept.some((path) => /pdf\.worker/.test(path)));
  assert.ok(!kept.some((path) => /quickjs|sandbox/.test(path)), "nothing that runs scripts of documents");
  await other.stop();
});
