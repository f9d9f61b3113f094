// Words that log lines are written in. A word among them is taken for language, whatever else was seen in its place; one that is
// not may be a name, and enough of them in one place are values. English only, kept short: endings do most of the work, and a
// word that is missing costs nothing until several others stand in the same place.

const words = `
a about above abort aborted absent accept access accessing account acl action active actor actual ad add address admin advance after again
against age agent ahead alarm alert alias alive all alloc allocate allow almost alone along already also alternate always am an and another answer any
app append application apply are area arg argument array as ask assert asset assign associate async at attach attempt attribute audit auth author auto avail
average await aware away back backend backlog backoff backup bad balance bandwidth base batch battery be because become been before began begin behind
being below best better between big billing bind bit blank block board body boost boot bootstrap both bound branch break bridge brightness broadcast broken
broker brought browser buffer bug build builder built bulk burst bus busy but by bypass byte bytes cache calculate call callback caller came can cancel candidate
cannot cant capacity card cart case catalog catalogue catch caught cause cell center central cert certificate chain change channel char charge check checkout checkpoint checksum
child children choice chunk circuit class clean cleanup clear client clock clone close closed cluster code coherency cold collect collection collector column
come command comment commit common communication compact compare compatible compile complete component compose compress compute conf config configure confirm conflict
connect connection console constraint consume consumer contact container contains content context continue control convert cookie cool coordinate coordinator copy core corrupt cost could
count counter country coverage cpu crash create credential credit critical cron currency current cursor custom customer cycle daemon daily damage data database
datagram dataset date day db dead deadline deadlock debug decide decline decode default defer define degrade delay delete deliver delta demand deny dependency deploy
deprecate depth derive describe descriptor deserialize design desire destination destroy detach detail detect develop device devices diff different digest dimension direct directory
dirty disable disabled discard disconnect discover disk dispatch display distance divert do document does domain done door double down download downstream drain draft draw
drive driver drop due dump duplicate during duty dying dynamic each early echo edge edit effect either elapsed election element eligible else elevated email embed emit
empty enable enabled encode encounter encrypt end endpoint enforce engine enough enqueue ensure enter entire entity entries entry enum environment equal error errors
escape establish estimate evaluate event events ever every evict exact exceed except exception excess exclude exclusive execute executor exhaust exist exit exits expand expect expensive expire explicit
export expose expression extend extension extent external extra extract fail failed failover failure fall fallback false fan far fast fatal fault feature fee fetch few field
fields file files fill filter final finalize find fine finish fire firewall first fit fix flag flags flat flight flood floating flow flush focus fold folder follow follower
font for force foreground foreign fork form format forward found frame framework free freeze fresh friend from front frozen full function further future gap garbage
gate gateway gauge gave general generate generic get gets give global go goes gone good got grace graceful grant graph group grow guarantee guard guest guide had half
halt hand handle handler handshake hang hard hardware has hash have he head header headers health healthy heap heartbeat height held help here hidden hide high history hit hold
hook hop horizontal host hostname hot hour how http https human hung icon id identifier identity idle if ignore illegal image immediate impl implement import impossible in inactive inbound incident
include incoming incomplete incompatible inconsistent incorrect increase increment index info inform inherit init initial initialize inject inline inner input insert inside install
instance instead instruction insufficient integer integration integrity intent interface intermediate internal internet interrupt interval into invalid invalidate inventory invoice invoke is
isolate issue it item items iteration its job jobs join journal jump just keep kept kernel key keys kill kind know known label language large last late latency latest
launch layer layout lead leader leak lease least leave left legacy length less level levels lib library license life lifecycle lifetime light like limit limits line lines link list
listen listener live load loader local locale location lock lockout log logger logging logic login logon logout long longer look lookup loop loopback lose loss lost low
machine mail main maintain maintenance major make malformed manage manager mandatory manifest manual many map mark mask master match material max maximum may me mean measure media
medium meet member memory menu merge message messages meta metadata method metric metrics micro middle might migrate migration millis min minimum minor minute minutes mirror misconfigured mismatch miss missing mode
model modify module moment monitor month more most mount move much multi multiple must mutex my name names namespace native near need negative neither nested net network neutral
never new newer next no node nodes none nonce normal not note nothing notice notification notify now null number object obsolete obtain occur of off offer offline offset often ok old older
omit on once one only onto open opened operate operation operator optimal optimize option optional or order orders orient origin orphan other our out outbound outcome outer outgoing output outside over
overflow overhead overlap override overwrite own owner pack package packet page paid pair panel panic paper parallel param parameter parent parity parse parser part partial participant partition party pass
passed password past patch path pattern pause pay payload payment peak peer pending per percent perform performance period permanent permission permit persist person phase phone physical
pick piece pin ping pipe pipeline place plan platform play player please plenty plug plugin point pointer policy poll pool poor pop populate port position positive possible post power pre precondition
prefer prefix prepare present press pressure prevent previous price primary print prior priority private privilege privileged problem procedure proceed process processor produce producer product profile program progress
project promise promote prompt proof proper property proposal protect protocol provide provider proxy prune public publish pull purchase purge purpose push put quality quarantine query question
queue quick quiet quit quorum quota quote race raise random range rank rate rather ratio raw re reach read reader readiness ready real reason reassign rebalance reboot rebuild receive receiver recent reclaim recognize recommend
reconcile reconnect record records recover recovery recycle redirect redis reduce redundant reference refresh refund refuse region register registration registry regular reject relate relation relay release
relevant reload remain remote remove rename render renew repair repeat replace replay replica replicate replication reply report repository request requests require reschedule resend reserve reset reside resize resolution resolve resolver
resource resources respond response responses restart restore restrict result results resume retain retransmission retries retrieve retry return reuse revert review revision revoke rewrite right ring risk road role roll rollback root rotate round route
router routine row rows rule rules run runner running runtime safe sale same sample sanity save saved say scale scan scanner scavenge schedule scheduler schema scope score scratch screen script scroll
search second secondary seconds secret section sector secure security see seek seem seen segment select self send sender sensor sent separate sequence serial serialize series serve server
service services session sessions set sets setting settings setup several severe shape shard share sheet shift ship shipment shipping shop short should show shown shut shutdown side sign signal signature silent similar simple
since single site size sizes skew skip sleep slice slot slow small smart smooth snapshot so socket soft software some soon source space span spare spawn special specific specify speed spend spin split sql
stable stack stage stale stall stamp stand standard standby start started starting startup stat state statement static statistics stats status stay steady step steps still stock stop stopped storage store stored
strange strategy stream strict string strong structure stuck style sub subject submit subnet subscribe subscriber subscription subsystem subtask success successful successfully such sudden suffix suggest suitable sum summary super supply support suppress sure surface
suspend swap switch symbol sync synchronize syntax system table tables tag tags take taken takes target task tasks team temp temperature template temporary tenant term terminal terminate test tests text than that the their them then there these they thing
this those though thread threads threshold throttle through throughput throw thrown thus ticket tick tier time timed timeout timeouts timer times timestamp title to today together token tokens too took tool top topic topology total touch trace track traffic train
transaction transactions transfer transform transient transit transition translate transmit transport trap treat tree trigger trim trip true truncate trust try turn tx type types unable unauthorized unavailable unaware unchanged undefined
under underlying undo unexpected unhandled unhealthy unicast unique unit units unknown unless unload unlock unmount unreachable unrecognized unreliable unresolved unresponsive unset unsupported until unusable unused up update updates upgrade upload uploads upon upper
upstream uptime urgent url usage use used user users uses usual valid validate validation value values variable variant various vector vendor verbose verify verification version very via video view violate virtual visible visit volume vote
wait waiting wake want warm warn warning was watch watcher watchdog watermark way we weak web webhook week weight well went were what when where whether which while white who whole whose why wide width will window windows wire wireless with within
without wiped word work worker workers workflow world worse would wrap write writer written wrong year yes yet yield you your zero zone
`.split(/\s+/).filter((word) => word !== '');

