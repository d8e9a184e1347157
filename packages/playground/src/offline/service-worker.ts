/**
 * Keeps the page for times without a network. What the page consists of is kept when it is opened first; the library's files are kept as
 * they are fetched, and all of them when the page says `library`. The bundler puts in what there is, and a version of it.
 */
declare const FILES: readonly string[];
declare const LIBRARY: readonly string[];
declare const VERSION: string;

/** What is used here of a service worker's scope: its types and the page's exclude each other. */
interface Scope {
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: string, listener: (event: ScopeEvent) => void): void;
}
interface ScopeEvent extends Event {
  readonly request: globalThis.Request;
  readonly data: unknown;
  waitUntil(work: Promise<unknown>): void;
  respondWith(answer: Promise<Response>): void;
}

const scope = self as unknown as Scope;
const NAME = `moult-${VERSION}`;

scope.addEventListener('install', (event) => {
  event.waitUntil(keep(FILES).then(() => scope.skipWaiting()));
});

scope.addEventListener('activate', (event) => {
  event.waitUntil(forgetOthers().then(() => scope.clients.claim()));
});

scope.addEventListener('message', (event) => {
  if (event.data === 'library') event.waitUntil(keep(LIBRARY));
});

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method === 'GET' && new URL(request.url).origin === location.origin) event.respondWith(answer(request));
});

/** Fetches what is not kept yet. */
async function keep(files: readonly string[]): Promise<void> {
  const cache = await caches.open(NAME);
  for (const file of files) if ((await cache.match(file)) === undefined) await cache.add(file);
}

async function forgetOthers(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith('moult-') && name !== NAME).map((name) => caches.delete(name)),
  );
}

/** What is kept, or else what the network says. The page's address may have a program in it. */
async function answer(request: globalThis.Request): Promise<Response> {
  const cache = await caches.open(NAME);
  const isPage = request.mode === 'navigate';
  const kept = isPage ? await cache.match('./') : await cache.match(request);
  if (kept !== undefined) return kept;
  const fetched = await fetch(request);
  if (fetched.ok && new URL(request.url).pathname.includes('/library/')) await cache.put(request, fetched.clone());
  return fetched;
}
