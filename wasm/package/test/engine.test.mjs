import assert from "node:assert/strict";
import { test } from "node:test";
import { engine } from "../../dist/npm/engine.js";

/** A port that takes what it is given, as a worker does, and answers what it was told to. */
function platform(answers, seen) {
  return {
    stoppable: false,
    module: async () => undefined,
    data: async () => new Uint8Array(1),
    port() {
      const port = {
        post(message, transfer) {
          if ("start" in message) return;
          const { id, operation, asked } = structuredClone(message, { transfer });
          seen.push({ operation, asked, transferred: transfer.length, left: message.asked.bytes?.length });
          queueMicrotask(() => port.onmessage({ id, ok: true, answer: answers[operation] }));
        },
        end: () => undefined,
      };
      queueMicrotask(() => port.onmessage({ ready: true }));
      return port;
    },
  };
}

const WRITTEN = { bytes: new Uint8Array([1, 2]), report: '{"verdict":"redacted"}', runReport: "{}", record: "r" };
const CONTENTS = { format: "txt", places: [], unread: "[]", blockCount: 0 };

async function start(answers = {}) {
  const seen = [];
  const made = await engine(platform({ catalogue: '{"formats":["txt"]}', redactFile: WRITTEN, open: CONTENTS, finish: WRITTEN, close: null, check: '{"leaks":[],"unread":[]}', ...answers }, seen), {}, {});
  seen.length = 0;
  return { made, seen };
}

test("the bytes of a file go over, they are not copied", async () => {
  const { made, seen } = await start();
  const file = new File(["abc"], "a.txt");
  for (const call of ["redactFile", "open", "check"]) {
    await made[call](file);
    const { asked, transferred, left } = seen.at(-1);
    assert.deepEqual([asked.bytes.length, transferred, left], [3, 1, 0]);
  }
});

test("what the module is told: the day, near misses for a person only, the key as digits, no name", async () => {
  const { made, seen } = await start({ scan: "[]" });
  const key = new Uint8Array([0, 15, 255]);
  await made.scan("a", { key, name: "x" });
  const told = JSON.parse(seen.at(-1).asked.options);
  assert.match(told.today, /^\d{4}-\d\d-\d\d$/);
  assert.deepEqual({ ...told, today: "" }, { today: "", key: "000fff" });
  await made.open(new Blob(["a"]), { name: "a.txt" });
  assert.equal(JSON.parse(seen.at(-1).asked.options).near, 0.3);
  assert.equal(seen.at(-1).asked.name, "a.txt");
  await made.open(new Blob(["a"]), { near: 0.5, today: "2020-01-01" });
  const { near, today } = JSON.parse(seen.at(-1).asked.options);
  assert.deepEqual([near, today], [0.5, "2020-01-01"]);
});

test("names and types of results", async () => {
  const { made } = await start();
  const named = async (file, options) => {
    const { file: made_ } = await made.redactFile(file, options);
    return `${made_.name} ${made_.type}`;
  };
  assert.equal(await named(new File(["a"], "a.b.csv")), "a.b.redacted.csv text/csv");
  assert.equal(await named(new File(["a"], "a.csv", { type: "x/y" })), "a.redacted.csv x/y");
  assert.equal(await named(new File(["a"], ".profile")), ".profile.redacted application/octet-stream");
  assert.equal(await named(new Blob(["a"])), "document.redacted application/octet-stream");
  assert.equal(await named(new File(["a"], "b.txt"), { name: "c.pdf" }), "c.redacted.pdf application/pdf");
});

test("an engine for text alone refuses files", async () => {
  const { made, seen } = await start({ catalogue: '{"formats":[]}', scan: "[]" });
  for (const call of ["redactFile", "open", "check", "restoreFile"]) assert.equal((await made[call](new Blob(["a"]), "record")).error.code, "unsupported");
  assert.deepEqual(await made.scan("a"), []);
  assert.deepEqual(seen.map(({ operation }) => operation), ["scan"]);
});

test("no bytes are no result", async () => {
  const { made } = await start({ redactFile: { ...WRITTEN, bytes: new Uint8Array() } });
  const outcome = await made.redactFile(new Blob(["a"]));
  assert.deepEqual([outcome.ok, outcome.error.code], [false, "internal"]);
});

test("an answer that makes no sense is a fault of ours, and quotes nothing", async () => {
  const { made } = await start({ redactFile: { ...WRITTEN, report: "Winslow {" }, scan: "Winslow [" });
  await assert.rejects(made.scan("a"), (error) => error.code === "internal" && !error.message.includes("Winslow"));
  const outcome = await made.redactFile(new Blob(["a"]));
  assert.deepEqual([outcome.ok, outcome.error.code, /Winslow/.test(outcome.error.message)], [false, "internal", false]);
});

test("a file that cannot be read is said", async () => {
  const { made } = await start();
  const gone = new File(["a"], "a.txt");
  gone.arrayBuffer = () => Promise.reject(new DOMException("x", "NotReadableError"));
  assert.equal((await made.redactFile(gone)).error.code, "load");
  Object.defineProperty(gone, "size", { value: 2 ** 31 });
  assert.equal((await made.open(gone)).error.code, "limit");
});
