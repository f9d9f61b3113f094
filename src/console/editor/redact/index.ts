// Public face of editor/redact: what the policy editor and the tail share about hiding secrets.
import './redact.css';

export { withEntry } from './add-entry.ts';
export { chosenWords, DetectorPicker, type DetectorPickerProps } from './detector-picker.tsx';
export { HiddenList, hiddenSentence, type HiddenFacts } from './hidden-list.tsx';
export { inserted, movedOrder, reordered } from './list-edits.ts';
export { MarkedText } from './marked-text.tsx';
export { RedactClientProvider, useRedactClient, useRedactFacts } from './services.tsx';
export { longestExample, suggestPattern } from './suggest-pattern.ts';
export { PatternVerdict, TestBox } from './test-box.tsx';
export { touchedRecords } from './touched.ts';
export { usePattern } from './use-pattern.ts';
export { entryOf, freeName, nothingBeyond, patternName, policyOf, policyTextOf, suggestedName, wishWheres, type RedactWish, type SecretPlace, type WishAction, type WishWhat, type WishWhere } from './wish.ts';
export { withMasks } from './with-masks.ts';
export { actionDone, actionWords, placeWords, whereWords } from './words.ts';
