// Names that people sign in with: in home directories and after user=, and whole values of attributes that hold them.
import { anyCase, asciiText, literal } from '../../bytes.ts';
import { isPlaceholder } from '../../plausible.ts';
import type { Detector } from '../../types.ts';
import { found } from '../keyworded.ts';

/** Accounts of machines and roles, not of people. */
const nobody = new Set(('root admin administrator system service services daemon nobody user users username guest anonymous unknown default public shared all app application node java python ubuntu ec2-user'
  + ' debian centos runner jenkins circleci vagrant docker www-data nginx apache postgres mysql redis mongodb kafka git github gitlab build builder ci test tester demo local localhost linuxbrew'
  + ' string str text varchar boolean object number any void uuid is was has not the for with and or id name email agent type role group count login logout logged null none true false undefined').split(' '));

/** A name a person may have: no account of a machine or a role, no number alone. */
const isPerson = (name: string): boolean => !nobody.has(name.toLowerCase()) && /[a-z]/i.test(name) && !isPlaceholder(name);

export const homeDirectory: Detector = {
  name: 'home-directory', version: 1, family: 'personal', check: 'context', title: 'User name in a path', doc: 'The user name in /home/…, /Users/… and C:\\Users\\….',
  facts: 'The part after /home/, /Users/ or \\Users\\ up to the next slash; accounts of machines and roles are left.', source: 'Filesystem Hierarchy Standard 3.0, section 3.8; Windows KNOWNFOLDERID (UserProfiles)',
  anchors: [literal('/home/'), literal('/Users/'), anyCase(':\\users\\'), anyCase(':\\\\users\\\\')],
  verify({ bytes, start, end }, at, match) {
    const name = /^[A-Za-z0-9][A-Za-z0-9._-]{0,38}[A-Za-z0-9](?=\/|\\|$)/.exec(asciiText(bytes, at, end, 42))?.[0];
    if (name === undefined || !isPerson(name) || !isRoot(asciiText(bytes, Math.max(start, at - 24), at))) return false;
    return found(match, at, at + name.length, 0.85);
  },
};

/** Nothing that a URL's path or a deeper folder would have stands before it, and no HTTP method does. */
const isRoot = (before: string): boolean => !/[\w.~%-]\/(?:home|Users)\/$/.test(before) && !/\b[A-Z]{3,7} \/(?:home|Users)\/$/.test(before);

/** Accounts of databases and services, by what stands before `user`. */
const machineUser = /(?:db|database|sql|pg|postgres|mysql|redis|mongo|service|svc|system|sys|os|run)[_.-]?$/i;
const nameBefore = /(?:user_?name|user|login)\\?["']?[:=]\s?$/i;
const nameAfter = /^\\?["']?([A-Za-z][A-Za-z0-9._+-]{1,62}[A-Za-z0-9])(?=[\\"'\s,;&)\]}|]|\.?$)/;

export const userName: Detector = {
  name: 'user-name', version: 1, family: 'personal', check: 'context', title: 'User name', doc: 'User names after user=, username= or login=, and values of attributes that hold them.',
  facts: 'A letter, then up to 63 letters, digits and . _ - + after = or : behind the name; accounts of machines and roles are left.', source: 'OpenTelemetry semantic conventions, registry user.* and enduser.*; POSIX.1-2017, section 3.437',
  anchors: ['user=', 'username=', 'user_name=', 'login=', 'username":', 'user_name":', 'login":', 'username: ', 'login: '].map(anyCase),
  keys: /^(?:enduser\.(?:id|pseudo\.id)|user|(?:.*[._-])?(?:user[._-]?(?:name|full_name|id)|username|nickname|login))$|[a-z]UserName$|^userName$/,
  keyed: ({ bytes, start, end }) => {
    const text = end - start > 128 ? '' : asciiText(bytes, start, end, 128).trim();
    return /^[A-Za-z\x80-\xff][\w\x80-\xff .@+'-]*$/.test(text) && isPerson(text) && !/^[0-9a-f-]{16,}$/i.test(text);
  },
  verify({ bytes, start, end }, at, match) {
    const before = asciiText(bytes, Math.max(start, at - 40), at);
    const left = before.replace(nameBefore, '');
    if (left === before || /[a-z0-9]$/i.test(left) || machineUser.test(left)) return false;
    const space = bytes[at] === 0x20 ? 1 : 0;
    const hit = nameAfter.exec(asciiText(bytes, at + space, end, 70));
    if (hit === null || !isPerson(hit[1]!)) return false;
    const last = at + space + hit[0].length;
    return found(match, last - hit[1]!.length, last, 0.7);
  },
};
