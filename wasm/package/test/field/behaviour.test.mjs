/** The field in all situations of a form's life. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { becomes, entries, eventually, html, open, says, settled, slowDown, startBrowser, startServer } from "./harness.mjs";
import { found, NOTE } from "./people.mjs";

let server;
let browser;
// Each opens many pages, and other programs of the machine may be busy.
const timeout = 180000;
const form = (inside, attributes = "") => `<form method="post" action="/save" enctype="multipart/form-data" ${attributes}>${inside}<button id="send">Send</button></form>`;
const note = (attributes = "") => `<subrosa-field ${attributes}><label for="note">Note</label><textarea id="note" name="note" rows="6" cols="60"></textarea></subrosa-field>`;

before(async () => {
  server = await startServer();
  browser = await startBrowser();
}, { timeout });

after(async () => {
  await browser?.close();
  await server?.close();
});

/** Opens a page with this body, does something with it, and expects no trouble. */
async function on(body, act, { expected = [], ...options } = {}) {
  const page = await open(browser, server.page(html(body, options), options), options.context);
  try {
    await act(page);
    assert.deepEqual(page.troubles.filter((trouble) => !expected.some((pattern) => pattern.test(trouble))), []);
  } finally {
    await page.close();
  }
}

async function sent(page, act) {
  const number = server.posts.length;
  await act(page);
  const post = await server.post(number);
  return { post, data: new Map(await entries(post)) };
}

const submit = (page) => page.evaluate(() => document.querySelector("form").submit());
const row = (page, text) => page.locator("subrosa-field [part=toggle]", { hasText: text });
const pressed = (one) => () => one.getAttribute("aria-pressed");
const marked = (page) => () => page.evaluate(() => [...CSS.highlights.values()].reduce((sum, { size }) => sum + size, 0));
const errors = (page) => page.evaluate(() => globalThis.events.filter(({ name }) => name === "subrosa-error").map(({ detail }) => detail));

test("misspelt attributes, choices, policies and entities are errors, not silence", { timeout }, async () => {
  const wrong = {
    'polcy="safe-harbor"': /polcy/u, 'show="mark"': /show/u, 'on-error="ignore"': /on-error/u, 'on-eror="block"': /on-eror/u, 'policy=""': /policy/u, 'allow="phone"': /allow/u, 'drop-zone="###"': /drop-zone/u,
    'policy="no-such-policy"': /no-such-policy/u, 'allow="PERSONN"': /PERSONN/u, 'policy="safe-harbor" entities="PERSON"': /safe-harbor/u, 'policy="limited-data-set"': /agreement|purpose/u,
  };
  for (const [attribute, words] of Object.entries(wrong)) {
    await on(form(note(attribute)), async (page) => {
      await page.fill("#note", NOTE);
      await settled(page, "failed");
      await says(page, words);
      await eventually(async () => assert.match((await errors(page))[0].message, words));
      assert.equal(await page.evaluate(() => document.querySelector("form").checkValidity()), false);
      const { post, data } = await sent(page, submit);
      assert.deepEqual(found(post.body), []);
      assert.equal(data.has("note"), false);
    });
  }
});

test("frameworks' marks and attributes of every element are no errors", { timeout }, async () => {
  await on(form(note('id="f" class="a" style="" data-v-1a2b aria-label="x" _ngcontent-abc="" x-data="{}" lang="en" hidden="until-found" policy="safe-harbor" allow="PHONE_NUMBER, EMAIL_ADDRESS"')), async (page) => {
    await page.evaluate(() => document.querySelector("subrosa-field").removeAttribute("hidden"));
    await page.fill("#note", NOTE);
    await settled(page, "ready");
    const { data } = await sent(page, (the) => the.click("#send"));
    assert.match(data.get("note"), /maria\.ngwenya@example\.com.*\(555\) 555-0142/u);
    assert.doesNotMatch(data.get("note"), /219-09/u);
    const receipt = JSON.parse(data.get("note-receipt"));
    assert.equal(receipt.policy, "safe-harbor");
    assert.equal(receipt.kept.EMAIL_ADDRESS, 1);
  }, { expected: [/Content Security Policy|inline style/u] });
});

