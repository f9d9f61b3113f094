// Brings saved views from files of this machine: first what would change, what is overwritten beside what comes in its place; then, on a word, all of it.
import { useRef, useState } from 'react';
import type { ViewStep } from '../../../../model/index.ts';
import { explainFailure, useImportViews } from '../../../api/index.ts';
import { toast } from '../../../state/index.ts';
import { Button, Chip, Dialog, plural } from '../../../ui/index.ts';

interface ViewText { readonly name: string; readonly text: string }

const mostBytes = 500_000;

export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const picker = useRef<HTMLInputElement>(null);
  const [files, setFiles] = useState<readonly ViewText[]>([]);
  const [tooLarge, setTooLarge] = useState<string | null>(null);
  const plan = useImportViews();
  const write = useImportViews();
  const take = async (chosen: readonly File[]) => {
    const large = chosen.find(({ size }) => size > mostBytes);
    plan.reset();
    setTooLarge(large === undefined ? null : `${large.name} is too large for saved views: a file may have ${(mostBytes / 1000).toLocaleString('en')} kB.`);
    if (large !== undefined) return;
    const read = await Promise.all(chosen.map(async file => ({ name: file.name, text: await file.text() })));
    setFiles(read);
    plan.mutate({ files: read, dry: true });
  };
  const steps = plan.data?.steps ?? [];
  const doing = steps.filter(({ action }) => action !== 'same');
  const overwritten = doing.filter(({ action }) => action === 'change').length;
  const run = () => { if (doing.length > 0 && !write.isPending) write.mutate({ files: [...files], dry: false }, { onSuccess: () => { toast({ title: `${plural(doing.length, 'view')} imported` }); onClose(); } }); };
  const error = write.error ?? plan.error;
  const failure = error === null ? null : explainFailure(error);
  const why = plan.isPending ? 'The files are being read.' : plan.data === undefined ? 'Choose files first.' : doing.length === 0 ? 'There is nothing to do.' : null;
  const footer = <><Button onClick={onClose} kbd="Esc">Cancel</Button><Button variant="primary" onClick={run} disabledReason={why}>{overwritten > 0 ? `Import, overwriting ${plural(overwritten, 'view')}` : 'Import'}</Button></>;
  return (
    <Dialog open wide onOpenChange={open => { if (!open) onClose(); }} title="Import saved views" icon="file" footer={footer} onGo={run}>
      <div className="col tail-viewform">
        <div className="row"><input ref={picker} type="file" multiple accept=".yaml,.yml" hidden aria-label="Files of views" onChange={event => { const chosen = [...event.target.files ?? []]; event.target.value = ''; if (chosen.length > 0) void take(chosen); }} /><Button autoFocus icon="file" onClick={() => picker.current?.click()}>Choose files</Button><span className="meta t3">YAML, as Export all or <span className="mono">weir views export</span> writes it. Views that no file holds stay.</span></div>
        {tooLarge !== null && <p className="red" role="alert">{tooLarge}</p>}
        {failure !== null && <p className="red" role="alert">{failure.title} {failure.help}</p>}
        {plan.data !== undefined && failure === null && <Plan steps={steps} doing={doing.length} />}
      </div>
    </Dialog>
  );
}

const tones = { create: 'accent', change: 'attn', same: 'line' } as const;
const words = { create: 'new', change: 'overwritten', same: 'as it is' } as const;

function Plan({ steps, doing }: { readonly steps: readonly ViewStep[]; readonly doing: number }) {
  return (
    <>
      <p role="status">{doing === 0 ? `Nothing to do: ${plural(steps.length, 'view is', 'views are')} as the files say.` : 'Nothing is changed yet. This would be:'}</p>
      <ul className="tail-viewplan" aria-label="What would change">
        {steps.map(({ name, action, changes = [] }) => (
          <li key={name}>
            <span className="row"><Chip tone={tones[action]}>{words[action]}</Chip><b className="md ell">{name}</b></span>
            {changes.map(({ field, before, after }) => <div key={field} className="tail-viewchange"><span className="t3">{field}</span><del><span className="vh">now: </span>{before === '' ? 'nothing' : before}</del><ins><span className="vh">then: </span>{after === '' ? 'nothing' : after}</ins></div>)}
          </li>
        ))}
      </ul>
    </>
  );
}
