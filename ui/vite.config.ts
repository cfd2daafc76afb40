import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

export default defineConfig(({ command, mode }) => {
  const fake = mode === "fake" || mode === "test" || command === "serve";
  return {
    plugins: [svelte()],
    // The made-up backend is reachable only where this is true, so the shipped build does not contain it.
    define: { __FAKE_BACKEND__: JSON.stringify(fake) },
    resolve: mode === "test" ? { conditions: ["browser"] } : {},
    build: {
      outDir: mode === "fake" ? "dist-fake" : "dist",
      emptyOutDir: true,
      target: "safari16.4",
      cssTarget: "safari16.4",
      // The content security policy allows no data: addresses and no inline script.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
    server: { port: 5317, strictPort: true, host: "127.0.0.1" },
    test: {
      environment: "jsdom",
      globals: true,
      env: { TZ: "UTC" },
      include: ["src/**/*.test.ts"],
      setupFiles: ["src/test-setup.ts"],
    },
  };
});
