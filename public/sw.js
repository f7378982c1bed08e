// The service worker: starts the app without a network. It keeps the app shell and nothing else: it never
// answers for the API, never keeps what a customer is, and never takes over from a page that is open until a
// person agrees there.
//
// Plain JavaScript, served as it stands and never cached by the browser for long; `cargo xtask` fills in the
// list below. Any change of the app changes the list, so the browser sees a new version of this file.

/** Address of each file of the app shell, and the SHA-256 of its content as in an `integrity` attribute. */
const SHELL = {};

/** Files of all versions, each under its address with its content's hash: a new version fetches only what is new. */
const CACHE = "kase-shell";

/** Remembers, beside the files, which open pages began with an older version. */
const OLDER_PAGES = "/kase-older-pages";

/** Not of the point of sale, or never to be answered from memory. */
const FOREIGN = ["/api", "/hq", "/embed", "/health", "/metrics"];

/** What a page says when a person agreed. */
const TAKE_OVER = "take-over";

const within = (path, folder) => path === folder || path.startsWith(`${folder}/`);
const isScreen = (path) =>
  path === "/" || within(path, "/customers") || ["/sync", "/settings", "/sign-in"].includes(path);
const isForeign = (path) => FOREIGN.some((folder) => within(path, folder));
const key = (path) => `${path}?${encodeURIComponent(SHELL[path])}`;

self.addEventListener("install", (event) => event.waitUntil(fetchWhatIsNew()));

self.addEventListener("activate", (event) => {
  // The first version may serve the page that brought it; later ones get here only after the open pages agreed
  // or went away.
  event.waitUntil(begin().then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  if (event.data === TAKE_OVER) event.waitUntil(self.skipWaiting());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin || isForeign(pathname)) return;
  if (request.mode === "navigate") {
    if (!isScreen(pathname)) return;
    event.respondWith(answer("/", request));
    event.waitUntil(forgetOldFiles());
  } else if (pathname !== "/" && pathname !== "/sw.js") {
    event.respondWith(answer(pathname, request));
  }
});

/** Fetches the files that no version has brought yet. A file that is not what was built is no file of ours. */
async function fetchWhatIsNew() {
  const cache = await caches.open(CACHE);
  const bring = async (path) => {
    if (await cache.match(key(path))) return;
    const response = await fetch(path, {
      cache: "no-cache",
      credentials: "same-origin",
      integrity: SHELL[path],
      redirect: "error",
    });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    await cache.put(key(path), response);
  };
  await Promise.all(Object.keys(SHELL).map(bring));
}

/** This version's file, or for a page of an older version that version's, or what the network says. */
async function answer(path, request) {
  const cache = await caches.open(CACHE);
  const kept =
    path in SHELL
      ? await cache.match(key(path), { ignoreVary: true })
      : await cache.match(path, { ignoreSearch: true, ignoreVary: true });
  return kept ?? fetch(request);
}

async function begin() {
  // Everything is there since the installation, unless the version before cleaned up at the wrong moment.
  await fetchWhatIsNew().catch(() => {});
  await rememberOlderPages();
  await forgetOldFiles();
}

async function rememberOlderPages() {
  const cache = await caches.open(CACHE);
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const open = pages.filter((page) => isScreen(new URL(page.url).pathname)).map((page) => page.id);
  await cache.put(OLDER_PAGES, new Response(JSON.stringify(open)));
}

/** Deletes files of older versions once no page that began with one is open; those of a newer one stay. */
async function forgetOldFiles() {
  if (self.registration.installing || self.registration.waiting) return;
  const cache = await caches.open(CACHE);
  const remembered = await cache.match(OLDER_PAGES);
  if (!remembered) return;
  const pages = await Promise.all((await remembered.json()).map((id) => self.clients.get(id)));
  if (pages.some((page) => page !== undefined)) return;
  const mine = new Set(Object.keys(SHELL).map((path) => new URL(key(path), self.location.origin).href));
  const old = (await cache.keys()).filter((request) => !mine.has(request.url));
  await Promise.all(old.map((request) => cache.delete(request)));
}
