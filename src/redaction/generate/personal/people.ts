// Made-up addresses, names, phone numbers and papers. Domains and numbers are drawn, so any likeness is chance.
import { alphabets, chars, digits, inLine, int, named, padded, pick, plainLines } from '../lines.ts';
import type { Generator, Random } from '../types.ts';
import { luhnDigit } from './check-digits.ts';

const word = (random: Random, least = 3, most = 9): string => chars(random, alphabets.lower, int(random, least, most));
/** A name that is no account of a machine. */
const person = (random: Random): string => pick(random, ['ann', 'joe', 'mira', 'otto', 'zoe']) + pick(random, ['.', '_', '']) + word(random, 4, 8);

const ipv4: Generator = {
  detector: 'ipv4', positive: (random) => inLine(random, `${int(random, 11, 99)}.${int(random, 0, 255)}.${int(random, 0, 255)}.${int(random, 1, 255)}`, plainLines),
  negatives: (random) => [{ text: `version 1.${int(random, 0, 9)}.3.4` }, { text: `${int(random, 256, 999)}.1.1.1` }, { text: `oid 1.3.6.1.4.1.${int(random, 1, 99)}` }, { text: '127.0.0.1' }, { text: `Chrome/${int(random, 90, 140)}.0.6099.71` }],
};

const ipv6Text = (random: Random): string => {
  const full = ['2001', 'db8', ...Array.from({ length: 6 }, () => chars(random, '123456789abcdef', int(random, 3, 4)))];
  if (random() < 0.5) return full.join(':');
  return `fd${chars(random, alphabets.hex, 2)}:${chars(random, '123456789', 3)}::${int(random, 1, 9)}${chars(random, alphabets.hex, 2)}`;
};
const ipv6: Generator = {
  detector: 'ipv6', positive: (random) => inLine(random, ipv6Text(random), [...plainLines, '[<>]:8080', 'peer=<>, port 80']),
  negatives: (random) => [{ text: `std::vector::size ${int(random, 1, 9)}` }, { text: `at 12:${int(random, 10, 59)}:56:789` }, { text: '::1' }, { text: 'abc::def' }, { text: `1:2:3:4:5:6:7:8:${int(random, 1, 9)}` }, { text: 'a::b::c' }, { text: `Feed::Cafe:${int(random, 1, 9)}` }, { text: `add::bad${int(random, 1, 9)}` }],
};

const mac = (random: Random): string => ['4c', ...Array.from({ length: 5 }, () => chars(random, alphabets.hex, 2))].join(pick(random, [':', '-']));
const macAddress: Generator = {
  detector: 'mac-address', positive: (random) => inLine(random, mac(random), plainLines),
  negatives: (random) => [{ text: `${mac(random).replaceAll('-', ':')}:aa:bb` }, { text: '00:00:00:00:00:00' }, { text: `01:23:45` }, { text: mac(random).replace(/[:-]/, '.') }, { text: `g${mac(random)}` }],
};

const email: Generator = {
  detector: 'email', positive: (random) => inLine(random, `${person(random)}${pick(random, ['@', '%40'])}${word(random)}.${pick(random, ['com', 'co.uk', 'example', 'de'])}`, plainLines),
  negatives: (random) => [{ text: `icon@${int(random, 2, 3)}x.png` }, { text: `lodash@4.17.${int(random, 0, 30)}` }, { text: `git@${word(random)}.com:org/repo.git` }, { text: `foo@${word(random)}` }],
};

