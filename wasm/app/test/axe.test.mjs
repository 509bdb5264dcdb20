/** axe-core on every screen, in light and dark, from desktop to phone; reflow, target sizes and forced colours besides. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { axe, drop, eventually, examples, review, start } from "./support.mjs";

let site;
before(async () => (site = await start()));
after(() => site.stop());

const docx = join(examples, "discharge-letter.docx");
const TEXT = { name: "note.txt", mimeType: "text/plain", buffer: Buffer.from("Imogen Hartley called from 330-555-0142.") };

/** Each brings the page to a screen, from wherever it is. */
const home = (page) => page.goto(page.url()).then(() => page.waitForSelector("body[data-ready]"));
const screens = {
  start: home,
  "start with everything open": async (page) => {
    await home(page);
    for (const summary of await page.locator("summary").all()) await summary.click();
    await page.getByRole("button", { name: "Add a person" }).click();
    await page.getByLabel(/^Court filing/).check();
  },
  files: async (page) => {
    await home(page);
    await drop(page, TEXT, { ...TEXT, name: "other.txt" }, { name: "broken.bin", mimeType: "", buffer: Buffer.alloc(64) });
    await page.waitForSelector(".file-row[data-state=failed]");
    await page.waitForFunction(() => document.querySelectorAll('.file-row[data-state="ready"]').length === 2);
  },
  review: async (page) => {
    await home(page);
    await review(page, docx);
    await page.locator("mark").first().waitFor();
    if ((page.viewportSize()?.width ?? 0) < 700) await page.locator(".thumb-now").click();
    const closed = page.locator('.group-head[aria-expanded="false"]');
    await eventually(async () => {
      if ((await closed.count()) > 0) await closed.first().click();
      assert.equal(await closed.count(), 0);
    });
    await page.locator(".row:not(.place)", { hasText: /\d places/ }).first().locator(".row-main").click();
    await page.locator(".details [data-expand]").click();
    await page.locator(".row.place").first().waitFor();
    await page.locator(".act-keep").nth(1).click();
  },
  "bar and search": async (page) => {
    if (await page.locator(".sheet-open").count()) await page.locator(".thumb-now").click();
    await page.getByRole("button", { name: "Find and add" }).click();
    await page.keyboard.type("nurse");
    await page.locator(".find-quote b").waitFor();
    // The document goes to the match a moment later, and the bar goes with the mark that it belongs to.
    await eventually(async () => {
      await page.locator("mark").first().click();
      await page.locator(".act-bar").waitFor({ timeout: 1500 });
    });
  },
  preview: async (page) => {
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Preview" }).click();
    await page.waitForSelector(".previewing");
  },
  help: async (page) => {
    await page.getByRole("button", { name: "Help and keys" }).click();
  },
  summary: async (page) => {
    await page.keyboard.press("Escape");
    if (await page.locator(".sheet-open").count()) await page.locator(".thumb-now").click();
    await page.getByRole("button", { name: "Download", exact: true }).click();
    await page.waitForSelector(".summary");
    await page.locator(".result summary").click();
    await page.locator(".result .reading .block").first().waitFor();
  },
  pages: async (page) => {
    await home(page);
    await review(page, join(examples, "lawyers-letter.pdf"));
    await page.locator(".sheet canvas").first().waitFor();
  },
  checked: async (page) => {
    await home(page);
    await page.locator(".check-card input").setInputFiles(docx);
    await page.waitForSelector(".checked");
  },
};

for (const [name, options] of Object.entries({
  "desktop, light": { viewport: { width: 1280, height: 860 }, colorScheme: "light" },
  "phone, dark": { viewport: { width: 375, height: 780 }, colorScheme: "dark", hasTouch: true },
  "desktop, dark": { only: ["start", "review", "summary"], viewport: { width: 1280, height: 860 }, colorScheme: "dark" },
  "small phone, light": { only: ["start", "review", "summary"], viewport: { width: 320, height: 640 }, colorScheme: "light", hasTouch: true },
})) {
  describe(name, () => {
    let page;
    before(async () => (page = await site.open(options)));
    after(() => page?.context().close());
    for (const [screen, come] of Object.entries(screens)) {
      if (options.only && !options.only.includes(screen)) continue;
      test(screen, async () => {
        await come(page);
        assert.deepEqual(await axe(page), []);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(overflow <= 0, `${screen} is ${overflow} px too wide`);
        assert.deepEqual(await smallTargets(page, options.hasTouch ? 44 : 24), []);
      });
    }
  });
}

test("forced colours keep the states apart", async () => {
  const page = await site.open({ forcedColors: "active" });
  await review(page, docx);
  await page.locator("mark").first().waitFor();
  const look = (state) => page.locator(`mark[data-state=${state}]`).first().evaluate((mark) => {
    const { backgroundColor, borderBottomStyle } = getComputedStyle(mark);
    return `${backgroundColor} ${borderBottomStyle}`;
  });
  const looks = await Promise.all(["redact", "keep", "undecided"].map(look));
  assert.equal(new Set(looks).size, 3, looks.join(", "));
  await page.context().close();
});

test("a page at 400 % can still be used", async () => {
  const page = await site.open({ viewport: { width: 320, height: 256 } });
  await review(page, docx);
  await page.locator("mark").first().waitFor();
  await page.getByRole("button", { name: "Download", exact: true }).scrollIntoViewIfNeeded();
  await page.locator(".thumb").getByRole("button", { name: "Keep" }).scrollIntoViewIfNeeded();
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320);
  await page.context().close();
});

/** Buttons, links and fields that are smaller than they should be. Words within a sentence are exempt. */
function smallTargets(page, least) {
  return page.evaluate((size) => {
    const small = [];
    for (const element of document.querySelectorAll("button, a[href], input:not([type=file]), select, textarea, summary")) {
      const root = document.querySelector("dialog[open]") ?? document;
      if (!root.contains(element) || element.closest(".boxes, .skip") || element.classList.contains("skip")) continue;
      const target = element.closest("label") ?? element;
      const { width, height } = target.getBoundingClientRect();
      if (width === 0 || height === 0 || !element.checkVisibility({ contentVisibilityAuto: true })) continue;
      if (width < size - 0.5 || height < size - 0.5) small.push(`${element.className || element.tagName} ${Math.round(width)}×${Math.round(height)}`);
    }
    return [...new Set(small)].slice(0, 8);
  }, least);
}
