// Count or compute, per group and stretch of time.
import { aggregateFunctions, type BlockForm } from '../../../../../kql/index.ts';
import { Select } from '../../../../ui/index.ts';
import { nameKql, nameShown } from './columns-form.tsx';
import { CommitInput } from './commit-input.tsx';
import { FieldInput } from './field-input.tsx';
import type { FormProps } from './form-props.ts';
import { changed, Rows, without } from './rows.tsx';

type Summarize = Extract<BlockForm, { form: 'summarize' }>;
type AggregateField = Summarize['aggregates'][number];

const plain: Readonly<Record<string, string>> = { count: 'how many', countif: 'how many where', sum: 'sum of', avg: 'mean of', min: 'smallest', max: 'largest', dcount: 'how many different', percentile: 'percentile of', stdev: 'spread of', take_any: 'any one of', make_set: 'different values of', make_list: 'all values of', sumif: 'sum where' };
const windows = ['1s', '10s', '30s', '1m', '5m', '15m', '1h'] as const;
const none = 'none';

export function SummarizeForm({ form, context, onChange }: FormProps<'summarize'>) {
  const { aggregates, by, window } = form;
  const time = context.columns.find(({ name, type }) => name === 'Timestamp' && type === 'datetime') ?? context.columns.find(({ type }) => type === 'datetime');
  const column = window?.column ?? time?.name;
  return (
    <>
      <h3>Compute</h3>
      <Rows one="figure" count={aggregates.length} add="Add a figure" onAdd={() => onChange({ ...form, aggregates: [...aggregates, { name: '', fn: 'count', args: '' }] })} onRemove={(i) => onChange({ ...form, aggregates: without(aggregates, i) })}
        row={(i) => <Figure value={aggregates[i]!} context={context} onChange={(next) => onChange({ ...form, aggregates: changed(aggregates, i, next) })} />} />
      <h3>For each</h3>
      <Rows one="group" count={by.length} least={0} add={by.length === 0 ? 'Group by a field' : 'Group by another field'} onAdd={() => onChange({ ...form, by: [...by, { name: '', expression: '' }] })} onRemove={(i) => onChange({ ...form, by: without(by, i) })}
        row={(i) => <FieldInput label="Group by" kql={by[i]!.expression} columns={context.columns} fields={context.fields} use="group" placeholder="field" onCommit={(expression) => onChange({ ...form, by: changed(by, i, { ...by[i]!, expression, name: groupName(by[i]!.name, expression) }) })} />} />
      {column !== undefined && (
        <div className="qp-row"><h3>Every</h3>
          <Select label="Stretch of time" value={window?.size ?? none} onChange={(size) => onChange({ ...form, window: size === none ? null : { column, size } })}
            options={[...sizes(window?.size).map((size) => ({ value: size, label: size.replace(/^(\d+(?:\.\d+)?)([a-z]+)$/, '$1 $2') })), { value: none, label: 'no stretch of time' }]} />
        </div>
      )}
    </>
  );
}

const sizes = (current: string | undefined): readonly string[] => (current === undefined || windows.some((size) => size === current) ? windows : [current, ...windows]);

/** An attribute needs a name of its own to group by: that of its last word. */
function groupName(name: string, expression: string): string {
  const key = /^\w+\((?:Attributes|Resource)\["([^"]+)"\]\)$/.exec(expression)?.[1];
  return name !== '' || key === undefined ? name : nameKql(key);
}

function Figure({ value, context, onChange }: { readonly value: AggregateField; readonly context: FormProps<'summarize'>['context']; readonly onChange: (value: AggregateField) => void }) {
  const definition = aggregateFunctions.find(({ name }) => name === value.fn);
  const takes = definition !== undefined && !definition.signature.includes('()');
  const [first = '', ...rest] = splitArguments(value.args);
  const withFirst = (kql: string): string => [kql, ...(value.fn.startsWith('percentile') && rest.length === 0 ? ['95'] : rest)].join(', ');
  return (
    <>
      <Select label="Figure" value={value.fn} options={aggregateFunctions.map(({ name, signature }) => ({ value: name, label: plain[name] ?? name, detail: <span className="mono">{signature}</span> }))} onChange={(fn) => onChange({ ...value, fn, args: fn === 'count' ? '' : value.args })} />
      {takes && <FieldInput label="Of" kql={first} columns={context.columns} fields={context.fields} use="number" onCommit={(kql) => onChange({ ...value, args: withFirst(kql) })} />}
      {value.fn === 'percentile' && <CommitInput label="Percent" value={rest[0] ?? ''} placeholder="95" onCommit={(share) => onChange({ ...value, args: [first, share].join(', ') })} />}
      <span className="t3">as</span>
      <CommitInput label="Name of the figure" value={nameShown(value.name)} placeholder={`${value.fn}_`} onCommit={(typed) => onChange({ ...value, name: nameKql(typed) })} />
    </>
  );
}

/** Arguments at the outer level. */
function splitArguments(args: string): readonly string[] {
  return args.trim() === '' ? [] : (args.match(/(?:\((?:[^()]|\([^()]*\))*\)|"(?:[^"\\]|\\.)*"|\[[^\]]*\]|[^,])+/g) ?? []).map((part) => part.trim());
}
