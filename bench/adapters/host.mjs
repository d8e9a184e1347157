/** What all adapters do: they are started like a Python, `node ADAPTER FOLDER --version`, `FOLDER FILE` or
 *  `FOLDER repeat.py FILE PASSES`. An adapter runs the text in one process as often as there are passes, as bench/repeat.py does. */
import { readFileSync, writeSync } from 'node:fs';

/** @typedef {object} Engine
 *  @property {string} version
 *  @property {() => Promise<(source: string) => void>} start  gives what runs a program in a fresh namespace; it throws what the program does */

/** @param {string} text */
export const print = (text) => {
  writeSync(1, text);
};

/** @param {string} folder  with the package @param {string} name @returns {string} its version; ends the process if it is not there */
export function packageVersion(folder, name) {
  try {
    const text = readFileSync(`${folder}/node_modules/${name}/package.json`, 'utf8');
    return `${name} ${JSON.parse(text).version}`;
  } catch {
    process.exit(1);
  }
}

/** @param {Engine} engine */
export async function serve(engine) {
  const args = process.argv.slice(3);
  if (args[0] === '--version') {
    print(`${engine.version}\n`);
    return;
  }
  const repeated = args.length === 3;
  const source = readFileSync(args[repeated ? 1 : 0] ?? '', 'utf8');
  try {
    const run = await engine.start();
    for (let pass = 0; pass < (repeated ? Number(args[2]) : 1); pass++) {
      const begin = process.cpuUsage();
      run(source);
      const { user, system } = process.cpuUsage(begin);
      if (repeated) print(`PASS ${(user + system) / 1000}\n`);
    }
  } catch (error) {
    writeSync(2, `${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
  process.exit(0);
}
