/** What a module for text alone exports, and what one for files exports too. */
const TEXT = ["Session", "catalogue", "provide", "restore_text"];
const FILES = ["check", "restore_file"];

/**
 * The glue that wasm-bindgen writes for `--target web` keeps its instance in the script's own variables: there can be one
 * instance for good, and after a trap it is broken. Put into a function, each call has variables, and so an instance, of its own.
 */
export function factory(glue, { files }) {
  if (/^import\s/m.test(glue)) throw new Error("The glue imports something: it cannot be put into a function.");
  if (/import\.meta/.test(glue)) throw new Error("The glue looks for its module by itself: make it with omit_default_module_path.");
  const names = new Set();
  let init;
  const body = glue
    .replace(/^export (class|function|async function|const|let) (\w+)/gm, (_, kind, name) => {
      names.add(name);
      return `${kind} ${name}`;
    })
    .replace(/^export default (\w+);?$/gm, (_, name) => {
      init = name;
      return "";
    })
    .replace(/^export\s*\{([^}]*)\};?$/gm, (_, list) => {
      for (const part of list.split(",").map((part) => part.trim()).filter(Boolean)) {
        const [, name, as = name] = /^(\w+)(?:\s+as\s+(\w+))?$/.exec(part) ?? [];
        if (!name) throw new Error(`Cannot read the export ${part}.`);
        if (as === "default") init = name;
        else if (as === name) names.add(name);
        else throw new Error(`Cannot read the export ${part}.`);
      }
      return "";
    });
  if (/^\s*export\b/m.test(body)) throw new Error("An export was overlooked.");
  if (!init) throw new Error("The glue has no initialiser.");
  for (const name of [...TEXT, ...(files ? FILES : [])]) {
    if (!names.has(name)) throw new Error(`The module does not export ${name}.`);
  }
  return `// Written by scripts/build.mjs from the glue of wasm-bindgen.
export function glue() {
// What is not needed is freed by hand. A finalizer would reach into an instance that has trapped.
const FinalizationRegistry = undefined;
${body.trim()}
return { init: ${init}, ${[...names].join(", ")} };
}
`;
}
