import { defineConfig } from "vite";

export default defineConfig({
  // The engine's worker is a module.
  worker: { format: "es" },
  build: { target: "es2022" },
});
