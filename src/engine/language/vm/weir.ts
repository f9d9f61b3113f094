// Inside the sandbox: the object that scripts know as weir. Whatever a script hands over becomes JSON text at once, by QuickJS itself and
// within the call's budget; getters, proxies and toJSON run there and nowhere else. The host reads the text and trusts none of it.

export const weirObject = String.raw`
const { parse, stringify } = JSON;
const isObject = (value) => typeof value === 'object' && value !== null;
let pieces = '';
let count = 0;
let lines = 0;

const add = (piece) => {
  if (pieces.length + piece.length > config.callChars) throw new RangeError('One call may hand out ' + config.callChars + ' characters of JSON; this is more.');
  pieces += pieces === '' ? piece : ',' + piece;
};
const hand = (what, kind, piece) => {
  if (count >= config.outputs) throw new RangeError('One call may hand out ' + config.outputs + ' records, metrics and actions; ' + what + ' was asked for one more.');
  if (piece.length > config.outputChars) throw new RangeError(what + ' takes ' + config.outputChars + ' characters of JSON; this has ' + piece.length + '.');
  add('["' + kind + '",' + piece + ']');
  count++;
};

// Values without parts are kept as they are, others as JSON: no script holds on to what the map counts.
const kept = new Map();
let stateBytes = 0;
let evicted = 0;
const drop = (key) => {
  const entry = kept.get(key);
  if (entry === undefined) return false;
  stateBytes -= entry.bytes;
  return kept.delete(key);
};
const evict = () => {
  while (kept.size > config.state.keys || stateBytes > config.state.bytes) { drop(kept.keys().next().value); evicted++; }
};
const stateKey = (key) => {
  const text = String(key);
  if (text.length > config.state.keyChars) throw new RangeError('A key of weir.state has at most ' + config.state.keyChars + ' characters.');
  return text;
};
const state = Object.freeze({
  get(key) {
    const text = stateKey(key);
    const entry = kept.get(text);
    if (entry === undefined) return undefined;
    kept.delete(text);
    kept.set(text, entry);
    return entry.json ? parse(entry.value) : entry.value;
  },
  set(key, value) {
    const text = stateKey(key);
    const json = isObject(value) || typeof value === 'function';
    const held = json ? stringify(value) : value;
    drop(text);
    if (held === undefined) return;
    if (typeof held === 'symbol' || typeof held === 'bigint') throw new TypeError('weir.state keeps what JSON can say; turn this into text first.');
    const size = typeof held === 'string' ? held.length : 8;
    if (size > config.state.valueChars) throw new RangeError('A value of weir.state has at most ' + config.state.valueChars + ' characters of JSON; this has ' + size + '.');
    const bytes = 2 * (text.length + size) + 64;
    kept.set(text, { json, value: held, bytes });
    stateBytes += bytes;
    evict();
  },
  delete(key) { return drop(stateKey(key)); },
});

const weir = Object.freeze({
  state,
  get now() { return now; },
  emit(record) {
    const piece = stringify(record);
    if (typeof piece !== 'string' || piece[0] !== '{') throw new TypeError('weir.emit takes an object such as { EventName: "queue.stuck", Body: "text" }.');
    hand('weir.emit', 'e', piece);
  },
  metric(name, value, attributes, options) {
    if (typeof name !== 'string' || name === '') throw new TypeError('weir.metric takes the name of a metric first.');
    if (typeof value !== 'number' || value - value !== 0) throw new TypeError('weir.metric takes a finite number second.');
    const { unit = '', kind = 'sum' } = options ?? {};
    if (kind !== 'sum' && kind !== 'gauge') throw new TypeError('The kind of a metric is sum or gauge.');
    hand('weir.metric', 'm', stringify([name, value, attributes ?? {}, String(unit), kind]));
  },
  action(name, parameters) {
    if (count >= config.outputs) return { started: false, because: 'one call may hand out ' + config.outputs + ' records, metrics and actions' };
    count++;
    return parse(ask(stringify([String(name), parameters ?? {}])));
  },
  log(text) {
    if (!config.logs) return;
    if (++lines > config.logLines) return;
    add(stringify(['l', String(text).slice(0, config.logChars)]));
  },
});
`;
