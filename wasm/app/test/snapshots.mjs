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
  keys: async (page) => {
    await review(page, docx);
    await page.getByRole("button", { name: "Help and keys" }).click();
    await page.getByRole("button", { name: "Change keys" }).click();
  },
  people: async (page) => {
    await review(page, docx);
    if (narrow(page)) await page.locator(".thumb-now").click();
    await page.locator(".group-person .row-main").first().click();
    await page.waitForTimeout(600);
  },
  picture: async (page) => {
    const bytes = await page.evaluate(() => {
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [720, 420];
      const pen = canvas.getContext("2d");
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, 720, 420);
      pen.fillStyle = "#222";
      pen.font = "24px serif";
      ["Patient: Imogen Hartley", "Born 3 May 1961", "Reports pain in the left knee.", "Seen by the nurse on Monday."].forEach((line, at) => pen.fillText(line, 48, 80 + at * 60));
      return canvas.toDataURL("image/png").split(",")[1];
    });
    await drop(page, { name: "scan.png", mimeType: "image/png", buffer: Buffer.from(bytes, "base64") });
    await page.locator("img.drawn-on").waitFor();
    await page.waitForFunction(() => document.querySelector("img.drawn-on").complete);
    const box = await page.locator("img.drawn-on").boundingBox();
    const scale = box.width / 720;
    await page.mouse.move(box.x + 130 * scale, box.y + 50 * scale);
    await page.mouse.down();
    await page.mouse.move(box.x + 320 * scale, box.y + 95 * scale, { steps: 5 });
    await page.mouse.up();
    await page.waitForTimeout(300);
  },
  record: async (page) => {
    await page.locator(".policy details summary").click();
    await page.locator('.policy input[value="gdpr-pseudonymise"]').check();
    await page.locator("[data-parameter='gdpr-pseudonymise.domain']").fill("clinic");
    await review(page, docx);
    await page.keyboard.press("Control+s");
    await page.locator("[data-record=key]").waitFor();
    await page.locator(".record").scrollIntoViewIfNeeded();
  },
  asked: async (page) => {
    await page.locator(".policy details summary").click();
    await page.locator('.policy input[value="court-filing"]').check();
    await page.locator(".restore-card > summary").click();
    await page.locator(".asked").scrollIntoViewIfNeeded();
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
