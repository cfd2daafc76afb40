// Runs before anything of the page is loaded, so that the first screen is read and on its way meanwhile. The page takes the answer, or
// the failure, in `ui/src/backend.ts`. Some web views begin with an empty page, which has nothing to show.
if (location.href !== "about:blank") {
  window.firstScreen = window.__TAURI_INTERNALS__.invoke("start");
  window.firstScreen.catch(() => {});
}
