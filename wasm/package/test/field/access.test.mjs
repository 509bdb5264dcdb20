/** For everybody: contrast, names, keys, narrow windows, screen readers, forced colours. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { becomes, eventually, html, open, settled, slowDown, startBrowser, startServer } from "./harness.mjs";
import { NOTE } from "./people.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
// Each fills many pages, and other programs of the machine may be busy.
const timeout = 240000;
let server;
let browser;
let url;

before(async () => {
  server = await startServer();
  browser = await startBrowser();
  const style = server.style(`
    :root { color-scheme: light dark } body { font: 16px/1.5 sans-serif; margin: 0; padding: 1rem; background: #fbfbfc; color: #1b1d21 }
    textarea, input[type=text] { width: 100%; box-sizing: border-box; font: inherit } label { display: block } input[type=file] { max-width: 100% }
    @media (prefers-color-scheme: dark) { body { background: #17181b; color: #e6e7ea } textarea, input { background: #1f2125; color: #eceef1 } }`);
  url = server.page(html(`<form method="post" action="/save" enctype="multipart/form-data">
    <subrosa-field id="a"><label for="note">Note</label><textarea id="note" name="note" rows="6"></textarea></subrosa-field>
    <subrosa-field id="b"><label for="contact">Contact</label><input type="text" id="contact" name="contact"></subrosa-field>
    <subrosa-field id="c" name="letter"><div id="letter" contenteditable="true" role="textbox" aria-label="Letter"></div></subrosa-field>
    <subrosa-field id="d"><label for="file">File</label><input type="file" id="file" name="file"></subrosa-field>
    <subrosa-field id="e"><label for="other">Other</label><textarea id="other" name="other"></textarea></subrosa-field>
    <button>Send</button></form>`, { style }));
}, { timeout });

after(async () => {
  await browser?.close();
  await server?.close();
});

async function filled(options) {
  const page = await open(browser, url, options);
  await page.fill("#note", NOTE);
  await page.fill("#contact", "maria.ngwenya@example.com");
  await page.click("#letter");
  await page.keyboard.insertText("Dear Dr. Jonas Ekberg,");
  await page.setInputFiles("#file", { name: "x.docx", mimeType: "", buffer: Buffer.from("PK\u0003\u0004 broken") });
  for (const [id, state] of [["a", "ready"], ["b", "ready"], ["c", "ready"], ["d", "failed"]]) await settled(page, state, `#${id}`);
  const toggle = page.locator("#a [part=toggle]", { hasText: "555-0142" });
  await toggle.click();
  await becomes(() => toggle.getAttribute("aria-pressed"), "false");
  return page;
}

async function check(page) {
  await page.evaluate(axe);
  // A colour on its way to another is nobody's contrast.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity).map(({ finished }) => finished)));
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] } }));
  return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ target, failureSummary }) => `${target}: ${failureSummary}`) }));
}

test("axe finds nothing, in light, dark and forced colours, wide and narrow", { timeout }, async () => {
  for (const media of [{ colorScheme: "light" }, { colorScheme: "dark" }, { forcedColors: "active" }]) {
    for (const width of [1000, 320]) {
      const page = await filled({ ...media, viewport: { width, height: 900 } });
      assert.deepEqual(await check(page), [], `${JSON.stringify(media)} at ${width}`);
      assert.deepEqual(page.troubles, []);
      await page.close();
    }
  }
});

test("a page that turns dark takes the field along", { timeout }, async () => {
  const page = await filled({ colorScheme: "light" });
  await page.emulateMedia({ colorScheme: "dark" });
  await becomes(() => page.evaluate(() => document.querySelector("#a").shadowRoot.querySelector(".mirror").classList.contains("dark")), true);
  assert.deepEqual(await check(page), []);
  await page.close();
});

test("at 320 pixels nothing has to be scrolled sideways, also with wide text spacing", { timeout }, async () => {
  const page = await filled({ viewport: { width: 320, height: 700 } });
  const overflow = () => page.evaluate(() => [document.scrollingElement, ...[...document.querySelectorAll("subrosa-field")].flatMap((field) => [...field.shadowRoot.querySelectorAll(".panel, ul, .row, .bar")])].filter((element) => element.scrollWidth > element.clientWidth + 1).map((element) => element.className || element.tagName));
  await becomes(overflow, []);
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }");
    document.adoptedStyleSheets = [sheet];
    for (const field of document.querySelectorAll("subrosa-field")) field.shadowRoot.adoptedStyleSheets = [...field.shadowRoot.adoptedStyleSheets, sheet];
  });
  await becomes(overflow, []);
  await page.close();
});

test("everything by keys, in order, with targets large enough", { timeout }, async () => {
  const page = await filled({ viewport: { width: 1000, height: 900 } });
  await page.focus("#note");
  const stops = [];
  for (let at = 0; at < 7; at++) {
    await page.keyboard.press("Tab");
    stops.push(await page.evaluate(() => {
      const inner = document.activeElement.shadowRoot?.activeElement ?? document.activeElement;
      const { width, height } = inner.getBoundingClientRect();
      return { what: inner.getAttribute("part") ?? inner.id, pressed: inner.getAttribute("aria-pressed"), name: inner.textContent, outline: getComputedStyle(inner).outlineStyle, small: Math.min(width, height) < 24 };
    }));
  }
  assert.deepEqual(stops.slice(0, 5).map(({ what }) => what), Array(5).fill("toggle"));
  assert.equal(stops[5].what, "contact");
  assert.ok(stops.slice(0, 5).every(({ outline, small }) => outline === "solid" && !small));
  assert.match(stops[0].name, /^Replace: Name Mrs\. Maria Ngwenya 2 places sent as \[PERSON-1\]$/u);
  assert.deepEqual(stops.slice(0, 5).map(({ pressed }) => pressed), ["true", "true", "true", "true", "false"]);
  await page.close();
});

test("screen readers are told at most once a second, and never a value", { timeout }, async () => {
  const page = await open(browser, url);
  await slowDown(page, 30);
  await page.evaluate(() => {
    globalThis.told = [];
    const live = document.querySelector("#a").shadowRoot.querySelector("[role=status]");
    new MutationObserver(() => globalThis.told.push({ at: performance.now(), text: live.textContent })).observe(live, { childList: true, characterData: true, subtree: true });
  });
  await page.focus("#note");
  for (const word of NOTE.split(" ").slice(0, 18)) {
    await page.keyboard.type(`${word} `);
    await page.waitForTimeout(170);
  }
  await settled(page, "ready", "#a");
  await eventually(async () => assert.match((await page.evaluate(() => globalThis.told)).at(-1).text, /values are replaced before sending/u));
  const told = await page.evaluate(() => globalThis.told);
  assert.ok(told.length >= 2, "something is said");
  for (const [index, { at, text }] of told.entries()) {
    assert.doesNotMatch(text, /Ngwenya|@|219-09/u);
    if (index) assert.ok(at - told[index - 1].at > 950, `${at - told[index - 1].at} ms apart`);
  }
  await page.close();
});