const slots = 8192;
const table = new Int32Array(slots);
/** FNV-1a, as `wordHash` makes it byte by byte. */
const hashOf = (word: string): number => { let hash = 0x811c9dc5 | 0; for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193); return hash | 1; };
for (const word of words) {
  let slot = hashOf(word) & slots - 1;
  while (table[slot] !== 0) slot = slot + 1 & slots - 1;
  table[slot] = hashOf(word);
}

const isKnown = (hash: number): boolean => {
  for (let slot = hash & slots - 1; table[slot] !== 0; slot = slot + 1 & slots - 1) if (table[slot] === hash) return true;
  return false;
};

const lower = (byte: number): number => (byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte);

function hashLower(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ lower(bytes[i]!), 0x01000193);
  return hash | 1;
}

const endings = ['ed', 'ing', 'ly', 'tion', 'tions', 'sion', 'ment', 'able', 'ible', 'ful', 'less', 'ness', 'ality', 'ility', 'ance', 'ence'];

const endsLikeWord = (bytes: Uint8Array, from: number, to: number): boolean => hasEnding(bytes, from, to, endings);

function hasEnding(bytes: Uint8Array, from: number, to: number, all: readonly string[]): boolean {
  return all.some((ending) => {
    const start = to - ending.length;
    if (start - from < 3) return false;
    for (let i = 0; i < ending.length; i++) if (lower(bytes[start + i]!) !== ending.charCodeAt(i)) return false;
    return true;
  });
}

