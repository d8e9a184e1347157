import { plainTester } from '../rule-tester.js';
import { importDirection } from './import-direction.js';

const at = (path, code, name) => ({ name, code, filename: `/repo/packages/${path}` });
const bad = (path, code, messageId, name) => ({ ...at(path, code, name), errors: [{ messageId }] });

plainTester().run('import-direction', importDirection, {
  valid: [
    at(
      'heap/src/collector/run.ts',
      `import { decref } from '../object/decref.ts';`,
      'a later folder uses an earlier one',
    ),
    at('heap/src/memory/memory.ts', `import { Root } from '../layout/root.ts';`, 'folders of one group see each other'),
    at('heap/src/alloc/pool.ts', `import { take } from './arena.ts';`, 'a folder sees itself'),
    at('heap/src/alloc/pool.ts', `import { Events } from '../events.ts';`, 'files of the package itself are for all'),
    at('heap/src/index.ts', `export { audit } from './check/audit.ts';`, 'the entry exports everything'),
    at('heap/src/memory/a.ts', `import type { Heap } from '../object/heap.ts';`, 'types are exempt'),
    at('heap/src/memory/a.ts', `import { type Heap } from '../object/heap.ts';`, 'inline types are exempt'),
    at('heap/src/memory/a.test.ts', `import { audit } from '../check/audit.ts';`, 'tests are exempt'),
    at('moult/src/objects/list.ts', `import { alloc } from '@moult/heap';`, 'moult uses heap'),
    at('moult/src/objects/a.ts', `import { parse } from '../syntax/parse.ts';`, 'objects know the pure libraries'),
    at('moult/src/objects/a.ts', `import { newFrame } from '../frames/frames.ts';`, 'objects know frames'),
    at('moult/src/eval/loop.ts', `import { Op } from '../compiler/opcodes.ts';`, 'eval knows the compiler'),
    at('moult/src/compiler/a.ts', `import { parse } from '../syntax/parser.ts';`, 'the compiler knows the syntax'),
    at('inspect/src/paths.ts', `import { HeadWord } from '@moult/heap/layout/object.ts';`, 'inspect knows layouts'),
    at('cli/src/main.ts', `import { create } from 'moult'; import fs from 'node:fs';`, 'the command uses moult'),
  ],
  invalid: [
    bad(
      'heap/src/alloc/a.ts',
      `import { decref } from '../object/a.ts';`,
      'folder',
      'an earlier folder knows no later one',
    ),
    bad('heap/src/alloc/a.ts', `export * from '../object/a.ts';`, 'folder', 'exports from elsewhere count'),
    bad('heap/src/alloc/a.ts', `await import('../object/a.ts');`, 'folder', 'dynamic imports count'),
    bad('heap/src/alloc/a.ts', `import { a } from '../index.ts';`, 'barrel', 'a package does not import its own entry'),
    bad('heap/src/odd/a.ts', `import { a } from '../alloc/a.ts';`, 'unknown', 'a new folder needs a place'),
    bad('moult/src/text/a.ts', `import { a } from '../objects/a.ts';`, 'folder', 'text knows no runtime'),
    bad('moult/src/syntax/a.ts', `import { a } from '../compiler/a.ts';`, 'folder', 'syntax knows no compiler'),
    bad('moult/src/core/a.ts', `import { a } from '../compiler/a.ts';`, 'folder', 'core knows no compiler'),
    bad('moult/src/frames/a.ts', `import { a } from '../objects/a.ts';`, 'folder', 'frames know no objects'),
    bad('moult/src/objects/a.ts', `import { run } from '../eval/loop.ts';`, 'folder', 'objects know no loop'),
    bad('moult/src/eval/a.ts', `import { a } from '../modules/gc.ts';`, 'folder', 'eval knows no modules'),
    bad('heap/src/alloc/a.ts', `import { a } from 'moult';`, 'package', 'heap knows no moult'),
    bad(
      'heap/src/alloc/a.ts',
      `import { a } from '../../../moult/src/core/a.ts';`,
      'package',
      'paths across packages count',
    ),
    bad('inspect/src/a.ts', `import { alloc } from '@moult/heap';`, 'package', 'inspect uses layouts only'),
    bad('moult/src/api/a.ts', `import { main } from '@moult/cli';`, 'package', 'moult knows no command'),
  ],
});
