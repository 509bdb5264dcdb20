/** The examples, built as their readers would build them: plain HTML with a server that checks receipts, React, Vue. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { becomes, eventually, open, repository, settled, startBrowser } from "./harness.mjs";
import { found, LETTER_VALUES, NOTE } from "./people.mjs";

const examples = join(dirname(fileURLToPath(import.meta.url)), "../../examples");
const installed = existsSync(join(examples, "node_modules/vite"));
const skip = installed ? false : "`npm ci` in examples/ first";
const timeout = 90000;
let browser;
let serve;
const servers = [];

before(async () => {
  browser = await startBrowser();
  ({ serve } = await import("../../examples/plain/server.mjs"));
}, { timeout });

after(async () => {
  await browser?.close();
  for (const server of servers) await new Promise((resolve) => (server.closeAllConnections(), server.close(resolve)));
});

async function start(folder) {
  const saved = [];
  const server = serve({ ...(folder && { folder }), save: (entries, body) => void saved.push({ entries, body }) });
  servers.push(server);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, saved };
}

async function build(name) {
  const { build: bundle } = await import(join(examples, "node_modules/vite/dist/node/index.js"));
  await bundle({ root: join(examples, name), configFile: join(examples, name, "vite.config.js"), logLevel: "error" });
  return start(join(examples, name, "dist"));
}

const letter = { name: "Augustin Pellerin.docx", mimeType: "", buffer: readFileSync(join(repository, "examples/discharge-letter.docx")) };

async function until(condition) {
  for (let tries = 0; tries < 200 && !condition(); tries++) await new Promise((resolve) => setTimeout(resolve, 50));
  assert.ok(condition());
}

test("plain HTML: what arrives is checked by the server", { timeout }, async () => {
  const { url, saved } = await start();
  const page = await open(browser, url);
  await page.fill("#note", NOTE);
  await page.setInputFiles("#letter", letter);
  await page.click("form > button");
  await until(() => saved.length === 1);
  const [{ entries, body }] = saved;
  assert.deepEqual(found(body), []);
  assert.deepEqual(found(body, LETTER_VALUES), []);
  assert.equal(entries.note.receipt.policy, "safe-harbor");
  assert.equal(entries.letter.values[0].name, "document-1.docx");
  assert.deepEqual(page.troubles, []);
  await page.close();

  const forged = new FormData();
  forged.append("note", NOTE);
  assert.equal((await fetch(`${url}save`, { method: "POST", body: forged })).status, 400);
  forged.append("note-receipt", JSON.stringify({ ...entries.note.receipt }));
  assert.equal((await fetch(`${url}save`, { method: "POST", body: forged })).status, 400, "a receipt for another text");
  assert.equal(saved.length, 1);
});

test("plain HTML without scripts sends nothing", { timeout }, async () => {
  const { url, saved } = await start();
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(url);
  await page.click("form > button");
  await until(() => saved.length === 1);
  assert.deepEqual(saved[0].entries, {});
  await context.close();
});

test("a page of one's own as drop zone", { timeout }, async () => {
  const { url } = await start();
  const page = await open(browser, url);
  await page.waitForFunction(() => customElements.get("subrosa-field"));
  await page.evaluate((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], "Maria Ngwenya.txt", { type: "text/plain" }));
    document.querySelector("h1").dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, composed: true, dataTransfer: transfer }));
  }, NOTE);
  await settled(page, "ready", "subrosa-field:has(#letter)");
  await becomes(() => page.evaluate(() => document.querySelector("#letter").files[0].name), "document-1.txt");
  await page.close();
});

for (const name of ["react", "vue"]) {
  test(`${name}: the control stays controlled, and the form's data is redacted`, { timeout, skip }, async () => {
    const { url, saved } = await build(name);
    const page = await open(browser, url);
    await page.locator("#note").pressSequentially("Mrs. Maria Ngwenya called.", { delay: 5 });
    assert.equal(await page.inputValue("#note"), "Mrs. Maria Ngwenya called.");
    await eventually(async () => assert.match(await page.innerText("#length"), /^26 characters/u));
    await page.fill("#note", NOTE);
    await settled(page, "ready");
    await eventually(async () => assert.match(await page.innerText("#length"), new RegExp(`^${NOTE.length} characters, 6 findings`, "u")));
    assert.equal(await page.inputValue("#note"), NOTE, "state and control hold the person's own text");
    await page.setInputFiles("#letter", letter);
    await settled(page, "ready", "subrosa-field:has(#letter)");
    if (name === "react") await becomes(() => page.innerText("#files"), "document-1.docx", "the component sees the copy only");
    await page.locator("#note").pressSequentially(" maria@example.com", { delay: 0 });
    await page.click("form > button");
    await until(() => saved.length === 1);
    const [{ entries, body }] = saved;
    assert.deepEqual(found(body), []);
    assert.deepEqual(found(body, ["maria@example.com", ...LETTER_VALUES]), []);
    assert.match(entries.note.values[0], /called about her son/u);
    await page.getByText("Sent.").waitFor();
    assert.deepEqual(page.troubles, []);
    await page.close();
  });
}
