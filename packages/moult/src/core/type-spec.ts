/**
 * Declarations of built-in types. `defineType` only records the declaration; `objects/type/ready.ts` makes the type
 * record from it when a runtime is created.
 */
import type { CustomLayout, LayoutKind, Ref } from '@moult/heap';
import type {
  AllocSlot,
  BinarySlot,
  CallSlot,
  CompareSlot,
  ContainsSlot,
  DescrGetSlot,
  HashSlot,
  HeapSlot,
  IndexSlot,
  InitSlot,
  IterNextSlot,
  LengthSlot,
  PredicateSlot,
  ReleaseBufferSlot,
  SetIndexSlot,
  SetSlot,
  TernarySlot,
  UnarySlot,
  VectorcallSlot,
} from './functions.ts';
import type { GetSetDefinition, MemberDefinition, NativeDefinition } from './native.ts';
import type { Runtime } from './runtime.ts';
import { StaticArea, T } from './static.ts';

/** The slots a type may have; names are CPython's in camelCase. `hash: null` makes instances unhashable. */
export interface Slots {
  readonly repr?: UnarySlot;
  readonly str?: UnarySlot;
  readonly hash?: HashSlot | null;
  readonly call?: CallSlot;
  readonly getattro?: BinarySlot;
  readonly setattro?: SetSlot;
  readonly richcompare?: CompareSlot;
  readonly iter?: UnarySlot;
  readonly iternext?: IterNextSlot;
  readonly descrGet?: DescrGetSlot;
  readonly descrSet?: SetSlot;
  readonly init?: InitSlot;
  readonly new?: CallSlot;
  readonly alloc?: AllocSlot;
  /** Calling the type itself without making an argument tuple. */
  readonly vectorcall?: VectorcallSlot;
  /** Calling an instance without making an argument tuple (sets HAVE_VECTORCALL). */
  readonly instanceVectorcall?: VectorcallSlot;
  readonly finalize?: HeapSlot;
  readonly amAwait?: UnarySlot;
  readonly amAiter?: UnarySlot;
  readonly amAnext?: UnarySlot;
  readonly nbAdd?: BinarySlot;
  readonly nbSubtract?: BinarySlot;
  readonly nbMultiply?: BinarySlot;
  readonly nbRemainder?: BinarySlot;
  readonly nbDivmod?: BinarySlot;
  readonly nbPower?: TernarySlot;
  readonly nbNegative?: UnarySlot;
  readonly nbPositive?: UnarySlot;
  readonly nbAbsolute?: UnarySlot;
  readonly nbBool?: PredicateSlot;
  readonly nbInvert?: UnarySlot;
  readonly nbLshift?: BinarySlot;
  readonly nbRshift?: BinarySlot;
  readonly nbAnd?: BinarySlot;
  readonly nbXor?: BinarySlot;
  readonly nbOr?: BinarySlot;
  readonly nbInt?: UnarySlot;
  readonly nbFloat?: UnarySlot;
  readonly nbInplaceAdd?: BinarySlot;
  readonly nbInplaceSubtract?: BinarySlot;
  readonly nbInplaceMultiply?: BinarySlot;
  readonly nbInplaceRemainder?: BinarySlot;
  readonly nbInplacePower?: TernarySlot;
  readonly nbInplaceLshift?: BinarySlot;
  readonly nbInplaceRshift?: BinarySlot;
  readonly nbInplaceAnd?: BinarySlot;
  readonly nbInplaceXor?: BinarySlot;
  readonly nbInplaceOr?: BinarySlot;
  readonly nbFloorDivide?: BinarySlot;
  readonly nbTrueDivide?: BinarySlot;
  readonly nbInplaceFloorDivide?: BinarySlot;
  readonly nbInplaceTrueDivide?: BinarySlot;
  readonly nbIndex?: UnarySlot;
  readonly nbMatrixMultiply?: BinarySlot;
  readonly nbInplaceMatrixMultiply?: BinarySlot;
  readonly mpLength?: LengthSlot;
  readonly mpSubscript?: BinarySlot;
  readonly mpAssSubscript?: SetSlot;
  readonly sqLength?: LengthSlot;
  readonly sqConcat?: BinarySlot;
  readonly sqRepeat?: IndexSlot;
  readonly sqItem?: IndexSlot;
  readonly sqAssItem?: SetIndexSlot;
  readonly sqContains?: ContainsSlot;
  readonly sqInplaceConcat?: BinarySlot;
  readonly sqInplaceRepeat?: IndexSlot;
  /** Gives a memoryview for the flags. */
  readonly bfGetBuffer?: IndexSlot;
  readonly bfReleaseBuffer?: ReleaseBufferSlot;
}

