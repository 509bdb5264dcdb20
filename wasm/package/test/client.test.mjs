import assert from "node:assert/strict";
import { test } from "node:test";
import { Client } from "../../dist/npm/client.js";

/** Ports that answer `scan` with its text; `hang` not at all, `die` by dying. */
function platform({ ports = Infinity, stoppable = true, slow = 0 } = {}) {
  const made = [];
  return {
    made,
    stoppable,
    port() {
      if (made.length >= ports) throw new Error("no more");
      const port = {
        ended: false, seen: [], held: undefined, onmessage: () => undefined, ondeath: () => undefined,
        post(message) {
          port.seen.push(message);
          if ("start" in message) return;
          const text = message.asked.text;
          if (text === "hang") return;
          setTimeout(() => {
            if (port.ended) return;
            if (text === "die") port.ondeath();
            else if (text === "refuse") port.onmessage({ id: message.id, ok: false, error: { code: "options", message: "no" } });
            else port.onmessage({ id: message.id, ok: true, answer: text });
          }, text === "slow" ? 80 : 0);
        },
        end: () => (port.ended = true),
        hold: (held) => (port.held = held),
      };
      made.push(port);
      setTimeout(() => port.onmessage({ ready: true }), slow);
      return port;
    },
  };
}

/** `AbortSignal.timeout` lets Node end while it waits. */
function after(milliseconds) {
  const control = new AbortController();
  setTimeout(() => control.abort(), milliseconds);
  return control.signal;
}

const start = (where) => Client.start(where, Promise.resolve({ start: "module" }));
const scan = (client, text, call) => client.ask("scan", { options: "{}", text }, call);

test("asks one thing after the other, in order", async () => {
  const where = platform();
  const client = await start(where);
  const answers = [];
  await Promise.all(["slow", "b", "c"].map((text) => scan(client, text).then((answer) => answers.push(answer))));
  assert.deepEqual(answers, ["slow", "b", "c"]);
  assert.equal(where.made.length, 2, "one works, one waits");
  assert.deepEqual(where.made[1].seen.length, 1, "the one that waits was asked nothing");
});

test("a refusal is an error with its code, and the next call is answered", async () => {
  const client = await start(platform());
  await assert.rejects(scan(client, "refuse"), { name: "SubrosaError", code: "options", message: "no" });
  assert.equal(await scan(client, "next"), "next");
});

test("a dead worker gives an error, and another takes over", async () => {
  const where = platform();
  const client = await start(where);
  const [dead, next] = await Promise.allSettled([scan(client, "die"), scan(client, "next")]);
  assert.equal(dead.reason.code, "internal");
  assert.equal(next.value, "next");
  assert.ok(where.made[0].ended);
});

test("one that died while it waited is not taken", async () => {
  const where = platform();
  const client = await start(where);
  where.made[1].ondeath();
  await assert.rejects(scan(client, "die"), { code: "internal" });
  assert.equal(await scan(client, "next"), "next");
});

test("one that died between calls is replaced", async () => {
  const where = platform();
  const client = await start(where);
  where.made[0].ondeath();
  assert.equal(await scan(client, "next"), "next");
});

test("where no other can be had, calls fail and do not hang; they succeed when one can be had again", async () => {
  const limits = { ports: 1 };
  const where = platform(limits);
  const client = await start(where);
  await assert.rejects(scan(client, "die"), { code: "internal" });
  await assert.rejects(scan(client, "next"), { code: "load" });
  where.made.length = 0;
  assert.equal(await scan(client, "next"), "next");
});

test("cancelling: before the start, in the queue, under way", async () => {
  const where = platform();
  const client = await start(where);
  await assert.rejects(scan(client, "a", { signal: AbortSignal.abort() }), { code: "aborted" });
  assert.equal(where.made[0].seen.length, 1);

  const control = new AbortController();
  const slow = scan(client, "slow");
  const queued = scan(client, "never", { signal: control.signal });
  control.abort();
  await assert.rejects(queued, { code: "aborted" });
  assert.equal(await slow, "slow");
  assert.ok(!where.made[0].seen.some(({ asked }) => asked?.text === "never"));

  const began = performance.now();
  const hanging = scan(client, "hang", { signal: after(20) });
  const next = scan(client, "after");
  await assert.rejects(hanging, { code: "aborted" });
  assert.ok(performance.now() - began < 150, "who cancelled does not wait");
  assert.equal(await next, "after");
  assert.ok(where.made[0].ended);
});

test("what ends by itself soon after it was cancelled costs no worker", async () => {
  const where = platform();
  const client = await start(where);
  await assert.rejects(scan(client, "slow", { signal: after(10) }), { code: "aborted" });
  assert.equal(await scan(client, "next"), "next");
  assert.ok(!where.made[0].ended);
  assert.equal(where.made.length, 2);
});

test("in one thread what has begun goes on, and nobody gets its answer", async () => {
  const where = platform({ stoppable: false });
  const client = await start(where);
  await assert.rejects(scan(client, "slow", { signal: after(10) }), { code: "aborted" });
  assert.equal(await scan(client, "next"), "next");
  assert.equal(where.made.length, 1);
});

test("cancelling again and again while workers load is no leak", async () => {
  const where = platform({ slow: 30 });
  const client = await start(where);
  for (let at = 0; at < 4; at++) await assert.rejects(scan(client, "hang", { signal: after(5) }), { code: "aborted" });
  assert.equal(await scan(client, "next"), "next");
  await new Promise((resolve) => setTimeout(resolve, 60));
  assert.equal(where.made.filter(({ ended }) => !ended).length, 2);
  client.close();
  await new Promise((resolve) => setTimeout(resolve, 60));
  assert.equal(where.made.filter(({ ended }) => !ended).length, 0);
});

test("what is cancelled while a worker loads is not asked for", async () => {
  const where = platform({ slow: 40 });
  const client = await start(where);
  await assert.rejects(scan(client, "die"), { code: "internal" });
  await assert.rejects(scan(client, "die"), { code: "internal" });
  await assert.rejects(scan(client, "never", { signal: after(5) }), { code: "aborted" });
  assert.equal(await scan(client, "next"), "next");
  assert.ok(!where.made.some(({ seen }) => seen.some(({ asked }) => asked?.text === "never")));
});

test("close ends what is under way and what waits", async () => {
  const where = platform();
  const client = await start(where);
  const calls = [scan(client, "hang"), scan(client, "queued")];
  await new Promise((resolve) => setTimeout(resolve, 10));
  client.close();
  for (const call of calls) await assert.rejects(call, { code: "aborted" });
  await assert.rejects(scan(client, "late"), { code: "aborted" });
  assert.ok(where.made.every(({ ended }) => ended));
});

test("a module that cannot be had, a worker that cannot be started", async () => {
  await assert.rejects(Client.start(platform(), Promise.reject(Object.assign(new Error("x"), { code: "load" }))), { code: "load" });
  await assert.rejects(start(platform({ ports: 0 })), { code: "load" });
});
