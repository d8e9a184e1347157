import { typedTester } from '../rule-tester.js';
import { noDiscardedOwned } from './no-discarded-owned.js';

const HEAD = `
type Ref = number;
declare const ownedBrand: unique symbol;
type Owned = Ref & { readonly [ownedBrand]: true };
type Maybe = Owned | null;
declare function alloc(): Owned;
declare function tryAlloc(): Maybe;
declare function look(): Ref;
declare function release(value: Owned): void;
declare let kept: Owned;
declare let ok: boolean;
`;
const file = (name, code) => ({ name, code: HEAD + code, filename: 'file.ts' });
const bad = (name, code, errors = 1) => ({ ...file(name, code), errors });

typedTester().run('no-discarded-owned', noDiscardedOwned, {
  valid: [
    file('releasing passes', 'release(alloc());'),
    file('storing passes', 'kept = alloc(); const words: Ref[] = []; words[0] = alloc();'),
    file('a borrowed reference may be dropped', 'look(); void look();'),
    file('returning hands over', 'export const f = (): Owned => alloc();'),
    file('an assignment behind a condition stores', 'ok && (kept = alloc());'),
    file('the last value of a sequence may be used', 'release((look(), alloc()));'),
  ],
  invalid: [
    bad('a dropped result fails', 'alloc();'),
    bad('void does not release', 'void alloc();'),
    bad('a variable as a statement drops nothing but means nothing', 'kept;'),
    bad('a result that may be null fails', 'tryAlloc();'),
    bad('a dropped result behind a condition fails', 'ok && alloc();'),
    bad('both branches of a condition count', 'ok ? alloc() : alloc();', 2),
    bad('all but the last of a sequence are dropped', 'release((alloc(), alloc()));'),
    bad('an alias keeps the brand', 'type Box = Owned; declare function box(): Box; box();'),
    bad('an assertion keeps the type', '(alloc() as Owned);'),
  ],
});
