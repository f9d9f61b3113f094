// For a rule that matched nothing: how often each condition was false, and which one is why, with what was there instead.
import type { ClauseCount, ReadCount } from '../../../../engine/index.ts';
import type { QueryDryRunResult } from '../../../../rules/index.ts';
import { Chip, formatCount, formatPercent, MaskedText, plural, shownValue, Table } from '../../../ui/index.ts';
import { blameWords } from './blame-words.ts';

export function ClauseTable({ result }: { readonly result: QueryDryRunResult }) {
  const rows = result.clauses;
  const blamed = rows.find(clause => clause.blamed);
  return (
    <div className="scroll grow rules-clauses" tabIndex={0} role="region" aria-label="Why nothing matched">
      <p className="pad">{blamed === undefined ? `The rule read ${plural(result.reached, 'record')} and has no condition, so every record would have matched; none was of its table.` : blameWords(blamed, result.reached)}</p>
      {rows.length > 0 && (
        <Table label="Conditions of the rule" rows={rows} rowKey={clause => `${clause.operator}.${clause.clause}.${clause.text}`} selectedKey={blamed === undefined ? null : `${blamed.operator}.${blamed.clause}.${blamed.text}`} columns={[
          { key: 'clause', head: 'Condition', cell: clause => <span className="row gap1"><code className="ell" title={clause.text}>{clause.text}</code>{clause.operator < 0 && <Chip>target</Chip>}{clause.blamed && <Chip tone="attn">why</Chip>}</span> },
          { key: 'reached', head: 'Reached', numeric: true, width: 86, cell: clause => <>{formatCount(clause.reached)}</> },
          { key: 'passed', head: 'Held', numeric: true, width: 76, cell: clause => <>{formatCount(clause.passed)}</> },
          { key: 'false', head: 'False in all', numeric: true, width: 118, cell: clause => <span title={`of ${plural(clause.seen, 'record')}`}>{formatCount(clause.isFalse)}{clause.seen > 0 ? `, ${formatPercent(clause.isFalse / clause.seen, 0)}` : ''}</span> },
          { key: 'null', head: 'Null', numeric: true, width: 76, cell: clause => <>{formatCount(clause.isNull)}</> },
          { key: 'saw', head: 'What it saw', cell: clause => <Saw clause={clause} /> },
        ]} />
      )}
    </div>
  );
}

function Saw({ clause }: { readonly clause: ClauseCount }) {
  if (clause.read === 0) return <span className="t3">{clause.reached === 0 ? 'no record came this far' : ''}</span>;
  return <span className="mono ell">{clause.reads.map(read => <span key={read.name} title={titleOf(read)}>{read.values.slice(0, 3).map(({ value, count }) => <span key={shownValue(value)}>{value === null ? 'missing' : <MaskedText text={shownValue(value)} />} <span className="t3">×{formatCount(count)}</span> </span>)}{read.other > 0 && <span className="t3">+{formatCount(read.other)} others </span>}</span>)}</span>;
}

const titleOf = (read: ReadCount): string => `${read.name}: ${read.values.map(({ value, count }) => `${value === null ? 'missing' : shownValue(value)} ${formatCount(count)} times`).join(', ')}`;
