// What is wrong with a redaction policy beyond its form: names that nobody knows, patterns that cannot run, entries that never
// decide anything, and lists that take more than was meant. Each is placed at the field that is to be mended.
import { nearest } from '../../kql/index.ts';
import type { PolicyAllow, PolicyDocument, PolicyEntry, QuickFix, RedactionPlace } from '../../model/index.ts';
import { createScanner, detectorList, globCovers, sensitiveKeyName, sensitiveKeys } from '../../redaction/index.ts';
import type { RulePlaces } from '../document/index.ts';
import type { RulePath, RuleProblem } from '../types.ts';

type Report = (severity: RuleProblem['severity'], code: string, path: RulePath, message: string, help?: string, replaceBy?: string) => void;

/** In the order of the fields. Without an error the policy compiles. */
export function policyProblems(document: PolicyDocument, places: RulePlaces): readonly RuleProblem[] {
  const problems: RuleProblem[] = [];
  const report: Report = (severity, code, path, message, help, replaceBy) => {
    const [start, end] = places.range(path);
    const fixes: QuickFix[] = replaceBy === undefined ? [] : [{ title: `Change to ${replaceBy}`, edits: [{ start, end, text: replaceBy }] }];
    problems.push({ severity, code, message, path, start, end, ...(help !== undefined && { help }), ...(fixes.length > 0 && { fixes }) });
  };
  checkNames(document, report);
  checkPatterns(document, report);
  document.entries.forEach((entry, i) => checkEntry(entry, document.entries.slice(0, i), i, report));
  (document.allow ?? []).forEach((list, i) => checkAllow(list, i, report));
  checkWhole(document, report);
  return problems;
}

const builtIn = detectorList.map(({ name }) => name);

function checkNames({ detectors, except = [], patterns = [], entries }: PolicyDocument, report: Report): void {
  const names = [...builtIn, sensitiveKeyName, ...patterns.map(({ name }) => name)];
  const known = new Set(['*', ...names]);
  const check = (path: RulePath, list: readonly string[]): void => list.forEach((name, i) => {
    if (known.has(name)) return;
    const near = nearest(name, names);
    report('error', 'policy/unknown-detector', [...path, i], `There is no detector "${name}".${near === undefined ? '' : ` Did you mean ${near}?`}`, 'Name a detector or a pattern of this policy, or * for all.', near);
  });
  check(['detectors'], detectors);
  check(['except'], except);
  entries.forEach((entry, i) => check(['entries', i, 'detectors'], entry.detectors ?? []));
}

function checkPatterns({ patterns = [] }: PolicyDocument, report: Report): void {
  patterns.forEach((pattern, i) => {
    const isTaken = builtIn.includes(pattern.name) || pattern.name === sensitiveKeyName || patterns.findIndex(({ name }) => name === pattern.name) < i;
    if (isTaken) { report('error', 'policy/pattern-name', ['patterns', i, 'name'], `The name "${pattern.name}" is taken.`, 'Give the pattern a name that no detector and no other pattern has.'); return; }
    const made = createScanner([pattern.name], { patterns: [pattern] });
    if (!made.ok) report('error', 'policy/pattern', ['patterns', i, 'pattern'], made.error.message, made.error.help);
  });
}

function checkEntry(entry: PolicyEntry, before: readonly PolicyEntry[], i: number, report: Report): void {
  const at = (...path: RulePath): RulePath => ['entries', i, ...path];
  const nth = `Entry ${i + 1}`;
  if (entry.do === 'ignore' && (entry.reason ?? '').trim() === '') report('error', 'policy/no-reason', at('do'), `${nth} ignores without a reason.`, 'Say in reason: why this may stay in clear. It is a suppression, and an auditor will ask.');
  if (entry.keep !== undefined && entry.do !== 'partial') report('warning', 'policy/keep', at('keep'), `${nth} keeps characters, but only partial does so.`, 'Write do: partial, or leave keep out.');
  const taker = before.findIndex((one) => takesAll(one, entry));
  if (taker >= 0) report('warning', 'policy/never-fits', at(), `${nth} never decides anything: entry ${taker + 1} takes all that it is about.`, `Move it before entry ${taker + 1}, or take it out.`);
  else if (entry.do === 'ignore' && takesEverything(entry)) report('warning', 'policy/ignores-all', at(), `${nth} ignores ${entry.detectors === undefined ? 'every value' : 'every finding'}, so the policy hides nothing behind it.`, 'Name a key, a place, a service or detectors.');
  else warnOfSensitive(entry, nth, at(), report);
}

