/** Registers the service worker, which keeps the page for times without a network. */

/** Milliseconds after the first run before the page is kept, and again before the library is: the browser compiles what it keeps, and nobody
 *  shall wait for that. */
const LATER = 3000;

const later = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, LATER);
  });

export function keepOffline(): void {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return;
  later()
    .then(() => navigator.serviceWorker.register(new URL('./service-worker.js', document.baseURI)))
    .then(() => navigator.serviceWorker.ready)
    .then(({ active }) => later().then(() => active?.postMessage('library')))
    .catch(() => {
      // A page in a sandbox, or from a file: it is there only as long as it is open.
    });
}
