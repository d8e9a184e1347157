/** Exception types that only differ in name and place: CPython's SimpleExtendsException. */
import type { Ref } from '@moult/heap';
import { T } from '../../core/static.ts';
import { defineType } from '../../core/type-spec.ts';
import { baseExceptionInit, baseExceptionNew } from './base.ts';
import { EXCEPTION_FLAGS } from './layout.ts';

function simple(ref: Ref, name: string, base: Ref, doc: string): void {
  defineType({
    ref,
    name,
    base,
    doc,
    flags: EXCEPTION_FLAGS,
    slots: { new: baseExceptionNew, init: baseExceptionInit },
  });
}

simple(T.Exception, 'Exception', T.BaseException, 'Base of all exceptions that do not ask to leave the program.');
simple(T.GeneratorExit, 'GeneratorExit', T.BaseException, 'Asks a generator to leave.');
simple(T.KeyboardInterrupt, 'KeyboardInterrupt', T.BaseException, 'The user interrupted the program.');
simple(T.ArithmeticError, 'ArithmeticError', T.Exception, 'Base of arithmetic errors.');
simple(T.FloatingPointError, 'FloatingPointError', T.ArithmeticError, 'A floating-point operation failed.');
simple(T.OverflowError, 'OverflowError', T.ArithmeticError, 'A result is too large to be represented.');
simple(T.ZeroDivisionError, 'ZeroDivisionError', T.ArithmeticError, 'A division or modulo by zero.');
simple(T.AssertionError, 'AssertionError', T.Exception, 'An assertion failed.');
simple(T.BufferError, 'BufferError', T.Exception, 'A buffer cannot be used so.');
simple(T.EOFError, 'EOFError', T.Exception, 'The input ended.');
simple(T.LookupError, 'LookupError', T.Exception, 'Base of lookup errors.');
simple(T.IndexError, 'IndexError', T.LookupError, 'A sequence has no such index.');
simple(T.ReferenceError, 'ReferenceError', T.Exception, 'A weak reference was used after its object died.');
simple(T.RuntimeError, 'RuntimeError', T.Exception, 'An error of no other kind.');
simple(T.NotImplementedError, 'NotImplementedError', T.RuntimeError, 'Not implemented (yet).');
simple(T.RecursionError, 'RecursionError', T.RuntimeError, 'Calls are nested too deep.');
simple(T.StopAsyncIteration, 'StopAsyncIteration', T.Exception, 'An asynchronous iterator has no more items.');
simple(T.SystemError, 'SystemError', T.Exception, 'An error of the interpreter itself.');
simple(T.TypeError, 'TypeError', T.Exception, 'An argument has the wrong type.');
simple(T.ValueError, 'ValueError', T.Exception, 'An argument has the right type but a wrong value.');
simple(T.UnicodeError, 'UnicodeError', T.ValueError, 'Base of Unicode errors.');
simple(T.Warning, 'Warning', T.Exception, 'Base of warning categories.');
simple(T.BytesWarning, 'BytesWarning', T.Warning, 'Bytes were used as text.');
simple(T.DeprecationWarning, 'DeprecationWarning', T.Warning, 'A feature is deprecated.');
simple(T.EncodingWarning, 'EncodingWarning', T.Warning, 'An encoding was not given.');
simple(T.FutureWarning, 'FutureWarning', T.Warning, 'A meaning will change.');
simple(T.ImportWarning, 'ImportWarning', T.Warning, 'An import is probably mistaken.');
simple(T.PendingDeprecationWarning, 'PendingDeprecationWarning', T.Warning, 'A feature will be deprecated.');
simple(T.ResourceWarning, 'ResourceWarning', T.Warning, 'A resource was not released.');
simple(T.RuntimeWarning, 'RuntimeWarning', T.Warning, 'Dubious behaviour at run time.');
simple(T.SyntaxWarning, 'SyntaxWarning', T.Warning, 'Dubious syntax.');
simple(T.UnicodeWarning, 'UnicodeWarning', T.Warning, 'Dubious use of Unicode.');
simple(T.UserWarning, 'UserWarning', T.Warning, 'A warning made by a program.');
