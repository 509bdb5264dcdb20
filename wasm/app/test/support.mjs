/** What the tests share: a server that counts, a browser, patience, and the acts of a person. */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { serve } from "../serve.mjs";
import { becomes, eventually, PATIENCE } from "../../tests/eventually.mjs";

export const here = fileURLToPath(new URL(".", import.meta.url));
export const repository = join(here, "../../..");
export const examples = join(repository, "examples");
export const built = join(here, "../../dist/app");
export const scratch = join(here, "out");
/** Real documents of many programs, where they are at hand. */
export const shared = join(repository, "../shared");
mkdirSync(scratch, { recursive: true });
if (!existsSync(join(built, "index.html"))) throw new Error("Build the page first: npm run build");

export const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";

export { becomes, eventually };

export async function start(options = {}) {
  const requests = [];
  const { server, url } = await serve(built, 0, (request) => requests.push(`${request.method} ${request.url}`));
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  let kept = null;
  return {
    url, requests, browser, server,
    /** The same tab loaded anew: the page stores nothing, so nothing is left of what was there. */
    async fresh() {
      kept ??= await this.open();
      kept.problems.length = 0;
      // A question about leaving would keep the tab where it is.
      kept.removeAllListeners("dialog").on("dialog", (dialog) => dialog.accept());
      await kept.goto(url);
      await kept.waitForSelector("body[data-ready]");
      return kept;
    },
    async open(more = {}) {
      const { path = "", ready = true, only: _, ...context } = { serviceWorkers: "block", ...options, ...more };
      const tab = await browser.newContext({ viewport: { width: 1280, height: 860 }, locale: "en-GB", acceptDownloads: true, ...context });
      const page = await tab.newPage();
      page.setDefaultTimeout(PATIENCE);
      const problems = [];
      page.on("console", (message) => {
        if (["error", "warning"].includes(message.type()) && !/blocked by Playwright/.test(message.text())) problems.push(message.text());
      });
      page.on("pageerror", (error) => problems.push(String(error)));
      page.problems = problems;
      await page.goto(url + path);
      if (ready) await page.waitForSelector("body[data-ready]", { timeout: 20_000 });
      return page;
    },
    async stop() {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

export async function drop(page, ...files) {
  await page.locator(".drop input[type=file]").setInputFiles(files);
}

export async function review(page, file, timeout = 30_000) {
  await drop(page, file);
  await page.waitForSelector(".review .row", { timeout, state: "attached" });
}

/** The rows of the list are built in slices: waits until every open group shows what it counts. */
export async function listed(page) {
  await page.waitForFunction(() => {
    const groups = [...document.querySelectorAll('.group:has(.group-head[aria-expanded="true"])')];
    return groups.length > 0 && groups.every((group) => group.querySelectorAll(".rows > li").length === Math.min(Number(group.querySelector(".count").textContent), 40));
  });
}

/** Writes and downloads; the path of what came. */
export async function finishAndDownload(page, name) {
  await page.getByRole("button", { name: "Download", exact: true }).click();
  await page.waitForSelector(".summary", { timeout: 30_000 });
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("a.button.primary").click()]);
  const path = join(scratch, name ?? download.suggestedFilename());
  await download.saveAs(path);
  return { path, name: download.suggestedFilename() };
}

export const axeSource = readFileSync(join(here, "../node_modules/axe-core/axe.min.js"), "utf8");
export const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

export async function axe(page) {
  await page.evaluate(axeSource);
  // A colour on its way to another is nobody's contrast.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity).map(({ finished }) => finished)));
  const { violations } = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: { type: "tag", values: tags } }), AXE_TAGS);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => `${node.target.join(" ")} — ${node.failureSummary?.split("\n").slice(1, 3).join(" ")}`).join(" | ")}`);
}
