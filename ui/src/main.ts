import { mount } from "svelte";
import App from "./App.svelte";
import { backend } from "./backend";
import { app } from "./state/app.svelte";

const target = document.getElementById("app");
if (target === null) throw new Error("index.html has no element for the program");

/** In a hidden window animation frames never come, so a timer runs beside them. */
function afterNextFrame(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => resolve());
    setTimeout(resolve, 120);
  });
}

mount(App, { target });

/** The window is shown with its first screen, or with the opening one where reading takes longer than this. */
const longestBlank = 800;
await Promise.race([app.start(), new Promise((resolve) => setTimeout(resolve, longestBlank))]);
await afterNextFrame();
await backend.painted().catch(() => {
  // The Rust side shows the window by itself after a while.
});
