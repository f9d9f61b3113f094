// Probes of native code: a function of a binary (uprobe), a point its authors left for it (USDT), a ready-made bpftrace probe.
import { useEffect, useEffectEvent, useState } from 'react';
import { explainFailure, useProbeGallery, useSymbols } from '../../../api/index.ts';
import type { ActionTarget, BinarySymbols, ProbeGallery } from '../../../../model/index.ts';
import { Checkbox, Chip, ErrorState, Input, plural, Segmented, SkeletonRows, type ChipTone } from '../../../ui/index.ts';
import { Said } from '../said.tsx';
import { fileName } from '../words.ts';
import { listKeys } from './list-keys.ts';
import type { Problems, UprobeDraft } from './drafts.ts';

type Symbol = BinarySymbols['symbols'][number];

export interface SymbolPaneProps { readonly agent: string; readonly target: ActionTarget | null; readonly binary: string | undefined; readonly symbol: string | undefined; readonly usdt: boolean; readonly onBinary: (binary: string | undefined) => void; /** The function that a link names, with what its debug information says. */ readonly onKnown: (args: string) => void; readonly onSymbol: (choice: { readonly binary: string; readonly symbol: string; readonly args: string }) => void }

/** Searches functions of a process and its libraries, or of a binary by its path. */
export function SymbolPane({ agent, target, binary, symbol, usdt, onBinary, onKnown, onSymbol }: SymbolPaneProps) {
  const [text, setText] = useState(usdt ? '' : symbol ?? '');
  const [path, setPath] = useState(binary ?? '');
  const asks = target !== null || path.startsWith('/');
  const { data, error, refetch } = useSymbols(agent, asks ? { target: path === '' ? target : null, binary: path, text } : null);
  const args = usdt ? '' : argsIn(data, binary, symbol);
  const tell = useEffectEvent(() => { onKnown(args); });
  useEffect(() => { if (args !== '') tell(); }, [args]);
  return (
    <div className="col grow probe-tree" role="group" aria-label={usdt ? 'Points' : 'Functions'} onKeyDown={listKeys}>
      <div className="pad row gap1"><Input small mono aria-label="Find a function" placeholder={usdt ? 'Find a point' : 'Find a function'} value={text} onChange={event => setText(event.target.value)} /><Input small mono aria-label="Path of a binary" placeholder="/path/of/a/binary, if not the process's own" value={path} onChange={event => { setPath(event.target.value); onBinary(event.target.value === '' ? undefined : event.target.value); }} /></div>
      <div className="scroll grow" tabIndex={-1}>
        {!asks ? <p className="pad t2">Choose a process, or name a binary by its path.</p>
          : data === undefined ? error === null ? <SkeletonRows rows={8} /> : <ErrorState title={explainFailure(error).title} onRetry={() => void refetch()}>{explainFailure(error).help}</ErrorState>
            : <Found data={data} usdt={usdt} text={text} chosen={`${binary ?? ''} ${symbol ?? ''}`} onSymbol={onSymbol} />}
      </div>
    </div>
  );
}

function Found({ data, usdt, text, chosen, onSymbol }: { readonly data: BinarySymbols; readonly usdt: boolean; readonly text: string; readonly chosen: string; readonly onSymbol: SymbolPaneProps['onSymbol'] }) {
  const points = data.usdt.filter(({ provider, name }) => `${provider}:${name}`.toLowerCase().includes(text.toLowerCase()));
  const count = usdt ? points.length : data.symbols.length;
  return (
    <>
      {data.problem !== null && <p className="probe-why bad" role="alert"><span><b className="md"><Said>{data.problem.message}</Said></b> <Said>{data.problem.help ?? ''}</Said></span></p>}
      {count === 0 && data.problem === null && <p className="pad t2">{usdt ? 'Its authors left no USDT points in it.' : 'No function matches.'}</p>}
      <ul>{usdt
        ? points.map(({ binary, provider, name }) => <li key={`${binary} ${provider}:${name}`}><button type="button" className="probe-pick" aria-pressed={chosen === `${binary} ${provider}:${name}`} onClick={() => onSymbol({ binary, symbol: `${provider}:${name}`, args: '' })}><span className="mono ell grow">{provider}:{name}</span><span className="t3 ell">{fileName(binary)}</span></button></li>)
        : data.symbols.map(found => <li key={`${found.binary} ${found.name} ${found.address}`}><button type="button" className="probe-pick" aria-pressed={chosen === `${found.binary} ${found.name}`} title={`${found.shown} at ${found.place ?? found.address} in ${found.binary}`} onClick={() => onSymbol({ binary: found.binary, symbol: found.name, args: argsOf(found) })}><span className="mono ell grow">{found.shown}<Parameters symbol={found} /></span><span className="t3 ell">{fileName(found.binary)}</span></button></li>)}</ul>
      {data.more > 0 && <p className="pad t3">{plural(data.more, 'more')}: find by name.</p>}
    </>
  );
}

