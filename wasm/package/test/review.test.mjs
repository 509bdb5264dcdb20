import assert from "node:assert/strict";
import { test } from "node:test";
import { ReviewModel } from "../../dist/npm/review.js";
import { random } from "./random.mjs";

const DECISIONS = ["redact", "keep", "undecided"];

/** A document of words, in which places are found at random. */
function opening(roll, size) {
  const places = [];
  for (let at = 0; at < size; at++) {
    const group = roll(Math.max(1, size >> 2));
    const near = group % 5 === 4;
    places.push({
      id: `p${at}`, node: roll(4), start: at * 10, end: at * 10 + 5, entity: ["PERSON", "DATE", "EMAIL_ADDRESS"][group % 3],
      origin: near ? "near" : "found", confidence: near ? 0.4 : 0.9, why: [], where: "text", before: "", value: `value ${group}`, after: "",
      replacement: "[X]", visible: true, group, decision: near ? "undecided" : ["redact", "keep", "undecided"][group % 7 === 6 ? 1 + (group % 2) : 0],
      ...(group % 3 === 0 ? { person: `PERSON-${group + 1}` } : {}),
    });
  }
  return { name: "a.txt", format: "txt", places, unread: [], blockCount: 0 };
}

/** Three twins of each selection, the first being itself. */
function source(finish = async () => ({ file: new Blob(), report: {}, record: "" })) {
  return {
    blocks: async () => [],
    boxes: async (spans) => spans.map(({ start }) => [{ page: 1, x: start, y: 0, width: 1, height: 1 }]),
    same: async ({ node, start, end }) =>
      [0, 1, 2].map((at) => ({ node: (node + at) % 4, start: start + 1000 * at, end: end + 1000 * at, before: "", value: `same ${start}`, after: "", where: "text", visible: true })),
    finish,
    close: () => undefined,
  };
}

function state(review) {
  return JSON.stringify({ items: review.items, totals: review.totals, nodes: [0, 1, 2, 3].map((node) => review.placesIn(node)) });
}

function places(review) {
  return review.items.flatMap((item) => item.places);
}

function consistent(review) {
  const all = places(review);
  assert.equal(new Set(all.map(({ id }) => id)).size, all.length, "a place has one item");
  assert.equal([0, 1, 2, 3].reduce((sum, node) => sum + review.placesIn(node).length, 0), all.length);
  const { redact, keep, undecided, near } = review.totals;
  assert.equal(redact + keep + undecided + near, all.length);
  assert.equal(all.filter(({ decision }) => decision === "redact").length, redact);
  assert.equal(all.filter(({ decision }) => decision === "keep").length, keep);
  assert.equal(all.filter(({ decision, origin }) => decision === "undecided" && origin === "near").length, near);
  assert.equal(review.count({ all: true }), all.length);
  for (const item of review.items) {
    assert.ok(item.places.length > 0);
    assert.equal(review.count({ item: item.id }), item.places.length);
    assert.ok(item.places.every(({ entity }) => entity === item.entity));
    const decisions = new Set(item.places.map(({ decision }) => decision));
    assert.equal(item.decision, decisions.size === 1 ? [...decisions][0] : "mixed");
  }
  const near_at = review.items.findIndex(({ origin }) => origin === "near");
  if (near_at >= 0) assert.ok(review.items.slice(near_at).every(({ origin }) => origin === "near"), "near misses last");
  const rest = near_at >= 0 ? review.items.slice(0, near_at) : review.items;
  const nobody = rest.findIndex(({ person }) => person === undefined);
  if (nobody >= 0) assert.ok(rest.slice(nobody).every(({ person }) => person === undefined), "people first");
}

function target(roll, review) {
  const items = review.items;
  const item = items[roll(items.length)];
  const origin = roll(2) ? { origin: ["found", "near", "added"][roll(3)] } : {};
  switch (roll(5)) {
    case 0: return { place: item.places[roll(item.places.length)].id };
    case 1: return { item: item.id };
    case 2: return { person: item.person ?? "PERSON-1" };
    case 3: return { entity: item.entity, ...origin };
    default: return { all: true, ...origin };
  }
}

