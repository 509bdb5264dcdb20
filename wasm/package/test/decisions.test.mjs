import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createEngine } from "../../dist/npm/node.js";
import { random } from "./random.mjs";
import { example } from "./real.mjs";
import { unzipped } from "./unzipped.mjs";

let engine;
before(async () => (engine = await createEngine()));
after(() => engine.close());

/** Spans as a sorted list without overlaps. */
function union(spans) {
  const merged = [];
  for (const { start, end } of [...spans].sort((one, other) => one.start - other.start)) {
    const last = merged.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}

test("whatever is decided on a text: what was to go is gone, everything else is there, in order", { timeout: 60_000 }, async () => {
  const original = await example("referral-letter.txt").text();
  const text = `😀 ${original}\n${original}`;
  for (let seed = 1; seed <= 40; seed++) {
    const roll = random(seed);
    const { review } = await engine.open(new File([text], "letter.txt"));
    const { node } = review.items[0].places[0];
    for (let acts = roll(12); acts > 0; acts--) {
      const item = review.items[roll(review.items.length)];
      const place = item.places[roll(item.places.length)];
      const target = [{ place: place.id }, { item: item.id }, { entity: item.entity }, { person: item.person ?? "" }, { all: true }][roll(5)];
      switch (roll(5)) {
        case 0: {
          const start = roll(text.length - 30);
          const words = /\p{L}[\p{L} ]{2,18}\p{L}/u.exec(text.slice(start, start + 30));
          if (words) await review.add({ node, start: start + words.index, end: start + words.index + words[0].length }, "LOCATION", roll(2) === 1);
          break;
        }
        case 1: review.retag(target, ["PERSON", "LOCATION", "DATE_TIME"][roll(3)]); break;
        case 2: roll(2) ? review.undo() : review.redo(); break;
        default: review.decide(target, roll(2) ? "redact" : "keep");
      }
    }
    review.decide({ all: true, origin: "near" }, roll(2) ? "keep" : "redact");
    const result = await review.finish();
    const places = review.items.flatMap((item) => item.places);
    review.close();
    assert.ok(result.ok, `seed ${seed}: ${JSON.stringify(result.error)}`);
    const out = await result.file.text();
    const gone = union(places.filter(({ decision }) => decision === "redact"));
    let at = 0;
    let from = 0;
    const kept = [];
    for (const { start, end } of [...gone, { start: text.length, end: text.length }]) {
      const stays = text.slice(at, start);
      kept.push(stays);
      // In order: labels stand between what stays.
      const found = out.indexOf(stays, from);
      assert.ok(found >= 0, `seed ${seed}: what stays is there`);
      // Where something goes a label comes, and nothing else.
      assert.match(out.slice(from, found), /^(\[[A-Z0-9_-]+\])*$/, `seed ${seed}`);
      from = found + stays.length;
      at = end;
    }
    const stays = kept.join("\0");
    for (const { start, end } of gone) {
      const value = text.slice(start, end);
      if (value.length > 3 && !stays.includes(value)) assert.ok(!out.includes(value), `seed ${seed}: what was to go is gone`);
    }
  }
});

test("whatever is decided on a Word file: a value that goes everywhere is nowhere, one that stays is there", { timeout: 60_000 }, async () => {
  const file = example("discharge-letter.docx");
  const { text: before } = await unzipped(file);
  for (let seed = 1; seed <= 15; seed++) {
    const roll = random(seed);
    const { review } = await engine.open(file);
    for (const item of review.items) if (roll(3) === 0) review.decide(roll(2) ? { item: item.id } : { place: item.places[roll(item.places.length)].id }, roll(2) ? "keep" : "redact");
    const result = await review.finish();
    const places = review.items.flatMap((item) => item.places);
    review.close();
    assert.ok(result.ok, `seed ${seed}: ${JSON.stringify(result.error)}`);
    const { xml, text } = await unzipped(result.file);
    const kept = places.filter(({ decision }) => decision !== "redact");
    for (const { value } of places.filter(({ decision }) => decision === "redact")) {
      if (value.length < 4 || kept.some((place) => place.value.includes(value))) continue;
      // What nobody found is not the review's: a word of the value elsewhere.
      const found = places.filter((place) => place.value.includes(value)).length;
      if (before.split(value).length - 1 > found) continue;
      assert.ok(!text.includes(value) && !xml.includes(`"${value}"`), `seed ${seed}: ${value.length} characters are left`);
    }
    for (const { value, visible } of kept) {
      // A text that was changed is read before and after its changes: what goes in one reading goes.
      const inside = places.some((place) => place.decision === "redact" && value.includes(place.value));
      if (visible && !inside && before.includes(value)) assert.ok(text.includes(value), `seed ${seed}: ${value.length} characters that were to stay are gone`);
    }
  }
});
