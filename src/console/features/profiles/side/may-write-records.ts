// Whether records may name a function's file: libraries and the runtime write none.
import { codeKinds, kindsOf, type ProfileNames } from '../../../flame/index.ts';

export function mayWriteRecords(names: ProfileNames, row: number): boolean {
  const kind = codeKinds[kindsOf(names)[row] ?? -1];
  return kind === 'own' || kind === 'package';
}
