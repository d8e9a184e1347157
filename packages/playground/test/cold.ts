/**
 * How long a person waits for the first heap: from the navigation to the frame that shows it, with nothing of the page in any cache. The page
 * itself reports it, in a browser that nobody debugs: a debugger halts every worker at its start.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from './site.ts';

/** Milliseconds after which a browser is given up. */
const PATIENCE = 60_000;

/** Looks for the first object's card, and reports when the frame with it has been made. */
const REPORTER = `{
  const look = new MutationObserver(() => {
    if (document.querySelector('.card.object') === null) return;
    look.disconnect();
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => void fetch('/report', { method: 'POST', body: String(performance.now()) });
      port2.postMessage(null);
    });
  });
  look.observe(document, { subtree: true, childList: true });
}`;

/** Where the browser waits until it has started itself. */
const LOBBY = `<script>setTimeout(() => location.replace('/'), 1500)</script>`;

/** Milliseconds to the first heap, of so many cold starts. */
export async function coldStarts(browser: string, site: string, times: number): Promise<number[]> {
  let report: (milliseconds: number) => void = () => undefined;
  const served = await serve(site, {
    '/lobby': () => LOBBY,
    '/report': (body) => {
      report(Number(body));
      return '';
    },
    '/': (_body, page) => page.replace('<head>', `<head><script>${REPORTER}</script>`),
  });
  const waits: number[] = [];
  for (let i = 0; i < times; i++) {
    const answer = new Promise<number>((resolve, reject) => {
      report = resolve;
      setTimeout(() => reject(new Error('the page did not report')), PATIENCE).unref();
    });
    waits.push(await inBrowser(browser, `${served.url}lobby`, answer));
  }
  served.close();
  return waits;
}

/** Opens an address in a browser that has never been used, until the answer is there. */
async function inBrowser<T>(browser: string, address: string, answer: Promise<T>): Promise<T> {
  const profile = mkdtempSync(join(tmpdir(), 'moult-cold-'));
  const args = ['--headless=new', '--no-sandbox', '--no-first-run', '--window-size=1440,900'];
  const running = spawn(browser, [...args, `--user-data-dir=${profile}`, address], { detached: true, stdio: 'ignore' });
  const ended = once(running, 'exit');
  try {
    return await answer;
  } finally {
    // The group: the browser is many processes.
    process.kill(-running.pid!, 'SIGKILL');
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}
