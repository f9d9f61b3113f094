// A draft as it goes over the wire. Rule documents are above this layer, so whoever calls hands over their printer (rules' `printRule`).
import { ruleDocumentVersion, type QueryDocument, type Suggestion } from '../../model/index.ts';
import type { SuggestionDraft } from './types.ts';

export function ruleDocumentOf({ rule }: Pick<SuggestionDraft, 'rule'>): QueryDocument {
  return { weir: ruleDocumentVersion, kind: 'query', name: rule.name, description: rule.description.slice(0, 2000), location: 'on-box', targets: '', order: 100, kql: rule.kql };
}

export function toSuggestion(draft: SuggestionDraft, print: (document: QueryDocument) => string): Suggestion {
  const { expected: _kept, basis: _too, rule: _printed, ...suggestion } = draft;
  return { ...suggestion, because: [...draft.because], lost: [...draft.lost], rule: print(ruleDocumentOf(draft)) };
}
