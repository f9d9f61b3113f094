// Renames of fields that were found: judged again as records come, and withdrawn when the former field is back beside the other.
import type { MergedField } from '../merge/index.ts';
import { findFieldRenames, type FieldRenameCandidate } from './field-renames.ts';
import { isClearlyOther } from './rename-book.ts';
import { fieldName } from './snapshot.ts';
import type { Watched } from './watched.ts';

/** `isWithdrawn`: what was said of it before does not hold. */
export interface FieldRenameVerdict extends FieldRenameCandidate { readonly isWithdrawn: boolean }
export interface OpenFieldRename { readonly former: MergedField; readonly current: MergedField; readonly formerSeen: number; readonly currentSeen: number; said: FieldRenameCandidate }

/** Sights of both since that are no stragglers. */
const leastBack = 3;

export class FieldRenames {
  #verdicts: FieldRenameVerdict[] = [];

  take(): FieldRenameVerdict[] { return this.#verdicts.splice(0); }

  /** Records of the event were looked at. `isOther`: a field went missing or is new since. */
  look(watched: Watched, isOther: boolean): void {
    if (isOther) this.#find(watched);
    for (const [key, open] of watched.fieldRenames) this.#again(watched, key, open);
  }

  /** A field went missing in the event in which another is new. */
  #find({ event, told, fieldRenames }: Watched): void {
    const of = (kind: string) => [...event.fields].filter(([key]) => told.has(`${kind}\n${key}\n`)).map(([, field]) => field);
    const [missing, fresh] = [of('missing-field'), of('new-field')];
    for (const said of findFieldRenames(event, missing, fresh)) {
      const [former, current] = [missing.find((one) => fieldName(one) === said.former)!, fresh.find((one) => fieldName(one) === said.current)!];
      const key = `${said.former}\n${said.current}`;
      if (fieldRenames.has(key)) continue;
      fieldRenames.set(key, { former, current, formerSeen: former.seen, currentSeen: current.seen, said });
      this.#verdicts.push({ ...said, isWithdrawn: false });
    }
  }

  #again({ event, fieldRenames }: Watched, key: string, open: OpenFieldRename): void {
    const { former, current, formerSeen, currentSeen, said } = open;
    if (former.seen - formerSeen >= leastBack && current.seen - currentSeen >= leastBack) {
      fieldRenames.delete(key);
      this.#verdicts.push({ ...said, certainty: 0, reason: 'both fields go on beside each other', isWithdrawn: true });
      return;
    }
    const [now] = findFieldRenames(event, [former], [current]);
    if (now === undefined) {
      fieldRenames.delete(key);
      this.#verdicts.push({ ...said, certainty: 0, reason: 'little speaks for it any more', isWithdrawn: true });
      return;
    }
    if (!isClearlyOther(said.certainty, now.certainty)) return;
    open.said = now;
    this.#verdicts.push({ ...now, isWithdrawn: false });
  }
}
