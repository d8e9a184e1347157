/**
 * The value stack while code is generated. An operand that was only copied from where something else holds it (a variable, the constants,
 * an attribute) stays there, uncounted, and so does a number that has no object yet; both are put on the frame's stack, counted, before
 * anything can look, run Python or release what holds them (`Writer.store`).
 */

export const enum Pending {
  None = 0,
  /** A compact int that has no object yet. */
  Int = 1,
  Float = 2,
}

export interface Operand {
  /** JavaScript for the reference: a variable or a number; empty: it is only in the frame. */
  js: string;
  /** In its place of the frame's stack, and owned by it. */
  stored: boolean;
  /** The reference, if it is known while code is generated; else 0. */
  readonly ref: number;
  /** JavaScript for the truth of a comparison whose result is True or False; else empty. */
  readonly condition: string;
  /** JavaScript for the number, of which there is no object yet if `pending` says so; else empty. */
  readonly number: string;
  pending: Pending;
}

const NOTHING = { js: '', stored: false, ref: 0, condition: '', number: '', pending: Pending.None } as const;

/** What lies in the frame, owned. `js` may name a variable with it. */
export const stored = (js = ''): Operand => ({ ...NOTHING, js, stored: true });

/** A reference that something else owns as long as nothing is released or stored. */
export const borrowed = (js: string): Operand => ({ ...NOTHING, js });

/** A known reference that something else owns. */
export const known = (ref: number): Operand => ({ ...NOTHING, js: String(ref), ref });

/** True or False. */
export const truth = (condition: string): Operand => ({ ...NOTHING, condition });

/** A number without an object. */
export const pendingNumber = (number: string, pending: Pending): Operand => ({ ...NOTHING, number, pending });
