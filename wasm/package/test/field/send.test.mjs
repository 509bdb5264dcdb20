/** Nothing that a form sends holds a value, however it is sent. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { becomes, entries, eventually, html, open, repository, says, settled, slowDown, startBrowser, startServer } from "./harness.mjs";
import { CONTACT, found, LETTER, LETTER_VALUES, NOTE, unzipped } from "./people.mjs";

let server;
let browser;
let url;
let folder;
// Other programs of the machine may be busy.
const timeout = 120000;

before(async () => {
  server = await startServer();
  browser = await startBrowser();
  folder = mkdtempSync(join(tmpdir(), "field-"));
  // Runs before the field's own script, and looks at everything that a page can look at.
  const probe = server.script(`
    globalThis.seen = [];
    globalThis.passed = [];
    for (const type of ["input", "change", "drop", "paste"]) document.addEventListener(type, (event) => {
      if (event.target.type === "file") passed.push(event.type);
      for (const file of event.target.files ?? []) seen.push({ type, name: file.name, size: file.size });
      for (const file of (event.dataTransfer ?? event.clipboardData)?.files ?? []) seen.push({ type, name: file.name, size: file.size });
    }, true);`);
  url = server.page(
    html(
      `<form id="form" method="post" action="/save" enctype="multipart/form-data">
        <subrosa-field><label>Note <textarea id="note" name="note"></textarea></label></subrosa-field>
        <subrosa-field><label>Contact <input id="contact" name="contact"></label></subrosa-field>
        <subrosa-field name="letter"><div id="letter" contenteditable="true" role="textbox" aria-label="Letter"></div></subrosa-field>
        <subrosa-field id="files"><label>Files <input id="file" type="file" name="file" multiple></label></subrosa-field>
        <input name="plain" value="stays">
        <button id="send" name="how" value="button">Send</button>
      </form>`,
      { head: `<script src="${probe}"></script>` },
    ),
  );
}, { timeout });

after(async () => {
  await browser?.close();
  await server?.close();
  if (folder) rmSync(folder, { recursive: true });
});

function write(name, text) {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function fill(page) {
  await page.fill("#note", NOTE);
  await page.fill("#contact", CONTACT);
  await page.click("#letter");
  await page.keyboard.insertText(LETTER);
  await page.setInputFiles("#file", write("Maria Ngwenya.txt", NOTE));
}

async function allReady(page) {
  await page.waitForFunction(() => [...document.querySelectorAll("subrosa-field")].every((field) => field.state === "ready"));
}

/** The post of this number, after looking into it. */
async function arrived(number, { complete = true } = {}) {
  const post = await server.post(number);
  assert.deepEqual(found(post.body), [], "values in what was sent");
  const sent = new Map((await entries(post)).map(([name, value]) => [name, value]));
  assert.equal(sent.get("plain"), "stays");
  if (complete) {
    assert.match(sent.get("note"), /\[.+\]\) called about her son\.\r\nHer mail is \[/u);
    assert.match(sent.get("contact"), /^\[/u);
    assert.match(sent.get("letter"), /^Dear .*\[.+\], please write to \[/u);
    assert.match(sent.get("file").name, /^document-1\.txt$/u);
    assert.match(await sent.get("file").text(), /called about her son/u);
    for (const name of ["note", "contact", "letter", "file"]) assert.ok(JSON.parse(sent.get(`${name}-receipt`)).ruleset, `${name}-receipt`);
    const digest = createHash("sha256").update(sent.get("note")).digest("hex");
    assert.equal(JSON.parse(sent.get("note-receipt")).sha256, digest);
    const ofFile = createHash("sha256").update(Buffer.from(await sent.get("file").arrayBuffer())).digest("hex");
    assert.equal(JSON.parse(sent.get("file-receipt")).files[0].sha256, ofFile);
  }
  return sent;
}

async function run(act, { wait = true, pace = 0, complete = true } = {}) {
  const page = await open(browser, url);
  try {
    const number = server.posts.length;
    if (pace) await slowDown(page, pace);
    await fill(page);
    if (wait) await allReady(page);
    await act(page);
    const sent = await arrived(number, { complete });
    assert.deepEqual(page.troubles, []);
    return { sent, number };
  } finally {
    await page.close();
  }
}

test("by the button", { timeout }, async () => {
  const { sent } = await run((page) => page.click("#send"));
  assert.equal(sent.get("how"), "button");
});

test("by Enter", { timeout }, async () => {
  await run((page) => page.press("#contact", "Enter"));
});

test("by form.submit()", { timeout }, async () => {
  await run((page) => page.evaluate(() => document.querySelector("form").submit()));
});

test("by requestSubmit()", { timeout }, async () => {
  await run((page) => page.evaluate(() => document.querySelector("form").requestSubmit()));
});

test("by fetch with the form's data", { timeout }, async () => {
  await run((page) => page.evaluate(() => fetch("/save", { method: "POST", body: new FormData(document.querySelector("form")) }).then(() => undefined)));
});

test("by a form that is in no document", { timeout }, async () => {
  await run((page) => page.evaluate(() => {
    const form = document.querySelector("form");
    form.remove();
    return fetch("/save", { method: "POST", body: new FormData(form) }).then(() => undefined);
  }));
});

test("urlencoded, and by GET", { timeout }, async () => {
  const page = await open(browser, url);
  await page.evaluate(() => {
    const form = document.querySelector("form");
    form.enctype = "application/x-www-form-urlencoded";
    document.querySelector("#files").remove();
  });
  await page.fill("#note", NOTE);
  await settled(page, "ready");
  const number = server.posts.length;
  await page.click("#send");
  const post = await server.post(number);
  assert.deepEqual(found(post.body), []);
  assert.match(new URLSearchParams(post.body.toString()).get("note"), /\[.+\) called about her son\.\r\n/u);
  await page.goto(url);
  await page.evaluate(() => {
    document.querySelector("form").method = "get";
    document.querySelector("#files").remove();
  });
  await page.fill("#note", NOTE);
  await settled(page, "ready");
  await Promise.all([page.waitForURL(/save\?/u), page.click("#send")]);
  assert.deepEqual(found(Buffer.from(page.url())), []);
  await page.close();
});

test("while the check is under way, by the button: it waits, then sends", { timeout }, async () => {
  const { sent, number } = await run((page) => page.click("#send"), { wait: false, pace: 300 });
  assert.equal(sent.get("how"), "button", "the button that was pressed is the one that sends");
  await new Promise((resolve) => setTimeout(resolve, 500));
  assert.equal(server.posts.length, number + 1);
});

test("while the check is under way, by Enter, with and without a button", { timeout }, async () => {
  await run((page) => page.press("#contact", "Enter"), { wait: false, pace: 300 });
  const page = await open(browser, server.page(html(`<form method="post" action="/save" enctype="multipart/form-data"><subrosa-field><input name="note" aria-label="Note"></subrosa-field></form>`)));
  await slowDown(page, 300);
  const number = server.posts.length;
  await page.fill("input", CONTACT);
  await page.press("input", "Enter");
  const post = await server.post(number);
  assert.deepEqual(found(post.body), []);
  assert.match(new Map(await entries(post)).get("note"), /^\[EMAIL/u);
  await page.close();
});

test("while the check is under way, a button that the page takes for itself does not send", { timeout }, async () => {
  const page = await open(browser, url);
  await slowDown(page, 300);
  await page.evaluate(() => document.querySelector("#send").addEventListener("click", (event) => event.preventDefault()));
  const number = server.posts.length;
  await page.fill("#note", NOTE);
  await page.click("#send");
  await settled(page, "ready");
  await page.waitForTimeout(300);
  assert.equal(server.posts.length, number);
  await page.close();
});

test("while the check is under way, who types on has not sent", { timeout }, async () => {
  const page = await open(browser, url);
  // Long enough for all that follows, however busy the machine is.
  await slowDown(page, 4000);
  const number = server.posts.length;
  await page.fill("#note", NOTE);
  await page.click("#send");
  await page.focus("#note");
  await page.keyboard.type(" And more.");
  await settled(page, "ready");
  await page.waitForTimeout(300);
  assert.equal(server.posts.length, number);
  await page.close();
});

test("while the check is under way, pressed three times: sent once", { timeout }, async () => {
  const { number } = await run(async (page) => {
    // In one go: between clicks from outside, the check could be done.
    await page.evaluate(() => {
      for (let times = 0; times < 3; times++) document.querySelector("#send").click();
    });
  }, { wait: false, pace: 400 });
  await new Promise((resolve) => setTimeout(resolve, 800));
  assert.equal(server.posts.length, number + 1);
});

test("while the check is under way, by form.submit() and by fetch: without what is not checked", { timeout }, async () => {
  for (const how of ["submit", "fetch"]) {
    const { sent } = await run((page) => page.evaluate((way) => {
      const form = document.querySelector("form");
      if (way === "submit") form.submit();
      else return fetch("/save", { method: "POST", body: new FormData(form) }).then(() => undefined);
    }, how), { wait: false, pace: 3000, complete: false });
    for (const name of ["note", "contact", "letter", "note-receipt"]) assert.equal(sent.has(name), false, `${name} by ${how}`);
    assert.equal(sent.get("file")?.size ?? 0, 0);
  }
});

test("in the same moment as the typing", { timeout }, async () => {
  for (const how of ["click", "requestSubmit", "submit", "fetch", "novalidate"]) {
    const page = await open(browser, url);
    const number = server.posts.length;
    await page.fill("#note", "Nothing to see.");
    await settled(page, "ready");
    await page.focus("#note");
    await page.evaluate(([text, way]) => {
      const form = document.querySelector("form");
      document.execCommand("insertText", false, text);
      if (way === "click") document.querySelector("#send").click();
      else if (way === "requestSubmit") form.requestSubmit();
      else if (way === "submit") form.submit();
      else if (way === "fetch") fetch("/save", { method: "POST", body: new FormData(form) });
      else {
        form.noValidate = true;
        document.querySelector("#send").click();
      }
    }, [NOTE, how]);
    if (how === "requestSubmit") {
      // A script's request cannot be told from a question for validity: it is refused and not repeated.
      await settled(page, "ready");
      assert.equal(server.posts.length, number);
    } else {
      const post = await server.post(number);
      assert.deepEqual(found(post.body), [], how);
      const sent = new Map(await entries(post));
      if (how === "click" || how === "novalidate") assert.match(sent.get("note"), /\[.+\]\) called/u);
      else assert.equal(sent.has("note"), false, how);
    }
    await page.close();
  }
});

test("typed by a script that tells nobody", { timeout }, async () => {
  for (const how of ["click", "submit"]) {
    const page = await open(browser, url);
    const number = server.posts.length;
    await page.fill("#note", "Nothing to see.");
    await settled(page, "ready");
    await page.evaluate(([text, way]) => {
      document.querySelector("#note").value = text;
      document.querySelector("#letter").innerHTML = "";
      document.querySelector("#letter").append(text);
      if (way === "click") document.querySelector("#send").click();
      else document.querySelector("form").submit();
    }, [NOTE, how]);
    const post = await server.post(number);
    assert.deepEqual(found(post.body), [], how);
    assert.equal(new Map(await entries(post)).has("note"), how === "click");
    await page.close();
  }
});

test("files by the file chooser, several of them", { timeout }, async () => {
  const page = await open(browser, url);
  await page.setInputFiles("#file", [write("a Ngwenya.txt", NOTE), write("b Ekberg.txt", LETTER)]);
  await settled(page, "ready", "#files");
  await becomes(() => page.evaluate(() => [...document.querySelector("#file").files].map(({ name }) => name)), ["document-1.txt", "document-2.txt"]);
  const number = server.posts.length;
  await page.click("#send");
  const post = await server.post(number);
  assert.deepEqual(found(post.body), []);
  const sent = await entries(post);
  assert.equal(sent.filter(([name]) => name === "file").length, 2);
  assert.equal(JSON.parse(new Map(sent).get("file-receipt")).files.length, 2);
  await page.close();
});

test("scripts of the page see the copies only", { timeout }, async () => {
  const page = await open(browser, url);
  await page.setInputFiles("#file", write("Maria Ngwenya.txt", NOTE));
  await settled(page, "ready", "#files");
  await becomes(() => page.evaluate(() => globalThis.seen.map(({ type, name }) => [type, name])), [["input", "document-1.txt"], ["change", "document-1.txt"]]);
  assert.deepEqual(await page.evaluate(() => globalThis.passed), ["input", "change"], "one choice, one change");
  await page.close();
});

test("files that are dropped on the input, by the system's own drag", { timeout }, async () => {
  const page = await open(browser, url);
  const path = write("Maria Ngwenya dropped.txt", NOTE);
  const box = await page.locator("#file").boundingBox();
  const client = await page.context().newCDPSession(page);
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"]) await client.send("Input.dispatchDragEvent", { type, x: box.x + 20, y: box.y + 10, data });
  await settled(page, "ready", "#files");
  const number = server.posts.length;
  await page.click("#send");
  const post = await server.post(number);
  assert.deepEqual(found(post.body), []);
  assert.match(await new Map(await entries(post)).get("file").text(), /called about her son/u);
  await page.close();
});

test("files that are dropped anywhere in the field, or pasted", { timeout }, async () => {
  for (const type of ["drop", "paste"]) {
    const page = await open(browser, url);
    await page.evaluate(([how, text]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], "Maria Ngwenya.txt", { type: "text/plain" }));
      const target = document.querySelector(how === "drop" ? "#files label" : "#file");
      const given = { bubbles: true, cancelable: true, composed: true };
      target.dispatchEvent(how === "drop" ? new DragEvent("drop", { ...given, dataTransfer: transfer }) : new ClipboardEvent("paste", { ...given, clipboardData: transfer }));
    }, [type, NOTE]);
    await settled(page, "ready", "#files");
    await becomes(() => page.evaluate(() => globalThis.seen.map(({ name }) => name)), ["document-1.txt", "document-1.txt"], type);
    const number = server.posts.length;
    await page.click("#send");
    assert.deepEqual(found((await server.post(number)).body), []);
    await page.close();
  }
});

