/** `npm run test:playground [-- WORD]`: the page in Debian's Chromium. Its pictures are left in `.cache/playground`, or in the folder
 *  that MOULT_ARTEFACTS names. */
import { existsSync, mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { serve } from './site.ts';
import { TESTS } from './tests.ts';
import type { BrowserTest } from './tests.ts';

const CANDIDATES = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
const TEST_TIMEOUT = 180_000;

/** Runs the tests whose name has `word` in it; returns the exit code. */
export async function main(word: string, root: string): Promise<number> {
  const site = process.env['MOULT_SITE'] ?? `${root}/packages/playground/dist`;
  const executablePath = CANDIDATES.find((path) => path !== undefined && existsSync(path));
  if (executablePath === undefined || !existsSync(`${site}/index.html`)) {
    console.log(executablePath === undefined ? 'no Chromium is installed' : 'the page has not been built');
    console.log('0 passed, 1 failed');
    return 1;
  }
  const served = await serve(site);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  let failed = 0;
  const wanted = TESTS.filter(({ name }) => name.includes(word));
  for (const test of wanted) if (!(await runOne(test, browser, served.url, root, site, executablePath))) failed++;
  await browser.close();
  served.close();
  console.log(`${wanted.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

async function runOne(
  test: BrowserTest,
  browser: Browser,
  url: string,
  root: string,
  site: string,
  browserPath: string,
): Promise<boolean> {
  const folder = process.env['MOULT_ARTEFACTS'] ?? `${root}/.cache/playground`;
  mkdirSync(folder, { recursive: true });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const problems: string[] = [];
  const another = async (): Promise<Page> => {
    const page = await context.newPage();
    page.on('pageerror', (error) => problems.push(error.stack ?? error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
    });
    return page;
  };
  const page = await another();
  const shot = async (name: string, of = page): Promise<void> => {
    await of.screenshot({ path: `${folder}/${name}.png` });
  };
  const started = performance.now();
  try {
    await within(test.run({ page, url, root, site, browserPath, another, shot }));
    if (problems.length > 0) throw new Error(`the console says: ${problems.join('\n')}`);
    console.log(`ok   ${test.name} (${Math.round(performance.now() - started)} ms)`);
    return true;
  } catch (error) {
    console.log(`FAIL ${test.name}\n${error instanceof Error ? error.message : String(error)}`);
    if (problems.length > 0) console.log(`console: ${problems.join('\n')}`);
    await shot(`failed ${test.name.replace(/\W+/g, ' ')}`).catch(() => undefined);
    return false;
  } finally {
    await context.close();
  }
}

async function within(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('takes too long')), TEST_TIMEOUT);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
