// What holds for the whole policy: what is looked for beyond its entries and what becomes of it, known sensitive keys, marks on
// the record, and which signals.
import { signalSchema, type PolicyDocument, type Signal } from '../../../../model/index.ts';
import { actionWords, DetectorPicker, useRedactFacts } from '../../../editor/redact/index.ts';
import { Checkbox, PaneHeader, plural, Segmented, Switch } from '../../../ui/index.ts';
import { DraftField } from '../machine/index.ts';
import { actionOptions, keepText } from './entry-form.tsx';
import { Labelled, NamedSelect } from './fields.tsx';
import { scopeOf, setField, setMode, setScope, type Scope } from './policy-edits.ts';
import type { PolicyFormProps } from './types.ts';

const scopes: readonly { readonly value: Scope; readonly label: string; readonly title: string }[] = [
  { value: 'all', label: 'All detectors', title: 'Whatever any detector finds' }, { value: 'some', label: 'Some', title: 'What the named detectors find' }, { value: 'nothing', label: 'Nothing', title: 'Only what the entries name' },
];
const annotations = [{ value: 'silent', label: 'None' }, { value: 'info', label: 'Counts' }, { value: 'debug', label: 'Counts and keys' }] as const;
const signals = signalSchema.options;
type Props = Pick<PolicyFormProps, 'document' | 'onEdit' | 'problemsAt'>;

export function WholeForm({ document, onEdit }: Props) {
  const scope = scopeOf(document);
  const { detectors, except = [], patterns = [], mode, keep } = document;
  const { detectors: known } = useRedactFacts();
  const own = patterns.map(({ name }) => name);
  const modeOptions = actionOptions.flatMap(({ value, label }) => (value === 'ignore' ? [] : [{ value, label }]));
  return (
    <section aria-label="What is looked for">
      <PaneHeader title="Beyond the entries" meta={scope === 'nothing' ? 'nothing: only what entries name is hidden' : `what is found is ${mode === 'mask' ? 'masked' : actionWords[mode].title.toLowerCase()}`} />
      <div className="net-section">
        <div className="policy-scope">
          <Labelled label="Look for"><Segmented<Scope> label="What is looked for beyond the entries" value={scope} options={scopes} onChange={(next) => onEdit(setScope(next, document, known[0]?.name ?? 'jwt'))} /></Labelled>
          {scope === 'some' && <Labelled label="Detectors"><DetectorPicker label="Detectors of the policy" value={detectors} none="choose" patterns={own} offersAll={false} onChange={(next) => { if (next.length > 0) onEdit(setField('detectors', next)); }} /></Labelled>}
          {scope !== 'nothing' && <Labelled label="But not"><DetectorPicker label="Detectors left out" value={except} none="none left out" patterns={own} offersAll={false} onChange={(next) => onEdit(setField('except', next))} /></Labelled>}
          {scope !== 'nothing' && <NamedSelect label="What happens" value={mode} options={modeOptions} onChange={(next) => onEdit(setMode(next, keep))} />}
          {scope !== 'nothing' && mode === 'partial' && <DraftField label="Left at the end" value={String(keep ?? '')} placeholder="4" optional schema={keepText} onCommit={(value) => onEdit(setField('keep', value === undefined ? undefined : Number(value)))} />}
        </div>
      </div>
    </section>
  );
}

export function MarksForm({ document, onEdit }: Props) {
  const { sensitiveKeys } = useRedactFacts();
  const { signals: chosen = signals, annotate } = document;
  const setSignal = (signal: Signal, on: boolean) => {
    const next = signals.filter((one) => (one === signal ? on : chosen.includes(one)));
    if (next.length > 0) onEdit(setField('signals', next.length === signals.length ? undefined : next));
  };
  return (
    <section aria-label="Sensitive keys and marks">
      <PaneHeader title="Known sensitive keys" meta={document.sensitiveKeys ? 'hidden by their name' : 'left to the entries'} />
      <div className="net-section">
        <span className="row gap1"><Switch checked={document.sensitiveKeys} label="Hide what semantic conventions know as sensitive" onChange={(on) => onEdit(setField('sensitiveKeys', on))} /><span className="t2">Hide what semantic conventions know as sensitive</span></span>
        <details className="policy-keys"><summary className="t3">{sensitiveKeys.length === 0 ? 'Loading the list' : plural(sensitiveKeys.length, 'key')}</summary><dl>{sensitiveKeys.map(({ key, about }) => <div key={key}><dt className="mono">{key}</dt><dd className="t3">{about}</dd></div>)}</dl></details>
        <div className="policy-scope">
          <NamedSelect<PolicyDocument['annotate']> label="redaction.* attributes on the record" value={annotate} options={annotations} onChange={(value) => onEdit(setField('annotate', value))} />
          <Labelled label="Signals"><span className="row gap2" role="group" aria-label="Signals">{signals.map((signal) => <Checkbox key={signal} checked={chosen.includes(signal)} onChange={(on) => setSignal(signal, on)}>{signal}</Checkbox>)}</span></Labelled>
        </div>
      </div>
    </section>
  );
}