test("files that a script puts in without an event", { timeout }, async () => {
  const page = await open(browser, url);
  const number = server.posts.length;
  await page.evaluate((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], "Maria Ngwenya.txt", { type: "text/plain" }));
    document.querySelector("#file").files = transfer.files;
    document.querySelector("form").submit();
  }, NOTE);
  const post = await server.post(number);
  assert.deepEqual(found(post.body), []);
  await page.close();
});

test("files while the form is sent: it waits", { timeout }, async () => {
  const page = await open(browser, url);
  await slowDown(page, 400);
  await page.evaluate(() => (document.querySelector("#file").required = true));
  const number = server.posts.length;
  await page.setInputFiles("#file", write("Maria Ngwenya.txt", NOTE));
  await page.click("#send");
  const post = await server.post(number);
  assert.deepEqual(found(post.body), []);
  assert.equal(new Map(await entries(post)).get("file").name, "document-1.txt");
  await page.close();
});

test("other controls of the same name keep their entries and their order", { timeout }, async () => {
  const page = await open(browser, server.page(html(
    `<form method="post" action="/save" enctype="multipart/form-data"><input name="note" value="first"><subrosa-field><textarea aria-label="Note" name="note"></textarea></subrosa-field>
    <input name="note" value="last"><input type="file" name="file" aria-label="Other"><subrosa-field id="files"><input aria-label="File" type="file" name="file"></subrosa-field><button>Send</button></form>`)));
  await page.fill("textarea", NOTE);
  await page.setInputFiles("subrosa-field input", write("Maria Ngwenya.txt", NOTE));
  await page.setInputFiles("input[aria-label=Other]", write("other.txt", "other"));
  await settled(page, "ready");
  await settled(page, "ready", "#files");
  const number = server.posts.length;
  await page.click("button");
  const post = await server.post(number);
  assert.deepEqual(found(post.body), []);
  const sent = await entries(post);
  const notes = sent.filter(([name]) => name === "note").map(([, value]) => value);
  assert.deepEqual([notes[0], notes[2], notes.length], ["first", "last", 3]);
  assert.deepEqual(sent.filter(([name]) => name === "file").map(([, file]) => file.name), ["other.txt", "document-1.txt"]);
  await page.close();
});

