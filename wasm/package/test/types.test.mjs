import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { npm } from "./real.mjs";

const PROGRAM = `
import { createEngine, SubrosaError, redactStream, type Engine, type Finding, type Outcome, type FileResult, type Review } from "subrosa";
import { createEngine as inline } from "subrosa/inline";

export async function main(file: Blob): Promise<readonly Finding[]> {
  const engine: Engine = await createEngine({ module: new URL("https://example.com/subrosa.wasm"), worker: false });
  const result: Outcome<FileResult> = await engine.redactFile(file, { policy: "redact" }, { onProgress: ({ done, total }) => void (done / total) });
  if (!result.ok) throw new SubrosaError(result.error);
  const opened = await engine.open(result.file);
  const review: Review | undefined = opened.ok ? opened.review : undefined;
  review?.decide({ entity: "PERSON", origin: "near" }, "redact");
  // @ts-expect-error: there is no such decision
  review?.decide({ all: true }, "remove");
  const stream: TransformStream<string, string> = redactStream(engine);
  void stream;
  (await inline()).close();
  return engine.scan("text");
}
`;

for (const module of ["bundler", "nodenext"]) {
  test(`the declarations serve strict projects (${module})`, { timeout: 30_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), "subrosa-types-"));
    try {
      mkdirSync(join(folder, "node_modules"));
      symlinkSync(fileURLToPath(npm), join(folder, "node_modules/subrosa"));
      writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
      writeFileSync(join(folder, "main.ts"), PROGRAM);
      const compilerOptions = {
        target: "ES2022", lib: ["ES2022", "DOM"], types: [], module: module === "bundler" ? "ES2022" : "nodenext", moduleResolution: module, strict: true, exactOptionalPropertyTypes: true, noEmit: true, skipLibCheck: false,
      };
      writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["main.ts"] }));
      const tsc = fileURLToPath(new URL("../node_modules/typescript/bin/tsc", import.meta.url));
      const { status, stdout } = spawnSync(process.execPath, [tsc], { cwd: folder, encoding: "utf8" });
      assert.equal(status, 0, stdout);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}
