/** Areas that a person draws on a picture, and whom a value belongs to. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { crc32, deflateSync, inflateSync } from "node:zlib";
import { createEngine } from "../../dist/npm/node.js";

let engine;
before(async () => (engine = await createEngine()));
after(() => engine.close());

const WIDTH = 40;
const HEIGHT = 30;

/** A grey picture, all of one shade. */
function png(shade) {
  const chunk = (type, body) => {
    const data = Buffer.concat([Buffer.from(type), body]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(body.length, 0);
    frame.writeUInt32BE(crc32(data) >>> 0, 4);
    return Buffer.concat([frame.subarray(0, 4), data, frame.subarray(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(WIDTH, 0);
  head.writeUInt32BE(HEIGHT, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc((WIDTH + 1) * HEIGHT, shade);
  for (let y = 0; y < HEIGHT; y++) rows[y * (WIDTH + 1)] = 0;
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk("IHDR", head), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}

/** The first channel of every pixel. */
function shades(bytes) {
  const parts = [];
  let channels = 1;
  for (let at = 8; at < bytes.length; at += bytes.readUInt32BE(at) + 12) {
    const body = bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at));
    const type = bytes.toString("latin1", at + 4, at + 8);
    if (type === "IHDR") channels = { 0: 1, 2: 3, 4: 2, 6: 4 }[body[9]];
    if (type === "IDAT") parts.push(body);
  }
  const raw = inflateSync(Buffer.concat(parts));
  const length = WIDTH * channels;
  const rows = [];
  for (let y = 0; y < HEIGHT; y++) {
    const filter = raw[y * (length + 1)];
    const row = Buffer.from(raw.subarray(y * (length + 1) + 1, (y + 1) * (length + 1)));
    for (let x = 0; x < length; x++) {
      const [a, b, c] = [row[x - channels] ?? 0, rows[y - 1]?.[x] ?? 0, (x >= channels ? rows[y - 1]?.[x - channels] : 0) ?? 0];
      const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
      row[x] += [0, a, b, (a + b) >> 1, pa <= pb && pa <= pc ? a : pb <= pc ? b : c][filter];
    }
    rows.push(row);
  }
  return (x, y) => rows[y][x * channels];
}

async function opened(bytes, name) {
  const outcome = await engine.open(new File([bytes], name));
  assert.ok(outcome.ok, JSON.stringify(outcome.error));
  return outcome.review;
}

test("what a person marks is painted over, to the pixel, and nothing else is", async () => {
  const review = await opened(png(200), "scan.png");
  assert.equal((await review.finish()).error.code, "uninspectable", "nobody looked at it");
  review.cover([{ page: 1, x: 10, y: 5, width: 7.5, height: 3 }, { page: 1, x: 30, y: 20, width: 100, height: 100 }]);
  const result = await review.finish();
  assert.ok(result.ok, JSON.stringify(result.error));
  assert.equal(result.report.verdict, "redacted");
  assert.ok(result.report.notes.some((note) => note.includes("where somebody marked it")));
  const at = shades(Buffer.from(await result.file.arrayBuffer()));
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const marked = (x >= 10 && x < 18 && y >= 5 && y < 8) || (x >= 30 && y >= 20);
      assert.equal(at(x, y), marked ? 0 : 200, `${x},${y}`);
    }
  }
  assert.ok(review.undo());
  assert.deepEqual(review.areas, []);
  assert.equal(review.finished, undefined);
  assert.equal((await review.finish()).error.code, "uninspectable");
  review.close();
});

test("areas outside a picture, or of what is no picture, refuse the file", async () => {
  const wrong = [{ page: 2, x: 0, y: 0, width: 5, height: 5 }, { page: 0, x: 0, y: 0, width: 5, height: 5 }, { page: 1, x: 0, y: 0, width: 0, height: 0 }, { page: 1, x: 9, y: 9, width: -5, height: 5 }];
  for (const area of wrong) {
    const review = await opened(png(10), "scan.png");
    review.cover([area]);
    assert.equal((await review.finish()).error.code, "plan", JSON.stringify(area));
    review.close();
  }
  const text = await opened("Imogen Hartley called.", "note.txt");
  text.cover([{ page: 1, x: 0, y: 0, width: 5, height: 5 }]);
  assert.equal((await text.finish()).error.code, "plan");
  text.close();
});

test("values go from one person to another and back", async () => {
  const review = await opened("Imogen Hartley called. Rupert Osgood answered. Imogen Hartley wrote to imogen.hartley@example.com.", "note.txt");
  const person = (value) => review.items.find((item) => item.value === value).person;
  const [imogen, rupert] = [person("Imogen Hartley"), person("Rupert Osgood")];
  assert.ok(imogen && rupert && imogen !== rupert);
  assert.equal(person("imogen.hartley@example.com"), imogen);
  assert.equal(review.assign({ person: rupert }, imogen), 1);
  assert.equal(person("Rupert Osgood"), imogen);
  assert.equal(review.count({ person: imogen }), 4);
  assert.equal(review.assign({ person: rupert }, imogen), 0);
  assert.ok(review.undo());
  assert.equal(person("Rupert Osgood"), rupert);
  const mail = review.items.find(({ entity }) => entity === "EMAIL_ADDRESS");
  assert.equal(review.assign({ item: mail.id }, undefined), 1);
  assert.equal(person("imogen.hartley@example.com"), undefined);
  assert.equal(review.decide({ person: imogen }, "keep"), 2);
  const result = await review.finish();
  assert.match(await result.file.text(), /^Imogen Hartley called\..*Imogen Hartley wrote/);
  review.close();
});
