// What OpenTelemetry's semantic conventions would have otherwise, with the name they suggest and where that is written.
import type { EventDetail, LintFinding } from '../../../../model/index.ts';
import { Chip, copyText, EmptyState, Icon, IconButton } from '../../../ui/index.ts';

export function LintPane({ event }: { readonly event: EventDetail }) {
  if (event.lint.length === 0) return <EmptyState title="Nothing to find fault with">Its name and its fields are as OpenTelemetry’s semantic conventions have them.</EmptyState>;
  return <div className="grow scroll"><ul className="ev-lint" aria-label="Findings">{event.lint.map(finding => <Finding key={`${finding.rule} ${finding.field ?? ''} ${finding.message}`} finding={finding} />)}</ul></div>;
}

function Finding({ finding: { field, rule, message, suggestion, reference } }: { readonly finding: LintFinding }) {
  return (
    <li>
      <div className="row gap1"><Chip tone="line">{rule}</Chip>{field !== null && <span className="mono ell" title={field}>{field}</span>}
        {suggestion !== null && <><span className="t3" aria-hidden="true">→</span><span className="vh">suggested: </span><b className="mono md acc ell">{suggestion}</b><IconButton icon="copy" label={`Copy ${suggestion}`} size="s" variant="ghost" tooltip={false} onClick={() => void copyText(suggestion, 'Suggested name')} /></>}
        <span className="end meta nw"><Reference reference={reference} /></span></div>
      <p className="t2">{message}</p>
    </li>
  );
}

function Reference({ reference }: { readonly reference: string }) {
  if (!reference.startsWith('https://')) return <span className="t3">{reference}</span>;
  return <a href={reference} target="_blank" rel="noreferrer" className="row gap1">what the conventions say<Icon name="ext" size="xs" /></a>;
}
