import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { factory } from "../scripts/glue.mjs";

const good = readFileSync(new URL("../../dist/module/subrosa.js", import.meta.url), "utf8");

test("each call gives functions of their own", async () => {
  const { glue } = await import(`data:text/javascript,${encodeURIComponent(factory(good, { files: true }))}`);
  const [one, other] = [glue(), glue()];
  assert.notEqual(one.Session, other.Session);
  assert.equal(typeof one.init, "function");
  assert.deepEqual(Object.keys(one).sort(), Object.keys(other).sort());
});

test("what cannot be put into a function, or lacks something, is refused", () => {
  assert.throws(() => factory(`import * as a from "./a.js";\n${good}`, { files: true }), /imports/);
  assert.throws(() => factory(`${good}\nconst a = import.meta.url;`, { files: true }), /looks for its module/);
  assert.throws(() => factory(good.replace("export class Session", "class Session"), { files: true }), /does not export Session/);
  assert.throws(() => factory(good.replace(/^export \{.*$/m, ""), { files: true }), /initialiser/);
});
