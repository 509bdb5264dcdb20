import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { everything, GOOD, LETTER } from "./everything.mjs";
import { npm, wasm } from "./real.mjs";
import { patch } from "./patch.mjs";
import { POLICY, site } from "./servers.mjs";

const executablePath = ["/usr/bin/firefox-esr", "/usr/bin/firefox"].find(existsSync);
const puppeteer = await import("puppeteer-core").catch(() => undefined);
const skip = !executablePath ? "no Firefox is installed" : !puppeteer ? "puppeteer-core is not installed" : false;

test("in Firefox, under the policy: everything works, nothing is asked for after loading, work is stopped", { skip, timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "subrosa-firefox-"));
  writeFileSync(join(folder, "index.html"), `<!doctype html><title>Firefox</title><script type="module" src="/main.js"></script>`);
  writeFileSync(join(folder, "main.js"), `import { createEngine } from "/index.js"; globalThis.subrosa = { createEngine };`);
  writeFileSync(join(folder, "stopping.wasm"), patch(wasm(), { session_redact: "hang" }));
  const server = await site([folder, fileURLToPath(npm)], { "content-security-policy": POLICY });
  const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
  try {
    const page = await browser.newPage();
    await page.goto(server.url, { waitUntil: "load" });
    await page.evaluate(async () => void (globalThis.engine = await subrosa.createEngine()));
    const docx = readFileSync(new URL("../../../examples/discharge-letter.docx", import.meta.url)).toString("base64");
    const asked = () => server.asked.filter((path) => path !== "/favicon.ico").length;
    const loaded = asked();
    assert.deepEqual(await page.evaluate(everything, { text: LETTER, docx }), GOOD);
    assert.equal(asked(), loaded);
    const stopped = await page.evaluate(async (text) => {
      const stopping = await subrosa.createEngine({ module: new URL("/stopping.wasm", location.href) });
      const code = await stopping.redact(text, {}, { signal: AbortSignal.timeout(50) }).catch((error) => error.code);
      return [code, (await stopping.scan(text)).length];
    }, LETTER);
    assert.deepEqual(stopped, ["aborted", 2]);
  } finally {
    await browser.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
