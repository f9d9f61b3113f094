// A text to try: what would be found in it, by which detector, how surely. It stays in this page: nothing is sent or kept.
import { useMemo, useState } from 'react';
import { Button, Chip, EmptyState, formatPercent, Pane, PaneHeader, Select, TextArea } from '../../../ui/index.ts';
import type { Redaction } from '../words/use-redaction.ts';
import { exampleFor, type Example as ExampleText } from './examples.ts';
import { marked } from './marked-parts.ts';
import { useDebounced } from './use-debounced.ts';

const maxLength = 65_536;

export function TryText({ redaction }: { readonly redaction: Redaction }) {
  const [text, setText] = useState('');
  const [key, setKey] = useState('');
  const settled = useDebounced(text, 120);
  const scanner = useMemo(() => redaction.createScanner(['*']), [redaction]);
  const findings = useMemo(() => (!scanner.ok || settled === '' ? [] : scanner.value.scanText(settled, key === '' ? undefined : key)), [scanner, settled, key]);
  return (
    <Pane className="grow" label="Try a text">
      <PaneHeader title="Try a text" meta="stays in this page">{text !== '' && <Button size="s" variant="ghost" icon="x" onClick={() => { setText(''); setKey(''); }}>Clear</Button>}</PaneHeader>
      <div className="grow scroll redact-try">
        <TextArea mono rows={6} maxLength={maxLength} spellCheck={false} label="A log line, a URL, a header, JSON" value={text} onChange={event => setText(event.target.value)} hint="Rather than a real secret, take a generated one:" />
        <Example onTake={example => { setText(example.text); setKey(example.key ?? ''); }} list={redaction.detectorList} />
        {key !== '' && <p className="meta t3">As the value of <span className="mono t1">{key}</span></p>}
        {settled !== '' && <div className="redact-found" role="status" aria-live="polite">
          <pre className="mono" aria-label="The text with findings marked">{marked(settled, findings).map(part => (part.finding === null ? <span key={part.start}>{part.text}</span> : <mark key={part.start} title={`${part.finding.detector}, ${formatPercent(part.finding.confidence, 0)} sure`}>{part.text}</mark>))}</pre>
          {findings.length === 0 ? <EmptyState title="Nothing is found in it">No detector is sure enough. If it is a secret of your own, write a pattern in a policy.</EmptyState>
            : <ul className="redact-list">{findings.map(({ start, end, detector, confidence }) => <li key={`${start} ${detector}`}><Chip tone="accent">{detector}</Chip><span className="t2 nw">{formatPercent(confidence, 0)} sure</span><span className="t3 end nw">characters {start} to {end}</span></li>)}</ul>}
        </div>}
      </div>
    </Pane>
  );
}

function Example({ onTake, list }: { readonly onTake: (example: ExampleText) => void; readonly list: Redaction['detectorList'] }) {
  const [name, setName] = useState(list[0]?.name ?? '');
  const [round, setRound] = useState(1);
  const [none, setNone] = useState(false);
  const take = async () => {
    const example = await exampleFor(name, round);
    setRound(round + 1);
    setNone(example === null);
    if (example !== null) onTake(example);
  };
  return (
    <>
      <div className="row"><Select size="s" label="Detector of the example" value={name} options={list.map(each => ({ value: each.name, label: each.title }))} onChange={setName} /><Button size="s" icon="plus" onClick={() => void take()}>Generate one</Button></div>
      {none && <p className="meta t3" role="status">This detector goes by what stands around a value; there is no example of it alone.</p>}
    </>
  );
}
