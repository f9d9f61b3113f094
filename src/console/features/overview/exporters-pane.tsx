// Where telemetry goes on to, in words. Without a downstream it says so, and how to name one.
import type { Overview } from '../../../model/index.ts';
import { Chip, copyText, IconButton, PaneHeader } from '../../ui/index.ts';
import type { ChipTone } from '../../ui/index.ts';

type Exporter = Overview['exporters'][number];

const tones: Readonly<Record<string, ChipTone>> = { ok: 'plain', retrying: 'attn', refused: 'danger', none: 'pending' };
const words: Readonly<Record<string, string>> = { ok: 'sending', retrying: 'retrying', refused: 'refused', none: 'none' };

export function ExportersPane({ exporters }: { readonly exporters: readonly Exporter[] }) {
  const bare = exporters.filter(each => each.url === null);
  const sending = exporters.filter(each => each.url !== null);
  return (
    <>
      <PaneHeader title="Exporters" meta={sending.length === 0 ? 'none' : String(sending.length)} />
      {sending.map(each => <ExporterRow key={`${each.agent} ${each.name}`} exporter={each} />)}
      {bare.length > 0 && <NoDownstream exporters={bare} />}
      {exporters.length === 0 && <div className="note t3">No agent has reported its exporters yet.</div>}
    </>
  );
}

function ExporterRow({ exporter }: { readonly exporter: Exporter }) {
  return (
    <div className="li">
      <div className="grow"><div className="row"><span className="ell"><span className="mono">{exporter.name}</span> <span className="t3">{exporter.agent}</span></span><span className="end"><Chip tone={tones[exporter.state] ?? 'plain'}>{words[exporter.state] ?? exporter.state}</Chip></span></div>
        <div className="meta t3 ell mono" title={exporter.url ?? ''}>{exporter.url}</div>
        {exporter.state !== 'ok' && exporter.message && <div className="meta amb why">{exporter.message}</div>}
      </div>
    </div>
  );
}

function NoDownstream({ exporters }: { readonly exporters: readonly Exporter[] }) {
  const command = 'weir up --forward URL';
  return (
    <div className="note">
      <b className="md">No downstream is configured{exporters.length > 1 ? ` on ${exporters.length} agents` : ''}.</b> <span className="t2">Records are received, counted and shown here, then discarded. Name the URL of an OTLP/HTTP endpoint to send them on:</span>
      <div className="row cmdline"><code className="mono grow ell">{command}</code><IconButton icon="copy" label="Copy command" variant="ghost" size="s" onClick={() => void copyText(command, 'Command')} /></div>
    </div>
  );
}
