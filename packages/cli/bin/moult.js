#!/usr/bin/env node
// The `moult` command. The program itself is bundled: importing the bundle runs it on process.argv.
// MOULT_TRACE=1 takes the bundle that has event hooks.
import { existsSync } from 'node:fs';

const bundle = new URL(
  process.env.MOULT_TRACE === '1' ? '../dist/moult.traced.js' : '../dist/moult.js',
  import.meta.url,
);
if (existsSync(bundle)) {
  await import(bundle.href);
} else {
  process.stderr.write('moult: not built yet; run `npm run build` first\n');
  process.exitCode = 2;
}
