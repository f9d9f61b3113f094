// Rules that were moved have a new version that differs in its order only. Whoever is editing one of them goes on editing, on
// the ground of that version: nothing typed is lost, and nothing counts as changed that was not typed.
import type { RuleDetail } from '../../../../model/index.ts';
import { useDrafts } from '../../../state/index.ts';
import { edited, fieldsOf } from '../draft/index.ts';
import type { NewOrder } from './rule-order.ts';

/** @param read the rule as it is after the move */
export async function followMoves(moves: readonly NewOrder[], read: (id: string) => Promise<RuleDetail>): Promise<void> {
  for (const { id, order } of moves) {
    const draft = useDrafts.getState().drafts[id];
    if (draft === undefined) continue;
    const rule = await read(id);
    const base = rule.versions.find(({ version }) => version === rule.latestVersion)?.text;
    const [now, typed] = [useDrafts.getState().drafts[id], fieldsOf(draft.text)?.order];
    // Edited since, or its order is being edited, or it is no valid YAML now: then the editor asks.
    if (base === undefined || now !== draft || rule.latestVersion !== draft.baseVersion + 1 || typed !== fieldsOf(draft.base)?.order) continue;
    const text = draft.text === draft.base ? base : edited(draft.text, [{ path: ['order'], value: order }]);
    if (text !== null) useDrafts.getState().put(id, { ...draft, text, base, baseVersion: rule.latestVersion });
  }
}
