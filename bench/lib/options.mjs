/** What `npm run bench` was asked for. */
import { readFileSync } from 'node:fs';
import { inRoot, root } from '../../scripts/lib/paths.mjs';

/** @typedef {object} Engine
 *  @property {string} name
 *  @property {string[]} command  the program's path and its arguments are added; `{root}` is this repository
 *  @property {boolean} [baseline]  what the others are compared with */

/** @typedef {object} Options
 *  @property {string[]} sets
 *  @property {Engine[]} engines  the baseline first
 *  @property {string} only  part of the programs' names
 *  @property {number} runs  processes per program and engine
 *  @property {number} passes  passes per process
 *  @property {boolean} cpu  compare processor time instead of elapsed time
 *  @property {boolean} write  whether bench/results.md is written */

const USAGE = `usage: npm run bench -- [options]
  --set cpu,mem,startup   which programs (default: all)
  --engines NAME,...      which engines of bench/engines.json; the baseline always runs
  --engine NAME=COMMAND   one more, or another command for one of them
  --only WORD             programs whose name contains it
  --runs N                processes per program and engine (default 3; 9 for startup)
  --passes N              passes per process: the first is cold, the others warm (default 5)
  --cpu                   compare processor time, for a machine that has other things to do
  --no-write              leave bench/results.md as it is
  --help                  show this`;

/** @param {string[]} args @returns {Options} ends the process for a wrong option */
export function parseOptions(args) {
  /** @type {Engine[]} */
  const engines = JSON.parse(readFileSync(inRoot('bench/engines.json'), 'utf8'));
  const options = { sets: ['cpu', 'mem', 'startup'], engines, only: '', runs: 3, passes: 5, cpu: false, write: true };
  let names = engines.map((engine) => engine.name);
  for (let i = 0; i < args.length; i++) {
    const value = () => args[++i] ?? fail(`${args[i - 1]} wants a value`);
    switch (args[i]) {
      case '--set':
        options.sets = value().split(',');
        break;
      case '--engines':
        names = value().split(',');
        break;
      case '--engine':
        names.push(addEngine(engines, value()));
        break;
      case '--only':
        options.only = value();
        break;
      case '--runs':
        options.runs = Number(value());
        break;
      case '--passes':
        options.passes = Number(value());
        break;
      case '--cpu':
        options.cpu = true;
        break;
      case '--no-write':
        options.write = false;
        break;
      case '--help':
        process.stdout.write(`${USAGE}\n`);
        process.exit(0);
        break;
      default:
        fail(`no such option: ${args[i]}`);
    }
  }
  const unknown = names.filter((name) => !engines.some((engine) => engine.name === name));
  if (unknown.length > 0) fail(`no engine ${unknown.join(', ')} in bench/engines.json`);
  const wanted = engines.filter((engine) => engine.baseline === true || names.includes(engine.name));
  for (const engine of wanted) engine.command = engine.command.map((word) => word.replace('{root}', root));
  options.engines = wanted.sort((a, b) => Number(b.baseline ?? false) - Number(a.baseline ?? false));
  return options;
}

/** @param {Engine[]} engines @param {string} text  NAME=COMMAND @returns {string} the name */
function addEngine(engines, text) {
  const [, name = '', command = ''] = /^([^=]+)=(.+)$/.exec(text) ?? fail(`not NAME=COMMAND: ${text}`);
  const known = engines.find((engine) => engine.name === name);
  if (known === undefined) engines.push({ name, command: command.split(' ') });
  else known.command = command.split(' ');
  return name;
}

/** @param {string} message @returns {never} */
function fail(message) {
  process.stderr.write(`${message}\n${USAGE}\n`);
  process.exit(2);
}
