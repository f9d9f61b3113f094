// A scanner by name: which detectors and own patterns look, and how what they find is rewritten. The scan itself is `scan-core.ts`.
import { encodeUtf8, failure, ok, type Failure, type Result } from '../base/index.ts';
import { asciiText } from './bytes.ts';
import { detectors as known } from './detectors/index.ts';
import { KeyJudge, type KeyVerdict } from './key-judge.ts';
import { withoutMarks, type MarkForms } from './marks.ts';
import { createMasker, mostMaskBytes, type Masker } from './mask.ts';
import { namesBesideDetectors } from './names-beside-detectors.ts';
import { compilePattern, type CompiledPattern } from './own-pattern/index.ts';
import { isPlaceholder } from './plausible.ts';
import { publicPrefixes } from './public-prefixes.ts';
import { merged } from './merged.ts';
import { ScanCore } from './scan-core.ts';
import { shownBehind } from './settle.ts';
import { copy, place, reserve, take } from './slab.ts';
import { inUtf16 } from './utf16.ts';
import type { Detector, Edit, Finding, MaskMode, Scanner, ScannerOptions } from './types.ts';

/** Names as in `detectorList` or of the patterns, or `["*"]` for all. Codes of failures: `unknown-detector`, `pattern-name`, and those of `checkOwnPattern`. */
export function createScanner(names: readonly string[], options: ScannerOptions = {}): Result<Scanner, Failure> {
  const own = options.patterns ?? [];
  const all = [...known, ...own].map((one) => one.name);
  const twice = own.find(({ name }) => all.indexOf(name) !== all.lastIndexOf(name));
  if (twice !== undefined) return failure('pattern-name', `There is more than one detector named "${twice.name}".`, 'Give the pattern a name of its own.');
  const isWanted = ({ name }: { readonly name: string }): boolean => names.includes('*') || names.includes(name);
  const unknown = names.filter((name) => name !== '*' && !all.includes(name));
  if (unknown.length > 0) return failure('unknown-detector', `There is no detector named ${unknown.join(', ')}.`, `Known detectors: ${all.join(', ')}; "*" means all.`);
  const patterns: CompiledPattern[] = [];
  for (const one of own.filter(isWanted)) {
    const compiled = compilePattern(one);
    if (!compiled.ok) return compiled;
    patterns.push(compiled.value);
  }
  const detectors = known.filter(isWanted);
  if (detectors.length + patterns.length === 0) return failure('unknown-detector', 'No detector is named, so nothing would be found.', 'Name detectors, or use "*" for all.');
  return ok(new KeyedScanner(detectors, patterns, createMasker(options.keys ?? null)));
}

/** What stands before a hash, of detectors and of what policies go by beside them. */
const hashNames: ReadonlySet<string> = new Set([...known.map((one) => one.name), ...namesBesideDetectors]);
const keyConfidence = 0.8;
/** Card numbers have 13 to 19 digits. */
const leastCard = 1_000_000_000_000;
const greatestCard = 9_999_999_999_999_999_999n;
const noBytes = new Uint8Array(0);

class KeyedScanner implements Scanner {
  readonly detectors: readonly string[];
  readonly #detectors: readonly Detector[];
  readonly #core: ScanCore;
  readonly #masker: Masker;
  readonly #keys: KeyJudge;
  readonly #marks: MarkForms;

  constructor(detectors: readonly Detector[], patterns: readonly CompiledPattern[], masker: Masker) {
    this.#detectors = detectors;
    this.detectors = [...detectors, ...patterns].map((one) => one.name);
    const own = new Set(patterns.map((one) => one.name));
    this.#marks = { isName: (name) => hashNames.has(name) || own.has(name), prefixes: publicPrefixes };
    this.#core = new ScanCore(detectors, patterns, this.#marks);
    this.#masker = masker;
    this.#keys = new KeyJudge(detectors);
  }

