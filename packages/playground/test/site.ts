/** Serves the built page to a browser. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.bin': 'application/octet-stream',
};

export interface Site {
  readonly url: string;
  close(): void;
}

/** Makes the answer for a path out of what was sent and of the page's own document. */
export type Answer = (body: string, page: string) => string;

/** Serves a folder at a free port; some paths have answers of their own. */
export async function serve(folder: string, answers: Readonly<Record<string, Answer>> = {}): Promise<Site> {
  const server: Server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const answer = answers[pathname];
    if (answer !== undefined) {
      void text(request).then((body) => {
        response.setHeader('Content-Type', TYPES['.html']!);
        response.end(answer(body, readFileSync(join(folder, 'index.html'), 'utf8')));
      });
      return;
    }
    const path = join(folder, normalize(pathname.endsWith('/') ? `${pathname}index.html` : pathname));
    if (!path.startsWith(folder) || !existsSync(path) || statSync(path).isDirectory()) {
      response.statusCode = 404;
      response.end();
      return;
    }
    response.setHeader('Content-Type', TYPES[extname(path)] ?? 'application/octet-stream');
    // Another site's pages may take the element from here.
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.end(readFileSync(path));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}