export interface TypeSpec {
  /** Where the type record lies: a member of `T`, or what `moduleType()` gave. */
  readonly ref: Ref;
  /** `tp_name`: bare for builtins, `module.name` otherwise. */
  readonly name: string;
  /** Default `T.object`. */
  readonly base?: Ref;
  /** All bases, when there are several; the first is `base`. */
  readonly bases?: readonly Ref[];
  /** `tp_basicsize` and `tp_itemsize`, CPython's bytes. Default: the base's. */
  readonly basicSize?: number;
  readonly itemSize?: number;
  /** Physical words of an instance without its items (default basicSize / 8), and of an item (default itemSize / 8). */
  readonly words?: number;
  readonly itemWords?: number;
  /** `TypeFlag` bits beyond the default ones. HaveGc is given here. */
  readonly flags?: number;
  /** CPython makes the type when its module is imported: it is counted and collected, each instance holds it, and its dict says
   *  its module. `mutable`: programs may set its attributes. `class`: it is made by a call of `type`, from `name`, `bases` and
   *  `doc` alone; nothing else is declared. Default: a static type. */
  readonly heapType?: 'immutable' | 'mutable' | 'class';
  /** A static type of the interpreter itself, though it is a module's; default for those in `T`. */
  readonly builtin?: true;
  /** The type names the generic functions for attribute access itself, so that they show in its dict. */
  readonly genericAccess?: 'get' | 'get and set';
  /** Default: inherited. */
  readonly layout?: LayoutKind | CustomLayout;
  /** `LayoutKind.Fixed`: words of references the collector follows (in tp_traverse's order = ascending), and other owned words. */
  readonly traverse?: readonly number[];
  readonly owned?: readonly number[];
  /** The words are not laid out behind the base's: what those own says nothing of these. */
  readonly ownWords?: true;
  /** Destructor; default: the heap's for the layout. */
  readonly dealloc?: HeapSlot;
  readonly clear?: HeapSlot;
  /** CPython's type has no `tp_clear`: no cycle is broken here. */
  readonly noClear?: boolean;
  /** Words of the weak-reference list and of the `__dict__`; `managed*` use the pre-header. */
  readonly weakListWord?: number;
  readonly dictWord?: number;
  /** `__weakrefoffset__`, when CPython's differs from the word's. */
  readonly shownWeakListOffset?: number;
  readonly doc?: string;
  readonly slots?: Slots;
  readonly methods?: readonly NativeDefinition[];
  readonly getset?: readonly GetSetDefinition[];
  readonly members?: readonly MemberDefinition[];
  /** Further entries for the type's dict, made when the type is ready. */
  readonly populate?: (rt: Runtime, dict: Ref) => void;
}

export const TYPE_SPECS: TypeSpec[] = [];

/** Declares a type. Bases must be declared before; only while modules load. */
export function defineType(spec: TypeSpec): TypeSpec {
  TYPE_SPECS.push(spec);
  return spec;
}

let moduleTypes = 0;

/** The record for a native module's type. Only while modules load. */
export function moduleType(): Ref {
  const ref = T.firstModuleType + StaticArea.TypeWords * moduleTypes++;
  if (ref >= (StaticArea.Singletons as number)) throw new RangeError(`no room for ${moduleTypes} types of modules`);
  return ref;
}
