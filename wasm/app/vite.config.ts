import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = join(here, "../dist/app");
const npm = join(here, "../dist/npm");
const pdfjs = join(here, "node_modules/pdfjs-dist");
const pdfjsVersion = (JSON.parse(readFileSync(join(pdfjs, "package.json"), "utf8")) as { version: string }).version;
const pdfjsFolder = `assets/pdfjs-${pdfjsVersion}`;
const { version } = JSON.parse(readFileSync(join(here, "package.json"), "utf8")) as { version: string };

/** Files that pdf.js fetches by itself. Its engine for JavaScript in documents stays away: no document's script runs here. */
function pdfjsFiles(): Plugin {
  return {
    name: "pdfjs-files",
    apply: "build",
    closeBundle() {
      const folder = join(out, pdfjsFolder);
      mkdirSync(folder, { recursive: true });
      for (const script of ["pdf.worker.min.mjs", "pdf.renderer.min.mjs"]) cpSync(join(pdfjs, "legacy/build", script), join(folder, script));
      for (const part of ["cmaps", "standard_fonts", "iccs", "wasm"]) cpSync(join(pdfjs, part), join(folder, part), { recursive: true, filter: (source) => !/quickjs/i.test(source) });
    },
  };
}

/** The service worker, with the list of everything that was built. */
function offline(): Plugin {
  return {
    name: "offline",
    apply: "build",
    closeBundle() {
      const files = list(out).filter((file) => !["sw.js", "_headers"].includes(file) && !/LICENSE|\.map$/.test(file));
      const hash = createHash("sha256");
      for (const file of files) hash.update(file).update(readFileSync(join(out, file)));
      const served = files.map((file) => (file === "index.html" ? "./" : `./${file}`));
      const script = readFileSync(join(here, "src/sw.js"), "utf8")
        .replace("/* files */ []", JSON.stringify(served))
        .replace('/* version */ ""', JSON.stringify(hash.digest("hex").slice(0, 16)));
      writeFileSync(join(out, "sw.js"), script);
    },
  };
}

function list(folder: string): string[] {
  const found: string[] = [];
  const walk = (at: string): void => {
    for (const name of readdirSync(at)) {
      const path = join(at, name);
      if (statSync(path).isDirectory()) walk(path);
      else found.push(relative(out, path));
    }
  };
  walk(folder);
  return found.sort();
}

export default defineConfig(({ command }) => {
  if (command === "build" && !existsSync(join(npm, "index.js"))) throw new Error("There is no package in ../dist/npm: build it first (npm run build in ../package).");
  rmSync(out, { recursive: true, force: true });
  return {
    base: "./",
    plugins: [pdfjsFiles(), offline()],
    define: { __PDFJS__: JSON.stringify(pdfjsFolder), __VERSION__: JSON.stringify(version) },
    resolve: {
      alias: [
        { find: /^subrosa$/, replacement: join(npm, "index.js") },
        { find: /^subrosa\/(.*)$/, replacement: join(npm, "$1") },
      ],
    },
    worker: { format: "es" as const },
    build: {
      outDir: out,
      emptyOutDir: true,
      target: ["chrome109", "firefox115", "safari16.4"],
      // An inlined file would be a `data:` address, which the policy forbids.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 800,
    },
  };
});
