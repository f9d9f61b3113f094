// The five figures of a dry run, each with its bound beside it.
import { useState } from 'react';
import { bytes } from '../../../../cost/index.ts';
import { dailySaving, seriesWarning, type CpuEstimate, type QueryDryRunResult } from '../../../../rules/index.ts';
import type { PriceTable, Signal } from '../../../../model/index.ts';
import { ApiFailure, explainFailure, usePrices, useSavePrices } from '../../../api/index.ts';
import { touchedRecords } from '../../../editor/redact/index.ts';
import { Button, ChangedMeanwhile, formatCount, formatDuration, formatPercent, Input, Popover } from '../../../ui/index.ts';
import { money, savedPerMonth } from './saved-money.ts';
import { meaningfulSpanMs, rateSpanMs, tellingSpanMs } from './use-dry-run.ts';

/** An estimate is no measurement: one significant figure below ten, two from there on; a range where rounds differed by half and more. */
export function roughMicros({ median, low, high }: CpuEstimate): string {
  if (high < 0.01) return '< 0.01 µs';
  const [from, to] = [rough(low), rough(high)];
  return high > low * 1.5 && from !== to ? `${from} to ${to} µs` : `≈ ${rough(median)} µs`;
}
const rough = (micros: number): string => (micros < 0.01 ? '< 0.01' : `${Number(micros.toPrecision(micros < 10 ? 1 : 2))}`);

export interface DryRunFiguresProps { readonly result: QueryDryRunResult; readonly coveredMs: number; /** Of the records that came at all, 0 to 1. */ readonly share: number;
  /** A policy is put to every record that it may be about: what counts is what it changes. */ readonly policy: boolean }

export function DryRunFigures({ result, coveredMs, share, policy }: DryRunFiguresProps) {
  const { reached, matched, removed, routed, emitted, bytesBefore, bytesAfter } = result;
  const touches = touchedRecords(result);
  const changed = policy ? touches.records - removed : result.changed;
  const out = reached - removed - routed;
  const touched = policy ? touches.records : matched;
  return (
    <dl className="rules-figs">
      <Fig label={policy ? 'Touched' : 'Matched'} strong={formatCount(touched)} rest={`of ${formatCount(reached)}${reached > 0 ? `, ${formatPercent(touched / reached)}` : ''}`} />
      <Fig label="Records out" before={formatCount(reached)} strong={formatCount(out)} rest={[emitted > 0 ? `+ ${formatCount(emitted)} made` : '', changed > 0 ? `${formatCount(changed)} changed` : ''].filter(Boolean).join(', ')} />
      <Fig label="Bytes, as OTLP" title="Whole export requests, with what their records share (resource and scope). The size beside a record below is of that record alone." before={bytes(bytesBefore)} strong={bytes(bytesAfter)} rest="" />
      <Saves result={result} coveredMs={coveredMs} share={share} />
      <Cpu result={result} coveredMs={coveredMs} share={share} />
    </dl>
  );
}

function Fig({ label, before, strong, rest, title }: { readonly label: string; readonly title?: string; readonly before?: string; readonly strong: string; readonly rest: string }) {
  return <div className="rules-fig" title={title}><dt>{label}</dt><dd title={title ?? `${before === undefined ? '' : `${before} → `}${strong} ${rest}`}>{before !== undefined && <s>{before} → </s>}{strong} <s>{rest}</s></dd></div>;
}

/** CPU per record, and as a share of a core at the rate at which records came. */
function Cpu({ result: { cpu, reached }, coveredMs, share }: Omit<DryRunFiguresProps, 'policy'>) {
  if (cpu === null) return <Fig label="CPU, estimated" strong="" rest="too few records to measure" />;
  const perSecond = coveredMs >= rateSpanMs && share > 0 ? (reached * 1000) / coveredMs / share : 0;
  return <Fig label="CPU, estimated" title="Measured in this browser over the newest records: the low end is warm and undisturbed, the high end is the first, cold pass. An agent takes small batches between other work and lies nearer the high end; its measured effect says what it is." strong={roughMicros(cpu)} rest={perSecond > 0 ? `a record, ${shareWords((cpu.high * perSecond) / 1e6)} of a core` : 'a record'} />;
}

const shareWords = (share: number): string => (share < 0.0001 ? '< 0.01 %' : `≤ ${formatPercent(share, share < 0.01 ? 2 : 1)}`);

