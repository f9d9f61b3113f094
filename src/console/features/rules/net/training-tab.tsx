// Bounds that are measured, beside the number that is written: adopt one, and guards go by what was measured.
import type { FleetNet, MachineDocument, NetTraining } from '../../../../model/index.ts';
import type { RuleEdit } from '../../../../rules/index.ts';
import { Button, Chip, EmptyState, formatCount, Table, Time, toast } from '../../../ui/index.ts';
import type { TableColumn } from '../../../ui/index.ts';
import { adoptEdits, writtenBounds } from './net-facts.ts';

interface Row { readonly agent: string; readonly key: string; readonly value: number; readonly samples: number; readonly sinceUnixMs: number }
export interface TrainingTabProps { readonly reports: FleetNet['agents']; readonly document: MachineDocument; readonly onEdit: (edits: readonly RuleEdit[]) => void }

export function TrainingTab({ reports, document, onEdit }: TrainingTabProps) {
  const names = [...new Set(reports.flatMap(({ net }) => net.training.map(({ name }) => name)))];
  if (names.length === 0) return <EmptyState title="Nothing is measured yet">The net that is deployed has no <span className="mono">train</span>, or no record with such a value came.</EmptyState>;
  return <>{names.map(name => <Bound key={name} name={name} reports={reports} document={document} onEdit={onEdit} />)}</>;
}

function Bound({ name, reports, document, onEdit }: TrainingTabProps & { readonly name: string }) {
  const measured = reports.flatMap(({ agent, net }) => net.training.filter(training => training.name === name).map(training => ({ agent: agent.name, training })));
  const [first] = measured;
  if (first === undefined) return null;
  const written = writtenBounds(document, name);
  const rows = measured.flatMap(({ agent, training }) => training.values.map((value): Row => ({ ...value, agent })));
  return (
    <section className="net-bound" aria-label={`Measured bound ${name}`}>
      <div className="row"><b className="md mono">{name}</b><span className="t3 ell">{first.training.text}</span><span className="end row">{written.length > 0 && <span className="t2 nw">written: <b className="t1 md">{written.join(', ')}</b></span>}<Adopt training={first.training} document={document} written={written} onEdit={onEdit} /></span></div>
      {written.length === 0 && <p className="meta amb">No guard asks for it. Write <code className="mono">trained("{name}", 200)</code> in place of a number, and the measured value can take its place.</p>}
      <Table label={`Measured values of ${name}`} columns={columnsOf(written, reports.length > 1)} rows={rows} rowKey={({ agent, key }) => `${agent} ${key}`} />
    </section>
  );
}

/** The document in hand decides, not what runs: the edit is there to be looked at, saved and deployed. */
function Adopt({ training, document, written, onEdit }: { readonly training: NetTraining; readonly document: MachineDocument; readonly written: readonly number[]; readonly onEdit: (edits: readonly RuleEdit[]) => void }) {
  const text = document.train?.[training.name];
  const adopted = text !== undefined && /\sadopted\s*$/.test(text);
  const why = text === undefined ? 'The text in hand has no such bound under train.' : written.length === 0 && !adopted ? 'No guard asks for it yet.' : null;
  const turn = () => {
    onEdit(adoptEdits({ name: training.name, text: text ?? training.text }, !adopted));
    toast({ title: adopted ? `${training.name}: the written bound again` : `${training.name} adopted in the text`, detail: 'Save and deploy to arm it.' });
  };
  return <>{training.adopted && <Chip tone="accent">in use</Chip>}{adopted !== training.adopted && <Chip tone="pending">not deployed yet</Chip>}<Button size="s" disabledReason={why} onClick={turn}>{adopted ? 'Set by hand' : 'Adopt'}</Button></>;
}

const fewSamples = 1000;

const columnsOf = (written: readonly number[], many: boolean): readonly TableColumn<Row>[] => [
  { key: 'key', head: 'Key', cell: ({ key }) => <span className="mono" title={key}>{key === '' ? 'all records' : key}</span> },
  ...(many ? [{ key: 'agent', head: 'Agent', width: 80, cell: ({ agent }: Row) => <span className="t3">{agent}</span> }] : []),
  { key: 'value', head: 'Measured', width: 120, numeric: true, cell: ({ value }) => <><b className="md">{shown(value)}</b>{written.length === 1 && written[0] !== undefined && value !== written[0] && <span className="t3"> {value > written[0] ? '+' : '−'}{shown(Math.abs(value - written[0]))}</span>}</> },
  { key: 'samples', head: 'Samples', width: 84, numeric: true, cell: ({ samples }) => <span className={samples < fewSamples ? 'amb' : undefined} title={samples < fewSamples ? 'Few samples: the value is uncertain' : undefined}>{formatCount(samples)}{samples < fewSamples && ', few'}</span> },
  { key: 'since', head: 'Since', width: 90, cell: ({ sinceUnixMs }) => <Time at={sinceUnixMs} show="relative" /> },
];

const shown = (value: number): string => String(Math.round(value * 100) / 100);
