// The price table: what a GB, a million records, a month of keeping and a series cost. Empty: not billed that way.
import { useState } from 'react';
import { areStartingPrices, startingPrices } from '../../../../cost/index.ts';
import type { PriceTable } from '../../../../model/index.ts';
import { ApiFailure, explainFailure, useSavePrices } from '../../../api/index.ts';
import { toast } from '../../../state/index.ts';
import { Button, ChangedMeanwhile, Dialog, differences, Input, SkeletonRows, TextArea } from '../../../ui/index.ts';
import { LoadFailure } from '../words/load-failure.tsx';
import { tellFailure } from '../words/tell-failure.ts';
import { cellKey, draftOf, priceRows, readDraft, signals, takenOver, type PriceDraft } from './price-form.ts';

export interface PricesDialogProps { readonly prices: PriceTable | undefined; readonly error: Error | null; readonly onRetry: () => void; readonly onClose: () => void }

export function PricesDialog({ prices, error, onRetry, onClose }: PricesDialogProps) {
  if (prices !== undefined) return <Editor prices={prices} onClose={onClose} />;
  return <Dialog open onOpenChange={open => { if (!open) onClose(); }} title="Prices" icon="cost" wide>{error ? <LoadFailure error={error} onRetry={onRetry} /> : <SkeletonRows rows={6} label="Loading the price table" />}</Dialog>;
}

function Editor({ prices, onClose }: { readonly prices: PriceTable; readonly onClose: () => void }) {
  const [draft, setDraft] = useState(() => draftOf(prices));
  const [base, setBase] = useState(prices);
  const save = useSavePrices();
  const { prices: read, errors } = readDraft(draft);
  const changed = JSON.stringify(draft) !== JSON.stringify(draftOf(base));
  const why = save.isPending ? 'One moment: it is being saved.' : read === null ? 'A price is not a number yet; the list under the table says which.' : changed ? null : 'Nothing has changed.';
  // The dialog is gone by then.
  const undo = () => { save.mutateAsync(base).then(() => { toast({ about: 'prices', title: 'Prices are as they were' }); }, tellFailure); };
  // Prices that are somebody's own are no examples any more.
  const ownNote = (table: PriceTable): PriceTable => (table.note === startingPrices.note && !areStartingPrices(table) ? { ...table, note: '' } : table);
  const send = (table: PriceTable, from: PriceTable) => save.mutate({ ...ownNote(table), base: from }, { onSuccess: () => { toast({ about: 'prices', title: 'Prices saved', detail: 'Every figure of money follows them, earlier ones too.', action: { label: 'Undo', run: undo } }); onClose(); }, onError: error => { if (!isMeanwhile(error)) tellFailure(error); } });
  const go = () => { if (why === null && read !== null) send(read, base); };
  const load = () => { setDraft(draftOf(prices)); setBase(prices); save.reset(); };
  const keep = () => {
    const both = takenOver(draft, draftOf(base), draftOf(prices));
    const { prices: table } = readDraft(both);
    setDraft(both);
    setBase(prices);
    if (table !== null) send(table, prices);
  };
  const set = (patch: Partial<PriceDraft>) => setDraft(before => ({ ...before, ...patch }));
  const footer = <><Button variant="ghost" onClick={() => setDraft(draftOf(startingPrices))}>Starting values</Button><span className="grow" /><Button kbd="Esc" onClick={onClose}>Cancel</Button><Button variant="primary" kbd="Ctrl Enter" disabledReason={why} onClick={go}>Save</Button></>;
  return (
    <Dialog open onOpenChange={open => { if (!open) onClose(); }} title="Prices" icon="cost" wide onGo={go} footer={footer}>
      <p>What your backend bills, for everybody who uses this server. Leave a field empty where nothing is billed that way. A month is 730 hours, a GB 10<sup>9</sup> bytes.</p>
      <PriceGrid draft={draft} errors={errors} set={set} />
      {Object.keys(errors).length > 0 && <ul className="cost-wrong" role="alert">{Object.entries(errors).map(([field, message]) => <li key={field}><b className="md">{nameOf(field)}</b> {message}</li>)}</ul>}
      <div className="cost-more">
        <Input label="Currency" value={draft.currency} aria-invalid={errors['currency'] !== undefined} onChange={event => set({ currency: event.target.value })} />
        <TextArea label="Where the figures come from" rows={2} value={draft.note} hint={draft.note === startingPrices.note ? 'These are starting values: examples, not your contract. Write your own, and say here where they come from.' : undefined} onChange={event => set({ note: event.target.value })} />
      </div>
      {isMeanwhile(save.error) && <ChangedMeanwhile title={explainFailure(save.error!).title} theirs={differences(inWords(base), inWords(prices))} onLoad={load} onKeep={keep} />}
    </Dialog>
  );
}

const isMeanwhile = (error: Error | null): boolean => error instanceof ApiFailure && error.code === 'prices.changed-meanwhile';

const named: Readonly<Record<string, string>> = { currency: 'Currency:', note: 'Where they come from:', perSeriesMonth: 'A series, metrics:' };
const nameOf = (field: string): string => named[field] ?? signals.flatMap(signal => priceRows.map(({ key, label }) => ({ key: cellKey(signal, key), words: `${label}, ${signal}:` }))).find(({ key }) => key === field)?.words ?? field;

const inWords = (table: PriceTable): Readonly<Record<string, string>> => {
  const { currency, note, perSeriesMonth, cells } = draftOf(table);
  return Object.fromEntries(Object.entries({ currency, note, perSeriesMonth, ...cells }).map(([field, text]) => [nameOf(field).replace(/:$/, ''), text === '' ? 'not billed' : text]));
};

interface GridProps { readonly draft: PriceDraft; readonly errors: Readonly<Record<string, string>>; readonly set: (patch: Partial<PriceDraft>) => void }

function PriceGrid({ draft, errors, set }: GridProps) {
  const cell = (label: string, value: string, field: string, change: (text: string) => void) => <td key={field}><Input small inputMode="decimal" className="num" aria-label={label} placeholder="not billed" value={value} aria-invalid={errors[field] !== undefined} onChange={event => change(event.target.value)} /></td>;
  return (
    <table className="cost-prices">
      <thead><tr><th scope="col">{draft.currency.trim() === '' ? 'Price' : `In ${draft.currency.trim()}`}</th>{signals.map(signal => <th key={signal} scope="col">{titles[signal]}</th>)}</tr></thead>
      <tbody>
        {priceRows.map(({ key, label, hint }) => (
          <tr key={key}><th scope="row">{label}<span className="t3"> {hint}</span></th>{signals.map(signal => { const field = cellKey(signal, key); return cell(`${label}, ${signal}`, draft.cells[field] ?? '', field, text => set({ cells: { ...draft.cells, [field]: text } })); })}</tr>
        ))}
        <tr><th scope="row">A series a month<span className="t3"> active ones</span></th><td /><td />{cell('A series a month, metrics', draft.perSeriesMonth, 'perSeriesMonth', perSeriesMonth => set({ perSeriesMonth }))}</tr>
      </tbody>
    </table>
  );
}

const titles = { logs: 'Logs', spans: 'Spans', metrics: 'Metrics' } as const;
