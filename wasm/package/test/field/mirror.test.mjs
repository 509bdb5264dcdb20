/** Marks stand on the words that they are about: compared with the caret positions that the control itself gives. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { becomes, html, open, startBrowser, startServer } from "./harness.mjs";

let server;
let browser;
const timeout = 120000;

before(async () => {
  server = await startServer();
  browser = await startBrowser();
}, { timeout });

after(async () => {
  await browser?.close();
  await server?.close();
});

/** The same numbers each time, so that a failure can be looked at again. */
function random(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const WORDS = [
  "the", "Maria", "Ngwenya,", "called", "(555) 555-0142", "maria@example.com", "and", "a", "of", "hypertension.", "fi", "ffl", "AVAVA", "Ekström",
  "田中", "花子", "東京都千代田区", "こんにちは。", "カタカナ", "서울특별시", "مريم", "العنوان", "القاهرة", "שלום", "עולם", "😀", "👩‍👩‍👧", "🇪🇸", "e\u0301", "naïve",
  "\t", "\t\t", "   ", "x".repeat(60), "https://example.com/a/very/long/path/that-does-not-end?query=1", "—", "«guillemets»", "12,345.67", "soft\u00adhyphen", "no\u00a0break",
];

function text(next, multiline) {
  const parts = [];
  for (let count = Math.floor(next() * 90) + 1; count > 0; count--) {
    parts.push(WORDS[Math.floor(next() * WORDS.length)]);
    const gap = next();
    parts.push(gap < 0.75 ? " " : gap < 0.85 ? "" : multiline && gap < 0.97 ? "\n".repeat(Math.floor(next() * 3)) : "  ");
  }
  return parts.join("") + (multiline && next() < 0.2 ? "\n" : "");
}

const STYLES = [
  "", "font: 13px monospace; padding: 2px", "font: 17px/1.2 serif; padding: 7px 3px 1px 19px; border: 5px solid", "font: 15.5px/1.73 sans-serif; letter-spacing: 0.4px; word-spacing: 3px",
  "box-sizing: border-box; padding: 12px; font: 16px sans-serif; text-align: justify", "box-sizing: border-box; padding: 1em; font: italic bold 14px serif; text-indent: 2em",
  "font: 16px sans-serif; tab-size: 3; overflow-y: scroll", "font: 12px sans-serif; line-height: 3; text-align: center", "font: 16px sans-serif; direction: rtl", "font: 16px sans-serif; white-space: pre; overflow: auto", "font: 16px sans-serif; word-break: break-all", "font: 16px sans-serif; resize: none; border-radius: 1em; padding: 1em; scrollbar-gutter: stable",
];

/** Runs in the page: shows the text, and asks at each character of each mark. */
async function measure({ value, style, width, height, offset }) {
  const field = document.querySelector("subrosa-field");
  const control = field.querySelector("textarea, input");
  control.className = style;
  control.style.width = `${width}px`;
  if (control.matches("textarea")) control.style.height = `${height}px`;
  const ready = new Promise((resolve) => field.addEventListener("subrosa-ready", resolve, { once: true }));
  control.value = value;
  control.dispatchEvent(new Event("input", { bubbles: true }));
  await ready;
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  await frame();
  control.scrollTop = offset * Math.max(0, control.scrollHeight - control.clientHeight);
  control.scrollLeft = offset * Math.max(0, control.scrollWidth - control.clientWidth) * (getComputedStyle(control).direction === "rtl" ? -1 : 1);
  await frame();
  const mirror = field.shadowRoot.querySelector(".mirror");
  const off = mirror.classList.contains("off");
  const ranges = [...CSS.highlights].filter(([name]) => name !== "subrosa-selected").flatMap(([, highlight]) => [...highlight]);
  const box = control.getBoundingClientRect();
  const { clientLeft, clientTop, clientWidth, clientHeight } = control;
  const view = { left: box.left + clientLeft, top: box.top + clientTop, right: box.left + clientLeft + clientWidth, bottom: box.top + clientTop + clientHeight };
  const graphemes = [...new Intl.Segmenter("en", { granularity: "grapheme" }).segment(control.value)];
  const TURNED = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;
  const rightToLeft = getComputedStyle(control).direction === "rtl";
  const mixed = rightToLeft || TURNED.test(control.value);
  let asked = 0;
  const wrong = [];
  for (const range of ranges) {
    for (const { index, segment } of graphemes) {
      const end = index + segment.length;
      if (index < range.startOffset || end > range.endOffset || /\s|\u00ad/u.test(segment)) continue;
      const one = document.createRange();
      one.setStart(range.startContainer, index);
      one.setEnd(range.startContainer, end);
      const [rect, ...more] = one.getClientRects();
      if (!rect || more.length || rect.width < 3) continue;
      const y = (rect.top + rect.bottom) / 2;
      const at = [rect.left + rect.width * 0.2, rect.left + rect.width * 0.8];
      if (at[0] < view.left + 1 || at[1] > view.right - 1 || y < view.top + 1 || y > view.bottom - 1) continue;
      const carets = at.map((x) => document.caretPositionFromPoint(x, y)).filter((caret) => caret?.offsetNode === control).map((caret) => caret.offset);
      if (carets.length !== 2) continue;
      // Digits and signs between letters of the other direction may be a run by themselves: both their sides belong elsewhere.
      const isLetter = /\p{L}/u.test(segment);
      if (mixed && !isLetter) continue;
      asked++;
      // Left and right of a character stand its two ends. Where writing changes its direction one side belongs to the other end
      // of the run as well, and some ligatures of Arabic have a caret between.
      const near = carets.map((offset) => (/\p{Script=Arabic}/u.test(segment) ? offset >= index - 1 && offset <= end + 1 : offset === index || offset === end));
      const turns = mixed && (rightToLeft || TURNED.test(segment));
      const good = turns ? near.includes(true) : !near.includes(false) && carets[0] !== carets[1];
      if (!good) wrong.push({ index, segment, carets });
    }
  }
  return { off, marks: ranges.length, asked, wrong, scrolls: control.scrollHeight > control.clientHeight, bar: control.offsetWidth - control.clientWidth };
}

/** An engine that "finds" every third word, so that marks stand everywhere. */
const FINDER = `
  const field = document.querySelector("subrosa-field");
  const catalogue = { version: "0", ruleset: "every third word", entities: [], policies: [], formats: [] };
  field.engine = { catalogue, scan: async (text) => [...text.matchAll(/\\S+/g)].filter((_, at) => at % 3 === 0).map(({ 0: word, index }) => (
    { id: "f" + index, entity: "PERSON", start: index, end: index + word.length, confidence: 1, near: false, decision: "redact", why: [], replacement: "[PERSON]" })) };
`;

async function compare(control, multiline, rounds, seed) {
  const sheet = server.style(STYLES.map((style, at) => `.s${at} { ${style} }`).join("\n"));
  const page = await open(browser, server.page(html(`<subrosa-field show="marks">${control}</subrosa-field>`, { style: sheet })), { viewport: { width: 1000, height: 900 } });
  await page.addScriptTag({ url: server.script(FINDER), type: "module" });
  const next = random(seed);
  const sum = { texts: 0, off: 0, asked: 0, scrolled: 0, bars: 0, wrong: [] };
  for (let round = 0; round < rounds; round++) {
    const asked = { value: text(next, multiline), style: `s${round % STYLES.length}`, width: 120 + Math.floor(next() * 4000) / 10, height: 60 + Math.floor(next() * 200), offset: next() < 0.5 ? 0 : next() };
    const result = await page.evaluate(measure, asked);
    sum.texts++;
    if (result.off) sum.off++;
    sum.asked += result.asked;
    if (result.scrolls) sum.scrolled++;
    if (result.bar > 12) sum.bars++;
    if (result.wrong.length) sum.wrong.push({ round, style: STYLES[round % STYLES.length], wrong: result.wrong.slice(0, 3), all: result.wrong.length });
  }
  assert.deepEqual(page.troubles, []);
  await page.close();
  return sum;
}

test("300 random texts in a text area", { timeout }, async (t) => {
  const sum = await compare(`<textarea aria-label="Note"></textarea>`, true, 300, 7);
  t.diagnostic(JSON.stringify({ ...sum, wrong: sum.wrong.length }));
  assert.deepEqual(sum.wrong, []);
  assert.ok(sum.off <= 3, `${sum.off} texts were left without marks`);
  assert.ok(sum.asked > 5000 && sum.scrolled > 60 && sum.bars > 60, "the measure has something to measure");
});

test("120 random texts in a line of text", { timeout }, async (t) => {
  const sum = await compare(`<input aria-label="Name">`, false, 120, 11);
  t.diagnostic(JSON.stringify({ ...sum, wrong: sum.wrong.length }));
  assert.deepEqual(sum.wrong, []);
  assert.ok(sum.off <= 2, `${sum.off} texts were left without marks`);
  assert.ok(sum.asked > 500, "the measure has something to measure");
});

test("where control and mirror disagree, nothing is drawn", { timeout }, async () => {
  const page = await open(browser, server.page(html(`<subrosa-field><textarea aria-label="Note" rows="4" cols="30"></textarea></subrosa-field>`)));
  await page.addScriptTag({ url: server.script(FINDER), type: "module" });
  await page.fill("textarea", "Maria Ngwenya called about her son. ".repeat(6));
  await page.waitForFunction(() => document.querySelector("subrosa-field").shadowRoot.querySelector(".mirror:not(.off, [hidden])"));
  await page.evaluate(() => {
    const { shadowRoot } = document.querySelector("subrosa-field");
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(".ink { letter-spacing: 2px }");
    shadowRoot.adoptedStyleSheets = [...shadowRoot.adoptedStyleSheets, sheet];
    document.querySelector("textarea").dispatchEvent(new Event("scroll"));
  });
  await becomes(() => page.evaluate(() => getComputedStyle(document.querySelector("subrosa-field").shadowRoot.querySelector(".mirror")).visibility), "hidden");
  await page.locator("subrosa-field button[aria-pressed]").first().waitFor();
  await page.close();
});

test("marks keep to their words when text spacing is changed by the reader", { timeout }, async () => {
  const page = await open(browser, server.page(html(`<subrosa-field><textarea aria-label="Note" rows="6" cols="30"></textarea></subrosa-field>`)));
  await page.addScriptTag({ url: server.script(FINDER), type: "module" });
  await page.fill("textarea", "Maria Ngwenya called about her son. ".repeat(4));
  await page.waitForFunction(() => document.querySelector("subrosa-field").state === "ready");
  await page.evaluate(() => {
    // WCAG 1.4.12
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("textarea { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }");
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    document.querySelector("textarea").dispatchEvent(new Event("scroll"));
  });
  const result = () => page.evaluate(() => {
    const control = document.querySelector("textarea");
    const mirror = document.querySelector("subrosa-field").shadowRoot.querySelector(".mirror");
    // A control that scrolls counts the padding below its text, a box does not: what must be the same are the lines.
    const lines = (element) => Math.floor(element.scrollHeight / Number.parseFloat(getComputedStyle(element).lineHeight));
    return { off: mirror.classList.contains("off"), same: lines(mirror) === lines(control), spacing: getComputedStyle(mirror).letterSpacing === getComputedStyle(control).letterSpacing };
  });
  await becomes(result, { off: false, same: true, spacing: true });
  await page.close();
});
