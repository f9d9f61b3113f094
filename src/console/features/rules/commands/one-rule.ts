// Commands on one rule, each with the message that follows it and its undo.
import type { RuleDetail, RuleMode, RuleSummary } from '../../../../model/index.ts';
import { toast, usePreferences } from '../../../state/index.ts';
import { formatDateTime, plural } from '../../../ui/index.ts';
import { edited } from '../draft/index.ts';
import { doingWords } from '../words/doing-words.ts';
import type { Attempt } from './attempt.ts';
import type { RuleWrites } from './writes.ts';

export type RuleRef = Pick<RuleSummary, 'id' | 'name' | 'kind' | 'state' | 'deployedVersion' | 'latestVersion' | 'targetAgents' | 'mode' | 'expiresAt'>;

export interface Means { readonly attempt: Attempt; readonly writes: RuleWrites }

/** `base`: the version that the text was made from. */
export interface SavedGround { readonly id: string; readonly base: number }

export const save = ({ attempt, writes }: Means, ground: SavedGround | null, name: string, text: string): Promise<RuleDetail | null> =>
  attempt('saving', `${name} was not saved`, () => ground === null ? writes.create({ text, note: '' }) : writes.update({ ...ground, text, note: '' }));

/** What is deployed again by an undo ends when it would have ended: it gets no second life. */
export const endingAt = (expiresAt: string | null) => (expiresAt === null ? {} : { expiresAt });

/** `expiresAt`: the end that an undone deployment had; null: as its text says. */
export const deploy = (means: Means, rule: RuleRef, version: number, mode: RuleMode, expiresAt: string | null = null): Promise<RuleDetail | null> =>
  means.attempt('deploying', `${rule.name} was not ${rule.kind === 'state-machine' ? 'armed' : 'deployed'}`, async () => {
    const after = await means.writes.start({ id: rule.id, version, mode, ...endingAt(expiresAt) });
    const before = rule.state === 'deployed' ? rule.deployedVersion : null;
    const undo = () => void (before === null ? disable(means, { ...after, state: 'deployed' }) : deploy(means, after, before, rule.mode ?? 'live', rule.expiresAt));
    toast({ about: rule.id, title: `${rule.name} version ${version} is on its way${mode === 'shadow' ? ' as a shadow' : ''}`, detail: `To ${plural(after.targetAgents, 'agent')}; ${mode === 'shadow' ? 'it only counts what it would do' : rule.kind === 'state-machine' ? 'it is armed where it arrives' : 'the measured effect follows within seconds'}.`, action: { label: 'Undo', run: undo } });
    return after;
  });

export const disable = (means: Means, rule: RuleRef): Promise<RuleDetail | null> =>
  means.attempt('disabling', `${rule.name} still runs`, async () => {
    const version = rule.deployedVersion ?? rule.latestVersion;
    const after = await means.writes.stop({ id: rule.id });
    toast({ about: rule.id, title: `${rule.name} is ${doingWords(rule.kind).disabled}`, detail: `It stopped on ${plural(rule.targetAgents, 'agent')}. ${doingWords(rule.kind).after}`, action: { label: 'Undo', run: () => void deploy(means, after, version, rule.mode ?? 'live', rule.expiresAt) } });
    return after;
  });

type EndedRef = RuleRef & Pick<RuleSummary, 'ended'>;

export const enableAgain = (means: Means, rule: EndedRef, expires: string | null): Promise<RuleDetail | null> =>
  means.attempt('deploying', `${rule.name} was not enabled`, async () => {
    const mode = rule.ended?.mode ?? 'live';
    const version = await versionToEnable(means.writes, rule, expires);
    const after = await means.writes.start({ id: rule.id, version, mode });
    const until = after.expiresAt === null ? '' : `, until ${formatDateTime(Date.parse(after.expiresAt), usePreferences.getState().timeZone)}`;
    toast({ about: rule.id, title: `${rule.name} runs again`, detail: `Version ${version}${mode === 'shadow' ? ' in shadow' : ''}, on ${plural(after.targetAgents, 'agent')}${until}.`, action: { label: 'Undo', run: () => void disable(means, { ...after, state: 'deployed' }) } });
    return after;
  });

/** The version that ran; a new one of its text when it gets another end. */
async function versionToEnable(writes: RuleWrites, { id, ended }: EndedRef, expires: string | null): Promise<number> {
  const { versions, latestVersion } = await writes.read(id);
  const ran = versions.find(({ version }) => version === ended?.version);
  if (expires === null || ran === undefined) return ended?.version ?? latestVersion;
  const text = edited(ran.text, [{ path: ['expires'], value: expires }]) ?? ran.text;
  return (await writes.update({ id, text, note: `ends after ${expires}`, base: latestVersion })).latestVersion;
}

export async function remove({ attempt, writes }: Means, rule: RuleRef): Promise<boolean> {
  const done = await attempt('deleting', `${rule.name} was not deleted`, async () => {
    await writes.erase({ id: rule.id, force: rule.state === 'deployed' });
    toast({ about: rule.id, title: `${rule.name} is deleted` });
    return true;
  });
  return done ?? false;
}
