import assert from "node:assert/strict";
import { test } from "node:test";
import { seal } from "../../dist/npm/seal.js";

test("no way is left on any level of what an object inherits from", () => {
  class Global {
    fetch() {}
    get indexedDB() {
      return 1;
    }
  }
  class Worker extends Global {}
  const scope = new Worker();
  scope.XMLHttpRequest = class {};
  scope.navigator = Object.create({ sendBeacon() {} });
  seal(scope);
  assert.throws(() => scope.fetch("x"), TypeError);
  assert.throws(() => Global.prototype.fetch.call(scope), TypeError);
  assert.throws(() => scope.indexedDB, TypeError);
  assert.throws(() => Reflect.get(Global.prototype, "indexedDB", scope), TypeError);
  assert.throws(() => new scope.XMLHttpRequest(), TypeError);
  assert.throws(() => new scope.WebSocket("ws://x"), TypeError, "not there before, not there now");
  assert.throws(() => scope.navigator.sendBeacon("x"), TypeError);
  assert.throws(() => Object.getPrototypeOf(scope.navigator).sendBeacon("x"), TypeError);
  assert.throws(() => {
    "use strict";
    scope.fetch = () => 1;
  }, TypeError);
  assert.throws(() => Object.defineProperty(scope, "fetch", { value: 1 }), TypeError);
});