test("hard wrapping and directions", { timeout }, async () => {
  const page = await open(browser, server.page(html(
    `<form method="post" action="/save" enctype="multipart/form-data"><subrosa-field><textarea aria-label="Note" name="note" dirname="note.dir" wrap="hard" cols="20"></textarea></subrosa-field><button>Send</button></form>`)));
  await page.fill("textarea", `${NOTE} ${NOTE}`);
  await settled(page, "ready");
  const number = server.posts.length;
  await page.click("button");
  const post = await server.post(number);
  assert.deepEqual(found(post.body), []);
  assert.match(new Map(await entries(post)).get("note"), /called about her son/u);
  await page.close();
});

test("a Word document, looked into after unzipping", { timeout }, async () => {
  const original = readFileSync(join(repository, "examples/discharge-letter.docx"));
  assert.ok(found(original, LETTER_VALUES).length >= LETTER_VALUES.length - 1, "the search finds what there is");
  const page = await open(browser, url);
  const path = join(folder, "Augustin Pellerin.docx");
  writeFileSync(path, original);
  await page.setInputFiles("#file", path);
  await settled(page, "ready", "#files");
  const number = server.posts.length;
  await page.click("#send");
  const post = await server.post(number);
  assert.ok(unzipped(post.body).length > 5, "the document came");
  assert.deepEqual(found(post.body, LETTER_VALUES), []);
  const sent = new Map(await entries(post));
  assert.equal(sent.get("file").name, "document-1.docx");
  assert.equal(JSON.parse(sent.get("file-receipt")).files[0].verdict, "redacted");
  await page.close();
});

