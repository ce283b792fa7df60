/** Writes a WebAssembly module byte by byte. */
export class Bytes {
  private readonly all: number[] = [];

  get length(): number {
    return this.all.length;
  }

  byte(...bytes: readonly number[]): this {
    for (const one of bytes) this.all.push(one);
    return this;
  }

  /** A whole number from 0 on, in as few bytes as it needs (LEB128). */
  unsigned(value: number): this {
    let rest = value;
    for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) this.byte((rest & 0x7f) | 0x80);
    return this.byte(rest);
  }

  /** A whole number of 32 bits, with its sign. */
  signed(value: number): this {
    let rest = value;
    for (; rest < -0x40 || rest > 0x3f; rest >>= 7) this.byte((rest & 0x7f) | 0x80);
    return this.byte(rest & 0x7f);
  }

  double(value: number): this {
    return this.byte(...new Uint8Array(new Float64Array([value]).buffer));
  }

  text(text: string): this {
    return this.unsigned(text.length).byte(...[...text].map((letter) => letter.charCodeAt(0)));
  }

  /** Other bytes, after their number. */
  sized(inner: Bytes): this {
    this.unsigned(inner.length);
    return this.append(inner);
  }

  append(inner: Bytes): this {
    for (const one of inner.all) this.all.push(one);
    return this;
  }

  /** What a section of the module holds, after its number. */
  section(id: number, inner: Bytes): this {
    return this.byte(id).sized(inner);
  }

  toArray(): Uint8Array {
    return Uint8Array.from(this.all);
  }
}
