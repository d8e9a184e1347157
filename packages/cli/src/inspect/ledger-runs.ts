/** The two runs of a ledger: the first finds the object, the second, which is the same, listens. */
import { decref } from '@moult/heap';
import { describeHeap, evaluateExpression } from 'moult';
import { AllocationCounter, LedgerListener, ledgerText } from '../trace/ledger.ts';
import type { Entry } from '../trace/ledger.ts';
import type { Observer } from './observer.ts';
import type { Plan } from './perform.ts';

export class Ledger {
  readonly #expression: string;
  readonly #none: (text: string) => void;
  readonly #print: (text: string) => void;
  #number = 0;
  #label = '';
  #entries: readonly Entry[] = [];

  constructor(expression: string, none: (text: string) => void, print: (text: string) => void) {
    this.#expression = expression;
    this.#none = none;
    this.#print = print;
  }

  /** Of the object: a short text; empty if the expression named none that the program made. */
  get label(): string {
    return this.#number > 0 ? this.#label : '';
  }

  /** Known after the second run. */
  get entries(): readonly Entry[] {
    return this.#entries;
  }

  plan(): Plan {
    return { first: this.firstRun(), second: { observer: this.secondRun(), isNeeded: () => this.#number > 0 } };
  }

  firstRun(): Observer {
    const counter = new AllocationCounter();
    return {
      begin: (rt) => void (rt.events = counter),
      end: (rt) => {
        rt.events = null;
        const value = evaluateExpression(rt, this.#expression);
        if (value === 0) return this.#none(`moult: ${this.#expression} has no value\n`);
        this.#number = counter.numberOf(rt, value);
        this.#label = describeHeap(rt).label(value);
        if (this.#number === 0) this.#none(`${this.#label} is older than the program: it has no ledger\n`);
        decref(rt, value);
      },
    };
  }

  secondRun(): Observer {
    let listener: LedgerListener;
    return {
      begin: (rt) => {
        rt.events = listener = new LedgerListener(rt, this.#number);
        rt.beforeInstruction = () => listener.step();
      },
      over: (rt) => {
        rt.beforeInstruction = null;
        this.#entries = listener.entries;
        this.#print(ledgerText(this.#label, listener.entries));
      },
    };
  }
}
