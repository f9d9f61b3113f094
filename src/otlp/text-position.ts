// Where the text in hand stands: its place, its key, the keys around it and the secret's name above it. One object that moves along
// with the text, so a reader of it must read at once.
import { decodeUtf8 } from '../base/index.ts';
import type { RedactionPlace } from '../model/index.ts';
import type { TextPlan } from './text-plan.ts';
import type { TextPlace } from './types.ts';

/** Deeper keys than this are left out of a path. */
const mostKeys = 64;
const noKey = new Uint8Array(0);

export class TextPosition implements TextPlace {
  protected bytes: Uint8Array = noKey;
  place: RedactionPlace = 'other';
  keyBytes: Uint8Array = noKey;
  keyStart = 0;
  keyEnd = 0;
  secretBytes: Uint8Array = noKey;
  secretStart = 0;
  secretEnd = 0;
  /** What a path begins with when no key does: the name of the field. */
  protected name = '';
  /** Ranges of the keys around the text in hand, and how many they are. */
  protected readonly keys: number[] = [];
  protected keyCount = 0;

  protected begin(bytes: Uint8Array): void {
    this.bytes = bytes;
    // A mapper that threw left its keys here.
    this.keyCount = 0;
    this.noSecret();
  }

  path(): string {
    if (this.keyCount === 0) return this.name;
    const keys: string[] = this.place === 'body' ? [this.name] : [];
    for (let i = 0; i < Math.min(this.keyCount, mostKeys); i++) keys.push(decodeUtf8(this.bytes, this.keys[i * 2]!, this.keys[i * 2 + 1]!));
    return keys.join('.');
  }

  /** Into a field: its place, and a key that is no attribute's where the field has one. */
  protected enterField(plan: TextPlan, field: number): void {
    this.place = plan.places[field] ?? 'other';
    this.name = plan.names[field] ?? '';
    this.keyBytes = plan.keys[field] ?? noKey;
    this.keyStart = 0;
    this.keyEnd = this.keyBytes.length;
  }

  protected noSecret(): void {
    this.secretBytes = noKey;
    this.secretStart = this.secretEnd = 0;
  }

  protected nameIt(at: number, start: number, end: number): void {
    this.keys[at] = this.keyStart = start;
    this.keys[at + 1] = this.keyEnd = end;
  }

  protected setKey(bytes: Uint8Array, start: number, end: number): void {
    this.keyBytes = bytes;
    this.keyStart = start;
    this.keyEnd = end;
  }
}
