/** The page in Firefox, where it is installed: from the file to the download. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { serve } from "../serve.mjs";
import { built, becomes, eventually, examples } from "./support.mjs";

const executablePath = ["/usr/bin/firefox-esr", "/usr/bin/firefox"].find(existsSync);
// What drives it is installed for the package's tests.
const driver = createRequire(new URL("../../package/package.json", import.meta.url));
const puppeteer = await Promise.resolve().then(() => import(driver.resolve("puppeteer-core"))).catch(() => undefined);
const skip = !executablePath ? "no Firefox is installed" : !puppeteer ? "`npm ci` in package/ first" : false;
const timeout = 180_000;
let browser;
let server;
let url;

before(async () => {
  if (skip) return;
  ({ server, url } = await serve(built, 0));
  browser = await puppeteer.default.launch({ browser: "firefox", executablePath, headless: true });
}, { timeout });

after(async () => {
  await browser?.close();
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve()));
});

async function opened() {
  const page = await browser.newPage();
  const problems = [];
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(String(error)));
  await page.setViewport({ width: 1280, height: 860 });
  await page.evaluateOnNewDocument(remember);
  await page.goto(url);
  await page.waitForSelector("body[data-ready]", { timeout: 60_000 });
  return { page, problems };
}

const choose = async (page, name) => (await page.$(".drop input[type=file]")).uploadFile(join(examples, name));
const text = (page, selector) => page.$eval(selector, (element) => element.textContent);

/** Runs before the page: remembers what links lead to, since the page's policy lets nobody fetch it. */
function remember() {
  const make = URL.createObjectURL;
  globalThis.made = new Map();
  URL.createObjectURL = (object) => {
    const url = make.call(URL, object);
    globalThis.made.set(url, object);
    return url;
  };
}

/** Writes, and reads what the link gives. */
async function written(page) {
  await page.keyboard.down("Control");
  await page.keyboard.press("s");
  await page.keyboard.up("Control");
  await page.waitForSelector(".summary a.button.primary", { timeout: 60_000 });
  return Buffer.from(await page.$eval("a.button.primary", async (link) => [...new Uint8Array(await globalThis.made.get(link.href).arrayBuffer())]));
}

test("the start page: what a policy asks for stands below it", { skip, timeout }, async () => {
  const { page, problems } = await opened();
  assert.equal(await page.$eval("html", (html) => html.lang), "en");
  await page.$eval('.policy input[value="gdpr-pseudonymise"]', (input) => input.click());
  await becomes(() => page.$eval('.option:has([value="gdpr-pseudonymise"])', (option) => option.nextElementSibling.matches(".asked:not([hidden])")), true);
  await becomes(() => page.$eval(".asked :required", (field) => {
    const { top, bottom } = field.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  }), true);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  assert.deepEqual(problems, []);
  await page.close();
});

test("a letter: decided, undone, written; a value that was kept is in it, others are not", { skip, timeout }, async () => {
  const { page, problems } = await opened();
  await choose(page, "referral-letter.txt");
  await page.waitForSelector(".review .row .act-keep", { timeout: 60_000 });
  await page.waitForSelector(".reading mark");
  const kept = (await text(page, ".group-person .value")).trim();
  const state = () => page.$eval(".group-person .row", (row) => row.dataset.state);
  await page.click(".group-person .row .act-keep");
  await becomes(state, "keep");
  await page.keyboard.down("Control");
  await page.keyboard.press("z");
  await page.keyboard.up("Control");
  await becomes(state, "redact");
  await page.click(".group-person .row .act-keep");
  await becomes(state, "keep");
  const gone = await page.$$eval('.row[data-state="redact"]:not(.place) .value', (values) => values.map((value) => value.textContent.trim()));
  const file = (await written(page)).toString();
  assert.ok(file.includes(kept));
  assert.ok(gone.length > 5);
  for (const value of gone) assert.ok(!file.includes(value), value);
  assert.deepEqual(problems, []);
  await page.close();
});

test("pages of a PDF are drawn, with boxes on them, and written", { skip, timeout }, async () => {
  const { page, problems } = await opened();
  await choose(page, "lawyers-letter.pdf");
  await page.waitForSelector(".sheet canvas", { timeout: 60_000 });
  await page.waitForSelector('.box[data-state="redact"]', { timeout: 60_000 });
  await eventually(async () => assert.ok(await page.$eval(".sheet canvas", (canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let dark = 0;
    for (let at = 0; at < data.length; at += 4) if (data[at] < 100 && data[at + 3] > 200) dark += 1;
    return dark > 500;
  }), "letters are drawn"));
  assert.equal((await written(page)).subarray(0, 5).toString(), "%PDF-");
  assert.deepEqual(problems, []);
  await page.close();
});
