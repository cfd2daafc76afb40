const { invoke } = window.__TAURI_INTERNALS__;
document.body.getBoundingClientRect();
// The second frame begins when the first is on its way to the screen. While the window is hidden there are none.
requestAnimationFrame(() => requestAnimationFrame(() => invoke('painted')));
invoke('laid_out');