async function act(roll, review) {
  switch (roll(6)) {
    case 0: return review.add({ node: roll(4), start: roll(50) * 10, end: roll(50) * 10 + 505 }, ["PERSON", "DATE"][roll(2)], roll(2) === 1);
    case 1: return review.retag(target(roll, review), ["PERSON", "DATE", "LOCATION"][roll(3)]);
    default: {
      const what = target(roll, review);
      const decision = DECISIONS[roll(3)];
      const expected = review.count(what, decision);
      const changed = review.decide(what, decision);
      assert.equal(changed, expected);
      assert.equal(review.count(what, decision), 0);
      return changed;
    }
  }
}

test("random acts: undoing all gives the start, redoing all the end, counts agree throughout", async () => {
  for (let seed = 1; seed <= 150; seed++) {
    const roll = random(seed);
    const review = new ReviewModel(opening(roll, 1 + roll(40)), source());
    const states = [state(review)];
    let changes = 0;
    review.addEventListener("change", () => changes++);
    for (let at = 0; at < 30; at++) {
      const before = changes;
      const changed = await act(roll, review);
      assert.equal(changes - before, changed > 0 ? 1 : 0, "one event for each act that changed something");
      if (changed > 0) states.push(state(review));
      consistent(review);
    }
    for (let at = states.length - 2; at >= 0; at--) {
      assert.ok(review.undo());
      assert.equal(state(review), states[at], `seed ${seed}: undo ${at}`);
    }
    assert.ok(!review.canUndo && !review.undo());
    for (let at = 1; at < states.length; at++) {
      assert.ok(review.redo());
      assert.equal(state(review), states[at], `seed ${seed}: redo ${at}`);
    }
    assert.ok(!review.canRedo && !review.redo());
    consistent(review);
  }
});

test("a new act after undo forgets what was undone", () => {
  const review = new ReviewModel(opening(random(3), 20), source());
  review.decide({ all: true }, "keep");
  review.undo();
  assert.ok(review.canRedo);
  review.decide({ place: "p0" }, "undecided");
  assert.ok(!review.canRedo);
});

test("items that did not change are the same objects", () => {
  const review = new ReviewModel(opening(random(5), 40), source());
  const before = review.items;
  assert.equal(review.items, before);
  const [touched] = before;
  review.decide({ place: touched.places[0].id }, touched.places[0].decision === "keep" ? "redact" : "keep");
  const after = new Map(review.items.map((item) => [item.id, item]));
  for (const item of before) assert.equal(after.get(item.id) === item, item.id !== touched.id);
});

test("acts in words", async () => {
  const review = new ReviewModel(opening(random(7), 30), source());
  assert.equal(review.lastAct, "");
  review.decide({ all: true }, "keep");
  review.decide({ place: "p0" }, "redact");
  assert.equal(review.lastAct, "Marked 1 place to be redacted");
  review.undo();
  assert.equal(review.lastAct, "Undone: marked 1 place to be redacted");
  review.redo();
  assert.equal(review.lastAct, "Done again: marked 1 place to be redacted");
  await review.add({ node: 0, start: 5001, end: 5003 }, "PERSON", true);
  assert.equal(review.lastAct, "Added 3 places");
  review.retag({ all: true, origin: "added" }, "DATE");
  assert.equal(review.lastAct, "Changed 3 places to DATE");
});

test("adding a span that is there already marks it instead of doubling it", async () => {
  const review = new ReviewModel(opening(random(11), 10), source());
  const before = review.count({ all: true });
  review.decide({ place: "p3" }, "keep");
  const { node, start, end } = review.place("p3");
  assert.equal(await review.add({ node, start, end }, "LOCATION", false), 1);
  assert.equal(review.count({ all: true }), before);
  assert.deepEqual([review.place("p3").decision, review.place("p3").entity, review.place("p3").replacement], ["redact", "LOCATION", undefined]);
  assert.equal(await review.add({ node, start, end }, "LOCATION", false), 0);
  review.undo();
  assert.equal(review.place("p3").decision, "keep");
});

