/** A runtime's heap as the inspector wants it: read only, nothing allocated, no count touched. */
import {
  EmbedderRoots,
  forEachTracked,
  GcRoot,
  generationHead,
  ObjectWord,
  Root,
  Segment,
  TypeWord,
} from '@moult/heap';
import type { Ref } from '@moult/heap';
import { FrameWord } from '../../core/layout/frame.ts';
import { CodeWord } from '../../core/layout/functions.ts';
import { RootNum, RootRef } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { StaticArea, T } from '../../core/static.ts';
import { strText, visitInterned } from '../../core/str.ts';
import { kindName, typeFullName } from '../../core/types.ts';
import { frameLine } from '../../frames/frames.ts';
import { References } from './edges.ts';
import type { EdgeVisitor } from './edges.ts';
import { TYPE_FIELDS } from './fields.ts';
import { labelOf, plainValue } from './labels.ts';
import { metered } from './sizes.ts';

/** What `@moult/inspect`'s `buildGraph` takes (its `HeapSource`). */
export interface HeapDescription {
  readonly limit: number;
  roots(visit: (to: Ref, group: string, name: string) => void): void;
  tracked(visit: (o: Ref) => void): void;
  edges(o: Ref, visit: EdgeVisitor): void;
  typeName(o: Ref): string;
  bytes(o: Ref): number;
  count(o: Ref): number;
  label(o: Ref): string;
  value(o: Ref): string | null;
}

const GENERATION_LISTS = 4;

/** Root words with names of their own. */
const ROOT_NAMES: Readonly<Record<number, string>> = {
  [RootRef.CurrentException]: 'exception being raised',
  [RootRef.ExcInfoBase]: 'exception being handled',
  [RootRef.Modules]: 'sys.modules',
  [RootRef.Builtins]: 'builtins.__dict__',
  [RootRef.BuiltinsModule]: 'builtins',
  [RootRef.SysModule]: 'sys',
  [RootRef.SysDict]: 'sys.__dict__',
  [RootRef.MainModule]: '__main__',
  [RootRef.MemoryErrors]: 'MemoryErrors made in advance',
  [RootRef.LastMemoryError]: 'the last MemoryError',
  [RootRef.ImportFunction]: 'builtins.__import__',
  [RootRef.BuiltinsCopy]: 'builtins as they were at the start',
  [RootRef.AsyncGenFirstIter]: 'sys.get_asyncgen_hooks().firstiter',
  [RootRef.AsyncGenFinalizer]: 'sys.get_asyncgen_hooks().finalizer',
  [RootRef.AuditHooks]: 'audit hooks',
  [RootRef.TraceFunction]: 'sys.gettrace()',
  [RootRef.ProfileFunction]: 'sys.getprofile()',
  [RootRef.ThreadDict]: "the thread's dict",
  [RootRef.AtexitCallbacks]: 'atexit callbacks',
  [RootRef.GcCallbacks]: 'gc.callbacks',
  [RootRef.GcModule]: 'gc',
};

/** Describes the heap of `rt` as it is now; valid until the program goes on. */
export function describeHeap(rt: Runtime): HeapDescription {
  const references = new References(rt);
  return {
    limit: rt.words[Root.SegmentTop] << Segment.Shift,
    roots: (visit) => describeRoots(rt, references, visit),
    tracked: (visit) => {
      for (let i = 0; i < GENERATION_LISTS; i++) forEachTracked(rt, generationHead(i), visit);
    },
    edges: (o, visit) => references.visit(o, visit),
    typeName: (o) => kindName(rt, o),
    bytes: (o) => metered(rt, o),
    count: (o) => rt.words[o],
    label: (o) => labelOf(rt, o),
    value: (o) => plainValue(rt, o),
  };
}

type RootVisitor = (to: Ref, group: string, name: string) => void;

/** Frames and what else has a name first; the rest of what the audit's scanners find is the interpreter's. */
function describeRoots(rt: Runtime, references: References, visit: RootVisitor): void {
  const left = new Map<Ref, number>();
  const note = (to: Ref): void => {
    if (to !== 0) left.set(to, (left.get(to) ?? 0) + 1);
  };
  for (const scan of rt.rootScanners) scan(rt, note);
  const take: RootVisitor = (to, group, name) => {
    const n = left.get(to) ?? 0;
    if (n === 0) return;
    left.set(to, n - 1);
    visit(to, group, name);
  };
  describeWords(rt, visit);
  for (const { ref } of rt.handles()) visit(ref, 'handles', 'handle');
  describeFrames(rt, references, take);
  describeStaticTypes(rt, take);
  visitInterned(rt.words, (o) => take(o, 'interned strings', strText(rt, o)));
  for (const [to, n] of left) for (let i = 0; i < n; i++) visit(to, 'interpreter', 'reference');
}

function describeWords(rt: Runtime, visit: RootVisitor): void {
  const H = rt.words;
  for (let word: number = EmbedderRoots.Start; word < EmbedderRoots.End; word++) {
    if (H[word] !== 0) visit(H[word], 'modules', ROOT_NAMES[word] ?? `root word ${word}`);
  }
  if (H[GcRoot.Garbage] !== 0) visit(H[GcRoot.Garbage], 'modules', 'gc.garbage');
}

/** The frames of the running thread, innermost first. */
function describeFrames(rt: Runtime, references: References, visit: RootVisitor): void {
  const H = rt.words;
  for (let frame = H[RootNum.CurrentFrame]; frame !== 0; frame = H[frame + FrameWord.Previous]) {
    const code = H[frame + FrameWord.Code];
    const where =
      code !== 0 && H[code + ObjectWord.Type] === T.code ? strText(rt, H[code + CodeWord.Qualname]) : 'interpreter';
    references.frame(frame, (to, _kind, name) => visit(to, 'frames', `${name} in ${where}`));
  }
}

function describeStaticTypes(rt: Runtime, visit: RootVisitor): void {
  const H = rt.words;
  const end = StaticArea.Start + StaticArea.MaxTypes * StaticArea.TypeWords;
  for (let type = T.object as number; type < end; type += StaticArea.TypeWords) {
    if (H[type + TypeWord.RefCount] === 0) continue;
    const typeName = typeFullName(rt, type);
    for (const [word, name] of TYPE_FIELDS) {
      if (H[type + word] !== 0) visit(H[type + word], 'built-in types', `${typeName}.${name}`);
    }
  }
}

/** Where a program is. */
export interface RunningAt {
  readonly filename: string;
  readonly line: number;
  readonly function: string;
}

/** The innermost Python frame's place; null outside of Python code. */
export function runningAt(rt: Runtime): RunningAt | null {
  const H = rt.words;
  for (let frame = H[RootNum.CurrentFrame]; frame !== 0; frame = H[frame + FrameWord.Previous]) {
    const code = H[frame + FrameWord.Code];
    if (code === 0 || H[code + ObjectWord.Type] !== T.code) continue;
    const filename = strText(rt, H[code + CodeWord.FileName]);
    return { filename, line: frameLine(rt, frame), function: strText(rt, H[code + CodeWord.Qualname]) };
  }
  return null;
}
