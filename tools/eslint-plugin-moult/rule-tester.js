/** ESLint's rule tester for TypeScript code under vitest, with and without types. */
import { RuleTester } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, it } from 'vitest';

RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.itOnly = it.only;

export const plainTester = () => new RuleTester({ languageOptions: { parser: tseslint.parser } });

/** Code is checked as a file of this folder (`file.ts`), with the default compiler options in strict mode. */
export const typedTester = () =>
  new RuleTester({
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: {
        projectService: { allowDefaultProject: ['*.ts'], defaultProject: 'tsconfig.json' },
        tsconfigRootDir: import.meta.dirname,
      },
    },
  });