  mayMatch(bytes: Uint8Array, start: number, end: number): boolean { return this.#core.mayMatch(bytes, start, end); }

  scan(bytes: Uint8Array, start: number, end: number): readonly Finding[] { return this.find(bytes, start, end, noBytes, 0, 0); }

  find(bytes: Uint8Array, start: number, end: number, keyBytes: Uint8Array, keyStart: number, keyEnd: number): readonly Finding[] {
    return merged(this.findEach(bytes, start, end, keyBytes, keyStart, keyEnd));
  }

  findEach(bytes: Uint8Array, start: number, end: number, keyBytes: Uint8Array, keyStart: number, keyEnd: number): readonly Finding[] {
    const found = this.#core.scan(bytes, start, end);
    const quiet = this.#core.quietEnd - start;
    const verdict = keyEnd > keyStart ? this.#keys.of(keyBytes, keyStart, keyEnd) : null;
    const inKey = verdict === null ? found : this.#inKey(verdict, found, bytes, start, end);
    if (inKey === null) return none;
    const left = withoutMarks(inKey, bytes, start, end, this.#marks);
    if (left.length === 0) return none;
    const shown = shownBehind(left, bytes, start, end, (hidden, length, changedFrom) => this.#look(hidden, length, verdict, Math.min(quiet, changedFrom)));
    return shown.length === 0 ? left : [...left, ...shown];
  }

  /** What is found in bytes[0, end); `quiet`: up to where nothing begins, as far as is known. */
  #look(bytes: Uint8Array, end: number, verdict: KeyVerdict | null, quiet = 0): readonly Finding[] {
    const found = this.#core.scan(bytes, 0, end, quiet);
    if (found === null) return none;
    return withoutMarks(verdict === null ? found : found.filter((one) => !verdict.without.has(one.detector)), bytes, 0, end, this.#marks);
  }

  /** What the name of the attribute makes of the findings: fewer, or that all of the text is one. */
  #inKey(verdict: KeyVerdict, found: readonly Finding[] | null, bytes: Uint8Array, start: number, end: number): readonly Finding[] | null {
    const left = found === null ? [] : found.filter((one) => !verdict.without.has(one.detector));
    for (const i of verdict.whole) {
      const detector = this.#detectors[i]!;
      if (verdict.without.has(detector.name) || isPlaceholder(asciiText(bytes, start, end)) || detector.keyed?.({ bytes, start, end }) === false) continue;
      left.push({ start, end, detector: detector.name, confidence: keyConfidence, keep: 0 });
    }
    return left.length === 0 ? null : left;
  }

  findInteger(value: number | bigint, keyBytes: Uint8Array, keyStart: number, keyEnd: number): { bytes: Uint8Array; finding: Finding } | null {
    const verdict = keyEnd > keyStart ? this.#keys.of(keyBytes, keyStart, keyEnd) : null;
    const mayBeCard = value >= leastCard && value <= greatestCard;
    if (!mayBeCard && (verdict === null || verdict.whole.length === 0)) return null;
    const bytes = encodeUtf8(String(value));
    const named = verdict === null ? undefined : this.#secretNumber(verdict, bytes.length);
    if (named !== undefined) return { bytes, finding: { start: 0, end: bytes.length, detector: named, confidence: keyConfidence, keep: 0 } };
    const [finding, ...others] = this.find(bytes, 0, bytes.length, keyBytes, keyStart, keyEnd);
    if (finding === undefined || others.length > 0 || finding.end - finding.start < bytes.length) return null;
    return integerDetectors.has(finding.detector) || this.#detectors.find((one) => one.name === finding.detector)?.keys !== undefined ? { bytes, finding } : null;
  }

  /** The detector that takes a number of so many characters for a secret by the name of its attribute alone. */
  #secretNumber({ whole, without }: KeyVerdict, length: number): string | undefined {
    return whole.map((i) => this.#detectors[i]!).find((one) => !without.has(one.name) && (one.keyed === undefined || (length >= leastNamed && numberFamilies.has(one.family))))?.name;
  }

  rewrite(bytes: Uint8Array, start: number, end: number, edits: readonly Edit[]): Uint8Array {
    const written = this.#write(bytes, start, end, edits);
    return this.#isQuiet(written, edits) ? written : this.#quieter(bytes, start, end, edits, written).written;
  }

  #write(bytes: Uint8Array, start: number, end: number, edits: readonly Edit[]): Uint8Array {
    reserve(end - start + edits.length * mostMaskBytes);
    const { into, at } = place;
    let to = at;
    let from = start;
    for (const edit of edits) {
      to = this.#masker.write(into, copy(into, to, bytes, from, edit.start), bytes, edit);
      from = edit.end;
    }
    return take(at, copy(into, to, bytes, from, end));
  }

  /** Whether nothing is found in what was written. That holds of bare bullets, which is what `findEach` looked behind. */
  #isQuiet(written: Uint8Array, edits: readonly Edit[]): boolean {
    return edits.every(isBare) || this.#look(written, written.length, null).length === 0;
  }