test("what is sent is what the engine writes", { timeout }, async () => {
  await on(form(note()), async (page) => {
    await page.fill("#note", NOTE);
    const [own, engines] = await page.evaluate(async (text) => {
      const { createEngine } = await import("/npm/index.js");
      const engine = await createEngine();
      return [await document.querySelector("subrosa-field").value(), (await engine.redact(text)).text];
    }, NOTE);
    assert.equal(own, engines);
  });
});

test("without the module the form is blocked, says why, and works when the module is there", { timeout }, async () => {
  await on(form(note()), async (page) => {
    await page.route("**/subrosa-text.wasm", (route) => route.abort());
    await page.fill("#note", NOTE);
    await settled(page, "failed");
    await says(page, /cannot be sent: the check could not be started/u);
    await becomes(async () => (await errors(page))[0].code, "load");
    const number = server.posts.length;
    await page.click("#send");
    await page.waitForTimeout(300);
    assert.equal(server.posts.length, number, "blocked");
    await becomes(() => page.evaluate(() => document.activeElement.id), "note", "the focus is where something can be done");
    const data = await page.evaluate(() => [...new FormData(document.querySelector("form")).keys()]);
    assert.deepEqual(data, ["note-receipt"]);
    await page.unroute("**/subrosa-text.wasm");
    await page.click("subrosa-field [part=button]");
    await settled(page, "ready");
    const { post } = await sent(page, (the) => the.click("#send"));
    assert.deepEqual(found(post.body), []);
  }, { expected: [/ERR_FAILED|Failed to load/u] });
});

test("on-error=clear lets the form go without the entry", { timeout }, async () => {
  await on(form(note('on-error="clear"')), async (page) => {
    await page.route("**/subrosa-text.wasm", (route) => route.abort());
    await page.fill("#note", NOTE);
    await settled(page, "failed");
    await says(page, /left out/u);
    const { post, data } = await sent(page, (the) => the.click("#send"));
    assert.deepEqual(found(post.body), []);
    assert.deepEqual([...data.keys()], ["note-receipt"]);
    assert.deepEqual(JSON.parse(data.get("note-receipt")), { kind: "refused", code: "load" });
  }, { expected: [/ERR_FAILED|Failed to load/u] });
});

test("a policy of the page that forbids WebAssembly blocks the form", { timeout }, async () => {
  await on(form(note()), async (page) => {
    await page.fill("#note", NOTE);
    await settled(page, "failed");
    const { data } = await sent(page, submit);
    assert.equal(data.has("note"), false);
  }, { policy: "default-src 'self'; script-src 'self'", expected: [/Content Security Policy/u] });
});

test("a browser without form-associated elements blocks the form", { timeout }, async () => {
  const page = await browser.newPage();
  await page.addInitScript(() => delete HTMLElement.prototype.attachInternals);
  await page.goto(server.page(html(form(note()))));
  await page.fill("#note", NOTE);
  await settled(page, "failed");
  await says(page, /too old/u);
  const number = server.posts.length;
  await page.click("#send");
  await page.waitForTimeout(300);
  assert.equal(server.posts.length, number);
  await submit(page);
  assert.deepEqual(found((await server.post(number)).body), []);
  await page.close();
});

test("a browser without highlights has the list", { timeout }, async () => {
  const page = await browser.newPage();
  await page.addInitScript(() => delete globalThis.Highlight);
  await page.goto(server.page(html(form(note()))));
  await page.fill("#note", NOTE);
  await settled(page, "ready");
  await page.locator("[part=toggle]").nth(4).waitFor();
  await page.close();
});

