// The flight recorders that exist for a net: those that somebody defined, and those that deployed rules fill. A net that names another one
// would collect nothing, and nobody would know before it fires.
import { useEffect, useMemo } from 'react';
import { useRecorders } from '../../../api/index.ts';
import { useKqlClient } from '../../../editor/index.ts';
import type { FleetRecorder, MachineDocument } from '../../../../model/index.ts';
import { placesOf, type RuleProblem } from '../../../../rules/index.ts';
import { noSuchRecorder } from '../words/recorders.ts';

/** Null while they are not known. The same list from poll to poll while nothing in it changes. Completion of KQL learns of them. */
export function useRecorderNames(): readonly string[] | null {
  const data = useRecorders().data;
  const text = data === undefined ? null : JSON.stringify(existing(data.recorders));
  const names = useMemo(() => (text === null ? null : JSON.parse(text) as readonly string[]), [text]);
  const kql = useKqlClient();
  useEffect(() => { if (names !== null) kql.setRecorders?.(names); }, [kql, names]);
  return names;
}

/** What agents merely hold from before is not among them. */
export const existing = (recorders: readonly Pick<FleetRecorder, 'definition' | 'isDefault' | 'rules'>[]): readonly string[] =>
  recorders.filter(({ isDefault, rules }) => !isDefault || rules.length > 0).map(({ definition }) => definition.name);

interface NamedRecorder { readonly name: string; readonly path: readonly (string | number)[] }

const namedIn = ({ states }: Pick<MachineDocument, 'states'>): readonly NamedRecorder[] => Object.entries(states).flatMap(([state, { enter = [] }]) =>
  enter.flatMap(({ recorder }, index) => (recorder === undefined || recorder === '' ? [] : [{ name: recorder, path: ['states', state, 'enter', index, 'recorder'] }])));

/** The names, each once, that stand for no recorder. */
export const unknownRecorders = (document: Pick<MachineDocument, 'states'>, known: readonly string[] | null): readonly string[] =>
  (known === null ? [] : [...new Set(namedIn(document).map(({ name }) => name).filter(name => !known.includes(name)))]);

/** A warning at each place that names such a one. @param text that `document` was read from */
export function recorderProblems(text: string, document: Pick<MachineDocument, 'states'>, known: readonly string[] | null): readonly RuleProblem[] {
  const unknown = known === null ? [] : namedIn(document).filter(({ name }) => !known.includes(name));
  if (unknown.length === 0) return [];
  const places = placesOf(text);
  return unknown.map(({ name, path }) => places.place(path, { severity: 'warning', code: 'net/recorder', message: `${name}: ${noSuchRecorder}`, help: 'Define it under Recorders, or write a rule that ends in record().', start: 0, end: name.length }));
}