test("a name that is retagged is nobody's", () => {
  const review = new ReviewModel(opening(random(13), 30), source());
  const name = review.items.find(({ person, entity }) => person && entity === "PERSON");
  const { person } = name;
  review.retag({ item: name.id }, "LOCATION");
  assert.equal(review.count({ person }), 0);
  review.undo();
  assert.equal(review.count({ person }), name.places.length);
});

test("near misses start undecided and do not hold finish up; found places do", async () => {
  const review = new ReviewModel(opening(random(17), 60), source());
  assert.ok(review.totals.near > 0);
  review.decide({ all: true, origin: "found" }, "redact");
  assert.equal((await review.finish()).ok, true);
  review.decide({ place: "p0" }, "undecided");
  const refused = await review.finish();
  assert.deepEqual([refused.ok, refused.error.code, refused.error.message], [false, "plan", "1 place is undecided."]);
});

test("a change drops what was finished", async () => {
  let made = 0;
  const review = new ReviewModel(opening(random(19), 10), source(async () => ({ file: new File([String(++made)], "x"), report: {}, record: "" })));
  review.decide({ all: true }, "redact");
  const first = await review.finish();
  assert.equal(review.finished.file, first.file);
  assert.equal((await review.finish()).file, first.file, "nothing changed: nothing is made anew");
  for (const change of [() => review.decide({ place: "p0" }, "keep"), () => review.undo(), () => review.redo()]) {
    await review.finish();
    change();
    assert.equal(review.finished, undefined);
  }
});

test("a change while the document is written discards it", async () => {
  let go;
  const review = new ReviewModel(opening(random(23), 10), source(() => new Promise((resolve) => (go = () => resolve({ file: new File([], "x") })))));
  review.decide({ all: true }, "redact");
  const finishing = review.finish();
  review.decide({ place: "p0" }, "keep");
  go();
  const { ok, error } = await finishing;
  assert.deepEqual([ok, error.code, review.finished], [false, "aborted", undefined]);
});

test("every place goes to the module with its decision", async () => {
  let decided;
  const review = new ReviewModel(opening(random(29), 12), source(async (decisions) => ((decided = decisions), { file: new File([], "x") })));
  review.decide({ all: true }, "redact");
  review.decide({ place: "p2" }, "keep");
  await review.add({ node: 1, start: 7000, end: 7004 }, "PERSON", true);
  await review.finish();
  assert.equal(decided.length, review.count({ all: true }));
  assert.deepEqual(Object.keys(decided[0]).sort(), ["confidence", "decision", "end", "entity", "id", "node", "origin", "start"]);
  for (const one of decided) assert.equal(one.decision, review.place(one.id).decision);
});

test("boxes are given by place", async () => {
  const review = new ReviewModel(opening(random(31), 5), source());
  const boxes = await review.boxes(["p1", "none", "p3"]);
  assert.deepEqual([...boxes.keys()], ["p1", "p3"]);
  assert.equal(boxes.get("p3")[0].x, review.place("p3").start);
});

test("after close nothing is done", async () => {
  const review = new ReviewModel(opening(random(37), 5), source());
  review.close();
  assert.equal(review.decide({ all: true }, "undecided"), 0);
  assert.equal((await review.finish()).error.code, "aborted");
  await assert.rejects(review.add({ node: 0, start: 0, end: 1 }, "PERSON", false), { code: "aborted" });
});

test("a hundred thousand places are decided on without waiting", () => {
  const review = new ReviewModel(opening(random(41), 100_000), source());
  review.items;
  const time = (target) => {
    // Of the processor, in milliseconds: a machine with other things to do does not count.
    const began = process.cpuUsage();
    review.decide(target, "keep");
    review.items;
    review.totals;
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1000;
  };
  // One decision costs what it touches, and a count.
  assert.ok(time({ place: "p5" }) < 200);
  assert.ok(time({ all: true }) < 5000);
});