test("keep and redact, by pointer and by key; the decision stays with the value while the text is edited", { timeout }, async () => {
  await on(form(note()), async (page) => {
    await page.fill("#note", NOTE);
    await settled(page, "ready");
    await becomes(pressed(row(page, "Mrs. Maria Ngwenya")), "true");
    await row(page, "(555) 555-0142").click();
    await becomes(pressed(row(page, "(555) 555-0142")), "false");
    await row(page, "3 March 1980").focus();
    await page.keyboard.press("Space");
    await becomes(pressed(row(page, "3 March 1980")), "false");
    await says(page, /values are replaced before sending, 2 kept/u);
    assert.ok(await page.evaluate(() => document.querySelector("subrosa-field").shadowRoot.activeElement?.textContent.includes("3 March 1980")), "the focus stays");
    await page.focus("#note");
    await page.evaluate(() => document.querySelector("#note").setSelectionRange(0, 0));
    await page.keyboard.type("Today again: ");
    await settled(page, "pending").catch(() => undefined);
    await settled(page, "ready");
    await becomes(pressed(row(page, "(555) 555-0142")), "false");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("Nothing. ");
    await settled(page, "ready");
    await page.keyboard.type("Her phone (555) 555-0142, once more.");
    await page.waitForFunction(() => document.querySelector("subrosa-field").shadowRoot.querySelector("[aria-pressed=false]"));
    await settled(page, "ready");
    const { data } = await sent(page, (the) => the.click("#send"));
    assert.match(data.get("note"), /\(555\) 555-0142, once more/u);
    assert.deepEqual(JSON.parse(data.get("note-receipt")).kept, { PHONE_NUMBER: 1 });
    assert.deepEqual(JSON.parse(data.get("note-receipt")).byHand, { PHONE_NUMBER: 1 });
  });
});

test("what the policy keeps can be redacted by hand", { timeout }, async () => {
  await on(form(note()), async (page) => {
    await page.fill("#note", "She has hypertension and takes metformin. It is her second hypertension.");
    await settled(page, "ready");
    await row(page, "hypertension").click();
    const { data } = await sent(page, (the) => the.click("#send"));
    assert.doesNotMatch(data.get("note"), /hypertension/u);
    assert.match(data.get("note"), /\[HEALTH_CONDITION\].*metformin/u);
  });
});

test("a click on a mark selects its row and scrolls it into view", { timeout }, async () => {
  await on(form(note()), async (page) => {
    await page.fill("#note", `${NOTE} ${Array.from({ length: 12 }, (_, at) => `person${at}@example.com`).join(" ")}`);
    await page.evaluate(() => (document.querySelector("#note").rows = 16));
    await settled(page, "ready");
    const middle = () => page.evaluate(() => {
      const ranges = [...CSS.highlights.values()].flatMap((highlight) => [...highlight]);
      const range = ranges.find((one) => one.toString() === "person11@example.com");
      const [{ left, top, width, height }] = range.getClientRects();
      return { x: left + width / 2, y: top + height / 2 };
    });
    // The list below grows while marks are drawn: the mark is where it is once it is there twice.
    let point;
    await eventually(async () => {
      const before = point;
      point = await middle();
      assert.deepEqual(point, before);
    });
    await page.mouse.click(point.x, point.y);
    await page.locator("subrosa-field .chosen", { hasText: "person11@example.com" }).waitFor();
    const seen = () => page.evaluate(() => {
      const root = document.querySelector("subrosa-field").shadowRoot;
      const list = root.querySelector("ul").getBoundingClientRect();
      const chosen = root.querySelector(".chosen").getBoundingClientRect();
      return chosen.top >= list.top - 1 && chosen.bottom <= list.bottom + 1;
    });
    await becomes(seen, true);
    assert.equal(await page.evaluate(() => document.activeElement.id), "note", "the focus stays in the text");
    await becomes(() => page.evaluate(() => CSS.highlights.get("subrosa-selected").size), 1);
  });
});

test("composition: the text is left alone and checked when it is done", { timeout }, async () => {
  await on(form(note()), async (page) => {
    await slowDown(page, 0);
    await page.focus("#note");
    const client = await page.context().newCDPSession(page);
    const before = await page.evaluate(() => globalThis.scans);
    for (const text of ["m", "ma", "maria@", "maria@example.com"]) {
      await client.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
      await page.waitForTimeout(200);
    }
    assert.equal(await page.evaluate(() => globalThis.scans), before, "no check while composing");
    assert.equal(await page.evaluate(() => document.querySelector("subrosa-field").state), "pending");
    assert.deepEqual(await page.evaluate(() => [...new FormData(document.querySelector("form")).keys()]), []);
    await client.send("Input.insertText", { text: "maria@example.com" });
    await settled(page, "ready");
    assert.equal(await page.inputValue("#note"), "maria@example.com");
    await becomes(() => page.evaluate(() => globalThis.scans), before + 1);
  });
});

