/** Typing in a long text stays quick: the check is elsewhere, and the marks cost the page little. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { html, open, settled, startBrowser, startServer } from "./harness.mjs";

let server;
let browser;
const timeout = 120000;
const KEYS = 200;

before(async () => {
  server = await startServer();
  browser = await startBrowser();
}, { timeout });

after(async () => {
  await browser?.close();
  await server?.close();
});

/** Ten thousand characters with some two hundred values in them. */
function note() {
  const lines = [];
  for (let at = 0; lines.join("\n").length < 10000; at++) {
    lines.push(`On visit ${at} Mrs. Maria Ngwenya and Dr. Jonas Ekberg spoke about the plan; she asked to write to maria${at}@example.com and not to her office.`);
  }
  return lines.join("\n").slice(0, 10000);
}

/** Runs in the page: notes what each key costs its main thread. */
function watch() {
  globalThis.tasks = [];
  globalThis.keys = [];
  globalThis.typing = [];
  new PerformanceObserver((list) => globalThis.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" });
  new PerformanceObserver((list) => {
    for (const { name, duration, processingStart, processingEnd } of list.getEntries()) if (name === "keydown" || name === "input") globalThis.keys.push({ name, duration, work: processingEnd - processingStart });
  }).observe({ type: "event", durationThreshold: 16 });
}

const at = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];

/**
 * What the main thread did for each key, from the browser's trace: all tasks between one key and the next, whatever they are for
 * (handlers, layout, paint, timers, frames). `work` is the time that the thread had a processor, `wall` also what it waited for
 * one: other programs of the machine are in that.
 */
function perKey({ traceEvents }) {
  const downs = traceEvents.filter(({ name, args }) => name === "EventDispatch" && args?.data?.type === "keydown").sort((a, b) => a.ts - b.ts);
  const [{ pid, tid }] = downs;
  const tasks = traceEvents.filter((event) => event.pid === pid && event.tid === tid && event.ph === "X" && event.name === "RunTask");
  return downs.map(({ ts }, index) => {
    const end = downs[index + 1]?.ts ?? ts + 100000;
    const own = tasks.filter((task) => task.ts + task.dur > ts && task.ts < end);
    const sum = (key) => own.reduce((total, task) => total + (task[key] ?? task.dur), 0) / 1000;
    return { work: sum("tdur"), wall: sum("dur"), longest: Math.max(0, ...own.map((task) => (task.tdur ?? task.dur) / 1000)) };
  });
}

const sorted = (numbers) => [...numbers].sort((a, b) => a - b);
const spread = (numbers) => Object.fromEntries([["p50", 0.5], ["p95", 0.95], ["max", 1]].map(([name, part]) => [name, Number((at(sorted(numbers), part) ?? 0).toFixed(1))]));

async function type(page, browser) {
  await page.focus("textarea");
  await page.evaluate(() => document.querySelector("textarea").setSelectionRange(5000, 5000));
  await page.evaluate(watch);
  await browser.startTracing(page, { categories: ["devtools.timeline", "disabled-by-default-devtools.timeline", "toplevel", "__metadata"] });
  for (let key = 0; key < KEYS; key++) {
    await page.keyboard.press("abcdefg hijk"[key % 12]);
    await page.waitForTimeout(30);
  }
  await page.waitForTimeout(300);
  const costs = perKey(JSON.parse((await browser.stopTracing()).toString()));
  const { tasks, keys } = await page.evaluate(() => ({ tasks: globalThis.tasks, keys: globalThis.keys }));
  return {
    keys: costs.length, work: spread(costs.map(({ work }) => work)), wall: spread(costs.map(({ wall }) => wall)), longest: Math.max(...costs.map(({ longest }) => longest)), longTasks: tasks.length,
    handlers: spread(keys.map((key) => key.work)),
  };
}

test("200 keys in 10,000 characters", { timeout }, async (t) => {
  const style = server.style("textarea { width: 40rem; height: 20rem; font: 16px/1.5 sans-serif }");
  const field = await open(browser, server.page(html(`<subrosa-field><textarea aria-label="Note"></textarea></subrosa-field>`, { style })));
  await field.fill("textarea", note());
  await settled(field, "ready");
  const marks = await field.evaluate(() => [...CSS.highlights.values()].reduce((sum, highlight) => sum + highlight.size, 0));
  assert.ok(marks > 100, `${marks} marks`);
  const typed = await type(field, browser);
  await settled(field, "ready");
  assert.deepEqual(field.troubles, []);
  await field.close();

  const bare = await open(browser, server.page(html(`<textarea aria-label="Note"></textarea>`, { style })));
  await bare.fill("textarea", note());
  const alone = await type(bare, browser);
  await bare.close();

  t.diagnostic(`with the field ${JSON.stringify({ marks, ...typed })}`);
  t.diagnostic(`without it     ${JSON.stringify(alone)}`);
  assert.ok(typed.keys >= KEYS);
  assert.ok(typed.work.p95 < 16, `95 of 100 keys cost the main thread at most ${typed.work.p95} ms`);
  assert.ok(typed.handlers.p95 < 8, `event handlers: ${typed.handlers.p95} ms`);
  // The browser counts long tasks by the clock: on a busy machine also a page without the field has some. This counts work.
  assert.ok(typed.longest < 50, `a task of ${typed.longest} ms`);
});
