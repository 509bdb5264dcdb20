/** The essentials in Firefox, where it is installed. */
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { entries, html, startServer } from "./harness.mjs";
import { CONTACT, found, LETTER, NOTE } from "./people.mjs";

const executablePath = "/usr/bin/firefox-esr";
const skip = existsSync(executablePath) ? false : `${executablePath} is not installed`;
const timeout = 90000;
let server;
let browser;
let folder;
let url;

before(async () => {
  if (skip) return;
  const { default: puppeteer } = await import("puppeteer-core");
  server = await startServer();
  browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
  folder = mkdtempSync(join(tmpdir(), "field-"));
  const style = server.style("textarea { width: 333px; height: 7rem; font: 16px/1.4 sans-serif; padding: 5px 9px }");
  url = server.page(html(`<form method="post" action="/save" enctype="multipart/form-data">
    <subrosa-field id="a"><label>Note <textarea id="note" name="note"></textarea></label></subrosa-field>
    <subrosa-field id="b"><label>Contact <input id="contact" name="contact"></label></subrosa-field>
    <subrosa-field id="c" name="letter"><div id="letter" contenteditable="true" role="textbox" aria-label="Letter"></div></subrosa-field>
    <subrosa-field id="d"><label>File <input id="file" type="file" name="file"></label></subrosa-field>
    <button id="send">Send</button></form>`, { style }));
}, { timeout });

after(async () => {
  await browser?.close();
  await server?.close();
  if (folder) rmSync(folder, { recursive: true });
});

const ready = (page, id) => page.waitForFunction((which) => document.querySelector(which).state === "ready", { timeout: 20000 }, id);

async function filled() {
  const page = await browser.newPage();
  await page.goto(url);
  for (const [id, text] of [["#note", NOTE], ["#contact", CONTACT], ["#letter", LETTER]]) {
    await page.focus(id);
    await page.evaluate((value) => document.execCommand("insertText", false, value), text);
  }
  const path = join(folder, "Maria Ngwenya.txt");
  writeFileSync(path, NOTE);
  await (await page.$("#file")).uploadFile(path);
  return page;
}

test("Firefox: by the button while the check is under way, by submit() and by fetch", { timeout, skip }, async () => {
  for (const how of ["button", "submit", "fetch"]) {
    const page = await filled();
    const number = server.posts.length;
    if (how !== "button") for (const id of ["#a", "#b", "#c", "#d"]) await ready(page, id);
    await page.evaluate((way) => {
      const form = document.querySelector("form");
      if (way === "button") document.querySelector("#send").click();
      else if (way === "submit") form.submit();
      else fetch("/save", { method: "POST", body: new FormData(form) });
    }, how);
    const post = await server.post(number, 20000);
    assert.deepEqual(found(post.body), [], how);
    const sent = new Map(await entries(post));
    for (const name of ["note", "contact", "letter", "file"]) assert.ok(JSON.parse(sent.get(`${name}-receipt`)).ruleset, `${name} by ${how}`);
    assert.match(sent.get("note"), /called about her son/u);
    assert.equal(sent.get("file").name, "document-1.txt");
    await page.close();
  }
});

test("Firefox: not checked, not sent", { timeout, skip }, async () => {
  const page = await filled();
  const number = server.posts.length;
  for (const id of ["#a", "#d"]) await ready(page, id);
  await page.evaluate((text) => {
    const form = document.querySelector("form");
    document.querySelector("#note").value = `${text} `;
    form.submit();
  }, NOTE);
  const post = await server.post(number, 20000);
  assert.deepEqual(found(post.body), []);
  assert.equal(new Map(await entries(post)).has("note"), false);
  await page.close();
});

test("Firefox: marks stand where the control has its characters", { timeout, skip }, async (t) => {
  const page = await browser.newPage();
  await page.goto(url);
  await page.waitForFunction(() => customElements.get("subrosa-field"));
  const texts = [NOTE, `田中 ${NOTE}\n\tتب إلى ${CONTACT} 😀\n`, `${NOTE} ${NOTE} ${NOTE}`, "x".repeat(70) + NOTE];
  const results = [];
  for (const text of texts) {
    await page.focus("#note");
    await page.evaluate((value) => {
      document.querySelector("#note").select();
      document.execCommand("insertText", false, value);
    }, text);
    await ready(page, "#a");
    results.push(await page.evaluate(async () => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      const control = document.querySelector("#note");
      control.scrollTop = 0;
      await new Promise((resolve) => setTimeout(resolve, 200));
      const mirror = document.querySelector("#a").shadowRoot.querySelector(".mirror");
      const box = control.getBoundingClientRect();
      let asked = 0;
      let wrong = 0;
      for (const range of [...CSS.highlights.values()].flatMap((highlight) => [...highlight])) {
        const value = control.value.slice(range.startOffset, range.endOffset);
        for (let at = 0; at < value.length; at++) {
          if (!/[a-z0-9@]/iu.test(value[at])) continue;
          const one = document.createRange();
          one.setStart(range.startContainer, range.startOffset + at);
          one.setEnd(range.startContainer, range.startOffset + at + 1);
          const [rect] = one.getClientRects();
          if (!rect || rect.width < 3 || rect.bottom > box.bottom - 2 || rect.top < box.top + 2) continue;
          const left = document.caretPositionFromPoint(rect.left + rect.width * 0.2, (rect.top + rect.bottom) / 2);
          const right = document.caretPositionFromPoint(rect.left + rect.width * 0.8, (rect.top + rect.bottom) / 2);
          if (left?.offsetNode !== control || right?.offsetNode !== control) continue;
          asked++;
          if (left.offset !== range.startOffset + at || right.offset !== range.startOffset + at + 1) wrong++;
        }
      }
      return { off: mirror.classList.contains("off"), hidden: mirror.hidden, asked, wrong };
    }));
  }
  t.diagnostic(JSON.stringify(results));
  for (const { off, hidden, asked, wrong } of results) {
    assert.ok(!off && !hidden && asked > 10, "marks are drawn and measured");
    assert.equal(wrong, 0);
  }
  await page.close();
});