test("a file that cannot be read is refused, and nothing is sent", { timeout }, async () => {
  const page = await open(browser, url);
  const path = join(folder, "Maria Ngwenya.docx");
  writeFileSync(path, readFileSync(join(repository, "examples/discharge-letter.docx")).subarray(0, 4000));
  const number = server.posts.length;
  await page.setInputFiles("#file", path);
  await settled(page, "failed", "#files");
  await becomes(() => page.evaluate(() => document.querySelector("#file").files.length), 0);
  await page.click("#send");
  await says(page, /The file was not accepted/u, "#files");
  const errors = () => page.evaluate(() => globalThis.events.filter(({ name }) => name === "subrosa-error"));
  await eventually(async () => assert.equal((await errors()).length, 1));
  const told = await errors();
  assert.deepEqual(found(Buffer.from(JSON.stringify(told))), []);
  assert.equal(server.posts.length, number, "the form is blocked");
  await page.evaluate(() => document.querySelector("form").submit());
  const sent = new Map(await entries(await server.post(number)));
  assert.equal(sent.get("file").size, 0);
  assert.equal(JSON.parse(sent.get("file-receipt")).kind, "refused");
  await page.close();
});

test("the way on without the file", { timeout }, async () => {
  const page = await open(browser, url);
  const number = server.posts.length;
  await page.setInputFiles("#file", [write("fine.txt", "Nothing to see."), write("broken.docx", "PK\u0003\u0004 Maria Ngwenya")]);
  await settled(page, "failed", "#files");
  await says(page, /File 2 of 2/u, "#files");
  await page.click("#files [part=button]:has-text('Go on without a file')");
  await settled(page, "empty", "#files");
  await page.click("#send");
  assert.deepEqual(found((await server.post(number)).body), []);
  await page.close();
});