test("the browser's undo is untouched", { timeout }, async () => {
  await on(form(note()), async (page) => {
    await page.focus("#note");
    await page.keyboard.type("Her mail is ");
    await settled(page, "ready");
    // What is typed and inserted at one place is one step to the browser, unless the caret was elsewhere in between.
    await page.keyboard.press("Home");
    await page.keyboard.press("End");
    await page.evaluate(() => document.execCommand("insertText", false, "maria@example.com"));
    await page.waitForFunction(() => document.querySelector("subrosa-field").shadowRoot.querySelector("[part=toggle]"));
    await page.keyboard.press("Control+Z");
    await becomes(() => page.inputValue("#note"), "Her mail is ");
    await page.keyboard.press("Control+Shift+Z");
    await becomes(() => page.inputValue("#note"), "Her mail is maria@example.com");
  });
});

test("only the last text is checked when keys come faster than answers", { timeout }, async () => {
  await on(form(note()), async (page) => {
    await slowDown(page, 400);
    await page.focus("#note");
    await page.keyboard.type("Write to maria.ngwenya@example.com or to jonas@example.org, please.", { delay: 25 });
    await settled(page, "ready");
    const scans = await page.evaluate(() => globalThis.scans);
    assert.ok(scans <= 6, `${scans} checks`);
    assert.match(await page.evaluate(() => document.querySelector("subrosa-field").value()), /^Write to \[EMAIL_ADDRESS.*\] or to \[EMAIL_ADDRESS.*\], please\.$/u);
  });
});

test("reset forgets decisions, files and texts", { timeout }, async () => {
  await on(form(`${note()}<subrosa-field id="files"><input type="file" name="file" aria-label="File"></subrosa-field><button type="reset" id="reset">Reset</button>`), async (page) => {
    await page.fill("#note", NOTE);
    await settled(page, "ready");
    await row(page, "Mrs. Maria Ngwenya").click();
    await page.setInputFiles("input[type=file]", { name: "a.txt", mimeType: "text/plain", buffer: Buffer.from(NOTE) });
    await settled(page, "ready", "#files");
    await page.click("#reset");
    await settled(page, "empty");
    await settled(page, "empty", "#files");
    await becomes(marked(page), 0);
    await page.fill("#note", NOTE);
    await settled(page, "ready");
    await becomes(pressed(row(page, "Mrs. Maria Ngwenya")), "true");
  });
});

test("disabled fields neither block nor send", { timeout }, async () => {
  await on(form(`<fieldset disabled>${note('policy="no-such-policy"')}</fieldset><input name="plain" value="x">`), async (page) => {
    await page.evaluate((text) => (document.querySelector("#note").value = text), NOTE);
    const { data } = await sent(page, (the) => the.click("#send"));
    assert.deepEqual([...data.keys()], ["plain"]);
  });
  await on(form(`${note()}<input name="plain" value="x">`), async (page) => {
    await slowDown(page, 5000);
    await page.fill("#note", NOTE);
    await page.evaluate(() => (document.querySelector("#note").disabled = true));
    await page.waitForTimeout(50);
    const { data } = await sent(page, (the) => the.click("#send"));
    assert.deepEqual([...data.keys()], ["plain"]);
  });
});

test("a control that is written disabled is unlocked by the field, so that nothing goes without it", { timeout }, async () => {
  await on(form(`<subrosa-field unlock><textarea id="note" name="note" aria-label="Note" disabled></textarea></subrosa-field>`), async (page) => {
    await page.fill("#note", NOTE);
    await settled(page, "ready");
    const { post } = await sent(page, (the) => the.click("#send"));
    assert.deepEqual(found(post.body), []);
  });
});

test("the back button brings the text back, and it is checked again", { timeout }, async () => {
  await on(form(note()), async (page) => {
    await page.fill("#note", NOTE);
    await settled(page, "ready");
    await sent(page, (the) => the.click("#send"));
    await page.waitForURL("**/save");
    await page.goBack();
    await page.waitForFunction((text) => document.querySelector("#note")?.value === text, NOTE);
    const { post } = await sent(page, (the) => the.click("#send"));
    assert.deepEqual(found(post.body), []);
    await page.waitForURL("**/save");
    await page.goBack();
    await page.waitForFunction((text) => document.querySelector("#note")?.value === text, NOTE);
    await settled(page, "ready");
  });
});

