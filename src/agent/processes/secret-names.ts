// Names of settings (environment variables, options) whose value is a secret whatever it looks like. Wider than what the detectors judge all telemetry by:
// here it is set-ups that leave a machine, and one that is hidden for nothing harms less than one that is shown.

/** Ends a name, as a word of its own. */
const endWords = /(?:^|[^A-Za-z0-9])(?:keys?|auths?|sk|pass|pw|pins?|otp|creds?|credentials?|salt|pepper|passcode)$/i;
const camelWords = /[a-z0-9](?:Keys?|Auth|Pass|Pw|Pin|Creds?|Salt|Passcode)$/;
const base = /[^A-Za-z0-9]base$/i;
/** `DBPASS`, `PGAUTH`, `JWTKEY`; these end other words, too. */
const capitals = /^[A-Z][A-Z0-9_]*(?:(?<!\bBY|_BY|COM)PASS|PW|AUTH|(?<!MON|TUR|HOT|DON|LESS)KEYS?)$/;
const within = /secret|passw(?:or)?d|passphrase|credential|private[_.-]?key|api[_.-]?key|unseal/i;
/** What is said of a secret, or where it is. */
const aboutOne = /(?:name|file|path|dir|folder|url|uri|ref|_id|length|len|size|policy|ttl|expiry|expires|age|days|at|count|enabled|required|arn|version|type|algorithm|algo|manager|store|provider|engine|backend|class|namespace)s?$/i;
/** `--no-auth`, `DISABLE_AUTH`: a switch. */
const turnsOff = /^(?:no|skip|disable|without|use|enable|allow|require|requires)[_-]/i;

/** Of a variable of an environment, or an option of a command line. */
export function isSecretName(name: string): boolean {
  if (name.length > 256) return true;
  if (turnsOff.test(name) && !within.test(name)) return false;
  return endWords.test(name) || camelWords.test(name) || base.test(name) || capitals.test(name) || (within.test(name) && !aboutOne.test(name));
}

const switches = /^(?:true|false|yes|no|on|off|null|0|1)$/i;
const kinds = /^(?:basic|digest|bearer|ntlm|oauth2?|md5|trust|peer|ident|scram-sha-\d{3}|anonymous|external)$/i;
/** Of small letters: random values have others, too. */
const path = /^(?:~|\.{1,2})?\/[a-z0-9._@+/-]{0,255}$/;
const fileName = /^[\w-]{1,100}(?:\.[\w-]{1,40}){0,3}\.(?:pem|key|crt|cer|p12|pfx|jks|json|ya?ml|txt|conf|js|ts|py|sh)$/i;
const address = /^https?:\/\/[a-z0-9.-]{1,253}(?::\d{1,5})?(?:\/[a-z0-9._/-]{0,255})?$/;
/** As tokens stand in paths of addresses. */
const longRun = /[a-z0-9]{24}/;

/** A value that says nothing to anybody, also under such a name: a switch, a kind, where something is. */
export const isPlainSetting = (value: string): boolean =>
  switches.test(value) || kinds.test(value) || fileName.test(value) || ((path.test(value) || address.test(value)) && !longRun.test(value));
