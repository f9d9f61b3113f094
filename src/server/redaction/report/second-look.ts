// The last door before the audit: whatever an agent calls a name or a masked context is scanned with every detector again, and
// what is found is masked. Names repeat every second, so what was looked at is remembered for a while.
import { createScanner } from '../../../redaction/index.ts';
import type { Clean } from './read-report.ts';

const remembered = 20_000;

export function secondLook(): Clean {
  const made = createScanner(['*']);
  if (!made.ok) throw new Error(made.error.message);
  const scanner = made.value;
  let [young, old] = [new Map<string, string>(), new Map<string, string>()];
  return (text) => {
    const known = young.get(text) ?? old.get(text);
    if (known !== undefined) return known;
    const cleaned = scanner.redactText(text, 'mask')?.text ?? text;
    if (young.size >= remembered / 2) [young, old] = [new Map(), young];
    young.set(text, cleaned);
    return cleaned;
  };
}
