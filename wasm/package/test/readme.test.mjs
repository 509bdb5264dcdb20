import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import { npm } from "./real.mjs";
import { POLICY, site, until } from "./servers.mjs";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const blocks = [...readme.matchAll(/^```js( browser)?\n([\s\S]*?)^```$/gm)].map(([, browser, code]) => ({ browser: Boolean(browser), code }));
const examples = fileURLToPath(new URL("../../../examples/", import.meta.url));
const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);

let folder;
before(() => {
  folder = mkdtempSync(join(tmpdir(), "subrosa-readme-"));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(fileURLToPath(npm), join(folder, "node_modules/subrosa"));
  cpSync(join(examples, "discharge-letter.docx"), join(folder, "letter.docx"));
  cpSync(join(examples, "server.log"), join(folder, "server.log"));
});
after(() => rmSync(folder, { recursive: true, force: true }));

test("there are snippets for Node and for pages", () => {
  assert.ok(blocks.filter(({ browser }) => browser).length >= 1 && blocks.filter(({ browser }) => !browser).length >= 5);
});

for (const [at, { code }] of blocks.filter(({ browser }) => !browser).entries()) {
  test(`snippet ${at + 1} prints what it says`, { timeout: 20_000 }, async () => {
    writeFileSync(join(folder, `snippet${at}.mjs`), code);
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [`snippet${at}.mjs`], { cwd: folder });
    const said = [...code.matchAll(/\/\/ → (.*)$/gm)].map(([, line]) => line);
    assert.ok(said.length > 0);
    assert.deepEqual(stdout.trim().split("\n"), said);
    assert.equal(stderr, "");
  });
}

for (const [at, { code }] of blocks.filter(({ browser }) => browser).entries()) {
  test(`snippet ${at + 1} for pages works`, { skip: executablePath ? false : "no Chromium is installed", timeout: 30_000 }, async () => {
    writeFileSync(join(folder, "index.html"), `<!doctype html><title>snippet</title><input type="file" /><output></output><a>file</a><script type="module" src="/page.js"></script>`);
    // What a bundler does.
    writeFileSync(join(folder, "page.js"), code.replace('"subrosa"', '"/node_modules/subrosa/index.js"').concat("\ndocument.title = 'ready';\n"));
    const server = await site([folder], { "content-security-policy": POLICY });
    const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
    try {
      const page = await browser.newPage();
      await page.goto(server.url);
      await until(page, "document.title === 'ready'");
      await page.setInputFiles("input", join(folder, "letter.docx"));
      await until(page, "document.querySelector('output').value !== ''");
      assert.match(await page.evaluate("document.querySelector('output').value"), /^[1-9]\d* values were removed/);
      assert.equal(await page.evaluate("document.querySelector('a').download"), "letter.redacted.docx");
    } finally {
      await browser.close();
      await server.stop();
    }
  });
}
