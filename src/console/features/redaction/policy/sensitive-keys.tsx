// The keys that semantic conventions know as personal or secret, and which policies act on them.
import { Link } from '@tanstack/react-router';
import { EmptyState, Pane, PaneHeader, SkeletonRows, Table, type TableColumn } from '../../../ui/index.ts';
import type { DeployedPolicy } from '../words/policies.ts';
import { useRedaction, type Redaction } from '../words/use-redaction.ts';

type SensitiveKey = Redaction['sensitiveKeys'][number];

const treated: Readonly<Record<SensitiveKey['treatment'], string>> = { value: 'the whole value', query: 'values of the query string', url: 'user-info and query values', sql: 'literals', statement: 'literals of SQL, else the whole value', cookies: 'what cookies are set to', arguments: 'what stands behind =' };

const columns: readonly TableColumn<SensitiveKey>[] = [
  { key: 'key', head: 'Key', width: 300, cell: ({ key }) => <span className="mono" title={key}>{key}</span> },
  { key: 'treatment', head: 'What of it', width: 190, cell: ({ treatment }) => treated[treatment] },
  { key: 'about', head: 'Why', cell: ({ about }) => <span className="t2" title={about}>{about}</span> },
  { key: 'source', head: 'Source', width: 110, cell: ({ source, key }) => <a href={source} target="_blank" rel="noreferrer">registry<span className="vh"> entry of {key}</span></a> },
];

export function SensitiveKeys({ deployed }: { readonly deployed: readonly DeployedPolicy[] }) {
  const { data } = useRedaction();
  const on = deployed.filter(({ document }) => document.sensitiveKeys);
  return (
    <Pane label="Sensitive keys">
      <PaneHeader title="Sensitive keys" meta={data?.sensitiveKeys.length}>{on.length > 0 && <span className="meta t3">acted on by {on.map(({ rule }, i) => <span key={rule.id}>{i > 0 && ', '}<Link className="mono" to="/rules/$ruleId" params={{ ruleId: rule.id }}>{rule.name}</Link></span>)}</span>}</PaneHeader>
      {on.length === 0 ? <EmptyState title="No deployed policy acts on them">Set <span className="mono t1">sensitiveKeys: true</span> in a policy, and these keys are findings by their name.</EmptyState> : data === undefined ? <SkeletonRows rows={6} /> : <Table label="Sensitive keys" columns={columns} rows={data.sensitiveKeys} rowKey={({ key }) => key} />}
    </Pane>
  );
}
