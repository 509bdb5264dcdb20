/**
 * Makes the folder that is published, ../dist/npm, with TypeScript's compiler and this script. The module and its glue are taken
 * from ../dist/module, where `cargo xtask web` puts them.
 */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { factory } from "./glue.mjs";

const here = dirname(dirname(fileURLToPath(import.meta.url)));
const out = join(here, "../dist/npm");
const made = join(here, "../dist/module");
if (!existsSync(join(made, "subrosa.js"))) {
  console.error("There is no module: run `cargo xtask web` first.");
  process.exit(1);
}
const wasm = readFileSync(join(made, "subrosa_bg.wasm"));

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, "module"), { recursive: true });
execFileSync(process.execPath, [join(here, "node_modules/typescript/bin/tsc")], { cwd: here, stdio: "inherit" });

writeFileSync(join(out, "subrosa.wasm"), wasm);
writeFileSync(join(out, "module/glue.js"), factory(readFileSync(join(made, "subrosa.js"), "utf8")));
writeFileSync(join(out, "module/inline.js"), `// Written by scripts/build.mjs.\nexport const packed = "${gzipSync(wasm, { level: 9 }).toString("base64")}";\n`);
for (const declarations of ["glue.d.ts", "inline.d.ts"]) cpSync(join(here, "src/module", declarations), join(out, "module", declarations));

const { scripts: _, devDependencies: __, ...manifest } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
writeFileSync(join(out, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
for (const [from, to] of [["README.md", "README.md"], ["../../LICENSE-MIT", "LICENSE-MIT"], ["../../LICENSE-APACHE", "LICENSE-APACHE"]]) {
  if (existsSync(join(here, from))) cpSync(join(here, from), join(out, to));
}
