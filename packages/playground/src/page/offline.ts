/** Registers the service worker, which keeps the page for times without a network. */

/** Milliseconds after the first run before the library is kept, so that nobody waits for it. */
const LATER = 4000;

export function keepOffline(): void {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return;
  navigator.serviceWorker
    .register(new URL('./service-worker.js', document.baseURI))
    .then(() => navigator.serviceWorker.ready)
    .then(({ active }) => setTimeout(() => active?.postMessage('library'), LATER))
    .catch(() => {
      // A page in a sandbox, or from a file: it is there only as long as it is open.
    });
}
