// Gives one field of a document another name; every other byte stays.
import { isMap } from 'yaml';
import { failure, ok, type Failure, type Result } from '../../base/index.ts';
import type { RulePath } from '../types.ts';
import { keyText, nodeAt, rangeOf, type RuleYaml } from './read-yaml.ts';
import { writeYaml } from './write-yaml.ts';

/** Codes: `rule.no-place` (there is no such field), `rule.name-taken` (its neighbours have the name already). */
export function renameField({ yaml, text }: RuleYaml, path: RulePath, name: string): Result<string, Failure> {
  const pair = nodeAt(yaml, path)?.pair ?? null;
  const parent = nodeAt(yaml, path.slice(0, -1))?.node ?? null;
  if (pair === null || !isMap(parent)) return failure('rule.no-place', `There is no field ${path.join('.')} in this document.`, 'It may have been removed or renamed meanwhile.');
  if (keyText(pair.key) === name) return ok(text);
  if (parent.items.some(({ key }) => keyText(key) === name)) return failure('rule.name-taken', `There is a ${name} already.`, 'Choose another name.');
  const [start, end] = rangeOf(pair.key);
  return ok(text.slice(0, start) + writtenKey(name) + text.slice(end));
}

/** The name as YAML writes it in front of a colon: quoted when it must be. */
const writtenKey = (name: string): string => writeYaml({ [name]: 1 }, []).replace(/:\s*1\s*$/, '').trim();
