// The question before a deployment. It is about the rule as it stood when it was asked: what somebody saves meanwhile is neither
// shown in it nor deployed by it.
import type { AgentSummary, RuleDetail, RuleMode } from '../../../../model/index.ts';
import { DeployDialog, type RunnableRule } from '../deploy/index.ts';
import { useTailValue } from '../services.tsx';
import { unknownRecorders } from './recorder-names.ts';
import { runnableOf, type RuleEditorState } from './use-rule-editor.ts';

export interface AskedDeployment {
  readonly compiled: RunnableRule;
  readonly text: string;
  /** The version that the text was made from; 0: none. */
  readonly baseVersion: number;
  /** The version that will run. */
  readonly version: number;
  /** The text is saved as that version first. */
  readonly saves: boolean;
}

/** Null while there is nothing that could be deployed. */
export function askedDeployment(editor: RuleEditorState, rule: RuleDetail | null): AskedDeployment | null {
  const compiled = runnableOf(editor);
  const { text, baseVersion, dirty } = editor.draft;
  const saves = rule === null || dirty;
  return compiled === null ? null : { compiled, text, baseVersion, saves, version: baseVersion + (saves ? 1 : 0) };
}

export interface DeployQuestionProps {
  readonly asked: AskedDeployment;
  readonly editor: RuleEditorState;
  readonly rule: RuleDetail | null;
  readonly agents: readonly AgentSummary[];
  readonly onClose: () => void;
  readonly onConfirm: (mode: RuleMode) => void;
}

export function DeployQuestion({ asked, editor: { dryRun, draft, machine, recorders }, rule, agents, onClose, onConfirm }: DeployQuestionProps) {
  const tailRatio = useTailValue(state => state.ratio);
  const running = rule?.state === 'deployed' ? rule : null;
  const overtaken = asked.saves && draft.newerVersion !== null ? `Version ${draft.newerVersion} was saved elsewhere meanwhile. Look at it first: the bar above the text has both.` : null;
  const ran = dryRun.text === asked.text;
  const unknown = asked.compiled.kind === 'state-machine' && machine !== null ? unknownRecorders(machine, recorders) : [];
  return (
    <DeployDialog open onOpenChange={onClose} compiled={asked.compiled} text={asked.text} ruleId={rule?.id ?? null} live={dryRun.controls.deployed.rules} saves={asked.saves} blocked={overtaken} running={running?.mode ?? null} onConfirm={onConfirm}
      facts={{ dryRun: ran ? dryRun.result : null, scriptRun: ran ? dryRun.language : null, unknownRecorders: unknown, coveredMs: dryRun.coveredMs, agents, rule: running, version: asked.version, tailRatio }} />
  );
}
