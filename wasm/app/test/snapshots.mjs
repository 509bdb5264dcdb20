/** Pictures of every screen to look at: `node test/snapshots.mjs [NAME...]`. They go to test/snapshots, which is not committed. */
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { drop, examples, here, review, start } from "./support.mjs";

const folder = join(here, "snapshots");
mkdirSync(folder, { recursive: true });
const wanted = process.argv.slice(2);
const docx = join(examples, "discharge-letter.docx");
const narrow = (page) => page.viewportSize().width < 700;

const shots = {
  start: async () => undefined,
  "start-open": async (page) => {
    await page.locator("summary", { hasText: "People in this case" }).click();
    await page.getByRole("button", { name: "Add a person" }).click();
    await page.locator("summary", { hasText: "Words that must go" }).click();
  },
  files: async (page) => {
    await drop(page, ...["discharge-letter.docx", "clients.csv"].map((name) => ({ name, mimeType: "", buffer: readFileSync(join(examples, name)) })), { name: "broken.bin", mimeType: "", buffer: Buffer.alloc(64) });
    await page.waitForFunction(() => document.querySelectorAll('.file-row[data-state="ready"]').length === 2);
  },
  review: async (page) => {
    await review(page, docx);
    await page.locator("mark").first().waitFor();
    await page.keyboard.press("e");
    await page.keyboard.press("n");
    await page.waitForTimeout(900);
  },
  "review-bar": async (page) => {
    await review(page, docx);
    await page.locator("mark").nth(4).click();
    await page.waitForTimeout(900);
  },
  "review-sheet": async (page) => {
    await review(page, docx);
    if (narrow(page)) await page.locator(".thumb-now").click();
    await page.waitForTimeout(600);
  },
  "review-find": async (page) => {
    await review(page, docx);
    await page.getByRole("button", { name: "Find and add" }).click();
    await page.keyboard.type("nurse");
    await page.locator(".find-quote b").waitFor();
    await page.waitForTimeout(400);
  },
  "review-table": async (page) => {
    await review(page, join(examples, "clients.csv"));
    await page.locator("td mark").first().waitFor();
    await page.waitForTimeout(600);
  },
  pages: async (page) => {
    await review(page, join(examples, "lawyers-letter.pdf"));
    await page.locator(".sheet canvas").first().waitFor();
    await page.waitForTimeout(1500);
  },
  "pages-preview": async (page) => {
    await review(page, join(examples, "lawyers-letter.pdf"));
    await page.locator(".sheet canvas").first().waitFor();
    await page.getByRole("button", { name: "Preview" }).click();
    await page.waitForTimeout(1500);
  },
  help: async (page) => {
    await review(page, docx);
    await page.getByRole("button", { name: "Help and keys" }).click();
  },
  summary: async (page) => {
    await review(page, docx);
    if (!narrow(page)) await page.keyboard.press("e");
    await page.getByRole("button", { name: "Download", exact: true }).click();
    await page.waitForSelector(".summary");
  },
  checked: async (page) => {
    await page.locator(".check-card input").setInputFiles(docx);
    await page.waitForSelector(".checked");
  },
};

const site = await start();
for (const [name, come] of Object.entries(shots)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const width of [1280, 768, 375]) {
    for (const colorScheme of ["light", "dark"]) {
      const page = await site.open({ viewport: { width, height: width < 500 ? 780 : 900 }, colorScheme, hasTouch: width < 500 });
      await come(page);
      await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: !name.startsWith("review") && !name.startsWith("pages") });
      await page.context().close();
    }
  }
}
await site.stop();
