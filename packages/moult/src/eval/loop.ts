/**
 * The evaluation loop (D7): runs frames until the one it was entered with returns or yields. `run.ts` enters it, and again
 * after every throw.
 *
 * Locals of the loop mirror the current frame: `frame`, `locals` (index of its first variable), `sp` (index of the first free
 * stack word), `units` (index of its code), `pc` (code unit). Operands stay on the stack until the operation is done, so that a
 * throw finds them there; a result is stored before the operands are released, since a release may run Python.
 * `FrameWord.StackTop` is brought up to date before anything that may run Python, throw, or be seen by the audit.
 *
 * Calls of Python functions push a frame and go on here, so do generators that a `for` resumes; everything that is rare is in
 * `cold.ts` and its neighbours. Instructions replace themselves by quick ones for the operands they have seen (`quick.ts`,
 * `specialize.ts`); all that is learnt is in the code's words.
 *
 * What V8 needs (docs/performance.md): one closure for one runtime, so that the views are constants of the machine code; no
 * `try`, which would take that away; `| 0` on every index; less than 60 KB of bytecode, which a test guards.
 *
 * Length: one function by design; splitting the hot cases costs a call each.
 */
import { decref, GcRoot, HeadWord, KeysWord, DictWord, ListWord, ObjectWord, TupleWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { CACHE_COUNTS, Op } from '../compiler/opcodes.ts';
import { SLOT_FUNCTIONS } from '../core/functions.ts';
import type { IterNextSlot } from '../core/functions.ts';
import { FrameOwner, FrameState, FrameWord, GeneratorWord } from '../core/layout/frame.ts';
import { BuiltinWord, CellWord, CodeWord, DescrWord, FunctionWord, ModuleWord } from '../core/layout/functions.ts';
import { RangeIteratorWord, SequenceIteratorWord } from '../core/layout/iterators.ts';
import { FloatWord, IntTag, IntWord } from '../core/layout/numbers.ts';
import { newCompact } from '../core/int.ts';
import { orderAppend } from '../core/dict/order.ts';
import { listAppendTake } from '../core/list.ts';
import { isTrue, richCompare } from '../core/protocol/compare.ts';
import { getItem, setItem } from '../core/protocol/item.ts';
import { iter } from '../core/protocol/iterate.ts';
import { RootNum, RootRef } from '../core/roots.ts';
import type { Evaluation, Runtime } from '../core/runtime.ts';
import { S, StaticArea, T } from '../core/static.ts';
import { newTuple } from '../core/tuple.ts';
import { CodeHead } from '../frames/code-area.ts';
import { leaveFrame, newFrame } from '../frames/frames.ts';
import { Quick } from '../frames/quick.ts';
import { binaryOperation, negateTop, putFloat, putInt } from './arithmetic.ts';
import { AttrCache, CallCache, GlobalCache } from './caches.ts';
import { loadAttribute, loadMethod, storeAttribute } from './attributes.ts';
import { bindArguments } from './bind.ts';
import { handleBreaker, handleBreakerAfterCall } from './breaker.ts';
import { buildList } from './build.ts';
import { finishInit, pushInit } from './instantiate.ts';
import { callFunctionEx, callValues, enterFrame, pushFunctionEx, unpackMethod } from './calls.ts';
import { executeCold } from './cold.ts';
import { callPositional } from './native-calls.ts';
import { leaveEntry, leaveGenerator, leaveMoved, makeGenerator, sendValue, suspendGenerator } from './generators.ts';
import { raiseStatement } from './handlers.ts';
import { pushGetItem, pushGetter } from './learn-attributes.ts';
import { loadGlobal } from './names.ts';
import { dropOperands, dropThree, dropTwo, release, replaceTwo } from './operands.ts';
import { compareTexts, containsItem, storeSubscriptDict, subscriptDict, subscriptStr } from './quick-items.ts';
import {
  specializeBinary,
  specializeCall,
  specializeCompare,
  specializeFor,
  specializeStore,
  specializeSubscript,
  specializeUnpack,
} from './specialize.ts';
import { watchStep } from './stress.ts';
import { unboundFree, unboundLocal } from './unbound.ts';
import { cleanupThrow, endAsyncFor, endLoop, prepareReraise } from './unwind.ts';

/** Makes the loop of a runtime. It runs the current frame, which `entry` called (or is), and returns what `entry` returns or
 *  yields; or 0 after `leash` jumps back and calls, with its state saved, to be called again. A Python exception is thrown
 *  as `PYTHON_THROW`, with the frame that raised it still current. The loop: @runsPython @mayCollect */
export function makeLoop(runtime: Runtime): Evaluation {
  const { words, floats, adoptHeat } = runtime;
  return function evaluationLoop(entry: number, leash: number): Owned | 0 | -1 {
    // Copied before the loop: V8 knows them for constants here, inside of the loop only when it is too late.
    const rt = runtime;
    const H = words;
    const F = floats;
    const hot = adoptHeat;
    let left = leash | 0;
    const stop = entry | 0;
    let frame = H[RootNum.CurrentFrame] | 0;
    let units = H[(H[(frame + FrameWord.Code) | 0] + CodeWord.Units) | 0] | 0;
    let locals = (frame + FrameWord.LocalsPlus) | 0;
    let sp = (locals + H[(frame + FrameWord.StackTop) | 0]) | 0;
    let pc = H[(frame + FrameWord.PrevInstr) | 0] | 0;
    let kwnames = 0;
    for (;;) {
      pc = (pc + 1) | 0;
      const unit = H[(units + pc) | 0];
      const arg = unit >> 8;
      H[(frame + FrameWord.PrevInstr) | 0] = pc;
      if (TRACE && (rt.beforeInstruction !== null || H[RootNum.AuditInterval] !== 0)) {
        H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
        watchStep(rt, stop);
      }
      switch (unit & 255) {
        case Op.NOP:
        case Op.EXTENDED_ARG:
          continue;
        case Op.RESUME:
          if (H[GcRoot.EvalBreaker] !== 0 && arg < 2) {
            H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
            handleBreaker(rt);
          }
          if (!TRACE) {
            const heat = H[(units + CodeHead.Heat) | 0];
            if (heat >= hot) {
              H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
              return 0;
            }
            H[(units + CodeHead.Heat) | 0] = (heat + 1) | 0;
          }
          continue;
        case Op.LOAD_FAST: {
          const o = H[(locals + arg) | 0];
          const count = H[o];
          if (count >= 0) H[o] = (count + 1) | 0;
          H[sp] = o;
          sp = (sp + 1) | 0;
          continue;
        }
        case Quick.LoadFastLoadFast: {
          const o = H[(locals + arg) | 0];
          const count = H[o];
          if (count >= 0) H[o] = (count + 1) | 0;
          H[sp] = o;
          pc = (pc + 1) | 0;
          const p = H[(locals + (H[(units + pc) | 0] >> 8)) | 0];
          const other = H[p];
          if (other >= 0) H[p] = (other + 1) | 0;
          H[(sp + 1) | 0] = p;
          sp = (sp + 2) | 0;
          continue;
        }
        case Quick.LoadFastLoadConst: {
          const o = H[(locals + arg) | 0];
          const count = H[o];
          if (count >= 0) H[o] = (count + 1) | 0;
          H[sp] = o;
          pc = (pc + 1) | 0;
          const p = H[(H[(H[frame] + CodeWord.Consts) | 0] + TupleWord.Items + (H[(units + pc) | 0] >> 8)) | 0];
          const other = H[p];
          if (other >= 0) H[p] = (other + 1) | 0;
          H[(sp + 1) | 0] = p;
          sp = (sp + 2) | 0;
          continue;
        }
        case Quick.LoadConstLoadFast: {
          const o = H[(H[(H[frame] + CodeWord.Consts) | 0] + TupleWord.Items + arg) | 0];
          const count = H[o];
          if (count >= 0) H[o] = (count + 1) | 0;
          H[sp] = o;
          pc = (pc + 1) | 0;
          const p = H[(locals + (H[(units + pc) | 0] >> 8)) | 0];
          const other = H[p];
          if (other >= 0) H[p] = (other + 1) | 0;
          H[(sp + 1) | 0] = p;
          sp = (sp + 2) | 0;
          continue;
        }
        case Op.STORE_FAST: {
          const old = H[(locals + arg) | 0];
          sp = (sp - 1) | 0;
          H[(locals + arg) | 0] = H[sp];
          if (old !== 0) {
            const count = H[old];
            if (count > 1 && !TRACE) H[old] = (count - 1) | 0;
            else if (count > 0) {
              H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
              release(rt, old);
            }
          }
          continue;
        }
        case Quick.StoreFastLoadFast: {
          const old = H[(locals + arg) | 0];
          sp = (sp - 1) | 0;
          H[(locals + arg) | 0] = H[sp];
          if (old !== 0) {
            const count = H[old];
            if (count > 1 && !TRACE) H[old] = (count - 1) | 0;
            else if (count > 0) {
              H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
              release(rt, old);
            }
          }
          pc = (pc + 1) | 0;
          const p = H[(locals + (H[(units + pc) | 0] >> 8)) | 0];
          const other = H[p];
          if (other >= 0) H[p] = (other + 1) | 0;
          H[sp] = p;
          sp = (sp + 1) | 0;
          continue;
        }
        case Quick.StoreFastStoreFast: {
          const old = H[(locals + arg) | 0];
          sp = (sp - 1) | 0;
          H[(locals + arg) | 0] = H[sp];
          if (old !== 0) {
            const count = H[old];
            if (count > 1 && !TRACE) H[old] = (count - 1) | 0;
            else if (count > 0) {
              H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
              release(rt, old);
            }
          }
          pc = (pc + 1) | 0;
          H[(frame + FrameWord.PrevInstr) | 0] = pc;
          const at = (locals + (H[(units + pc) | 0] >> 8)) | 0;
          const second = H[at];
          sp = (sp - 1) | 0;
          H[at] = H[sp];
          if (second !== 0) {
            const count = H[second];
            if (count > 1 && !TRACE) H[second] = (count - 1) | 0;
            else if (count > 0) {
              H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
              release(rt, second);
            }
          }
          continue;
        }
        case Op.LOAD_CONST: {
          const o = H[(H[(H[frame] + CodeWord.Consts) | 0] + TupleWord.Items + arg) | 0];
          const count = H[o];
          if (count >= 0) H[o] = (count + 1) | 0;
          H[sp] = o;
          sp = (sp + 1) | 0;
          continue;
        }
        case Op.POP_TOP: {
          sp = (sp - 1) | 0;
          const o = H[sp];
          const count = H[o];
          if (count > 1 && !TRACE) H[o] = (count - 1) | 0;
          else if (count > 0) {
            H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
            release(rt, o);
          }
          continue;
        }
        case Op.PUSH_NULL:
          H[sp] = 0;
          sp = (sp + 1) | 0;
          continue;
        case Op.COPY: {
          const o = H[(sp - arg) | 0];
          const count = H[o];
          if (count >= 0) H[o] = (count + 1) | 0;
          H[sp] = o;
          sp = (sp + 1) | 0;
          continue;
        }
        case Op.SWAP: {
          const top = H[(sp - 1) | 0];
          H[(sp - 1) | 0] = H[(sp - arg) | 0];
          H[(sp - arg) | 0] = top;
          continue;
        }
        case Quick.LoadGlobalModule: {
          const at = (units + pc) | 0;
          const keys = H[(H[(frame + FrameWord.Globals) | 0] + DictWord.Keys) | 0];
          if (H[(keys + KeysWord.Version) | 0] === H[(at + GlobalCache.Globals) | 0]) {
            const o = H[(keys + H[(at + GlobalCache.Word) | 0]) | 0];
            if (o !== 0) {
              const count = H[o];
              if (count >= 0) H[o] = (count + 1) | 0;
              if ((arg & 1) !== 0) {
                H[sp] = 0;
                sp = (sp + 1) | 0;
              }
              H[sp] = o;
              sp = (sp + 1) | 0;
              pc = (pc + 4) | 0;
              continue;
            }
          }
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          sp = loadGlobal(rt, frame, at, arg, sp) | 0;
          pc = (pc + 4) | 0;
          continue;
        }
        case Quick.LoadGlobalBuiltin: {
          const at = (units + pc) | 0;
          if (
            H[(H[(H[(frame + FrameWord.Globals) | 0] + DictWord.Keys) | 0] + KeysWord.Version) | 0] ===
            H[(at + GlobalCache.Globals) | 0]
          ) {
            const keys = H[(H[(frame + FrameWord.Builtins) | 0] + DictWord.Keys) | 0];
            if (H[(keys + KeysWord.Version) | 0] === H[(at + GlobalCache.Builtins) | 0]) {
              const o = H[(keys + H[(at + GlobalCache.Word) | 0]) | 0];
              if (o !== 0) {
                const count = H[o];
                if (count >= 0) H[o] = (count + 1) | 0;
                if ((arg & 1) !== 0) {
                  H[sp] = 0;
                  sp = (sp + 1) | 0;
                }
                H[sp] = o;
                sp = (sp + 1) | 0;
                pc = (pc + 4) | 0;
                continue;
              }
            }
          }
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          sp = loadGlobal(rt, frame, at, arg, sp) | 0;
          pc = (pc + 4) | 0;
          continue;
        }
        case Op.LOAD_GLOBAL:
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          sp = loadGlobal(rt, frame, (units + pc) | 0, arg, sp) | 0;
          pc = (pc + 4) | 0;
          continue;
        case Quick.LoadAttrValue: {
          // Nothing but the owner is on the stack for it: the plain form serves LOAD_ATTR with the method bit.
          const at = (units + pc) | 0;
          const owner = H[(sp - 1) | 0];
          if (H[(H[(owner + ObjectWord.Type) | 0] + TypeWord.VersionTag) | 0] === H[(at + AttrCache.Version) | 0]) {
            const held = H[(owner + HeadWord.DictOrValues) | 0];
            if (held < 0) {
              const value = H[(H[(at + AttrCache.Where) | 0] - held) | 0];
              if (value !== 0) {
                const count = H[value];
                if (count >= 0) H[value] = (count + 1) | 0;
                H[(sp - 1) | 0] = value;
                const owners = H[owner];
                if (owners > 1 && !TRACE) H[owner] = (owners - 1) | 0;
                else if (owners > 0) {
                  H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
                  release(rt, owner);
                }
                pc = (pc + 9) | 0;
                continue;
              }
            }
          }
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          loadAttribute(rt, frame, at, arg, sp);
          pc = (pc + 9) | 0;
          continue;
        }
        case Quick.LoadAttrSlot: {
          const at = (units + pc) | 0;
          const owner = H[(sp - 1) | 0];
          if (H[(H[(owner + ObjectWord.Type) | 0] + TypeWord.VersionTag) | 0] === H[(at + AttrCache.Version) | 0]) {
            const value = H[(owner + H[(at + AttrCache.Where) | 0]) | 0];
            if (value !== 0) {
              const count = H[value];
              if (count >= 0) H[value] = (count + 1) | 0;
              H[(sp - 1) | 0] = value;
              const owners = H[owner];
              if (owners > 1 && !TRACE) H[owner] = (owners - 1) | 0;
              else if (owners > 0) {
                H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
                release(rt, owner);
              }
              pc = (pc + 9) | 0;
              continue;
            }
          }
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          loadAttribute(rt, frame, at, arg, sp);
          pc = (pc + 9) | 0;
          continue;
        }
        case Quick.LoadMethodValues: {
          const at = (units + pc) | 0;
          const owner = H[(sp - 1) | 0];
          const type = H[(owner + ObjectWord.Type) | 0];
          if (H[(type + TypeWord.VersionTag) | 0] === H[(at + AttrCache.Version) | 0]) {
            const held = H[(owner + HeadWord.DictOrValues) | 0];
            if (
              held <= 0 &&
              H[(H[(type + TypeWord.HtCachedKeys) | 0] + KeysWord.Version) | 0] === H[(at + AttrCache.Keys) | 0]
            ) {
              const method = H[(at + AttrCache.Where) | 0];
              const count = H[method];
              if (count >= 0) H[method] = (count + 1) | 0;
              H[(sp - 1) | 0] = method;
              H[sp] = owner;
              sp = (sp + 1) | 0;
              pc = (pc + 9) | 0;
              continue;
            }
          }
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          sp = loadMethod(rt, frame, at, arg, sp) | 0;
          pc = (pc + 9) | 0;
          continue;
        }
        case Quick.LoadMethodPlain: {
          const at = (units + pc) | 0;
          const owner = H[(sp - 1) | 0];
          if (H[(H[(owner + ObjectWord.Type) | 0] + TypeWord.VersionTag) | 0] === H[(at + AttrCache.Version) | 0]) {
            const method = H[(at + AttrCache.Where) | 0];
            const count = H[method];
            if (count >= 0) H[method] = (count + 1) | 0;
            H[(sp - 1) | 0] = method;
            H[sp] = owner;
            sp = (sp + 1) | 0;
            pc = (pc + 9) | 0;
            continue;
          }
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          sp = loadMethod(rt, frame, at, arg, sp) | 0;
          pc = (pc + 9) | 0;
          continue;
        }
        case Quick.LoadAttrModule:
        case Quick.LoadAttrClass:
        case Quick.LoadAttrClassValue: {
          const at = (units + pc) | 0;
          const owner = H[(sp - 1) | 0];
          const type = H[(owner + ObjectWord.Type) | 0];
          let value = 0;
          if ((unit & 255) === Quick.LoadAttrModule) {
            if (type === T.module) {
              const keys = H[(H[(owner + ModuleWord.Dict) | 0] + DictWord.Keys) | 0];
              if (H[(keys + KeysWord.Version) | 0] === H[(at + AttrCache.Version) | 0])
                value = H[(keys + H[(at + AttrCache.Where) | 0]) | 0];
            }
          } else if ((unit & 255) === Quick.LoadAttrClass) {
            if (type === T.type && H[(owner + TypeWord.VersionTag) | 0] === H[(at + AttrCache.Version) | 0])
              value = H[(at + AttrCache.Where) | 0];
          } else if (H[(type + TypeWord.VersionTag) | 0] === H[(at + AttrCache.Version) | 0]) {
            const wanted = H[(at + AttrCache.Keys) | 0];
            if (
              wanted === 0 ||
              (H[(owner + HeadWord.DictOrValues) | 0] <= 0 &&
                H[(H[(type + TypeWord.HtCachedKeys) | 0] + KeysWord.Version) | 0] === wanted)
            )
              value = H[(at + AttrCache.Where) | 0];
          }
          if (value !== 0) {
            const count = H[value];
            if (count >= 0) H[value] = (count + 1) | 0;
            if ((arg & 1) !== 0) {
              H[(sp - 1) | 0] = 0;
              H[sp] = value;
              sp = (sp + 1) | 0;
            } else H[(sp - 1) | 0] = value;
            const owners = H[owner];
            if (owners > 1 && !TRACE) H[owner] = (owners - 1) | 0;
            else if (owners > 0) {
              H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
              release(rt, owner);
            }
            pc = (pc + 9) | 0;
            continue;
          }
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          if ((arg & 1) !== 0) sp = loadMethod(rt, frame, at, arg, sp) | 0;
          else loadAttribute(rt, frame, at, arg, sp);
          pc = (pc + 9) | 0;
          continue;
        }
        case Quick.LoadAttrProperty: {
          const at = (units + pc) | 0;
          const owner = H[(sp - 1) | 0];
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          if (H[(H[(owner + ObjectWord.Type) | 0] + TypeWord.VersionTag) | 0] === H[(at + AttrCache.Version) | 0]) {
            const callee = pushGetter(rt, H[(at + AttrCache.Where) | 0], owner) | 0;
            if (callee !== 0) {
              if ((arg & 1) !== 0) H[(sp - 1) | 0] = 0;
              else sp = (sp - 1) | 0;
              H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
              H[(frame + FrameWord.ReturnOffset) | 0] = (pc + 9) | 0;
              enterFrame(rt, frame, callee);
              frame = callee;
              units = H[(H[frame] + CodeWord.Units) | 0];
              locals = (frame + FrameWord.LocalsPlus) | 0;
              sp = (locals + H[(frame + FrameWord.StackTop) | 0]) | 0;
              pc = -1;
              left = (left - 1) | 0;
              if (left < 0) return 0;
              continue;
            }
          }
          if ((arg & 1) !== 0) sp = loadMethod(rt, frame, at, arg, sp) | 0;
          else loadAttribute(rt, frame, at, arg, sp);
          pc = (pc + 9) | 0;
          continue;
        }
        case Op.LOAD_ATTR:
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          if ((arg & 1) !== 0) sp = loadMethod(rt, frame, (units + pc) | 0, arg, sp) | 0;
          else loadAttribute(rt, frame, (units + pc) | 0, arg, sp);
          pc = (pc + 9) | 0;
          continue;
        case Quick.StoreAttrValue: {
          const at = (units + pc) | 0;
          const owner = H[(sp - 1) | 0];
          if (H[(H[(owner + ObjectWord.Type) | 0] + TypeWord.VersionTag) | 0] === H[(at + AttrCache.Version) | 0]) {
            const held = H[(owner + HeadWord.DictOrValues) | 0];
            if (held < 0) {
              const index = H[(at + AttrCache.Where) | 0];
              const word = (index - held) | 0;
              const old = H[word];
              H[word] = H[(sp - 2) | 0];
              H[(sp - 2) | 0] = owner;
              sp = (sp - 1) | 0;
              // The value moved; the old one and the owner are released in this order.
              H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
              if (old === 0) orderAppend(H, (0 - held) | 0, index);
              else {
                const count = H[old];
                if (count > 1 && !TRACE) H[old] = (count - 1) | 0;
                else if (count > 0) release(rt, old);
              }
              sp = (sp - 1) | 0;
              const owners = H[owner];
              if (owners > 1 && !TRACE) H[owner] = (owners - 1) | 0;
              else if (owners > 0) {
                H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
                release(rt, owner);
              }
              pc = (pc + 4) | 0;
              continue;
            }
          }
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          storeAttribute(rt, frame, at, arg, owner, H[(sp - 2) | 0]);
          sp = dropTwo(rt, frame, sp) | 0;
          pc = (pc + 4) | 0;
          continue;
        }
        case Quick.StoreAttrSlot: {
          const at = (units + pc) | 0;
          const owner = H[(sp - 1) | 0];
          if (H[(H[(owner + ObjectWord.Type) | 0] + TypeWord.VersionTag) | 0] === H[(at + AttrCache.Version) | 0]) {
            const word = (owner + H[(at + AttrCache.Where) | 0]) | 0;
            const old = H[word];
            H[word] = H[(sp - 2) | 0];
            H[(sp - 2) | 0] = owner;
            sp = (sp - 1) | 0;
            H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
            if (old !== 0) {
              const count = H[old];
              if (count > 1 && !TRACE) H[old] = (count - 1) | 0;
              else if (count > 0) release(rt, old);
            }
            sp = (sp - 1) | 0;
            const owners = H[owner];
            if (owners > 1 && !TRACE) H[owner] = (owners - 1) | 0;
            else if (owners > 0) {
              H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
              release(rt, owner);
            }
            pc = (pc + 4) | 0;
            continue;
          }
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          storeAttribute(rt, frame, at, arg, owner, H[(sp - 2) | 0]);
          sp = dropTwo(rt, frame, sp) | 0;
          pc = (pc + 4) | 0;
          continue;
        }
        case Op.STORE_ATTR:
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          storeAttribute(rt, frame, (units + pc) | 0, arg, H[(sp - 1) | 0], H[(sp - 2) | 0]);
          sp = dropTwo(rt, frame, sp) | 0;
          pc = (pc + 4) | 0;
          continue;
        case Op.KW_NAMES:
          kwnames = H[(H[(H[frame] + CodeWord.Consts) | 0] + TupleWord.Items + arg) | 0];
          continue;
        case Op.CALL: {
          // method or null, callable or self, arguments …  →  result
          const target = (sp - arg - 2) | 0;
          let args = (sp - arg) | 0;
          let nargs = arg | 0;
          let callable = H[target];
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          if (callable !== 0) {
            args = (args - 1) | 0;
            nargs = (nargs + 1) | 0;
          } else {
            callable = H[(sp - arg - 1) | 0];
            if (H[(callable + ObjectWord.Type) | 0] === T.method) {
              callable = unpackMethod(rt, target, callable) | 0;
              args = (args - 1) | 0;
              nargs = (nargs + 1) | 0;
            }
          }
          pc = (pc + 3) | 0;
          if (H[(callable + ObjectWord.Type) | 0] === T.function) {
            const code = H[(callable + FunctionWord.Code) | 0];
            const next = H[(code + CodeWord.Units) | 0];
            let callee = 0;
            if (kwnames === 0 && H[(next + CodeHead.SimpleArgs) | 0] === nargs) {
              callee = H[RootNum.FrameTop];
              const end = (callee + H[(next + CodeHead.FrameWords) | 0]) | 0;
              if (end > H[RootNum.FrameLimit]) newFrame(rt, callable, code, 0);
              H[RootNum.FrameTop] = end;
              const owners = H[code];
              if (owners >= 0) H[code] = (owners + 1) | 0;
              // The reference to the function moves from the stack to the frame.
              H[callee] = code;
              H[(callee + FrameWord.Function) | 0] = callable;
              H[(callee + FrameWord.Globals) | 0] = H[(callable + FunctionWord.Globals) | 0];
              H[(callee + FrameWord.Builtins) | 0] = H[(callable + FunctionWord.Builtins) | 0];
              H[(callee + FrameWord.Locals) | 0] = 0;
              H[(callee + FrameWord.FrameObject) | 0] = 0;
              H[(callee + FrameWord.PrevInstr) | 0] = -1;
              H[(callee + FrameWord.ReturnOffset) | 0] = 0;
              H[(callee + FrameWord.Owner) | 0] = FrameOwner.Thread;
              let to = (callee + FrameWord.LocalsPlus) | 0;
              const nlocals = H[(next + CodeHead.NLocalsPlus) | 0];
              H[(callee + FrameWord.StackTop) | 0] = nlocals;
              const last = (to + nlocals) | 0;
              for (let i = args; i < sp; i = (i + 1) | 0) {
                H[to] = H[i];
                to = (to + 1) | 0;
              }
              for (; to < last; to = (to + 1) | 0) H[to] = 0;
            } else {
              const names = kwnames;
              kwnames = 0;
              callee = newFrame(rt, callable, code, 0) | 0;
              const nkw = names === 0 ? 0 : H[(names + TupleWord.Size) | 0];
              bindArguments(rt, callee, callable, args, (nargs - nkw) | 0, names);
              dropOperands(rt, target, sp);
            }
            H[(frame + FrameWord.StackTop) | 0] = (target - locals) | 0;
            H[(frame + FrameWord.PrevInstr) | 0] = pc;
            H[(frame + FrameWord.ReturnOffset) | 0] = pc;
            const remaining = (H[RootNum.RecursionRemaining] - 1) | 0;
            if (remaining < 0) enterFrame(rt, frame, callee);
            else {
              H[RootNum.RecursionRemaining] = remaining;
              H[(callee + FrameWord.Previous) | 0] = frame;
              H[RootNum.CurrentFrame] = callee;
            }
            frame = callee;
            units = next;
            locals = (frame + FrameWord.LocalsPlus) | 0;
            sp = (locals + H[(frame + FrameWord.StackTop) | 0]) | 0;
            pc = -1;
            left = (left - 1) | 0;
            if (left < 0) return 0;
            continue;
          }
          if (kwnames === 0 && H[(callable + ObjectWord.Type) | 0] === T.type && H[target] === 0) {
            const callee = pushInit(rt, frame, callable, nargs, sp) | 0;
            if (callee !== 0) {
              H[(units + pc) | 0] = (arg << 8) | Quick.ExitInit;
              H[(frame + FrameWord.PrevInstr) | 0] = pc;
              H[(frame + FrameWord.ReturnOffset) | 0] = (pc - 1) | 0;
              enterFrame(rt, frame, callee);
              frame = callee;
              units = H[(H[frame] + CodeWord.Units) | 0];
              locals = (frame + FrameWord.LocalsPlus) | 0;
              sp = (locals + H[(frame + FrameWord.StackTop) | 0]) | 0;
              pc = -1;
              left = (left - 1) | 0;
              if (left < 0) return 0;
              continue;
            }
          }
          if (kwnames === 0) {
            const at = (units + pc - 3) | 0;
            if (H[(at + CallCache.Asked) | 0] === 0) specializeCall(rt, at, callable, nargs, args !== ((sp - arg) | 0));
            sp = callPositional(rt, frame, callable, args, nargs, sp, target) | 0;
          } else {
            const names = kwnames;
            kwnames = 0;
            sp = callValues(rt, frame, callable, args, nargs, names, sp, target) | 0;
          }
          if (H[GcRoot.EvalBreaker] !== 0) {
            H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
            handleBreakerAfterCall(rt, units + pc - 2);
          }
          continue;
        }
        case Quick.CallListAppend: {
          // As CPython's specialised instruction, it does not look at the eval breaker.
          const method = H[(sp - 3) | 0];
          const list = H[(sp - 2) | 0];
          const size = H[(list + ListWord.Size) | 0];
          if (
            method !== 0 &&
            H[(method + ObjectWord.Type) | 0] === T.methodDescriptor &&
            H[(method + DescrWord.Definition) | 0] === H[(units + pc + CallCache.Native) | 0] &&
            H[method] > 1 &&
            H[(list + ObjectWord.Type) | 0] === T.list
          ) {
            if (size < H[(list + ListWord.Allocated) | 0]) {
              H[(H[(list + ListWord.Items) | 0] + size) | 0] = H[(sp - 1) | 0];
              H[(list + ListWord.Size) | 0] = (size + 1) | 0;
            } else {
              H[(frame + FrameWord.StackTop) | 0] = (sp - 1 - locals) | 0;
              listAppendTake(rt, list, H[(sp - 1) | 0] as Owned);
            }
            sp = (sp - 3) | 0;
            H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
            decref(rt, method);
            const owners = H[list];
            if (owners > 1 && !TRACE) H[list] = (owners - 1) | 0;
            else if (owners > 0) release(rt, list);
            pc = (pc + 4) | 0;
            continue;
          }
          H[(units + pc) | 0] = (arg << 8) | Op.CALL;
          pc = (pc - 1) | 0;
          continue;
        }
        case Quick.CallLen: {
          const o = H[(sp - 1) | 0];
          const callable = H[(sp - 2) | 0];
          const type = H[(o + ObjectWord.Type) | 0];
          if (
            (type === T.list || type === T.tuple || type === T.str || type === T.dict) &&
            H[(sp - 3) | 0] === 0 &&
            H[(callable + ObjectWord.Type) | 0] === T.builtinFunction &&
            H[(callable + BuiltinWord.Native) | 0] === H[(units + pc + CallCache.Native) | 0]
          ) {
            const size = type === T.dict ? H[(o + DictWord.Used) | 0] : H[(o + ListWord.Size) | 0];
            H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
            H[(sp - 3) | 0] =
              size <= 256
                ? (StaticArea.SmallInts + 5 * IntWord.Words + size * IntWord.Words) | 0
                : newCompact(rt, size);
            sp = (sp - 2) | 0;
            const holders = H[callable];
            if (holders > 1 && !TRACE) H[callable] = (holders - 1) | 0;
            else if (holders > 0) {
              H[(frame + FrameWord.StackTop) | 0] = (sp + 2 - locals) | 0;
              H[(sp + 0) | 0] = 0;
              release(rt, callable);
            }
            const owners = H[o];
            if (owners > 1 && !TRACE) H[o] = (owners - 1) | 0;
            else if (owners > 0) {
              H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
              release(rt, o);
            }
            pc = (pc + 3) | 0;
            continue;
          }
          H[(units + pc) | 0] = (arg << 8) | Op.CALL;
          pc = (pc - 1) | 0;
          continue;
        }
        case Quick.ExitInit:
          sp = finishInit(rt, frame, sp, arg) | 0;
          if (H[GcRoot.EvalBreaker] !== 0) {
            H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
            handleBreakerAfterCall(rt, units + pc - 2);
          }
          continue;
        case Op.RETURN_CONST:
        case Op.RETURN_VALUE: {
          let value = 0;
          if ((unit & 255) === Op.RETURN_CONST) {
            value = H[(H[(H[frame] + CodeWord.Consts) | 0] + TupleWord.Items + arg) | 0];
            const count = H[value];
            if (count >= 0) H[value] = (count + 1) | 0;
          } else {
            sp = (sp - 1) | 0;
            value = H[sp];
          }
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          H[RootNum.RecursionRemaining] = (H[RootNum.RecursionRemaining] + 1) | 0;
          if (frame === stop) return leaveEntry(rt, frame, value as Owned);
          const dying = frame;
          frame = H[(dying + FrameWord.Previous) | 0];
          H[RootNum.CurrentFrame] = frame;
          const resumed = (frame + FrameWord.LocalsPlus) | 0;
          sp = (resumed + H[(frame + FrameWord.StackTop) | 0]) | 0;
          H[sp] = value;
          sp = (sp + 1) | 0;
          H[(frame + FrameWord.StackTop) | 0] = (sp - resumed) | 0;
          if (H[(dying + FrameWord.Owner) | 0] === FrameOwner.Generator) {
            leaveGenerator(rt, dying);
          } else if (H[(dying + FrameWord.FrameObject) | 0] !== 0 || H[(dying + FrameWord.Locals) | 0] !== 0 || TRACE) {
            leaveFrame(rt, dying);
          } else {
            // Where every reference has another owner nothing can run: only counts change.
            let i = (dying + FrameWord.LocalsPlus) | 0;
            let shared = true;
            const end = (locals + H[(dying + FrameWord.StackTop) | 0]) | 0;
            for (; i < end; i = (i + 1) | 0) {
              const o = H[i];
              if (o === 0) continue;
              const count = H[o];
              if (count > 1) H[o] = (count - 1) | 0;
              else if (count > 0) {
                shared = false;
                break;
              }
              H[i] = 0;
            }
            const func = H[(dying + FrameWord.Function) | 0];
            const code = H[dying];
            const owners = H[func];
            const holders = H[code];
            if (shared && owners > 1 && holders > 1) {
              H[func] = (owners - 1) | 0;
              H[code] = (holders - 1) | 0;
              H[RootNum.FrameTop] = dying;
            } else leaveFrame(rt, dying);
          }
          locals = resumed;
          units = H[(H[frame] + CodeWord.Units) | 0];
          pc = H[(frame + FrameWord.ReturnOffset) | 0];
          continue;
        }
        case Op.YIELD_VALUE: {
          sp = (sp - 1) | 0;
          const value = H[sp];
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          H[RootNum.RecursionRemaining] = (H[RootNum.RecursionRemaining] + 1) | 0;
          const caller = H[(frame + FrameWord.Previous) | 0];
          suspendGenerator(rt, frame);
          if (frame === stop) return value as Owned;
          frame = caller;
          locals = (frame + FrameWord.LocalsPlus) | 0;
          sp = (locals + H[(frame + FrameWord.StackTop) | 0]) | 0;
          H[sp] = value;
          sp = (sp + 1) | 0;
          units = H[(H[frame] + CodeWord.Units) | 0];
          pc = H[(frame + FrameWord.PrevInstr) | 0];
          continue;
        }
        case Op.RETURN_GENERATOR: {
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          const generator = makeGenerator(rt, frame);
          H[RootNum.RecursionRemaining] = (H[RootNum.RecursionRemaining] + 1) | 0;
          if (frame === stop) return leaveMoved(rt, frame, generator);
          const moved = frame;
          frame = H[(moved + FrameWord.Previous) | 0];
          H[RootNum.CurrentFrame] = frame;
          H[RootNum.FrameTop] = moved;
          units = H[(H[frame] + CodeWord.Units) | 0];
          locals = (frame + FrameWord.LocalsPlus) | 0;
          sp = (locals + H[(frame + FrameWord.StackTop) | 0]) | 0;
          H[sp] = generator;
          sp = (sp + 1) | 0;
          pc = H[(frame + FrameWord.ReturnOffset) | 0];
          continue;
        }
        case Op.POP_JUMP_IF_FALSE: {
          sp = (sp - 1) | 0;
          const o = H[sp];
          if (o === S.True) continue;
          if (o === S.False || o === S.None) {
            pc = (pc + arg) | 0;
            continue;
          }
          H[(frame + FrameWord.StackTop) | 0] = (sp + 1 - locals) | 0;
          const truth = isTrue(rt, o);
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          const count = H[o];
          if (count > 1 && !TRACE) H[o] = (count - 1) | 0;
          else if (count > 0) release(rt, o);
          if (!truth) pc = (pc + arg) | 0;
          continue;
        }
        case Op.POP_JUMP_IF_TRUE: {
          sp = (sp - 1) | 0;
          const o = H[sp];
          if (o === S.False || o === S.None) continue;
          if (o === S.True) {
            pc = (pc + arg) | 0;
            continue;
          }
          H[(frame + FrameWord.StackTop) | 0] = (sp + 1 - locals) | 0;
          const truth = isTrue(rt, o);
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          const count = H[o];
          if (count > 1 && !TRACE) H[o] = (count - 1) | 0;
          else if (count > 0) release(rt, o);
          if (truth) pc = (pc + arg) | 0;
          continue;
        }
        case Op.POP_JUMP_IF_NONE:
        case Op.POP_JUMP_IF_NOT_NONE: {
          sp = (sp - 1) | 0;
          const o = H[sp];
          if ((o === S.None) === ((unit & 255) === Op.POP_JUMP_IF_NONE)) pc = (pc + arg) | 0;
          const count = H[o];
          if (count > 1 && !TRACE) H[o] = (count - 1) | 0;
          else if (count > 0) {
            H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
            release(rt, o);
          }
          continue;
        }
        case Op.JUMP_FORWARD:
          pc = (pc + arg) | 0;
          continue;
        case Op.JUMP_BACKWARD_NO_INTERRUPT:
          pc = (pc - arg) | 0;
          continue;
        case Op.JUMP_BACKWARD:
          pc = (pc - arg) | 0;
          if (H[GcRoot.EvalBreaker] !== 0) {
            H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
            handleBreaker(rt);
          }
          left = (left - 1) | 0;
          if (!TRACE) {
            const heat = H[(units + CodeHead.Heat) | 0];
            if (heat >= hot) left = -1;
            else H[(units + CodeHead.Heat) | 0] = (heat + 1) | 0;
          }
          if (left < 0) {
            H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
            H[(frame + FrameWord.PrevInstr) | 0] = pc;
            return 0;
          }
          continue;
        case Quick.ForRange: {
          const iterator = H[(sp - 1) | 0];
          if (
            H[(iterator + ObjectWord.Type) | 0] === T.rangeIterator &&
            H[(iterator + RangeIteratorWord.Wide) | 0] === 0
          ) {
            const more = H[(iterator + RangeIteratorWord.Left) | 0];
            if (more > 0) {
              const n = H[(iterator + RangeIteratorWord.Next) | 0];
              H[(iterator + RangeIteratorWord.Left) | 0] = (more - 1) | 0;
              H[(iterator + RangeIteratorWord.Next) | 0] = (n + H[(iterator + RangeIteratorWord.Step) | 0]) | 0;
              if (n >= -5 && n <= 256) H[sp] = (StaticArea.SmallInts + 5 * IntWord.Words + n * IntWord.Words) | 0;
              else {
                H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
                H[sp] = newCompact(rt, n);
              }
              sp = (sp + 1) | 0;
              pc = (pc + 1) | 0;
              continue;
            }
            sp = (sp - 1) | 0;
            H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
            decref(rt, iterator);
            pc = (pc + arg + 2) | 0;
            continue;
          }
          H[(units + pc) | 0] = (arg << 8) | Op.FOR_ITER;
          pc = (pc - 1) | 0;
          continue;
        }
        case Quick.ForList: {
          const iterator = H[(sp - 1) | 0];
          if (H[(iterator + ObjectWord.Type) | 0] === T.listIterator) {
            const list = H[(iterator + SequenceIteratorWord.Sequence) | 0];
            const i = H[(iterator + SequenceIteratorWord.Index) | 0];
            if (list !== 0 && i < H[(list + ListWord.Size) | 0]) {
              H[(iterator + SequenceIteratorWord.Index) | 0] = (i + 1) | 0;
              const item = H[(H[(list + ListWord.Items) | 0] + i) | 0];
              const count = H[item];
              if (count >= 0) H[item] = (count + 1) | 0;
              H[sp] = item;
              sp = (sp + 1) | 0;
              pc = (pc + 1) | 0;
              continue;
            }
            H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
            H[(iterator + SequenceIteratorWord.Sequence) | 0] = 0;
            if (list !== 0) decref(rt, list);
            sp = (sp - 1) | 0;
            H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
            decref(rt, iterator);
            pc = (pc + arg + 2) | 0;
            continue;
          }
          H[(units + pc) | 0] = (arg << 8) | Op.FOR_ITER;
          pc = (pc - 1) | 0;
          continue;
        }
        case Quick.ForTuple: {
          const iterator = H[(sp - 1) | 0];
          if (H[(iterator + ObjectWord.Type) | 0] === T.tupleIterator) {
            const tuple = H[(iterator + SequenceIteratorWord.Sequence) | 0];
            const i = H[(iterator + SequenceIteratorWord.Index) | 0];
            if (tuple !== 0 && i < H[(tuple + TupleWord.Size) | 0]) {
              H[(iterator + SequenceIteratorWord.Index) | 0] = (i + 1) | 0;
              const item = H[(tuple + TupleWord.Items + i) | 0];
              const count = H[item];
              if (count >= 0) H[item] = (count + 1) | 0;
              H[sp] = item;
              sp = (sp + 1) | 0;
              pc = (pc + 1) | 0;
              continue;
            }
            H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
            H[(iterator + SequenceIteratorWord.Sequence) | 0] = 0;
            if (tuple !== 0) decref(rt, tuple);
            sp = (sp - 1) | 0;
            H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
            decref(rt, iterator);
            pc = (pc + arg + 2) | 0;
            continue;
          }
          H[(units + pc) | 0] = (arg << 8) | Op.FOR_ITER;
          pc = (pc - 1) | 0;
          continue;
        }
        case Quick.ForGenerator: {
          const generator = H[(sp - 1) | 0];
          if (
            H[(generator + ObjectWord.Type) | 0] === T.generator &&
            H[(generator + GeneratorWord.State) | 0] < FrameState.Executing &&
            H[RootNum.RecursionRemaining] > 0
          ) {
            const next = (generator + GeneratorWord.Frame) | 0;
            H[RootNum.RecursionRemaining] = (H[RootNum.RecursionRemaining] - 1) | 0;
            const top = H[(next + FrameWord.StackTop) | 0];
            H[(next + FrameWord.LocalsPlus + top) | 0] = S.None;
            H[(next + FrameWord.StackTop) | 0] = (top + 1) | 0;
            H[(generator + GeneratorWord.ExcPrevious) | 0] = H[RootNum.ExcInfo];
            H[RootNum.ExcInfo] = (generator + GeneratorWord.ExcValue) | 0;
            H[(generator + GeneratorWord.State) | 0] = FrameState.Executing;
            H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
            // A yielded value goes on after the instruction, a returned one at END_FOR.
            H[(frame + FrameWord.PrevInstr) | 0] = (pc + 1) | 0;
            H[(frame + FrameWord.ReturnOffset) | 0] = (pc + 1 + arg) | 0;
            H[(next + FrameWord.Previous) | 0] = frame;
            H[RootNum.CurrentFrame] = next;
            frame = next;
            units = H[(H[frame] + CodeWord.Units) | 0];
            locals = (frame + FrameWord.LocalsPlus) | 0;
            sp = (locals + top + 1) | 0;
            pc = H[(frame + FrameWord.PrevInstr) | 0];
            left = (left - 1) | 0;
            if (left < 0) return 0;
            continue;
          }
          H[(units + pc) | 0] = (arg << 8) | Op.FOR_ITER;
          pc = (pc - 1) | 0;
          continue;
        }
        case Op.FOR_ITER: {
          const iterator = H[(sp - 1) | 0];
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          if (specializeFor(rt, (units + pc) | 0, iterator)) {
            pc = (pc - 1) | 0;
            continue;
          }
          const item =
            (SLOT_FUNCTIONS[H[(H[(iterator + ObjectWord.Type) | 0] + TypeWord.IterNext) | 0]] as IterNextSlot)(
              rt,
              iterator,
            ) | 0;
          if (item !== 0) {
            H[sp] = item;
            sp = (sp + 1) | 0;
            pc = (pc + 1) | 0;
            continue;
          }
          if (H[RootRef.CurrentException] !== 0) endLoop(rt, frame);
          sp = (sp - 1) | 0;
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          decref(rt, iterator);
          pc = (pc + arg + 2) | 0;
          continue;
        }
        case Quick.AddInt:
        case Quick.SubtractInt: {
          const b = H[(sp - 1) | 0];
          const a = H[(sp - 2) | 0];
          if (
            H[(a + ObjectWord.Type) | 0] === T.int &&
            H[(b + ObjectWord.Type) | 0] === T.int &&
            (H[(a + IntWord.Tag) | 0] & H[(b + IntWord.Tag) | 0] & IntTag.Compact) !== 0 &&
            ((H[(a + IntWord.Tag) | 0] | H[(b + IntWord.Tag) | 0]) & IntTag.Medium) === 0
          ) {
            const y = H[(b + IntWord.Payload) | 0];
            const n = (H[(a + IntWord.Payload) | 0] + ((unit & 255) === Quick.AddInt ? y : (0 - y) | 0)) | 0;
            H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
            putInt(rt, sp, n);
            sp = (sp - 1) | 0;
            pc = (pc + 1) | 0;
            continue;
          }
          pc = (pc + 1) | 0;
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          sp = binaryOperation(rt, frame, (units + pc) | 0, sp, arg) | 0;
          continue;
        }
        case Quick.AddFloat:
        case Quick.SubtractFloat:
        case Quick.MultiplyFloat: {
          const b = H[(sp - 1) | 0];
          const a = H[(sp - 2) | 0];
          if (H[(a + ObjectWord.Type) | 0] === T.float && H[(b + ObjectWord.Type) | 0] === T.float) {
            const x = F[(a + FloatWord.Value) >> 1];
            const y = F[(b + FloatWord.Value) >> 1];
            H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
            putFloat(
              rt,
              sp,
              (unit & 255) === Quick.MultiplyFloat ? x * y : (unit & 255) === Quick.AddFloat ? x + y : x - y,
            );
            sp = (sp - 1) | 0;
            pc = (pc + 1) | 0;
            continue;
          }
          pc = (pc + 1) | 0;
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          sp = binaryOperation(rt, frame, (units + pc) | 0, sp, arg) | 0;
          continue;
        }
        case Quick.PlainBinary:
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          pc = (pc + 1) | 0;
          sp = binaryOperation(rt, frame, (units + pc) | 0, sp, arg) | 0;
          continue;
        case Op.BINARY_OP:
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          specializeBinary(rt, (units + pc) | 0, H[(sp - 2) | 0], H[(sp - 1) | 0]);
          pc = (pc + 1) | 0;
          sp = binaryOperation(rt, frame, (units + pc) | 0, sp, arg) | 0;
          continue;
        case Quick.CompareInt:
        case Quick.CompareFloat: {
          const b = H[(sp - 1) | 0];
          const a = H[(sp - 2) | 0];
          const isInt = (unit & 255) === Quick.CompareInt;
          const wanted = isInt ? (T.int as number) : (T.float as number);
          if (H[(a + ObjectWord.Type) | 0] === wanted && H[(b + ObjectWord.Type) | 0] === wanted) {
            // Bits of `how`: less, equal, greater.
            let order = 0;
            let known = true;
            if (isInt) {
              const x = H[(a + IntWord.Payload) | 0];
              const y = H[(b + IntWord.Payload) | 0];
              order = x < y ? 1 : x === y ? 2 : 4;
              known =
                (H[(a + IntWord.Tag) | 0] & H[(b + IntWord.Tag) | 0] & IntTag.Compact) !== 0 &&
                ((H[(a + IntWord.Tag) | 0] | H[(b + IntWord.Tag) | 0]) & IntTag.Medium) === 0;
            } else {
              const x = F[(a + FloatWord.Value) >> 1];
              const y = F[(b + FloatWord.Value) >> 1];
              order = x < y ? 1 : x === y ? 2 : x > y ? 4 : 8;
            }
            if (known) {
              // Lt 1, Le 3, Eq 2, Ne 13, Gt 4, Ge 6.
              const truth = ((0x64d231 >> ((arg >> 4) << 2)) & order & 15) !== 0;
              const count = H[a];
              if (count > 1 && !TRACE) H[a] = (count - 1) | 0;
              else if (count > 0) release(rt, a);
              const other = H[b];
              if (other > 1 && !TRACE) H[b] = (other - 1) | 0;
              else if (other > 0) release(rt, b);
              sp = (sp - 2) | 0;
              pc = (pc + 2) | 0;
              const next = H[(units + pc) | 0];
              if ((next & 255) === Op.POP_JUMP_IF_FALSE) {
                if (!truth) pc = (pc + (next >> 8)) | 0;
                continue;
              }
              if ((next & 255) === Op.POP_JUMP_IF_TRUE) {
                if (truth) pc = (pc + (next >> 8)) | 0;
                continue;
              }
              pc = (pc - 1) | 0;
              H[sp] = truth ? S.True : S.False;
              sp = (sp + 1) | 0;
              continue;
            }
          }
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          pc = (pc + 1) | 0;
          sp = replaceTwo(rt, frame, sp, richCompare(rt, a, b, arg >> 4)) | 0;
          continue;
        }
        case Quick.CompareStr: {
          const b = H[(sp - 1) | 0];
          const a = H[(sp - 2) | 0];
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          if (H[(a + ObjectWord.Type) | 0] === T.str && H[(b + ObjectWord.Type) | 0] === T.str) {
            const truth = compareTexts(rt, a, b, arg >> 4);
            const count = H[a];
            if (count > 1 && !TRACE) H[a] = (count - 1) | 0;
            else if (count > 0) release(rt, a);
            const other = H[b];
            if (other > 1 && !TRACE) H[b] = (other - 1) | 0;
            else if (other > 0) release(rt, b);
            sp = (sp - 2) | 0;
            pc = (pc + 2) | 0;
            const next = H[(units + pc) | 0];
            if ((next & 255) === Op.POP_JUMP_IF_FALSE) {
              if (!truth) pc = (pc + (next >> 8)) | 0;
              continue;
            }
            if ((next & 255) === Op.POP_JUMP_IF_TRUE) {
              if (truth) pc = (pc + (next >> 8)) | 0;
              continue;
            }
            pc = (pc - 1) | 0;
            H[sp] = truth ? S.True : S.False;
            sp = (sp + 1) | 0;
            continue;
          }
          pc = (pc + 1) | 0;
          sp = replaceTwo(rt, frame, sp, richCompare(rt, a, b, arg >> 4)) | 0;
          continue;
        }
        case Op.COMPARE_OP: {
          const b = H[(sp - 1) | 0];
          const a = H[(sp - 2) | 0];
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          specializeCompare(rt, (units + pc) | 0, a, b);
          pc = (pc + 1) | 0;
          sp = replaceTwo(rt, frame, sp, richCompare(rt, a, b, arg >> 4)) | 0;
          continue;
        }
        case Quick.SubscriptList:
        case Quick.SubscriptTuple: {
          const key = H[(sp - 1) | 0];
          const o = H[(sp - 2) | 0];
          const isList = (unit & 255) === Quick.SubscriptList;
          if (
            H[(o + ObjectWord.Type) | 0] === (isList ? (T.list as number) : (T.tuple as number)) &&
            H[(key + ObjectWord.Type) | 0] === T.int &&
            (H[(key + IntWord.Tag) | 0] & IntTag.FormMask) === IntTag.Compact
          ) {
            let i = H[(key + IntWord.Payload) | 0];
            const size = H[(o + ListWord.Size) | 0];
            if (i < 0) i = (i + size) | 0;
            if (i >= 0 && i < size) {
              const item = isList ? H[(H[(o + ListWord.Items) | 0] + i) | 0] : H[(o + TupleWord.Items + i) | 0];
              const count = H[item];
              if (count >= 0) H[item] = (count + 1) | 0;
              H[(sp - 2) | 0] = item;
              const owners = H[o];
              if (owners > 1 && !TRACE) H[o] = (owners - 1) | 0;
              else if (owners > 0) {
                H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
                release(rt, o);
              }
              sp = (sp - 1) | 0;
              const holders = H[key];
              if (holders > 1 && !TRACE) H[key] = (holders - 1) | 0;
              else if (holders > 0) release(rt, key);
              pc = (pc + 1) | 0;
              continue;
            }
          }
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          pc = (pc + 1) | 0;
          sp = replaceTwo(rt, frame, sp, getItem(rt, o, key)) | 0;
          continue;
        }
        case Quick.SubscriptDict:
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          sp = subscriptDict(rt, frame, sp) | 0;
          if (sp === 0) return 0;
          pc = (pc + 1) | 0;
          continue;
        case Quick.SubscriptStr:
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          sp = subscriptStr(rt, frame, sp) | 0;
          pc = (pc + 1) | 0;
          continue;
        case Quick.SubscriptMethod: {
          const key = H[(sp - 1) | 0];
          const o = H[(sp - 2) | 0];
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          const callee = pushGetItem(rt, (units + pc) | 0, o, key) | 0;
          if (callee !== 0) {
            H[(frame + FrameWord.StackTop) | 0] = (sp - 2 - locals) | 0;
            H[(frame + FrameWord.ReturnOffset) | 0] = (pc + 1) | 0;
            enterFrame(rt, frame, callee);
            frame = callee;
            units = H[(H[frame] + CodeWord.Units) | 0];
            locals = (frame + FrameWord.LocalsPlus) | 0;
            sp = (locals + H[(frame + FrameWord.StackTop) | 0]) | 0;
            pc = -1;
            left = (left - 1) | 0;
            if (left < 0) return 0;
            continue;
          }
          pc = (pc + 1) | 0;
          sp = replaceTwo(rt, frame, sp, getItem(rt, o, key)) | 0;
          continue;
        }
        case Op.BINARY_SUBSCR: {
          const key = H[(sp - 1) | 0];
          const o = H[(sp - 2) | 0];
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          specializeSubscript(rt, (units + pc) | 0, o, key);
          pc = (pc + 1) | 0;
          sp = replaceTwo(rt, frame, sp, getItem(rt, o, key)) | 0;
          continue;
        }
        case Quick.StoreSubscriptList: {
          // value, container, key
          const key = H[(sp - 1) | 0];
          const o = H[(sp - 2) | 0];
          if (
            H[(o + ObjectWord.Type) | 0] === T.list &&
            H[(key + ObjectWord.Type) | 0] === T.int &&
            (H[(key + IntWord.Tag) | 0] & IntTag.FormMask) === IntTag.Compact
          ) {
            const i = H[(key + IntWord.Payload) | 0];
            if (i >= 0 && i < H[(o + ListWord.Size) | 0]) {
              const at = (H[(o + ListWord.Items) | 0] + i) | 0;
              const old = H[at];
              H[at] = H[(sp - 3) | 0];
              H[(sp - 3) | 0] = o;
              H[(sp - 2) | 0] = key;
              sp = (sp - 1) | 0;
              H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
              const count = H[old];
              if (count > 1 && !TRACE) H[old] = (count - 1) | 0;
              else if (count > 0) release(rt, old);
              sp = (sp - 2) | 0;
              const owners = H[o];
              if (owners > 1 && !TRACE) H[o] = (owners - 1) | 0;
              else if (owners > 0) {
                H[(sp + 0) | 0] = key;
                H[(frame + FrameWord.StackTop) | 0] = (sp + 1 - locals) | 0;
                decref(rt, o);
              }
              const holders = H[key];
              if (holders > 1 && !TRACE) H[key] = (holders - 1) | 0;
              else if (holders > 0) {
                H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
                release(rt, key);
              }
              pc = (pc + 1) | 0;
              continue;
            }
          }
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          pc = (pc + 1) | 0;
          setItem(rt, o, key, H[(sp - 3) | 0]);
          sp = dropThree(rt, frame, sp) | 0;
          continue;
        }
        case Quick.StoreSubscriptDict:
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          sp = storeSubscriptDict(rt, frame, sp) | 0;
          pc = (pc + 1) | 0;
          continue;
        case Op.STORE_SUBSCR: {
          const key = H[(sp - 1) | 0];
          const o = H[(sp - 2) | 0];
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          specializeStore(rt, (units + pc) | 0, o, key);
          pc = (pc + 1) | 0;
          setItem(rt, o, key, H[(sp - 3) | 0]);
          sp = dropThree(rt, frame, sp) | 0;
          continue;
        }
        case Op.LOAD_DEREF: {
          const value = H[(H[(locals + arg) | 0] + CellWord.Value) | 0];
          if (value === 0) {
            H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
            unboundFree(rt, frame, arg);
          }
          const count = H[value];
          if (count >= 0) H[value] = (count + 1) | 0;
          H[sp] = value;
          sp = (sp + 1) | 0;
          continue;
        }
        case Op.STORE_DEREF: {
          const cell = H[(locals + arg) | 0];
          const old = H[(cell + CellWord.Value) | 0];
          sp = (sp - 1) | 0;
          H[(cell + CellWord.Value) | 0] = H[sp];
          if (old !== 0) {
            H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
            decref(rt, old);
          }
          continue;
        }
        case Op.LOAD_FAST_CHECK: {
          const o = H[(locals + arg) | 0];
          if (o === 0) {
            H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
            unboundLocal(rt, frame, arg);
          }
          const count = H[o];
          if (count >= 0) H[o] = (count + 1) | 0;
          H[sp] = o;
          sp = (sp + 1) | 0;
          continue;
        }
        case Op.LOAD_FAST_AND_CLEAR:
          H[sp] = H[(locals + arg) | 0];
          H[(locals + arg) | 0] = 0;
          sp = (sp + 1) | 0;
          continue;
        case Op.LOAD_CLOSURE: {
          const cell = H[(locals + arg) | 0];
          const count = H[cell];
          if (count >= 0) H[cell] = (count + 1) | 0;
          H[sp] = cell;
          sp = (sp + 1) | 0;
          continue;
        }
        case Op.IS_OP: {
          const b = H[(sp - 1) | 0];
          const a = H[(sp - 2) | 0];
          const outcome = (a === b) === (arg === 0) ? S.True : S.False;
          const count = H[a];
          const other = H[b];
          if (!TRACE && a !== b && count !== 1 && other !== 1) {
            if (count > 0) H[a] = (count - 1) | 0;
            if (other > 0) H[b] = (other - 1) | 0;
            H[(sp - 2) | 0] = outcome;
            sp = (sp - 1) | 0;
            continue;
          }
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          sp = replaceTwo(rt, frame, sp, outcome as Ref as Owned) | 0;
          continue;
        }
        case Op.BUILD_TUPLE: {
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          const tuple = newTuple(rt, arg);
          sp = (sp - arg) | 0;
          for (let i = 0; i < arg; i = (i + 1) | 0) H[(tuple + TupleWord.Items + i) | 0] = H[(sp + i) | 0];
          H[sp] = tuple;
          sp = (sp + 1) | 0;
          continue;
        }
        case Quick.UnpackTuple: {
          const o = H[(sp - 1) | 0];
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          if (H[(o + ObjectWord.Type) | 0] === T.tuple && H[(o + TupleWord.Size) | 0] === arg) {
            sp = (sp - 1) | 0;
            for (let i = (arg - 1) | 0; i >= 0; i = (i - 1) | 0) {
              const item = H[(o + TupleWord.Items + i) | 0];
              const count = H[item];
              if (count >= 0) H[item] = (count + 1) | 0;
              H[sp] = item;
              sp = (sp + 1) | 0;
            }
            H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
            const owners = H[o];
            if (owners > 1 && !TRACE) H[o] = (owners - 1) | 0;
            else if (owners > 0) release(rt, o);
          } else sp = executeCold(rt, frame, sp, Op.UNPACK_SEQUENCE, arg) | 0;
          pc = (pc + 1) | 0;
          continue;
        }
        case Quick.UnpackPair: {
          const o = H[(sp - 1) | 0];
          if (H[(o + ObjectWord.Type) | 0] === T.tuple && H[(o + TupleWord.Size) | 0] === 2) {
            const first = H[(o + TupleWord.Items) | 0];
            const second = H[(o + TupleWord.Items + 1) | 0];
            const count = H[first];
            if (count >= 0) H[first] = (count + 1) | 0;
            const other = H[second];
            if (other >= 0) H[second] = (other + 1) | 0;
            H[(sp - 1) | 0] = second;
            H[sp] = first;
            sp = (sp + 1) | 0;
            const owners = H[o];
            if (owners > 1 && !TRACE) H[o] = (owners - 1) | 0;
            else if (owners > 0) {
              H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
              release(rt, o);
            }
            pc = (pc + 1) | 0;
            continue;
          }
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          sp = executeCold(rt, frame, sp, Op.UNPACK_SEQUENCE, arg) | 0;
          pc = (pc + 1) | 0;
          continue;
        }
        case Op.SEND: {
          const receiver = H[(sp - 2) | 0];
          const kind = H[(receiver + ObjectWord.Type) | 0];
          if (
            (kind === T.generator || kind === T.coroutine) &&
            H[(receiver + GeneratorWord.State) | 0] === FrameState.Suspended &&
            H[RootNum.RecursionRemaining] > 0
          ) {
            // As ForGenerator; the value that is sent moves to the stack of the receiver's frame.
            const next = (receiver + GeneratorWord.Frame) | 0;
            H[RootNum.RecursionRemaining] = (H[RootNum.RecursionRemaining] - 1) | 0;
            const top = H[(next + FrameWord.StackTop) | 0];
            sp = (sp - 1) | 0;
            H[(next + FrameWord.LocalsPlus + top) | 0] = H[sp];
            H[(next + FrameWord.StackTop) | 0] = (top + 1) | 0;
            H[(receiver + GeneratorWord.ExcPrevious) | 0] = H[RootNum.ExcInfo];
            H[RootNum.ExcInfo] = (receiver + GeneratorWord.ExcValue) | 0;
            H[(receiver + GeneratorWord.State) | 0] = FrameState.Executing;
            H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
            H[(frame + FrameWord.PrevInstr) | 0] = (pc + 1) | 0;
            H[(frame + FrameWord.ReturnOffset) | 0] = (pc + 1 + arg) | 0;
            H[(next + FrameWord.Previous) | 0] = frame;
            H[RootNum.CurrentFrame] = next;
            frame = next;
            units = H[(H[frame] + CodeWord.Units) | 0];
            locals = (frame + FrameWord.LocalsPlus) | 0;
            sp = (locals + top + 1) | 0;
            pc = H[(frame + FrameWord.PrevInstr) | 0];
            left = (left - 1) | 0;
            if (left < 0) return 0;
            continue;
          }
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          const value = sendValue(rt, H[(sp - 2) | 0], H[(sp - 1) | 0]);
          const sent = H[(sp - 1) | 0];
          H[(sp - 1) | 0] = value;
          pc = (pc + (rt.sendFinished ? arg + 1 : 1)) | 0;
          if (H[sent] >= 0) decref(rt, sent);
          continue;
        }
        // The driver goes on from what is pending, without a throw.
        case Op.RERAISE:
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          prepareReraise(rt, frame, sp, arg);
          rt.reraisedAt = pc;
          return 0;
        case Op.RAISE_VARARGS:
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          raiseStatement(rt, frame, sp, arg, pc);
          return 0;
        case Op.END_ASYNC_FOR:
        case Op.CLEANUP_THROW: {
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          const after =
            ((unit & 255) === Op.CLEANUP_THROW ? cleanupThrow(rt, frame, sp) : endAsyncFor(rt, frame, sp)) | 0;
          if (after === 0) {
            rt.reraisedAt = pc;
            return 0;
          }
          sp = after;
          continue;
        }
        case Op.CALL_FUNCTION_EX: {
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          const callee = pushFunctionEx(rt, frame, sp, arg) | 0;
          if (callee !== 0) {
            H[(frame + FrameWord.PrevInstr) | 0] = pc;
            H[(frame + FrameWord.ReturnOffset) | 0] = pc;
            enterFrame(rt, frame, callee);
            frame = callee;
            units = H[(H[frame] + CodeWord.Units) | 0];
            locals = (frame + FrameWord.LocalsPlus) | 0;
            sp = (locals + H[(frame + FrameWord.StackTop) | 0]) | 0;
            pc = -1;
            continue;
          }
          sp = callFunctionEx(rt, frame, sp, arg) | 0;
          if (H[GcRoot.EvalBreaker] !== 0) {
            H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
            handleBreaker(rt);
          }
          continue;
        }
        case Op.LIST_APPEND: {
          const list = H[(sp - 1 - arg) | 0];
          const size = H[(list + ListWord.Size) | 0];
          if (size < H[(list + ListWord.Allocated) | 0]) {
            sp = (sp - 1) | 0;
            H[(H[(list + ListWord.Items) | 0] + size) | 0] = H[sp];
            H[(list + ListWord.Size) | 0] = (size + 1) | 0;
            continue;
          }
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          sp = executeCold(rt, frame, sp, Op.LIST_APPEND, arg) | 0;
          continue;
        }
        case Op.BUILD_LIST:
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          sp = buildList(rt, frame, sp, arg) | 0;
          continue;
        case Op.GET_ITER: {
          const o = H[(sp - 1) | 0];
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          H[(sp - 1) | 0] = iter(rt, o);
          const count = H[o];
          if (count > 1 && !TRACE) H[o] = (count - 1) | 0;
          else if (count > 0) release(rt, o);
          continue;
        }
        case Op.CONTAINS_OP: {
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          const found = containsItem(rt, H[(sp - 1) | 0], H[(sp - 2) | 0]);
          sp = replaceTwo(rt, frame, sp, (found === (arg === 0) ? S.True : S.False) as Ref as Owned) | 0;
          continue;
        }
        case Op.UNARY_NOT: {
          const o = H[(sp - 1) | 0];
          if (o === S.True || o === S.False) {
            H[(sp - 1) | 0] = o === S.True ? S.False : S.True;
            continue;
          }
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          sp = executeCold(rt, frame, sp, Op.UNARY_NOT, arg) | 0;
          continue;
        }
        case Op.UNARY_NEGATIVE:
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          if (!negateTop(rt, sp)) sp = executeCold(rt, frame, sp, Op.UNARY_NEGATIVE, arg) | 0;
          continue;
        case Op.UNPACK_SEQUENCE:
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          specializeUnpack(rt, (units + pc) | 0, H[(sp - 1) | 0]);
          sp = executeCold(rt, frame, sp, Op.UNPACK_SEQUENCE, arg) | 0;
          pc = (pc + 1) | 0;
          continue;
        default:
          H[(frame + FrameWord.StackTop) | 0] = (sp - locals) | 0;
          sp = executeCold(rt, frame, sp, unit & 255, arg) | 0;
          pc = (pc + CACHE_COUNTS[unit & 255]) | 0;
          continue;
      }
    }
  };
}