test("a control that is replaced, removed, or joined by another", { timeout }, async () => {
  await on(form(note()), async (page) => {
    await page.fill("#note", "Nothing.");
    await settled(page, "ready");
    const raced = await page.evaluate((text) => {
      const area = document.createElement("textarea");
      Object.assign(area, { id: "note", name: "note", value: text });
      document.querySelector("#note").replaceWith(area);
      return [...new FormData(document.querySelector("form")).keys()];
    }, NOTE);
    assert.deepEqual(raced, [], "not before it is checked");
    await settled(page, "ready");
    assert.match(await page.evaluate(() => new FormData(document.querySelector("form")).get("note")), /\[PERSON/u);
    const two = await page.evaluate((text) => {
      const hidden = document.createElement("input");
      Object.assign(hidden, { type: "hidden", name: "copy", value: text });
      document.querySelector("subrosa-field").append(hidden);
      return [...new FormData(document.querySelector("form")).keys()];
    }, NOTE);
    assert.deepEqual(two, []);
    await settled(page, "failed");
    await page.evaluate(() => document.querySelector("[name=copy]").remove());
    await settled(page, "ready");
    await page.evaluate(() => document.querySelector("#note").remove());
    await settled(page, "failed");
    await becomes(async () => (await errors(page)).at(-1).code, "control");
  });
});

test("what other libraries send from within the field goes with it", { timeout }, async () => {
  await on(form(`<subrosa-field><x-input name="note"></x-input></subrosa-field><input name="plain" value="x">`), async (page) => {
    await page.evaluate((text) => {
      customElements.define("x-input", class extends HTMLElement {
        static formAssociated = true;
        constructor() {
          super();
          this.attachInternals().setFormValue(text);
        }
      });
    }, NOTE);
    await settled(page, "failed");
    const { post, data } = await sent(page, submit);
    assert.deepEqual(found(post.body), []);
    assert.deepEqual([...data.keys()], ["plain"]);
  });
});

test("two controls of two forms in one field are both held back", { timeout }, async () => {
  await on(`${form(`<subrosa-field><input name="a" aria-label="a"><input name="b" aria-label="b" form="far"></subrosa-field>`)}<form id="far"></form>`, async (page) => {
    await page.fill("[name=a]", "Maria Ngwenya");
    await page.fill("[name=b]", "Maria Ngwenya");
    assert.deepEqual(await page.evaluate(() => [...document.forms].flatMap((one) => [...new FormData(one).keys()])), []);
  });
});

test("a very long text has its list, and is sent redacted", { timeout }, async () => {
  await on(form(note()), async (page) => {
    await page.fill("#note", `${NOTE}\n${"Nothing to see here. ".repeat(4000)}`);
    await settled(page, "ready");
    await becomes(marked(page), 0);
    await page.locator("[part=toggle]").nth(4).waitFor();
    const { post } = await sent(page, (the) => the.click("#send"));
    assert.deepEqual(found(post.body), []);
  });
});

test("unsupported controls are errors", { timeout }, async () => {
  for (const control of ['<input name="n" type="password" aria-label="x">', '<input name="n" type="number" aria-label="x">', '<select name="n" aria-label="x"><option>Maria</select>', ""]) {
    await on(form(`<subrosa-field>${control}</subrosa-field>`), async (page) => {
      await settled(page, "failed");
      await becomes(async () => (await errors(page))[0].code, "control");
      const data = await page.evaluate(() => [...new FormData(document.querySelector("form")).keys()]);
      assert.deepEqual(data, []);
    }, { expected: [/autocomplete/u] });
  }
});

test("a field that is moved goes on; one that is taken out cleans up", { timeout }, async () => {
  await on(`${form(note())}<div id="elsewhere"></div>`, async (page) => {
    await page.fill("#note", NOTE);
    await settled(page, "ready");
    await row(page, "Mrs. Maria Ngwenya").click();
    await page.evaluate(() => document.querySelector("form").prepend(document.querySelector("subrosa-field")));
    await settled(page, "ready");
    await becomes(pressed(row(page, "Mrs. Maria Ngwenya")), "false");
    await page.evaluate(() => document.querySelector("subrosa-field").remove());
    await page.waitForFunction(() => [...CSS.highlights.values()].every(({ size }) => size === 0));
  });
});

test("a form that stands elsewhere", { timeout }, async () => {
  await on(`<subrosa-field><textarea id="note" name="note" aria-label="Note" form="far"></textarea></subrosa-field><form id="far" method="post" action="/save" enctype="multipart/form-data"><button id="send">Send</button></form>`, async (page) => {
    await slowDown(page, 300);
    await page.fill("#note", NOTE);
    assert.equal(await page.evaluate(() => document.querySelector("form").checkValidity()), false);
    const { post, data } = await sent(page, (the) => the.click("#send"));
    assert.deepEqual(found(post.body), []);
    assert.ok(data.has("note-receipt"));
  });
});

test("a field and its form in a shadow tree", { timeout }, async () => {
  await on(`<div id="host"></div>`, async (page) => {
    await page.evaluate((text) => {
      const root = document.querySelector("#host").attachShadow({ mode: "open" });
      const formElement = document.createElement("form");
      Object.assign(formElement, { method: "post", action: "/save", enctype: "multipart/form-data" });
      const field = document.createElement("subrosa-field");
      const area = document.createElement("textarea");
      Object.assign(area, { name: "note", value: text });
      const files = document.createElement("subrosa-field");
      const input = document.createElement("input");
      Object.assign(input, { type: "file", name: "file" });
      files.append(input);
      field.append(area);
      formElement.append(field, files);
      root.append(formElement);
      globalThis.shadowForm = formElement;
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], "Maria Ngwenya.txt"));
      input.files = transfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }, NOTE);
    assert.deepEqual(await page.evaluate(() => [...new FormData(globalThis.shadowForm).values()].map((value) => (typeof value === "string" ? value : value.size))), [0]);
    await page.waitForFunction(() => [...globalThis.shadowForm.querySelectorAll("subrosa-field")].every((field) => field.state === "ready"));
    const { post } = await sent(page, (the) => the.evaluate(() => globalThis.shadowForm.submit()));
    assert.deepEqual(found(post.body), []);
  });
});

