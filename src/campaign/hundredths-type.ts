import { Type } from '@mikro-orm/core';

/** Maps `numeric(n, 2)` to whole hundredths: the driver brings text, so no float is ever between the two. */
export class HundredthsType extends Type<number, string> {
  override convertToDatabaseValue(hundredths: number): string {
    return `${Math.trunc(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
  }

  override convertToJSValue(text: string | number): number {
    return Math.round(Number(text) * 100);
  }

  override getColumnType(): string {
    return 'numeric(5,2)';
  }

  override compareAsType(): string {
    return 'number';
  }
}
