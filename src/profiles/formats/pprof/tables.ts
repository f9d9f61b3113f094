// The tables of a pprof profile. Samples may stand before the tables they point into, so these are read in a first pass. Field numbers of
// https://github.com/google/pprof/blob/main/proto/profile.proto
import { decodeUtf8, type ProtoReader } from '../../../base/index.ts';
import { noLocations, type LocationColumns, type LocationTables } from '../locations/index.ts';
import { eachField, idAt, integerAt } from '../proto/index.ts';

interface NamedFunction { readonly name: number; readonly systemName: number; readonly file: number; readonly line: number }
export interface ValueType { readonly type: string; readonly unit: string }
type Id = number | bigint;

export class PprofTables implements LocationTables {
  readonly strings: string[] = [];
  readonly locations: LocationColumns & { count: number } = noLocations();
  /** Unix nanoseconds; 0 when not told. */
  timeNanos = 0n;
  durationNanos = 0;
  readonly #types: { readonly type: number; readonly unit: number }[] = [];
  readonly #functions: NamedFunction[] = [];
  readonly #functionRows = new Map<Id, number>();
  /** Ids as lines name them, by the number that stands for them until all functions are known. */
  readonly #lineIds: Id[] = [];
  readonly #locationRows = new Map<Id, number>();
  readonly #mappings = new Map<number, number>();
  #defaultType = 0;

  /** The file but for its samples. Throws FormatFault. */
  read(bytes: Uint8Array, tell: (at: number) => void): void {
    eachField(bytes, 0, bytes.length, (field) => { this.#readField(field); tell(field.end); });
    this.#lineIds.forEach((id, line) => { this.locations.lineFunction.set(line, this.#functionRows.get(id) ?? -1); });
  }

  get types(): readonly ValueType[] { return this.#types.map(({ type, unit }) => ({ type: this.string(type), unit: this.string(unit) })); }
  /** The type to show first: the one the file names, else the last, as pprof does. */
  get defaultType(): number {
    const named = this.#defaultType === 0 ? -1 : this.#types.findIndex(({ type }) => this.string(type) === this.string(this.#defaultType));
    return named >= 0 ? named : Math.max(0, this.#types.length - 1);
  }

  string(row: number): string { return this.strings[row] ?? ''; }
  /** -1 for an id that is not in the table. */
  locationRow(id: Id): number { return this.#locationRows.get(id) ?? -1; }
  mappingFile(mapping: number): string { return this.string(this.#mappings.get(mapping) ?? 0); }

  functionOf(row: number): { name: string; file: string; line: number } | null {
    const found = this.#functions[row];
    return found === undefined ? null : { name: this.string(found.name) || this.string(found.systemName), file: this.string(found.file), line: found.line };
  }

  #readField(field: ProtoReader): void {
    const { bytes, start, end } = field;
    switch (field.field) {
      case 1: this.#types.push(readValueType(bytes, start, end)); break;
      case 3: this.#readMapping(bytes, start, end); break;
      case 4: this.#readLocation(bytes, start, end); break;
      case 5: this.#readFunction(bytes, start, end); break;
      case 6: this.strings.push(decodeUtf8(bytes, start, end)); break;
      case 9: this.timeNanos = BigInt(idAt(bytes, start)); break;
      case 10: this.durationNanos = integerAt(bytes, start); break;
      case 14: this.#defaultType = integerAt(bytes, start); break;
      default:
    }
  }

  /** Mapping: id 1, memory_start 2, memory_limit 3, file_offset 4, filename 5, build_id 6. */
  #readMapping(bytes: Uint8Array, from: number, to: number): void {
    let [id, file] = [0, 0];
    eachField(bytes, from, to, ({ field, start }) => {
      if (field === 1) id = integerAt(bytes, start);
      else if (field === 5) file = integerAt(bytes, start);
    });
    this.#mappings.set(id & 0x7fff_ffff, file);
  }

  /** Location: id 1, mapping_id 2, address 3, line 4; Line: function_id 1, line 2, column 3. */
  #readLocation(bytes: Uint8Array, from: number, to: number): void {
    const { locations } = this;
    let [id, mapping, address]: [Id, number, Id] = [0, 0, 0];
    locations.lineStart.push(locations.lineFunction.count);
    eachField(bytes, from, to, ({ field, start, end }) => {
      if (field === 1) id = idAt(bytes, start);
      else if (field === 2) mapping = integerAt(bytes, start) & 0x7fff_ffff;
      else if (field === 3) address = idAt(bytes, start);
      else if (field === 4) this.#readLine(bytes, start, end);
    });
    locations.mapping.push(mapping);
    locations.address.push(address);
    this.#locationRows.set(id, locations.count++);
  }

  #readLine(bytes: Uint8Array, from: number, to: number): void {
    let [id, line]: [Id, number] = [0, 0];
    eachField(bytes, from, to, ({ field, start }) => {
      if (field === 1) id = idAt(bytes, start);
      else if (field === 2) line = integerAt(bytes, start);
    });
    this.#lineIds.push(id);
    this.locations.lineFunction.push(-1);
    this.locations.lineNumber.push(line);
  }

  /** Function: id 1, name 2, system_name 3, filename 4, start_line 5. */
  #readFunction(bytes: Uint8Array, from: number, to: number): void {
    const values: [Id, number, number, number, number] = [0, 0, 0, 0, 0];
    eachField(bytes, from, to, ({ field, start }) => {
      if (field === 1) values[0] = idAt(bytes, start);
      else if (field <= 5) values[field - 1] = integerAt(bytes, start);
    });
    const [id, name, systemName, file, line] = values;
    this.#functionRows.set(id, this.#functions.push({ name, systemName, file, line }) - 1);
  }
}

/** ValueType: type 1, unit 2. */
function readValueType(bytes: Uint8Array, from: number, to: number): { type: number; unit: number } {
  const read = { type: 0, unit: 0 };
  eachField(bytes, from, to, ({ field, start }) => {
    if (field === 1) read.type = integerAt(bytes, start);
    else if (field === 2) read.unit = integerAt(bytes, start);
  });
  return read;
}