test("editable text: highlights on its own nodes, its content never changed", { timeout }, async () => {
  await on(form(`<subrosa-field name="letter"><div id="letter" contenteditable="true" role="textbox" aria-label="Letter"><p>Dear <b>Mrs. Mar</b>ia Ngwenya,</p><ul><li>write to maria@example.com</li><li>or<br>call</li></ul></div></subrosa-field>`), async (page) => {
    await settled(page, "ready");
    const before = await page.innerHTML("#letter");
    await becomes(() => page.evaluate(() => [...CSS.highlights.values()].flatMap((highlight) => [...highlight].map(String)).sort()), ["Mrs. Maria Ngwenya", "maria@example.com"].sort());
    assert.equal(before, await page.innerHTML("#letter"));
    const { data } = await sent(page, (the) => the.click("#send"));
    assert.equal(data.get("letter"), "Dear [PERSON-1],\r\nwrite to [EMAIL_ADDRESS]\r\nor\r\ncall");
  });
});

test("right to left, emoji, empty lines", { timeout }, async () => {
  await on(form(note()), async (page) => {
    const text = "👩‍👩‍👧 Mrs. Maria Ngwenya 😀\n\n\nكتبت إلى maria@example.com أمس\n";
    await page.fill("#note", text);
    await settled(page, "ready");
    const { data } = await sent(page, (the) => the.click("#send"));
    assert.equal(data.get("note").replaceAll("\r\n", "\n"), text.replace("Mrs. Maria Ngwenya", "[PERSON-1]").replace("maria@example.com", (await data.get("note")).match(/\[EMAIL_ADDRESS.*?\]/u)[0]));
  });
});

