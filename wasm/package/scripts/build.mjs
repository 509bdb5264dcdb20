/**
 * Makes the folder that is published, ../dist/npm, with TypeScript's compiler and this script. The modules, their glue and the
 * data are taken from ../dist/module, where `cargo xtask web` puts them.
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
const MODULES = [
  { from: "subrosa", suffix: "", files: true },
  { from: "subrosa-office", suffix: "-office", files: true, inline: false },
  { from: "subrosa-text", suffix: "-text", files: false },
];

for (const file of ["subrosa.dat", ...MODULES.flatMap(({ from }) => [`${from}.js`, `${from}_bg.wasm`])]) {
  if (existsSync(join(made, file))) continue;
  console.error(`There is no ${file} in ${made}: run \`cargo xtask web --module\` first.`);
  process.exit(1);
}

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, "module"), { recursive: true });
execFileSync(process.execPath, [join(here, "node_modules/typescript/bin/tsc")], { cwd: here, stdio: "inherit" });

const packed = (bytes) => `// Written by scripts/build.mjs.\nexport const packed = "${gzipSync(bytes, { level: 9 }).toString("base64")}";\n`;
for (const { from, suffix, files, inline = true } of MODULES) {
  const wasm = readFileSync(join(made, `${from}_bg.wasm`));
  writeFileSync(join(out, `subrosa${suffix}.wasm`), wasm);
  writeFileSync(join(out, `module/glue${suffix}.js`), factory(readFileSync(join(made, `${from}.js`), "utf8"), { files }));
  if (inline) writeFileSync(join(out, `module/inline${suffix}.js`), packed(wasm));
}
const data = readFileSync(join(made, "subrosa.dat"));
writeFileSync(join(out, "subrosa.dat"), data);
writeFileSync(join(out, "module/data.js"), packed(data));
cpSync(join(here, "src/module"), join(out, "module"), { recursive: true });

const { scripts: _, devDependencies: __, optionalDependencies: ___, ...manifest } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
writeFileSync(join(out, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
for (const [from, to] of [["README.md", "README.md"], ["../../LICENSE-MIT", "LICENSE-MIT"], ["../../LICENSE-APACHE", "LICENSE-APACHE"]]) {
  if (existsSync(join(here, from))) cpSync(join(here, from), join(out, to));
}
