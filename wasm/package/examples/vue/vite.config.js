import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag === "subrosa-field" } } })],
  // The engine's worker is a module.
  worker: { format: "es" },
  build: { target: "es2022" },
});