const takesEverything = ({ key, in: places, service, detectors }: PolicyEntry): boolean =>
  places === undefined && globCovers(key ?? '*', '*') && globCovers(service ?? '*', '*') && (detectors === undefined || detectors.includes('*'));

/** Who lets an e-mail address under `user.email` pass means the key, too. */
function warnOfSensitive(entry: PolicyEntry, nth: string, path: RulePath, report: Report): void {
  const { key, detectors } = entry;
  if (entry.do !== 'ignore' || key === undefined || detectors === undefined || detectors.some((name) => name === '*' || name === sensitiveKeyName)) return;
  const known = sensitiveKeys.find((one) => one.treatment === 'value' && globCovers(one.key, key));
  if (known !== undefined) report('hint', 'policy/sensitive-stays', path, `${nth} ignores what ${detectors.join(', ')} find${detectors.length === 1 ? 's' : ''}, but ${key} is known as sensitive and is hidden all the same.`, `Add ${sensitiveKeyName} to its detectors, if that is meant.`);
}

/** Whatever the later entry fits, the earlier one fits, and so decides. Says so only where it is sure. */
function takesAll(earlier: PolicyEntry, later: PolicyEntry): boolean {
  return globCovers(earlier.key ?? '*', later.key ?? '*') && globCovers(earlier.service ?? '*', later.service ?? '*') && placesCover(earlier, later) && detectorsCover(earlier.detectors, later.detectors);
}

/** Without places an entry about whole values leaves alone what has no key (names, units). */
function placesCover(earlier: PolicyEntry, later: PolicyEntry): boolean {
  if (earlier.in !== undefined) return later.in !== undefined && later.in.every((place) => earlier.in!.includes(place));
  const keyed: readonly RedactionPlace[] = ['attribute', 'resource', 'event', 'body'];
  return earlier.detectors !== undefined || (later.in === undefined ? later.detectors === undefined : later.in.every((place) => keyed.includes(place)));
}

function detectorsCover(earlier: readonly string[] | undefined, later: readonly string[] | undefined): boolean {
  if (earlier === undefined) return true;
  if (later === undefined) return false;
  return earlier.includes('*') || later.every((name) => earlier.includes(name));
}

function checkAllow({ keys, in: places }: PolicyAllow, i: number, report: Report): void {
  if (places?.includes('body') === true && !keys.some(canNameBody)) {
    report('warning', 'policy/allows-nothing', ['allow', i, 'keys'], 'No key of this list can be in a body, so every body goes.', 'Name keys such as body.message, or the word body for a body of text; or take body out of its places.');
  }
  if (keys.some((key) => globCovers(key, '*'))) report('warning', 'policy/allows-all', ['allow', i, 'keys'], 'This list names every key, so it holds nothing back.', 'Name the keys that may stay.');
}

/** A key of a nested value, or a path from `body`. */
const canNameBody = (key: string): boolean => /^(\*|body(\.|\*|$))/i.test(key) || !key.includes('.');

function checkWhole({ mode, keep, detectors, except = [], patterns = [], entries, allow = [], sensitiveKeys: usesKeys }: PolicyDocument, report: Report): void {
  if (keep !== undefined && mode !== 'partial') report('warning', 'policy/keep', ['keep'], 'keep says how much partial leaves, but the mode is not partial.', 'Write mode: partial, or leave keep out.');
  const asked = detectors.includes('*') ? [...builtIn, ...patterns.map(({ name }) => name)] : detectors;
  const looksFor = asked.some((name) => name !== sensitiveKeyName && !except.includes(name) && !except.includes('*'));
  const actsByKey = (usesKeys && !except.includes(sensitiveKeyName)) || allow.length > 0 || entries.some((entry) => entry.do !== 'ignore');
  if (!looksFor && !actsByKey) report('warning', 'policy/does-nothing', ['except'], 'This policy looks for nothing, so it hides nothing.', 'Take a detector out of except, or add an entry.');
}
