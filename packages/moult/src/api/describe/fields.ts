/** Names of the references that built-in types keep at fixed words: what an inspector shows of a function or a method. */
import { TypeWord, WeakrefWord } from '@moult/heap';
import { ExceptionGroupWord, ExcWord } from '../../core/layout/exceptions.ts';
import { FrameObjectWord, GeneratorWord, TracebackWord } from '../../core/layout/frame.ts';
import {
  BuiltinWord,
  CellWord,
  ClassMethodWord,
  CodeWord,
  DescrWord,
  FunctionWord,
  MappingProxyWord,
  MethodWord,
  MethodWrapperWord,
  ModuleWord,
  PropertyWord,
  SliceWord,
  SuperWord,
} from '../../core/layout/functions.ts';
import { EnumerateWord, FilterWord, MapWord, RangeWord, ZipWord } from '../../core/layout/iterators.ts';
import { T } from '../../core/static.ts';

export type Fields = readonly (readonly [word: number, name: string])[];

const FUNCTION: Fields = [
  [FunctionWord.Globals, '__globals__'],
  [FunctionWord.Builtins, '__builtins__'],
  [FunctionWord.Name, '__name__'],
  [FunctionWord.Qualname, '__qualname__'],
  [FunctionWord.Code, '__code__'],
  [FunctionWord.Defaults, '__defaults__'],
  [FunctionWord.KwDefaults, '__kwdefaults__'],
  [FunctionWord.Closure, '__closure__'],
  [FunctionWord.Doc, '__doc__'],
  [FunctionWord.Dict, '__dict__'],
  [FunctionWord.Module, '__module__'],
  [FunctionWord.Annotations, '__annotations__'],
  [FunctionWord.TypeParams, '__type_params__'],
];
const CODE: Fields = [
  [CodeWord.Consts, 'co_consts'],
  [CodeWord.Names, 'co_names'],
  [CodeWord.LocalsPlusNames, 'local names'],
  [CodeWord.LocalsPlusKinds, 'local kinds'],
  [CodeWord.FileName, 'co_filename'],
  [CodeWord.Name, 'co_name'],
  [CodeWord.Qualname, 'co_qualname'],
  [CodeWord.LineTable, 'co_linetable'],
  [CodeWord.ExceptionTable, 'co_exceptiontable'],
  [CodeWord.VarNames, 'co_varnames'],
  [CodeWord.CellVars, 'co_cellvars'],
  [CodeWord.FreeVars, 'co_freevars'],
  [CodeWord.CodeBytes, 'co_code'],
];
/** Of type objects. */
export const TYPE_FIELDS: Fields = [
  [TypeWord.Base, '__base__'],
  [TypeWord.Dict, '__dict__'],
  [TypeWord.Bases, '__bases__'],
  [TypeWord.Mro, '__mro__'],
  [TypeWord.Subclasses, 'subclasses'],
  [TypeWord.HtName, '__name__'],
  [TypeWord.HtQualname, '__qualname__'],
  [TypeWord.HtModule, '__module__'],
  [TypeWord.HtSlots, '__slots__'],
];
const EXCEPTION: Fields = [
  [ExcWord.Dict, '__dict__'],
  [ExcWord.Args, 'args'],
  [ExcWord.Notes, '__notes__'],
  [ExcWord.Traceback, '__traceback__'],
  [ExcWord.Context, '__context__'],
  [ExcWord.Cause, '__cause__'],
];
const GENERATOR: Fields = [
  [GeneratorWord.Name, '__name__'],
  [GeneratorWord.Qualname, '__qualname__'],
  [GeneratorWord.ExcValue, 'handled exception'],
  [GeneratorWord.OriginOrFinalizer, 'origin or finalizer'],
];
const DESCRIPTOR: Fields = [
  [DescrWord.Owner, '__objclass__'],
  [DescrWord.Name, '__name__'],
  [DescrWord.Qualname, '__qualname__'],
];
const WEAKREF: Fields = [[WeakrefWord.Callback, '__callback__']];

