// What is done to a rule, in words: a net is armed and disarmed, every other rule is deployed and disabled.
import type { RuleSummary } from '../../../../model/index.ts';

type Kind = RuleSummary['kind'];
export interface DoingWords {
  /** As commands, with a capital letter. */
  readonly deploy: string; readonly deploying: string; readonly disable: string; readonly goLive: string; readonly again: string;
  /** "is disabled". */
  readonly disabled: string;
  /** What follows for records. */
  readonly after: string;
}

const rule: DoingWords = { deploy: 'Deploy', deploying: 'Deploying', disable: 'Disable', goLive: 'Go live', again: 'Enable again until…', disabled: 'disabled', after: 'Records pass it untouched again.' };
/** What only looks on lets records pass as they are, running or not. */
const net: DoingWords = { deploy: 'Arm', deploying: 'Arming', disable: 'Disarm', goLive: 'Arm live', again: 'Arm again until…', disabled: 'disarmed', after: 'It waits for nothing now; what it started runs to its end.' };
const script: DoingWords = { ...rule, after: 'No record is handed to it now.' };

export const doingWords = (kind: Kind): DoingWords => (kind === 'state-machine' ? net : kind === 'language' ? script : rule);
