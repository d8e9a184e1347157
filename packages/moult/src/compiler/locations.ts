/** Reading a code object's location table. */

import { LocationKind } from './assemble.ts';
import type { CodeData } from './code-data.ts';

/** Where the source of a code unit stands; -1 for what is not known. Columns are UTF-8 bytes from 0. */
export interface CodeLocation {
  readonly lineno: number;
  readonly endLineno: number;
  readonly col: number;
  readonly endCol: number;
}

const NOWHERE: CodeLocation = { lineno: -1, endLineno: -1, col: -1, endCol: -1 };

/** One location per code unit. Units of one entry share the object. */
export function decodeLocations(code: Pick<CodeData, 'linetable' | 'firstlineno'>): CodeLocation[] {
  const reader = new LocationReader(code.linetable, code.firstlineno);
  const locations: CodeLocation[] = [];
  while (!reader.atEnd) {
    const { location, length } = reader.next();
    for (let i = 0; i < length; i++) locations.push(location);
  }
  return locations;
}

class LocationReader {
  private readonly table: Uint8Array;
  private line: number;
  private pos = 0;

  constructor(table: Uint8Array, firstlineno: number) {
    this.table = table;
    this.line = firstlineno;
  }

  get atEnd(): boolean {
    return this.pos >= this.table.length;
  }

  /** The next entry and the code units it covers. */
  next(): { location: CodeLocation; length: number } {
    const head = this.byte();
    return { length: (head & 7) + 1, location: this.location((head >> 3) & 15) };
  }

  private location(kind: number): CodeLocation {
    switch (kind) {
      case LocationKind.None:
        return NOWHERE;
      case LocationKind.Long: {
        const lineno = (this.line += this.signedVarint());
        const endLineno = lineno + this.varint();
        const col = this.varint() - 1;
        return { lineno, endLineno, col, endCol: this.varint() - 1 };
      }
      case LocationKind.NoColumns: {
        const lineno = (this.line += this.signedVarint());
        return { lineno, endLineno: lineno, col: -1, endCol: -1 };
      }
      default:
        return this.oneLine(kind);
    }
  }

  private oneLine(kind: number): CodeLocation {
    if (kind >= LocationKind.OneLine0) {
      const lineno = (this.line += kind - LocationKind.OneLine0);
      const col = this.byte();
      return { lineno, endLineno: lineno, col, endCol: this.byte() };
    }
    const packed = this.byte();
    const col = (kind << 3) | (packed >> 4);
    return { lineno: this.line, endLineno: this.line, col, endCol: col + (packed & 15) };
  }

  private byte(): number {
    return this.table[this.pos++]!;
  }

  private varint(): number {
    let value = 0;
    for (let shift = 0; ; shift += 6) {
      const byte = this.byte();
      value |= (byte & 0x3f) << shift;
      if ((byte & 0x40) === 0) return value;
    }
  }

  private signedVarint(): number {
    const value = this.varint();
    return (value & 1) !== 0 ? -(value >> 1) : value >> 1;
  }
}
