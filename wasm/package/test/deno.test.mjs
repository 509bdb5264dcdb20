import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { npm } from "./real.mjs";

// The package `deno` names platforms that not every registry has, which makes `npm ci` fail: one platform's program is enough.
const installed = fileURLToPath(new URL("../node_modules/@deno/linux-x64-glibc/deno", import.meta.url));
const deno = [installed, "deno"].find((program) => spawnSync(program, ["--version"]).status === 0);

const SCRIPT = `
import { createEngine } from "subrosa";
import { createEngine as inline } from "subrosa/inline";
const text = "😀 Dear Mrs. Winslow, call 330-555-0164.";
for (const engine of [await createEngine(), await inline(), await createEngine({ worker: new URL(import.meta.resolve("subrosa/worker")) })]) {
  console.log((await engine.redact(text)).text);
  const file = new File([await Deno.readFile(Deno.args[0])], "letter.docx");
  const { review } = (await engine.open(file)) as any;
  const finished = await review.finish();
  console.log(finished.ok, finished.file.size > 1000, (await engine.redactFile(new File([new Uint8Array([80, 75, 3, 4])], "a.docx"))).error.code);
  engine.close();
}
`;

test("in Deno, without rights but to read", { skip: deno ? false : "Deno does not run here", timeout: 40_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "subrosa-deno-"));
  try {
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(fileURLToPath(npm), join(folder, "node_modules/subrosa"));
    writeFileSync(join(folder, "package.json"), '{ "type": "module", "dependencies": { "subrosa": "*" } }');
    writeFileSync(join(folder, "main.ts"), SCRIPT);
    const document = fileURLToPath(new URL("../../../examples/discharge-letter.docx", import.meta.url));
    const { stdout } = await promisify(execFile)(deno, ["run", "--no-remote", "--no-prompt", "--node-modules-dir=manual", "--allow-read", join(folder, "main.ts"), document], { cwd: folder, timeout: 35_000 });
    const lines = stdout.trim().split("\n");
    assert.equal(lines.length, 6, stdout);
    for (let at = 0; at < 6; at += 2) {
      assert.equal(lines[at], "😀 Dear [PERSON-1], call [PHONE_NUMBER].");
      assert.match(lines[at + 1], /^true true (unsupported|damaged)$/);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