test("value(), events without text, and strings in Spanish or of one's own", { timeout }, async () => {
  await on(`<div lang="es-MX">${form(note())}</div>`, async (page) => {
    await page.fill("#note", NOTE);
    assert.match(await page.evaluate(() => document.querySelector("subrosa-field").value()), /called about her son/u);
    await says(page, /Se sustituyen 5 datos/u);
    const told = () => page.evaluate(() => JSON.stringify(globalThis.events));
    await eventually(async () => assert.match(await told(), /subrosa-scan.*"PERSON":2.*subrosa-ready.*ruleset/u));
    assert.deepEqual(found(Buffer.from(await told())), []);
    await page.evaluate(() => (document.querySelector("subrosa-field").strings = { summary: (count) => `${count} datos fuera.` }));
    await says(page, /^5 datos fuera\.$/u);
    await page.evaluate(() => document.querySelector("div[lang]").setAttribute("lang", "en"));
    await page.fill("#note", "");
    await settled(page, "empty");
    await says(page, /are replaced before this is sent/u);
    assert.equal(await page.evaluate(() => document.querySelector("subrosa-field").value()), "");
  });
});

test("show=list and show=none", { timeout }, async () => {
  for (const show of ["list", "none"]) {
    await on(form(note(`show="${show}"`)), async (page) => {
      await page.fill("#note", NOTE);
      await settled(page, "ready");
      await page.waitForTimeout(100);
      assert.equal(await marked(page)(), 0);
      await becomes(() => page.locator("[part=toggle]").first().isVisible(), show === "list");
      const { post } = await sent(page, (the) => the.click("#send"));
      assert.deepEqual(found(post.body), []);
    });
  }
});

test("a policy that changes makes what was checked worth nothing", { timeout }, async () => {
  await on(form(note('allow="EMAIL_ADDRESS"')), async (page) => {
    await page.fill("#note", NOTE);
    await settled(page, "ready");
    const keys = await page.evaluate(() => {
      document.querySelector("subrosa-field").removeAttribute("allow");
      return [...new FormData(document.querySelector("form")).keys()];
    });
    assert.deepEqual(keys, []);
    await settled(page, "ready");
    assert.doesNotMatch(await page.evaluate(() => document.querySelector("subrosa-field").value()), /@/u);
  });
});

test("one engine for all fields of a page, and none before somebody comes", { timeout }, async () => {
  const page = await browser.newPage();
  const loaded = [];
  page.on("request", (request) => loaded.push(new URL(request.url()).pathname));
  await page.goto(server.page(html(form(Array.from({ length: 5 }, (_, at) => `<subrosa-field><input name="n${at}" aria-label="n${at}"></subrosa-field>`).join("")))));
  await page.waitForTimeout(300);
  assert.ok(!loaded.some((path) => path.endsWith(".wasm")), "lazy");
  for (let at = 0; at < 5; at++) await page.fill(`[name=n${at}]`, "maria@example.com");
  await page.waitForFunction(() => [...document.querySelectorAll("subrosa-field")].every((field) => field.state === "ready"));
  assert.deepEqual(loaded.filter((path) => path.endsWith(".wasm")), ["/npm/subrosa-text.wasm"]);
  await page.close();
});

test("what is for files is loaded when a file is there, and then reads texts too", { timeout }, async () => {
  await on(form(`${note()}<subrosa-field><input type="file" name="file" id="file" aria-label="File"></subrosa-field><subrosa-field><input name="late" aria-label="Late"></subrosa-field>`), async (page) => {
    const loaded = [];
    page.on("request", (request) => loaded.push(new URL(request.url()).pathname));
    const modules = () => loaded.filter((path) => path.endsWith(".wasm"));
    await page.fill("#note", NOTE);
    await page.waitForFunction(() => document.querySelector("subrosa-field").state === "ready");
    assert.deepEqual(modules(), ["/npm/subrosa-text.wasm"]);
    await page.setInputFiles("#file", { name: "note.txt", mimeType: "text/plain", buffer: Buffer.from(NOTE) });
    await page.waitForFunction(() => document.querySelectorAll("subrosa-field")[1].state === "ready");
    assert.deepEqual(modules(), ["/npm/subrosa-text.wasm", "/npm/subrosa-office.wasm"]);
    await page.fill("[name=late]", NOTE);
    await page.waitForFunction(() => document.querySelectorAll("subrosa-field")[2].state === "ready");
    assert.equal(modules().length, 2);
    const { post } = await sent(page, (the) => the.click("#send"));
    assert.deepEqual(found(post.body), []);
  });
});