const Parameters = ({ symbol: { parameters } }: { readonly symbol: Symbol }) => (parameters === null ? null : <span className="t3">({parameters.map(({ name, type }) => `${type} ${name}`).join(', ')})</span>);
const argsOf = ({ parameters }: Symbol): string => (parameters ?? []).flatMap(({ argument }) => argument ?? []).join(', ');

const argsIn = (data: BinarySymbols | undefined, binary: string | undefined, symbol: string | undefined): string => {
  const found = symbol === undefined ? undefined : data?.symbols.find(one => one.name === symbol && (binary === undefined || one.binary === binary));
  return found === undefined ? '' : argsOf(found);
};

export function UprobeForm({ draft, problems, onChange }: { readonly draft: UprobeDraft; readonly problems: Problems; readonly onChange: (patch: Partial<UprobeDraft>) => void }) {
  return (
    <>
      <div className="field"><Segmented label="What it makes" value={draft.does} options={[{ value: 'record', label: 'Log record' }, { value: 'count', label: 'Counter' }, { value: 'metric', label: 'Metric' }]} onChange={does => onChange({ does })} /></div>
      <Input mono label="Arguments to read" placeholder="a=%di:s32, path=+0(%si):string" value={draft.args} onChange={event => onChange({ args: event.target.value })} error={problems['args']} hint="NAME=FETCH:TYPE as the kernel has it; filled in where the binary has debug information." />
      <Checkbox checked={draft.returns} onChange={returns => onChange({ returns })}>On return, with its value</Checkbox>
      <Input mono label="Only when, in the kernel" placeholder="a > 3" value={draft.filter} onChange={event => onChange({ filter: event.target.value })} error={problems['filter']} />
    </>
  );
}

const tones: Readonly<Record<ProbeGallery['templates'][number]['risk'], ChipTone>> = { low: 'plain', medium: 'attn', high: 'danger' };

/** What the gallery rates is what a program costs the machine; what it tells of people shows in its preview. */
const loads: Readonly<Record<ProbeGallery['templates'][number]['risk'], string>> = { low: 'light: low risk to the machine', medium: 'some load: medium risk', high: 'heavy: high risk' };

export interface GalleryProps { readonly agent: string; readonly template: string | undefined; /** What would run, with what was chosen; null: not known yet, the one with its defaults shows. */ readonly program: string | null; readonly parameters: Readonly<Record<string, string | number>>; readonly onTemplate: (template: string) => void; readonly onParameter: (name: string, value: string | number) => void }

export function Gallery({ agent, template, program: chosen, parameters, onTemplate, onParameter }: GalleryProps) {
  const { data, error, refetch } = useProbeGallery(agent);
  if (data === undefined) return error === null ? <SkeletonRows rows={6} /> : <ErrorState title={explainFailure(error).title} onRetry={() => void refetch()}>{explainFailure(error).help}</ErrorState>;
  const lacking = data.kinds['bpftrace'] ?? null;
  return (
    <div className="scroll grow probe-gallery">
      {lacking !== null && <p className="probe-why bad" role="alert"><span><b className="md"><Said>{lacking.message}</Said></b> <Said>{lacking.help ?? ''}</Said></span></p>}
      {data.templates.map(({ name, title, description, program, risk, riskReason, parameters: asked }) => (
        <section key={name} aria-label={title} className={name === template ? 'on' : undefined}>
          <button type="button" className="probe-pick" aria-pressed={name === template} onClick={() => onTemplate(name)}><b className="md grow ell">{title}</b><Chip tone={tones[risk]} title={riskReason}>{loads[risk]}</Chip></button>
          <p className="t2">{description}</p>
          {name === template && <>{risk !== 'low' && <p className="amb">{riskReason}</p>}{asked.map(one => <Input key={one.name} small label={one.label} value={String(parameters[one.name] ?? one.default)} onChange={event => onParameter(one.name, typeof one.default === 'number' ? Number(event.target.value) : event.target.value)} />)}<pre role="group" className="mono probe-program" aria-label="The whole program" aria-busy={chosen === null}>{chosen ?? program}</pre></>}
        </section>
      ))}
    </div>
  );
}
