// What happens to the records: the sink, and its parameters each as it is best given.
import { isWhole, kqlString, sinks, unquote, type SinkParameter } from '../../../../../kql/index.ts';
import { Checkbox, Select } from '../../../../ui/index.ts';
import type { SinkNames } from '../types.ts';
import { sinkChoices, tableChoices } from '../words.ts';
import { ChoiceField } from './choice-field.tsx';
import type { FormProps } from './form-props.ts';

export function SinkForm({ form, context, onChange, blank }: FormProps<'sink'> & { readonly blank: (sink: string) => FormProps<'sink'>['form'] }) {
  const definition = sinks.find(({ name }) => name === form.sink);
  const set = (name: string, kql: string): void => onChange({ ...form, arguments: kql === '' ? Object.fromEntries(Object.entries(form.arguments).filter(([key]) => key !== name)) : { ...form.arguments, [name]: kql } });
  return (
    <>
      <Select label="What happens to them" value={form.sink} options={sinkChoices.map(({ keyword, title, code }) => ({ value: keyword, label: title, detail: <span className="mono">{code}</span> }))} onChange={(sink) => onChange(blank(sink))} />
      {definition?.parameters.map((parameter) => <Parameter key={`${form.sink}.${parameter.name}`} parameter={parameter} names={namesFor(parameter.name, context.sinkNames)} kql={form.arguments[parameter.name] ?? ''} onChange={(kql) => set(parameter.name, kql)} />)}
    </>
  );
}

function namesFor(parameter: string, names: SinkNames): readonly string[] {
  const known: Readonly<Record<string, readonly string[] | undefined>> = { detectors: names.detectors, recorder: names.recorders, exporter: names.exporters, mode: ['mask', 'hash', 'remove'], unit: ['1', 'ms', 's', 'By', '{request}'] };
  return known[parameter] ?? [];
}

interface ParameterProps { readonly parameter: SinkParameter; readonly names: readonly string[]; readonly kql: string; readonly onChange: (kql: string) => void }

function Parameter({ parameter, names, kql, onChange }: ParameterProps) {
  const { name, type, fallback, doc } = parameter;
  if (type === 'bool') return <Checkbox checked={(kql === '' ? fallback : kql) === 'true'} onChange={(on) => onChange(String(on) === fallback ? '' : String(on))}>{flagWords[name] ?? doc}</Checkbox>;
  const textual = type === 'string' || unquote(kql) !== null || (name === 'detectors' && kql === '');
  const typed = (value: string): void => onChange(value.trim() === '' ? '' : textual && !value.startsWith('dynamic(') ? kqlString(value.trim()) : value.trim());
  return (
    <div className="qp-param">
      <span className="meta t2">{label(name)}</span>
      <ChoiceField label={label(name)} mono shown={unquote(kql) ?? kql} suggestions={names.map((each) => ({ key: each, label: each }))} onTake={(each) => onChange(kqlString(each))} onTyped={typed} placeholder={fallback === undefined ? 'must be given' : emptyWords[name] ?? `${unquote(fallback) ?? fallback} when empty`} invalid={kql === '' ? fallback === undefined : !isWhole(kql)} />
      <span className="meta t3">{doc}</span>
    </div>
  );
}

/** What a tick says; the catalogue's sentence explains the word true. */
const flagWords: Readonly<Record<string, string>> = { keep: 'Let the records pass as well', tee: 'Let the records pass as well' };
const emptyWords: Readonly<Record<string, string>> = { detectors: 'all detectors when empty', unit: 'no unit when empty', key: 'same line of code, service, severity and text when empty' };

const label = (name: string): string => name[0]!.toUpperCase() + name.slice(1);

export function TableForm({ form, onChange }: FormProps<'table'>) {
  const known = tableChoices.some(({ keyword }) => keyword === form.table) ? tableChoices : [...tableChoices, { keyword: form.table, title: form.table, line: '' }];
  return <Select label="Where the records come from" value={form.table} options={known.map(({ keyword, title, line }) => ({ value: keyword, label: title, detail: line }))} onChange={(table) => onChange({ ...form, table })} />;
}
