// Builds the scripts: three entries with stable names; what they share has a hash in its name.
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { build } from "vite";

const hashed = "assets/chunks/[name]-[hash].js";

export const config = {
  configFile: false,
  publicDir: false,
  logLevel: "warn",
  plugins: [svelte({ compilerOptions: { css: "external" } })],
  worker: { format: "es", rolldownOptions: { output: { entryFileNames: hashed, chunkFileNames: hashed } } },
  build: {
    outDir: "dist",
    emptyOutDir: false,
    target: "es2022",
    modulePreload: false,
    // The licences of what is bundled ask to be passed on with it.
    license: { fileName: "assets/licences.md" },
    // MapLibre alone is larger than the bundler's warning; the true budgets stand in tests/assets.test.mjs.
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      input: { map: "islands/map.ts", office: "islands/office.ts", resident: "islands/resident.ts", cockpit: "cockpit/cockpit.ts" },
      output: {
        entryFileNames: "assets/[name].js",
        chunkFileNames: hashed,
        assetFileNames: "assets/[name][extname]",
        codeSplitting: { groups: [{ name: "maplibre", test: /node_modules[\\/]maplibre-gl/ }] },
      },
    },
  },
};

export async function scripts() {
  await build(config);
}
