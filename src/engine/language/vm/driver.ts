// Inside the sandbox: what the host calls. `deliver` and `ask` are the host's, and no script can reach them.

export const driver = String.raw`
const describe = (thrown) => {
  const said = { name: '', message: '', stack: '' };
  try {
    if (isObject(thrown)) for (const part of ['name', 'message', 'stack']) { const value = thrown[part]; if (typeof value === 'string') said[part] = value.slice(0, 1000); }
    else said.message = String(thrown).slice(0, 1000);
  } catch { said.message = 'It threw something that cannot be read.'; }
  return said;
};
const deepFreeze = (value) => {
  Object.freeze(value);
  for (const key in value) if (isObject(value[key])) deepFreeze(value[key]);
};
let onRecord = null;
let onTick = null;
const finish = () => {
  if (pieces !== '') { const all = pieces; pieces = ''; deliver(all); }
};
const fail = (thrown) => { pieces += (pieces === '' ? '' : ',') + stringify(['x', describe(thrown)]); };
freezeAll();
return Object.freeze({
  bind(handlers) { [onRecord, onTick] = handlers; return (onRecord === null ? 0 : 1) + (onTick === null ? 0 : 2); },
  record(text) {
    pieces = ''; count = 0; lines = 0;
    const [time, record] = parse(text);
    now = time;
    deepFreeze(record);
    try { onRecord(record, weir); } catch (thrown) { fail(thrown); }
    finish();
  },
  tick(text) {
    pieces = ''; count = 0; lines = 0;
    now = parse(text);
    try { onTick(weir); } catch (thrown) { fail(thrown); }
    finish();
  },
  finish,
  state() { deliver(stringify({ keys: kept.size, bytes: stateBytes, evicted })); },
});
`;
