/// <reference types="svelte" />
/// <reference types="vite/client" />

/** True in development, in tests and in the build made for browser tests; false in the shipped build. */
declare const __FAKE_BACKEND__: boolean;
