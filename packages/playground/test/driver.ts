/** What the tests do with the page, in its own words. */
import type { Page } from 'playwright-core';

/** Machines that test many things at once are slow. */
export const PATIENCE = 90_000;

/** Waits until a run is over and its heap is drawn. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () => document.querySelector('.run.stop') === null && document.querySelector('.card.namespace') !== null,
    null,
    { timeout: PATIENCE },
  );
}

/** The address of a program in the form of tutorials' playgrounds. */
export function queryAddress(url: string, source: string): string {
  return `${url}?q=${encodeURIComponent(Buffer.from(source, 'utf8').toString('base64'))}`;
}

/** Opens a program and waits for its end. */
export async function open(page: Page, url: string, source: string): Promise<void> {
  await page.goto(queryAddress(url, source));
  await settled(page);
}

/** Everything written, as text. */
export async function output(page: Page): Promise<string> {
  return (await page.textContent('.output')) ?? '';
}

/** The step that is shown, of how many. */
export async function position(page: Page): Promise<{ step: number; last: number; text: string }> {
  const text = (await page.textContent('.position')) ?? '';
  const [, step = '0', last = '0'] = /step ([\d,]+) of ([\d,]+)/.exec(text) ?? [];
  const numberOf = (digits: string): number => Number(digits.replaceAll(',', ''));
  return { step: numberOf(step), last: numberOf(last), text };
}

/** Moves by a key and waits until that moment is drawn. */
export async function press(page: Page, key: string): Promise<void> {
  await page.keyboard.press(key);
  await drawn(page);
}

/** Waits until the picture shows the moment that the controls say. */
export async function drawn(page: Page): Promise<void> {
  await page.waitForFunction(
    () => {
      const heap = document.querySelector('.heap');
      const shown = heap?.getAttribute('data-moment');
      return shown !== null && shown === heap?.getAttribute('data-wanted');
    },
    null,
    { timeout: PATIENCE },
  );
}

/** The cards' texts, by key. */
export async function cards(page: Page): Promise<Record<string, string>> {
  return page.$$eval('.card', (all) =>
    Object.fromEntries(all.map((card) => [card.getAttribute('data-key') ?? '', card.textContent ?? ''])),
  );
}