/** The table, by built-in type; types of native modules have no entry and show words. */
export const FIELDS: ReadonlyMap<number, Fields> = new Map<number, Fields>([
  [T.function, FUNCTION],
  [T.code, CODE],
  [T.type, TYPE_FIELDS],
  [
    T.builtinFunction,
    [
      [BuiltinWord.Self, '__self__'],
      [BuiltinWord.Module, '__module__'],
    ],
  ],
  [
    T.method,
    [
      [MethodWord.Function, '__func__'],
      [MethodWord.Self, '__self__'],
    ],
  ],
  [T.cell, [[CellWord.Value, 'cell_contents']]],
  [
    T.module,
    [
      [ModuleWord.Dict, '__dict__'],
      [ModuleWord.Name, '__name__'],
    ],
  ],
  [
    T.property,
    [
      [PropertyWord.Get, 'fget'],
      [PropertyWord.Set, 'fset'],
      [PropertyWord.Delete, 'fdel'],
      [PropertyWord.Doc, '__doc__'],
      [PropertyWord.Name, 'name'],
    ],
  ],
  [
    T.classmethod,
    [
      [ClassMethodWord.Callable, '__func__'],
      [ClassMethodWord.Dict, '__dict__'],
    ],
  ],
  [
    T.staticmethod,
    [
      [ClassMethodWord.Callable, '__func__'],
      [ClassMethodWord.Dict, '__dict__'],
    ],
  ],
  [
    T.super,
    [
      [SuperWord.Type, '__thisclass__'],
      [SuperWord.Object, '__self__'],
      [SuperWord.ObjectType, '__self_class__'],
    ],
  ],
  [T.mappingproxy, [[MappingProxyWord.Mapping, 'mapping']]],
  [
    T.methodWrapper,
    [
      [MethodWrapperWord.Descriptor, 'descriptor'],
      [MethodWrapperWord.Self, '__self__'],
    ],
  ],
  [
    T.slice,
    [
      [SliceWord.Start, 'start'],
      [SliceWord.Stop, 'stop'],
      [SliceWord.Step, 'step'],
    ],
  ],
  [T.frame, [[FrameObjectWord.Trace, 'f_trace']]],
  [
    T.traceback,
    [
      [TracebackWord.Next, 'tb_next'],
      [TracebackWord.Frame, 'tb_frame'],
    ],
  ],
  [T.generator, GENERATOR],
  [T.coroutine, GENERATOR],
  [T.asyncGenerator, GENERATOR],
  [T.BaseException, EXCEPTION],
  [
    T.BaseExceptionGroup,
    [
      [ExceptionGroupWord.Message, 'message'],
      [ExceptionGroupWord.Exceptions, 'exceptions'],
    ],
  ],
  [T.methodDescriptor, DESCRIPTOR],
  [T.classmethodDescriptor, DESCRIPTOR],
  [T.wrapperDescriptor, DESCRIPTOR],
  [T.getsetDescriptor, DESCRIPTOR],
  [T.memberDescriptor, DESCRIPTOR],
  [T.weakref, WEAKREF],
  [T.weakProxy, WEAKREF],
  [T.weakCallableProxy, WEAKREF],
  [
    T.enumerate,
    [
      [EnumerateWord.Iterator, 'iterator'],
      [EnumerateWord.Result, 'kept result'],
      [EnumerateWord.Long, 'index'],
      [EnumerateWord.One, 'one'],
    ],
  ],
  [
    T.zip,
    [
      [ZipWord.Iterators, 'iterators'],
      [ZipWord.Result, 'kept result'],
    ],
  ],
  [
    T.map,
    [
      [MapWord.Iterators, 'iterators'],
      [MapWord.Function, 'function'],
    ],
  ],
  [
    T.filter,
    [
      [FilterWord.Function, 'function'],
      [FilterWord.Iterator, 'iterator'],
    ],
  ],
  [
    T.range,
    [
      [RangeWord.Start, 'start'],
      [RangeWord.Stop, 'stop'],
      [RangeWord.Step, 'step'],
      [RangeWord.Length, 'length'],
    ],
  ],
]);
