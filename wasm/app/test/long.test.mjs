/**
 * A hundred pages: how long the longest task of the main thread is, from the moment the file is dropped, whatever one does.
 * The goal is 50 ms. Slow machines miss it (87 ms on one with two shared cores), so what fails is thrice that; the
 * tasks over the goal are printed either way.
 */
import assert from "node:assert/strict";
import { availableParallelism, loadavg } from "node:os";
import { after, before, test } from "node:test";
import { makePdf } from "./make-pdf.mjs";
import { start } from "./support.mjs";

const GOAL = 50;
const LIMIT = 3 * GOAL;
let site;
before(async () => (site = await start()));
after(() => site.stop());

/** The long tasks of each part of a review. */
async function longTasks() {
  const page = await site.open();
  await page.evaluate(() => {
    globalThis.tasks = [];
    new PerformanceObserver((list) => globalThis.tasks.push(...list.getEntries().map(({ duration }) => Math.round(duration)))).observe({ type: "longtask" });
  });
  // The observer works: a task that is known to be long is seen.
  await page.evaluate(() => setTimeout(() => {
    const until = performance.now() + 80;
    while (performance.now() < until);
  }));
  const take = async () => {
    await page.waitForTimeout(400);
    return page.evaluate(() => globalThis.tasks.splice(0));
  };
  assert.equal((await take()).length, 1);

  const seen = {};
  await page.locator(".drop input").setInputFiles({ name: "hundred.pdf", mimeType: "application/pdf", buffer: makePdf(100) });
  await page.waitForSelector(".review .row", { timeout: 60_000 });
  await page.locator(".sheet canvas").first().waitFor();
  seen.opening = await take();
  assert.equal(await page.locator(".sheet").count(), 100);
  const total = Number((await page.locator(".decided").innerText()).match(/of ([\d,]+)/)[1].replace(",", ""));
  assert.ok(total > 100, `${total} values`);
  for (let at = 0; at < 10; at += 1) await page.keyboard.press("j");
  for (const key of ["e", "n", "r", "n", "Enter", "Enter"]) await page.keyboard.press(key);
  seen.deciding = await take();
  for (let at = 0; at < 8; at += 1) {
    await page.keyboard.press("]");
    await page.waitForTimeout(60);
  }
  for (let at = 0; at < 8; at += 1) {
    await page.locator(".scroller").evaluate((element) => element.scrollBy(0, 5000));
    await page.waitForTimeout(60);
  }
  seen.scrolling = await take();
  await page.keyboard.press("Control+z");
  await page.keyboard.press("p");
  await page.keyboard.press("p");
  seen["undo and preview"] = await take();
  // Looking for a button by its name is a long task of its own, which is the test's.
  await page.locator("[data-view=text]").click();
  await page.locator(".reading mark").first().waitFor();
  for (let at = 0; at < 12; at += 1) {
    await page.locator(".scroller").evaluate((element) => element.scrollBy(0, 3000));
    await page.waitForTimeout(40);
  }
  seen.text = await take();
  for (const arrangement of ["place", "value", "person"]) await page.locator(".list-tools select").first().selectOption(arrangement);
  await page.locator(".list-tools input").fill("Hart");
  await page.locator(".list-tools input").fill("");
  seen.arranging = await take();
  await page.keyboard.press("Control+s");
  await page.waitForSelector(".summary", { timeout: 60_000 });
  seen.finishing = await take();
  await page.close();
  return seen;
}

test("a PDF of 100 pages", { timeout: 240_000 }, async (context) => {
  // Tasks are measured by the clock: other programs of the machine make them longer, nothing makes them shorter. Of five
  // reviews the best counts, and where there is more to do than there are processors each may take as much longer.
  let best = Infinity;
  let limit = LIMIT;
  for (let tries = 0; tries < 5 && best > GOAL; tries += 1) {
    const seen = await longTasks();
    context.diagnostic(`long tasks, ms: ${JSON.stringify(seen)}`);
    best = Math.min(best, Math.max(0, ...Object.values(seen).flat()));
    limit = LIMIT * Math.max(1, loadavg()[0] / availableParallelism());
  }
  context.diagnostic(`the longest task of the best review took ${best} ms; the goal is ${GOAL}`);
  assert.ok(best <= limit, `the longest task took ${best} ms, ${limit.toFixed(0)} at most`);
});
