/** Starts the page: with the program in its address, or else with the first example. */
import { render } from 'preact';
import { EXAMPLES } from '../examples/index.ts';
import '../styles/page.css';
import { App } from './app.tsx';
import { sharedProgram } from './share.ts';
import { openExample, run, source } from './state.ts';

async function start(): Promise<void> {
  const shared = await sharedProgram(location.href);
  const place = document.getElementById('app');
  if (place === null) return;
  if (shared !== null) source.value = shared;
  render(<App />, place);
  if (shared !== null) await run();
  else await openExample(new URL(location.href).searchParams.get('example') ?? EXAMPLES[0]!.name);
}

void start();
