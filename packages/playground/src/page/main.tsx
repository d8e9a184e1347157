/** Starts the page: with the program in its address, or else with the first example. */
import { render } from 'preact';
import { EXAMPLES } from '../examples/index.ts';
import '../styles/page.css';
import { App } from './app.tsx';
import { keepOffline } from './offline.ts';
import { sharedProgram } from '../shared/share.ts';
import { isEmbedded, openExample, run, source } from './state.ts';

async function start(): Promise<void> {
  const shared = await sharedProgram(location.href);
  const place = document.getElementById('app');
  if (place === null) return;
  if (shared !== null) source.value = shared;
  render(<App />, place);
  const { searchParams } = new URL(location.href);
  if (shared !== null) await run(Number(searchParams.get('line') ?? 0));
  else await openExample(searchParams.get('example') ?? EXAMPLES[0]!.name);
  if (!isEmbedded) keepOffline();
}

void start();
