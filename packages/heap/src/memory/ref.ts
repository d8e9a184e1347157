/**
 * References and their ownership.
 *
 * A reference is the index of an object's first word. It is *borrowed* (`Ref`) while somebody else keeps the object
 * alive, or *owned* (`Owned`): then its holder releases it exactly once. An `Owned` may be lent as a `Ref`; a `Ref`
 * becomes `Owned` only through `newRef`. 0 is no reference.
 */

/** The word index of an object; good while its owner lives. */
export type Ref = number;

declare const ownedBrand: unique symbol;

/** A reference that counts: to be released, stored or handed over exactly once. */
export type Owned = Ref & { readonly [ownedBrand]: true };
