// Whether a field's name says that its values are about a person, or secret: then no value is shown as it is, however few there are.
// Errs towards yes: what is lost is an example.
import { isSecretName } from '../../redaction/index.ts';

/** Words that say it alone, wherever they stand. */
const personal = new Set(['email', 'mail', 'phone', 'mobile', 'fax', 'address', 'addr', 'ip', 'ssn', 'iban', 'birth', 'birthday', 'birthdate', 'dob', 'firstname', 'lastname', 'fullname',
  'surname', 'username', 'login', 'passport', 'password', 'passwd', 'secret', 'token', 'credential', 'credentials', 'cookie', 'authorization', 'auth', 'session', 'card', 'cvv', 'pin', 'tax', 'salary', 'gender', 'religion', 'zip', 'postcode',
  'street', 'latitude', 'longitude', 'lat', 'lon', 'lng', 'nickname', 'forename']);
/** Words for a person; the value is theirs when it names or numbers them. */
const persons = new Set(['user', 'users', 'customer', 'client', 'person', 'member', 'patient', 'employee', 'account', 'enduser', 'contact', 'recipient', 'sender', 'author', 'owner', 'buyer', 'seller', 'guest', 'student', 'tenant', 'subscriber', 'who', 'whom']);
const naming = new Set(['id', 'ids', 'name', 'names', 'key', 'code', 'number', 'no', 'nr', 'ref', 'uid', 'uuid', 'guid', 'hash', 'city', 'country', 'title']);

/** The words of a name: parted at dots, dashes, underscores and humps. */
export const wordsOf = (name: string): string[] =>
  name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2').toLowerCase().split(/[^a-z0-9]+/).filter((word) => word !== '');

export function isPersonalName(name: string): boolean {
  if (isSecretName(name)) return true;
  const words = wordsOf(name);
  if (words.some((word) => personal.has(word))) return true;
  const last = words.at(-1);
  return last !== undefined && words.some((word) => persons.has(word)) && (persons.has(last) || naming.has(last));
}
