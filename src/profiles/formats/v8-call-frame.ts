// A `callFrame` as V8 writes it in traces and heap profiles: https://chromedevtools.github.io/devtools-protocol/tot/Runtime/#type-CallFrame
// Lines and columns count from 0 there, -1 for code without source.
import type { ProfileBuilder } from '../build/index.ts';
import { asNumber, asRecord, asText } from './json/index.ts';

export const rootName = '(root)';

/** The function's row. */
export function v8Function(builder: ProfileBuilder, callFrame: unknown): number {
  const { functionName, url, lineNumber, columnNumber } = asRecord(callFrame);
  return builder.function(asText(functionName) || '(anonymous)', asText(url) || null, asNumber(lineNumber) + 1 || 0, asNumber(columnNumber) + 1 || 0);
}

export const isRoot = (callFrame: unknown): boolean => asText(asRecord(callFrame)['functionName']) === rootName;
