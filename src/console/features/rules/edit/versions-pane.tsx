// Every version that was ever saved: who, when, what runs. Pick one to compare; restore one as a new version.
import type { RuleDetail, RuleVersion } from '../../../../model/index.ts';
import { Button, Chip, Pane, PaneHeader, plural, Time } from '../../../ui/index.ts';

export interface VersionsPaneProps {
  readonly rule: RuleDetail;
  /** The version that the comparison shows now; null when it is not open. */
  readonly compared: number | null;
  readonly onCompare: (version: number) => void;
  readonly onRestore: (version: RuleVersion) => void;
}

export function VersionsPane({ rule, compared, onCompare, onRestore }: VersionsPaneProps) {
  const versions = rule.versions.toSorted((a, b) => b.version - a.version);
  return (
    <Pane label="Versions" className="grow">
      <PaneHeader title="Versions" meta={plural(versions.length, 'version')} />
      <ul className="rules-versions scroll grow">
        {versions.map(version => (
          <li key={version.version} className={compared === version.version ? 'on' : undefined}>
            <div className="grow">
              <div className="row gap1"><b className="md">v{version.version}</b>{marker(rule, version)}<span className="t2 ell" title={version.note}>{version.note}</span></div>
              <div className="meta t3 ell">{version.author}, <Time at={version.createdAt} show="relative" />, <span className="mono" title={version.contentHash}>{version.contentHash.slice(0, 8)}</span></div>
            </div>
            <Button size="s" variant="ghost" icon="diff" aria-label={`Compare with version ${version.version}`} on={compared === version.version} onClick={() => onCompare(version.version)}>Compare</Button>
            {version.version !== rule.latestVersion && <Button size="s" variant="ghost" icon="undo" aria-label={`Restore version ${version.version} as a new version`} onClick={() => onRestore(version)}>Restore</Button>}
          </li>
        ))}
      </ul>
    </Pane>
  );
}

function marker(rule: RuleDetail, version: RuleVersion) {
  if (rule.state === 'deployed' && rule.deployedVersion === version.version) return <Chip tone="accent">deployed</Chip>;
  return version.version === rule.latestVersion ? <Chip tone="line">latest</Chip> : null;
}
