// Rules that find bugs; taste is Prettier's business. Zero warnings: `npm run lint` fails on any.
import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import moult from './tools/eslint-plugin-moult/index.js';

/** Rules of plain JavaScript, for every file. */
const bugs = {
  ...js.configs.recommended.rules,
  'array-callback-return': 'error',
  eqeqeq: 'error',
  'no-constant-condition': ['error', { checkLoops: false }],
  'no-constructor-return': 'error',
  'no-empty': ['error', { allowEmptyCatch: false }],
  'no-eval': 'error',
  'no-promise-executor-return': 'error',
  'no-template-curly-in-string': 'error',
  'no-throw-literal': 'error',
  'no-unreachable-loop': 'error',
  'no-unused-expressions': 'error',
  'no-irregular-whitespace': [
    'error',
    { skipStrings: true, skipRegExps: true, skipComments: true, skipTemplates: true },
  ],
  'moult/file-length': 'error',
};

/** Rules that need types, for TypeScript. tsc checks the rest (undefined names, unused locals, missing returns). */
const typed = {
  'no-undef': 'off',
  'no-unused-vars': 'off',
  'no-redeclare': 'off',
  'no-dupe-class-members': 'off',
  '@typescript-eslint/await-thenable': 'error',
  '@typescript-eslint/ban-ts-comment': 'error',
  '@typescript-eslint/consistent-type-imports': 'error',
  '@typescript-eslint/no-array-delete': 'error',
  '@typescript-eslint/no-base-to-string': 'error',
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-for-in-array': 'error',
  '@typescript-eslint/no-implied-eval': 'error',
  '@typescript-eslint/no-misused-promises': 'error',
  '@typescript-eslint/no-unsafe-argument': 'error',
  '@typescript-eslint/no-unsafe-assignment': 'error',
  '@typescript-eslint/no-unsafe-call': 'error',
  '@typescript-eslint/no-unsafe-member-access': 'error',
  '@typescript-eslint/no-unsafe-return': 'error',
  '@typescript-eslint/prefer-promise-reject-errors': 'error',
  '@typescript-eslint/require-array-sort-compare': ['error', { ignoreStringArrays: true }],
  '@typescript-eslint/restrict-plus-operands': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  '@typescript-eslint/unbound-method': 'error',
  'moult/import-direction': 'error',
  'moult/no-discarded-owned': 'error',
};

const nodeGlobals = Object.fromEntries(
  [
    'process',
    'console',
    'performance',
    'URL',
    'Buffer',
    'setTimeout',
    'clearTimeout',
    'TextDecoder',
    'TextEncoder',
  ].map((name) => [name, 'readonly']),
);

export default tseslint.config(
  {
    ignores: ['**/dist/', '**/.cache/', '**/coverage/', '**/fixtures/', 'conformance/programs/', 'conformance/seeds/'],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' }, plugins: { moult } },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: { globals: nodeGlobals },
    rules: bugs,
  },
  {
    files: ['packages/cli/bin/*.js'],
    languageOptions: { sourceType: 'commonjs', globals: { __dirname: 'readonly', __filename: 'readonly' } },
  },
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { '@typescript-eslint': tseslint.plugin },
    rules: { ...bugs, ...typed },
  },
  {
    files: ['packages/**/*.{ts,tsx}'],
    ignores: ['**/layout/**', '**/*.test.ts'],
    rules: { 'moult/no-raw-offset': ['warn', { runs: ['args', 'base', 'start', 'end', 'top', 'sp'] }] },
  },
);