const userName: Generator = {
  detector: 'user-name', positive: (random) => inLine(random, person(random), ['user=<> ok', 'username="<>"', '{"username": "<>"}', '?login=<>&x=1', 'login: <>']),
  negatives: (random) => [{ text: `user=${int(random, 1, 9999)}` }, { text: 'user=root' }, { text: `db_user=${word(random)}x` }, { text: `superuser=${person(random)}` }, { text: 'user=null' }],
};
const homeDirectory: Generator = {
  detector: 'home-directory', positive: (random) => inLine(random, person(random), ['open /home/<>/app/log.txt', 'at file:///Users/<>/src/a.ts:3', String.raw`C:\Users\<>\AppData`, String.raw`{"path":"C:\\Users\\<>\\x"}`]),
  negatives: (random) => [{ text: '/home/ubuntu/app' }, { text: `https://x.example/home/${word(random)}/a` }, { text: `GET /home/${word(random)}/settings` }, { text: `/var/lib/home/${word(random)}/x` }, { text: '/Users/Shared/x' }],
};

const phoneText = (random: Random): string => pick(random, [
  () => `+1${int(random, 2, 9)}${padded(int(random, 10, 79), 2)}${int(random, 2, 9)}${digits(random, 6)}`, () => `+49 ${int(random, 30, 89)} ${int(random, 2, 9)}${digits(random, 3)} ${digits(random, 4)}`,
  () => `+44 20 7${digits(random, 3)} ${digits(random, 4)}`, () => `+33-${int(random, 1, 9)}-${digits(random, 2)}-${digits(random, 2)}-${digits(random, 2)}-1${digits(random, 1)}`, () => `+358 40 1${digits(random, 6)}`,
])();
const phone: Generator = {
  detector: 'phone-number',
  positive: (random) => (random() < 0.6 ? inLine(random, phoneText(random), plainLines) : inLine(random, `0${int(random, 2, 9)}${padded(int(random, 10, 99), 2)}${pick(random, [' ', '-', ''])}${int(random, 2, 9)}4${digits(random, 5)}`, ['phone=<>', '"mobile": "<>"', 'Tel: <> ok', 'phone_number=<>'])),
  negatives: (random) => [{ text: `seen 030 ${digits(random, 7)}` }, { text: `+${int(random, 1, 9)}00 ms` }, { text: `2024-01-02T03:04:05+0${int(random, 1, 9)}:00` }, { text: `a+1${digits(random, 10)}` }, { text: `+0${digits(random, 10)}` }, { text: `phone=2024-01-0${int(random, 1, 9)}` }],
};

const birth = (random: Random): string => {
  const [year, month, day] = [int(random, 1930, 2010), padded(int(random, 1, 12), 2), padded(int(random, 1, 28), 2)];
  return pick(random, [`${year}-${month}-${day}`, `${day}/${month}/${year}`, `${day}.${month}.${year}`, `${year}${month}${day}`]);
};
const upperDigits = '0123456789ABCDEFGHJKLMNPRSTUVWXYZ';

export const peopleGenerators: readonly Generator[] = [
  ipv4, ipv6, macAddress, email, userName, homeDirectory, phone,
  named('date-of-birth', ['dob', 'date_of_birth', 'birthdate', 'birthday', 'born'], birth, (random) => [`2024-13-${int(random, 10, 28)}`, `31/02/${int(random, 1930, 1999)}`]),
  named('passport-number', ['passport', 'passport_number', 'Passport No.'], (random) => `${chars(random, 'CFGHJK', 1)}${digits(random, 8)}`, () => ['required', 'VALID', '123']),
  named('drivers-licence', ['driver_license', 'driving licence', "driver's license"], (random) => `${chars(random, 'DEFW', 1)}${digits(random, 7)}${chars(random, upperDigits, 2)}`, () => ['MIT', 'Apache-2', 'expired']),
  named('geo-coordinate', ['lat', 'longitude', 'lng', 'geo.latitude'], (random) => `${pick(random, ['', '-'])}${int(random, 1, 89)}.${digits(random, 5)}1`, (random) => [`${int(random, 1, 89)}.${digits(random, 2)}`, '999.12345']),
  named('imei', ['imei', 'IMEI'], (random) => { const body = `35${digits(random, 12)}`; return body + luhnDigit(body); }, (_, value) => [value.slice(0, -1) + String((Number(value.at(-1)) + 1) % 10)]),
];