function Saves({ result, coveredMs, share }: Omit<DryRunFiguresProps, 'policy'>) {
  const prices = usePrices().data ?? null;
  const saving = coveredMs < meaningfulSpanMs ? null : dailySaving(result, coveredMs, share);
  if (saving === null) return <Fig label="Saves" strong="" rest="needs more time" />;
  const warning = seriesWarning(result);
  const but = warning === null ? null : <span className={`but ${warning.kind === 'overflow' ? 'red' : 'amb'}`} title={`${warning.strong} ${warning.rest}`}> before {warning.strong}</span>;
  const perSecond = saving.bytesPerDay / secondsPerDay;
  const less = `${bytes(Math.abs(perSecond))}/s ${perSecond < 0 ? 'more' : 'less'}`;
  const perMonth = savedPerMonth(saving.rates, prices);
  const signal = saving.rates[0]?.signal ?? 'logs';
  // Of few seconds a rate is a guess, and says of how many.
  const isGuess = coveredMs < tellingSpanMs;
  const by = isGuess ? `, by ${formatDuration(coveredMs)}` : '';
  const basis = `At today's rate: that of the ${formatDuration(coveredMs)} of records that were tried.`;
  if (perMonth === null) return <div className="rules-fig" title={basis}><dt>Saves, at today&rsquo;s rate</dt><dd>{isGuess && '≈ '}{less}{by} <PriceButton prices={prices} signal={signal} label="set a price" />{but}</dd></div>;
  return (
    <div className="rules-fig" title={`${basis} By the price table of the view Cost: bytes, records and series, less what the rule makes.`}>
      <dt>Saves, at today&rsquo;s rate</dt><dd><span className={perMonth > 0 ? 'acc' : undefined}>{isGuess && '≈ '}{money(perMonth, prices?.currency ?? '')}</span> <s>a month, {less}{by}</s> <PriceButton prices={prices} signal={signal} label="price" />{but}</dd>
    </div>
  );
}

const secondsPerDay = 86_400;

function PriceButton({ prices, signal, label }: { readonly prices: PriceTable | null; readonly signal: Signal; readonly label: string }) {
  const [open, setOpen] = useState(false);
  if (prices === null) return null;
  return <Popover label="Price of telemetry" align="end" open={open} onOpenChange={setOpen} content={<PriceForm prices={prices} signal={signal} onDone={() => setOpen(false)} />}><button type="button" className="link">{label}</button></Popover>;
}

/** One price of the table, which the view Cost shows whole. */
function PriceForm({ prices, signal, onDone }: { readonly prices: PriceTable; readonly signal: Signal; readonly onDone: () => void }) {
  const [base, setBase] = useState(prices);
  const [price, setPrice] = useState(typed(base, signal));
  const [currency, setCurrency] = useState(base.currency);
  const save = useSavePrices();
  const number = price.trim() === '' ? null : Number(price);
  const wrong = number !== null && !(number >= 0) ? 'Write a number such as 0.5.' : currency.trim() === '' || currency.length > 8 ? 'Name a currency in up to 8 characters.' : null;
  const send = (from: PriceTable, perGb: number | null, of: string) => save.mutate({ ...from, currency: of.trim(), [signal]: { ...from[signal], perGb }, base: from }, { onSuccess: onDone });
  const submit = () => { if (wrong === null) send(base, number, currency); };
  const isOther = save.error instanceof ApiFailure && save.error.code === 'prices.changed-meanwhile';
  const load = () => { setPrice(typed(prices, signal)); setCurrency(prices.currency); setBase(prices); save.reset(); };
  const keep = () => {
    const perGb = price === typed(base, signal) ? prices[signal].perGb : number;
    const of = currency === base.currency ? prices.currency : currency;
    setBase(prices);
    send(prices, perGb, of);
  };
  const theirs = [[`A GB of ${signal}`, typed(prices, signal) === '' ? 'not billed' : typed(prices, signal)], ['The currency', prices.currency]] as const;
  return (
    <form className="col pad" onSubmit={event => { event.preventDefault(); submit(); }}>
      <Input label={`What a GB of ${signal} costs you, taken in`} inputMode="decimal" value={price} onChange={event => setPrice(event.target.value)} error={wrong} />
      <Input label="Currency" value={currency} onChange={event => setCurrency(event.target.value)} />
      {save.error !== null && (isOther ? <ChangedMeanwhile title={explainFailure(save.error).title} theirs={theirs} onLoad={load} onKeep={keep} /> : <p className="red row wrapline" role="alert">{explainFailure(save.error).title} {explainFailure(save.error).help}</p>)}
      <div className="row"><Button variant="primary" size="s" type="submit">Save</Button><span className="meta t3">for everybody who uses this server</span></div>
    </form>
  );
}

const typed = (prices: PriceTable, signal: Signal): string => prices[signal].perGb?.toString() ?? '';