/** Whether the letters bytes[from, to) are a word of the language: known, known but for an `s`, or with the ending of one. */
export function isLanguage(bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from < 2 || isKnown(hashLower(bytes, from, to))) return true;
  const last = lower(bytes[to - 1]!);
  if (last === 0x73 && to - from > 3 && isKnown(hashLower(bytes, from, to - 1))) return true;
  return endsLikeWord(bytes, from, to);
}

const cueWords = new Set('user username account login host hostname node for'.split(' ').map(hashOf));
const forHash = hashOf('for');
const ends = new Set('from by at on to in'.split(' ').map(hashOf));

/** What the word before a place says of it: after `user` a name follows, whatever it is. */
export function cueOf(bytes: Uint8Array, from: number, to: number): 'name' | 'for' | null {
  const hash = hashLower(bytes, from, to);
  return !cueWords.has(hash) ? null : hash === forHash ? 'for' : 'name';
}

/** Whether the word is a preposition behind which a place or time follows. */
export const isPreposition = (bytes: Uint8Array, from: number, to: number): boolean => ends.has(hashLower(bytes, from, to));

const functionWords = new Set('a an the and or of to in on at by from for with without via as is are was were be been being has have had do does did not no it its this that these those will would can cannot could should may might than then when while if else due into within after before until over under between through per about out up off'.split(' ').map(hashOf));

/** Words that hold a sentence together: never a value. */
export const isFunctionWord = (bytes: Uint8Array, from: number, to: number): boolean => functionWords.has(hashLower(bytes, from, to));

const kinds = new Set('info warn warning error debug fatal trace critical notice emerg alert severe fine finer finest verbose true false yes no on off enabled disabled null none ok success failure up down'.split(' ').map(hashOf));
const verbEndings = ['ed', 'ing', 'ly', 'able', 'ible'];

/** How likely a word of the language is a value's: a noun in small letters is, something that only ends like a verb may be one too,
 *  and a verb, a state or a level is not: these tell statements apart. */
export function nounness(bytes: Uint8Array, from: number, to: number): 'noun' | 'perhaps' | 'no' {
  for (let i = from; i < to; i++) if (lower(bytes[i]!) !== bytes[i]) return 'no';
  if (kinds.has(hashLower(bytes, from, to))) return 'no';
  if (!hasEnding(bytes, from, to, verbEndings)) return 'noun';
  return isVerb(bytes, from, to) ? 'no' : 'perhaps';
}

/** Whether the word is one that is known, or a known one with an ending (`failed`, `closing`, `stopped`). */
function isVerb(bytes: Uint8Array, from: number, to: number): boolean {
  if (isKnown(hashLower(bytes, from, to))) return true;
  for (let cut = 1; cut <= 4 && to - cut - from >= 3; cut++) if (isKnown(hashLower(bytes, from, to - cut)) || isKnownWithE(bytes, from, to - cut)) return true;
  return false;
}

/** `closing` is of `close`. */
function isKnownWithE(bytes: Uint8Array, from: number, to: number): boolean {
  let hash = 0x811c9dc5 | 0;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ lower(bytes[i]!), 0x01000193);
  return isKnown(Math.imul(hash ^ 0x65, 0x01000193) | 1);
}
