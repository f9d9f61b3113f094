// For a rule that matched nothing: how often each condition was false, and which one is why, with what was there instead.
import type { ReactNode } from 'react';
import type { ClauseCount, ReadCount } from '../../../../engine/index.ts';
import type { QueryDryRunResult } from '../../../../rules/index.ts';
import { Button, Chip, formatCount, formatPercent, MaskedText, plural, shownValue, Table } from '../../../ui/index.ts';
import { blameWords, lookedAtWords, type LookedAt } from './blame-words.ts';

export interface ClauseTableProps { readonly result: QueryDryRunResult; /** Where the records came from. */ readonly of: Omit<LookedAt, 'records'>; /** The text that was written gives way to one that was seen. */ readonly onMend: (wrote: string, saw: string) => void }

export function ClauseTable({ result, of, onMend }: ClauseTableProps) {
  const rows = result.clauses;
  const blamed = rows.find(clause => clause.blamed);
  const lookedAt = { ...of, records: result.reached };
  return (
    <div className="scroll grow rules-clauses" tabIndex={0} role="region" aria-label="Why nothing matched">
      <p className="pad">{blamed === undefined ? `The rule read ${lookedAtWords(lookedAt)} and has no condition, so every record would have matched; none was of its table.` : blameWords(blamed, lookedAt)}{blamed?.near != null && <> <Mend near={blamed.near} onMend={onMend} /></>}</p>
      {rows.length > 0 && (
        <>
          <Table label="Conditions of the rule" rows={rows} rowKey={keyOf} selectedKey={blamed === undefined ? null : keyOf(blamed)} columns={[
            { key: 'clause', head: 'Condition', cell: clause => <span className="row gap1"><code className="ell" title={clause.text}>{clause.text}</code>{clause.operator < 0 && <Chip>target</Chip>}{clause.blamed && <Chip tone="attn">why</Chip>}</span> },
            { key: 'reached', head: head('Got here', 'Records for which every condition above held'), numeric: true, width: 76, cell: clause => <>{formatCount(clause.reached)}</> },
            { key: 'passed', head: head('Held', 'Of those that got here, how many this condition let go on'), numeric: true, width: 64, cell: clause => <>{formatCount(clause.passed)}</> },
            { key: 'false', head: head('False anywhere', 'How often it was false over all records, also those that an earlier condition had stopped'), numeric: true, width: 126, cell: clause => <span title={`of ${plural(clause.seen, 'record')}`}>{formatCount(clause.isFalse)}{clause.seen > 0 ? `, ${formatPercent(clause.isFalse / clause.seen, 0)}` : ''}</span> },
            { key: 'null', head: head('Gave null', 'How often it came to neither true nor false. A missing text compared with == is plain false, and counts there.'), numeric: true, width: 80, cell: clause => <>{formatCount(clause.isNull)}</> },
            { key: 'saw', head: head('What it saw', 'Values in the records that got here and did not hold, the most frequent first'), cell: clause => <Saw clause={clause} /> },
          ]} />
          <p className="pad t3">Counted over {lookedAtWords(lookedAt)}. <b>Got here</b>: every condition above held. <b>Held</b>: this one held too, so the record went on. <b>False anywhere</b>: it was false, also for records that an earlier condition had stopped. <b>Gave null</b>: neither true nor false, as a missing number is; KQL counts it as not held. A missing text is simply not equal, so it counts as false.</p>
        </>
      )}
    </div>
  );
}

const keyOf = (clause: ClauseCount): string => `${clause.operator}.${clause.clause}.${clause.text}`;
const head = (word: string, means: string): ReactNode => <abbr className="rules-head" title={means}>{word}</abbr>;

const Mend = ({ near, onMend }: { readonly near: NonNullable<ClauseCount['near']>; readonly onMend: ClauseTableProps['onMend'] }) => <Button size="s" onClick={() => onMend(near.wrote, near.saw)}>Write {JSON.stringify(near.saw)}</Button>;

function Saw({ clause }: { readonly clause: ClauseCount }) {
  if (clause.read === 0) return <span className="t3">{clause.reached === 0 ? 'no record came this far' : ''}</span>;
  return <span className="mono ell">{clause.reads.map(read => <span key={read.name} title={titleOf(read)}>{read.values.slice(0, 3).map(({ value, count }) => <span key={shownValue(value)}>{value === null ? 'missing' : <MaskedText text={shownValue(value)} />} <span className="t3">×{formatCount(count)}</span> </span>)}{read.other > 0 && <span className="t3">+{formatCount(read.other)} others </span>}</span>)}</span>;
}

const titleOf = (read: ReadCount): string => `${read.name}: ${read.values.map(({ value, count }) => `${value === null ? 'missing' : shownValue(value)} ${formatCount(count)} times`).join(', ')}`;
