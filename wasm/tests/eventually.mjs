/** For tests in a browser, which answers an act when it comes to it. */
import assert from "node:assert/strict";

/** Far more than an answer takes, since other programs of the machine may be busy. Milliseconds. */
export const PATIENCE = 20_000;

/** Asks until the assertions hold, and throws their last complaint when they never do. */
export async function eventually(check, limit = PATIENCE) {
  const end = performance.now() + limit;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > end) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

/** Waits until what is asked for is `expected`. */
export const becomes = (ask, expected, message) => eventually(async () => assert.deepEqual(await ask(), expected, message));
