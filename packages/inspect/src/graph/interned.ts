/** Texts with numbers, each text once. */
export class Interned {
  /** By number. */
  readonly texts: string[] = [];
  readonly #numbers = new Map<string, number>();

  /** The number of a text: the next one, if it is new. */
  number(text: string): number {
    let number = this.#numbers.get(text);
    if (number === undefined) {
      number = this.texts.length;
      this.#numbers.set(text, number);
      this.texts.push(text);
    }
    return number;
  }
}