  /** What a mask leaves, or a hash, may make a secret together with the text beside it: then bullets alone, unless they are no better. */
  #quieter(bytes: Uint8Array, start: number, end: number, edits: readonly Edit[], written: Uint8Array): { readonly written: Uint8Array; readonly edits: readonly Edit[] } {
    const bare = edits.map((edit): Edit => ({ ...edit, keep: 0, mode: 'mask' }));
    const other = this.#write(bytes, start, end, bare);
    return this.#look(other, other.length, null).length < this.#look(written, written.length, null).length ? { written: other, edits: bare } : { written, edits };
  }

  scanText(text: string, key = ''): readonly Finding[] {
    if (key === '' && !this.#core.textMayMatch(text)) return none;
    const bytes = encodeUtf8(text);
    return inUtf16(this.#findKeyed(bytes, key), bytes, text);
  }

  redactText(text: string, mode: MaskMode, key = ''): { text: string; findings: readonly Finding[] } | null {
    if (key === '' && !this.#core.textMayMatch(text)) return null;
    const bytes = encodeUtf8(text);
    const inBytes = this.#findKeyed(bytes, key);
    if (inBytes.length === 0) return null;
    const findings = inUtf16(inBytes, bytes, text);
    const edits = this.#quietEdits(bytes, inBytes.map((one) => ({ ...one, mode })));
    let out = '';
    let at = 0;
    findings.forEach((finding, i) => {
      out += text.slice(at, finding.start) + this.#masker.text(bytes, edits[i]!);
      at = finding.end;
    });
    return { text: out + text.slice(at), findings };
  }

  #quietEdits(bytes: Uint8Array, edits: readonly Edit[]): readonly Edit[] {
    const written = this.#write(bytes, 0, bytes.length, edits);
    return this.#isQuiet(written, edits) ? edits : this.#quieter(bytes, 0, bytes.length, edits, written).edits;
  }

  #findKeyed(bytes: Uint8Array, key: string): readonly Finding[] {
    const keyBytes = key === '' ? noBytes : encodeUtf8(key);
    return this.find(bytes, 0, bytes.length, keyBytes, 0, keyBytes.length);
  }

  redactBytes(bytes: Uint8Array, start: number, end: number, mode: MaskMode, keyBytes: Uint8Array, keyStart: number, keyEnd: number): Uint8Array | null {
    const findings = this.find(bytes, start, end, keyBytes, keyStart, keyEnd);
    return findings.length === 0 ? null : this.rewrite(bytes, start, end, findings.map((one) => ({ ...one, mode })));
  }

  redactInteger(value: number | bigint, mode: MaskMode, keyBytes: Uint8Array, keyStart: number, keyEnd: number): Uint8Array | null {
    const found = this.findInteger(value, keyBytes, keyStart, keyEnd);
    return found === null ? null : this.rewrite(found.bytes, 0, found.bytes.length, [{ ...found.finding, mode }]);
  }
}

const isBare = ({ mode, keep }: Edit): boolean => mode === 'mask' && keep === 0;

/** Families whose names of attributes say more than the form of a number under them, and the digits of the shortest such number. */
const numberFamilies: ReadonlySet<string> = new Set(['structural', 'national-id', 'financial']);
const leastNamed = 4;
/** What a whole number alone can be, by its check digit and no word beside it. */
const integerDetectors: ReadonlySet<string> = new Set(['payment-card']);
const none: readonly Finding[] = [];
