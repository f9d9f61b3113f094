// What each rule did to one record and why: rule by rule, condition by condition, with the values that were read. Values
// come masked from the engine.
import { useState } from 'react';
import type { ClauseOutcome, ClausePart, FieldChange, RuleOutcome } from '../../../engine/index.ts';
import { Chip, type ChipTone } from '../chip.tsx';
import { Icon } from '../icon.tsx';
import { MaskedText } from '../masked-text.tsx';
import { shownValue } from './shown-value.ts';

type Did = RuleOutcome['did'];

/** Live and, where it only would, in shadow. */
const words: Readonly<Record<Did, readonly [does: string, would: string]>> = {
  'nothing': ['lets it pass', 'would let it pass'], 'dropped': ['drops it', 'would drop it'], 'kept-by-sample': ['keeps it', 'would keep it'], 'dropped-by-sample': ['samples it away', 'would sample it away'],
  'to-metric': ['counts it', 'would count it'], 'recorded': ['records it', 'would record it'], 'routed': ['routes it', 'would route it'], 'changed': ['changes it', 'would change it'], 'redacted': ['redacts it', 'would redact it'],
  'held-by-dedup': ['holds it', 'would hold it'], 'not-reached': ['never sees it', 'never sees it'], 'error': ['cannot run', 'cannot run'],
};
const tones: Readonly<Partial<Record<Did, ChipTone>>> = { 'nothing': 'plain', 'not-reached': 'pending', 'error': 'danger', 'dropped': 'attn', 'dropped-by-sample': 'attn', 'held-by-dedup': 'attn' };

/** Rules that did something, or could not, are open; the others open on a click. */
export function Explanation({ outcomes }: { readonly outcomes: readonly RuleOutcome[] }) {
  return <ol className="expl" aria-label="What each rule did">{outcomes.map(outcome => <Rule key={outcome.rule} outcome={outcome} alone={outcomes.length === 1} />)}</ol>;
}

function Rule({ outcome, alone }: { readonly outcome: RuleOutcome; readonly alone: boolean }) {
  const acted = outcome.did !== 'nothing' && outcome.did !== 'not-reached';
  const [open, setOpen] = useState(acted || alone);
  const more = outcome.clauses.length + outcome.changes.length > 0;
  return (
    <li className={acted ? 'acted' : undefined}>
      <button type="button" className="expl-head" aria-expanded={more ? open : undefined} onClick={() => setOpen(!open)}>
        <span className="mono ell">{outcome.name}</span>{outcome.stage === 'redaction' && <Chip tone="line">redaction, runs first</Chip>}<Chip tone={tones[outcome.did] ?? 'accent'}>{outcome.shadow ? `shadow: ${words[outcome.did][1]}` : words[outcome.did][0]}</Chip>{more && <span className="end t3"><Icon name={open ? 'chev' : 'right'} size="xs" /></span>}
      </button>
      <p className="expl-why"><MaskedText text={outcome.because} /></p>
      {open && outcome.clauses.length > 0 && <ul className="expl-clauses" aria-label={`Conditions of ${outcome.name}`}>{outcome.clauses.map(clause => <Clause key={`${clause.operator}.${clause.clause}`} clause={clause} top={clause.operator < 0} />)}</ul>}
      {open && outcome.changes.length > 0 && <Changes changes={outcome.changes} />}
    </li>
  );
}

const verdicts = { true: { icon: 'check', word: 'true', tone: 'acc' }, false: { icon: 'x', word: 'false', tone: 'amb' }, null: { icon: 'minus', word: 'null, which keeps no record', tone: 'amb' } } as const;

function Clause({ clause, top }: { readonly clause: ClauseOutcome | ClausePart; readonly top: boolean }) {
  const verdict = verdicts[`${clause.outcome}`];
  return (
    <li>
      <span className={verdict.tone}><Icon name={verdict.icon} size="s" /><span className="vh">{verdict.word}</span></span>
      <span className="grow">
        <code>{clause.text}</code>{top && <span className="t3"> target</span>}
        {clause.parts.length === 0 && clause.reads.map(read => <span key={read.name} className="expl-read">{read.value === null ? `no ${read.name}` : <>{read.name} = <MaskedText text={shownValue(read.value)} /></>}</span>)}
        {clause.parts.length > 0 && <ul className="expl-clauses" aria-label={clause.join === 'or' ? 'Any of' : clause.join === 'not' ? 'Not' : 'All of'}>{clause.parts.map(part => <Clause key={part.text} clause={part} top={false} />)}</ul>}
      </span>
    </li>
  );
}

/** A condition by itself with its parts, each with what it gave and what it read; a list item. */
export const ExplainedClause = ({ clause }: { readonly clause: ClausePart }) => <Clause clause={clause} top={false} />;

function Changes({ changes }: { readonly changes: readonly FieldChange[] }) {
  return (
    <dl className="expl-changes" aria-label="Fields that changed">
      {changes.map(({ field, before, after }) => (
        <div key={field}><dt className="mono">{field}</dt><dd>{before === null ? <i>not there</i> : <MaskedText text={shownValue(before)} />} <span aria-label="became">→</span> {after === null ? <i>removed</i> : shownValue(after) === shownValue(before) ? <><MaskedText text={shownValue(after)} /> <i>(a secret; it is shown masked on both sides)</i></> : <MaskedText text={shownValue(after)} />}</dd></div>
      ))}
    </dl>
  );
}
